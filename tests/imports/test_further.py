"""Sheets beside a list: their rows become relatives and sources of the people that they belong to, of nobody else."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.cases import revisions
from campaign.cases.file import CaseFile, encode
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import mapping
from campaign.imports.importing import Report
from campaign.imports.mapping.further import Further
from tests.imports.bringing import brought
from tests.imports.facts.public import document_of
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
Lines = list[list[object]]
Imports = Callable[..., Report]

PEOPLE: Lines = [
    ["Full name", "Date of birth", "Occupation", "_id", "_index"],
    ["Semet Örükzar", "1971-03-02", "Poet", 9001, 1],
    ["Nigar Anarbagh", "1980-05-06", "Baker", 9002, 2],
]
LINKS: list[object] = ["_index", "_parent_table_name", "_parent_index", "_submission__id"]
CHILDREN: Lines = [
    ["child_name", "Relationship", "child_age", "sex", *LINKS],
    ["Amina Örükzar", "daughter", 9, "female", 1, "Families", 1, 9001],
    ["Karim Örükzar", "son", 22, "male", 2, "Families", 1, 9001],
    ["Zöhre Anarbagh", "sister", 30, "female", 3, "Families", 2, 9002],
]
SOURCES: Lines = [
    ["Title", "Type", "Link", "Date", *LINKS],
    ["Daily Orchard", "newspaper", "https://news.example/1", "2018-03-01", 1, "Families", 2, 9002],
    ["A letter from home", "letter", "", "2019", 2, "Families", 1, 9001],
]


def of(**lines: Lines) -> bytes:
    """Return a workbook of sheets by name, the list first."""
    return workbook({name: sheet_xml(rows_xml(rows)) for name, rows in lines.items()})


def changed(lines: Lines, row: int, place: int, cell: object) -> Lines:
    return [[*line[:place], cell, *line[place + 1 :]] if number == row else line for number, line in enumerate(lines)]


def without(lines: Lines, *rows: int) -> Lines:
    return [line for number, line in enumerate(lines) if number not in rows]


@pytest.fixture
def imports(app: Flask, editor: int) -> Imports:
    """Import a workbook of the named sheets through the real import; the report."""
    path = Path(app.extensions["settings"].home) / "families.xlsx"

    def run(text: str = "", **lines: Lines) -> Report:
        path.write_bytes(of(**lines))
        return brought(app, path, editor, text=text)

    return run


def file_of(app: Flask, name: str) -> CaseFile:
    with app.app_context():
        return revisions.head(db.session.scalars(select(Case).where(Case.display_name == name)).one())


def family(file: CaseFile) -> list[tuple[str, str, bool | None]]:
    return [(one.name, one.relation, one.is_minor) for one in file.relatives]


def told(report: Report, words: str) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in report.warnings if words in one.message]


def parsed(text: str, **lines: Lines) -> mapping.Map:
    return mapping.parsed(text, sheets.read(of(**lines), "families.xlsx").sheet)


@both
def test_rows_of_a_repeat_group_become_relatives_of_their_person(app: Flask, imports: Imports) -> None:
    report = imports(Families=PEOPLE, children=CHILDREN)
    assert (report.rows, report.created) == (2, 2)
    assert family(file_of(app, "Semet Örükzar")) == [
        ("Amina Örükzar", "child", True), ("Karim Örükzar", "child", None),
    ]  # fmt: skip
    assert family(file_of(app, "Nigar Anarbagh")) == [("Zöhre Anarbagh", "sibling", None)]
    assert told(report, "may be under 18: never named") == [(2, "children 1")]


@both
def test_what_a_relative_has_no_field_for_is_a_note_of_the_case(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN)
    notes = {note.came_from: note.text for note in file_of(app, "Semet Örükzar").notes}
    assert notes["children 1"] == "child_name: Amina Örükzar; Relationship: daughter; child_age: 9; sex: female"


def test_no_relative_is_a_name_of_the_person_or_public(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN)
    file = file_of(app, "Semet Örükzar")
    assert [name.text for name in file.names] == ["Semet Örükzar"]
    assert "Amina" not in document_of(file)
    assert "Karim" not in document_of(file)


@both
def test_rows_of_a_further_sheet_become_sources_that_are_cited(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, sources=SOURCES)
    file = file_of(app, "Nigar Anarbagh")
    (source,) = file.sources
    assert (source.title, source.type, source.url, source.date.edtf, source.is_confidential) == (
        "Daily Orchard", "media", "https://news.example/1", "2018-03-01", False,
    )  # fmt: skip
    assert {"occupation", "birth"} <= {one.fact for one in file.citations if one.source_id == source.id}
    (letter,) = file_of(app, "Semet Örükzar").sources
    assert (letter.title, letter.is_confidential) == ("A letter from home", True)


@both
def test_the_same_workbook_again_changes_nothing(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN, sources=SOURCES)
    before = encode(file_of(app, "Semet Örükzar"))
    report = imports(Families=PEOPLE, children=CHILDREN, sources=SOURCES)
    assert (report.unchanged, report.updated, report.created) == (2, 0, 0)
    assert encode(file_of(app, "Semet Örükzar")) == before


def test_rows_in_another_order_change_nothing(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN)
    report = imports(Families=PEOPLE, children=[CHILDREN[place] for place in (0, 3, 2, 1)])
    assert (report.unchanged, report.updated) == (2, 0)
    assert [one.name for one in file_of(app, "Semet Örükzar").relatives] == ["Amina Örükzar", "Karim Örükzar"]


@both
def test_a_changed_row_changes_that_relative_alone(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN)
    ids = [one.id for one in file_of(app, "Semet Örükzar").relatives]
    report = imports(Families=PEOPLE, children=changed(CHILDREN, 2, 0, "Kerim Örükzar"))
    assert (report.updated, report.unchanged) == (1, 1)
    relatives = file_of(app, "Semet Örükzar").relatives
    assert [(one.id, one.name) for one in relatives] == [(ids[0], "Amina Örükzar"), (ids[1], "Kerim Örükzar")]


@both
def test_a_row_that_is_gone_removes_nobody_and_a_new_one_is_added(app: Flask, imports: Imports) -> None:
    imports(Families=PEOPLE, children=CHILDREN)
    new: list[object] = ["Tursun Örükzar", "brother", 51, "", 9, "Families", 1, 9001]
    report = imports(Families=PEOPLE, children=[*without(CHILDREN, 1), new])
    assert family(file_of(app, "Semet Örükzar")) == [
        ("Amina Örükzar", "child", True), ("Karim Örükzar", "child", None), ("Tursun Örükzar", "sibling", None),
    ]  # fmt: skip
    assert (2, "children 1 → child_name") in told(report, "Nothing is removed by that")


def test_a_row_that_belongs_to_nobody_is_told_and_not_taken(app: Flask, imports: Imports) -> None:
    stray: list[object] = ["Osman Tarim", "son", 4, "", 4, "Families", 7, 9007]
    report = imports(Families=PEOPLE, children=[*CHILDREN, stray])
    assert told(report, "belongs to nobody for certain: no row has this “_id”") == [(5, "children → _submission__id")]
    assert "Osman" not in encode(file_of(app, "Semet Örükzar")).decode()
    assert "Osman" not in encode(file_of(app, "Nigar Anarbagh")).decode()


def test_a_number_that_two_rows_have_is_nobodys(app: Flask, imports: Imports) -> None:
    text = '[sheets]\nchildren = {as = "relative", column = "_submission__id", number = "_id"}\n'
    report = imports(text, Families=changed(PEOPLE, 2, 3, 9001), children=CHILDREN)
    assert len(told(report, "belongs to nobody for certain: 2 rows of the list have")) == 2
    assert file_of(app, "Semet Örükzar").relatives == []


def test_a_list_numbered_by_hand_is_joined_by_the_one_column_that_holds_its_numbers(
    app: Flask, imports: Imports
) -> None:
    people: Lines = [["Case id", "Name"], ["T-1", "Semet Örükzar"], ["T-2", "Nigar Anarbagh"]]
    kin: Lines = [["Of", "Relative's name", "Relation"], ["t-2", "Zöhre Anarbagh", "mother"], ["T-1", "Amina", "wife"]]
    imports(Families=people, Relatives=kin)
    assert family(file_of(app, "Nigar Anarbagh")) == [("Zöhre Anarbagh", "parent", None)]
    assert family(file_of(app, "Semet Örükzar")) == [("Amina", "spouse", None)]


def test_a_person_with_several_rows_has_the_relatives_of_all(app: Flask, imports: Imports) -> None:
    people = [*PEOPLE, ["Semet Örükzar", "1971-03-02", "Poet", 9003, 3]]
    kin = [*CHILDREN, ["Ayshe Tarim", "wife", 49, "", 4, "Families", 3, 9003]]
    imports('[rows]\nperson = ["Full name"]\nscheme = "yearly"\n', Families=people, children=kin)
    assert [one.name for one in file_of(app, "Semet Örükzar").relatives] == [
        "Amina Örükzar", "Karim Örükzar", "Ayshe Tarim",
    ]  # fmt: skip


def test_what_is_linked_is_proposed_and_nothing_else() -> None:
    nested = [[*line[:5], "children" if number else line[5], *line[6:]] for number, line in enumerate(CHILDREN)]
    again: Lines = [["_id", "Name", "Age"], [9001, "Semet Örükzar", 50], [9002, "Nigar Anarbagh", 40]]
    chosen = parsed("", Families=PEOPLE, children=CHILDREN, toys=[line[1:] for line in nested], people=again)
    assert chosen.further == {"children": Further("relative", "_submission__id", "_id")}
    by_index = [line[:-1] for line in CHILDREN]
    assert parsed("", Families=PEOPLE, children=by_index).further["children"].column == "_parent_index"
    assert parsed("", Families=PEOPLE, children=[line[:-1] for line in nested]).further == {}


def test_a_sheet_that_a_map_leaves_out_is_not_taken(app: Flask, imports: Imports) -> None:
    imports('[sheets]\nchildren = {as = "ignore"}\n', Families=PEOPLE, children=CHILDREN)
    assert file_of(app, "Semet Örükzar").relatives == []


def test_the_text_of_a_map_holds_its_sheets() -> None:
    text = '[sheets]\nsources = {as = "ignore"}\n'
    chosen = parsed(text, Families=PEOPLE, children=CHILDREN, sources=SOURCES)
    assert chosen.further["sources"] == Further("ignore")
    assert parsed(mapping.written(chosen), Families=PEOPLE, children=CHILDREN, sources=SOURCES) == chosen


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ('childern = {as = "relative"}', ["childern", "did you mean “children”"]),
        ('children = {as = "relativ"}', ["relativ", "did you mean “relative”"]),
        ('children = {as = "relative", by = "_index"}', ["unknown key “by”"]),
        ('children = {as = "relative", column = "_parent"}', ["“children”", "“_parent”", "_parent_index"]),
        ('children = {as = "relative", number = "_ids"}', ["“children”", "“_ids”", "did you mean “_id”"]),
        ('children = "relative"', ["“children”", "write {as"]),
        ('plain = {as = "source"}', ["“plain”", "whose its rows are"]),
    ],
)
def test_a_slip_is_refused_by_its_name(stated: str, words: Iterable[str]) -> None:
    with pytest.raises(mapping.BadMap) as refused:
        parsed(f"[sheets]\n{stated}\n", Families=PEOPLE, children=CHILDREN, plain=[["a", "b"], ["x", "y"]])
    assert all(word in str(refused.value) for word in words)


def test_it_is_told_which_sheets_are_taken_and_which_are_not() -> None:
    table = sheets.read(of(Families=PEOPLE, children=CHILDREN, plain=[["a", "b"], ["x", "y"]]), "families.xlsx").sheet
    taken, left = mapping.further.told(table, mapping.propose(table).further)
    assert taken.startswith("Sheet “children” is taken too: each of its rows is a relative of the person whose “_id”")
    assert left.startswith("Sheet “Families” is taken; “plain” (1 row) is not.")
