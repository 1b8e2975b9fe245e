"""A row whose number a case carries already is that case: told, merged field by field, never another person's."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import members, revisions
from campaign.cases.file import CaseFile, Citation, Episode, Name, OutsideId, Source
from campaign.cases.models import Case, Revision
from campaign.commands.cases import rehearsed, run
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.imports import mapping
from campaign.imports.importing import Report
from campaign.imports.models import ImportLook
from tests.cast import hired

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
MAP = """[rows]
key = ["case_id"]
scheme = "orchard"
[source]
type = "ngo_report"
title = "The orchard list"
"""
SHEET = "case_id,name,profession,held_location\nOR 7,Semet Örükzar,Poet,Prison\n"
NUMBER = OutsideId(id="0000aaaa", scheme="orchard", value="or7")
Imports = Callable[..., Report]


@pytest.fixture
def imports(app: Flask, editor: int) -> Imports:
    """Import a sheet's text as the command does; the report."""

    def make(text: str = SHEET, *, stated: str = MAP, dry_run: bool = False) -> Report:
        path = Path(app.extensions["settings"].home) / "sheet.csv"
        path.write_text(text, "utf-8")
        with app.app_context():
            table = sheets.read(path).sheet
            by = db.session.get_one(Account, editor)
            if dry_run:
                return rehearsed(table, mapping.parsed(stated, table), by=by)
            return run(path, table, stated, by=by)

    return make


def opened(app: Flask, editor: int, name: str = "Семет Орукзар", **fields: object) -> str:
    """Open a case by hand that carries the row's number."""
    row = Name(id="0000bbbb", text=name, is_preferred=True)
    stated: dict[str, object] = {"names": [row], "outside_ids": [NUMBER], **fields}
    with app.app_context():
        file = CaseFile(**stated)  # type: ignore[arg-type]
        case = revisions.create(file, by=db.session.get_one(Account, editor), reason="Told.")
        db.session.commit()
        return case.ref


def file_of(app: Flask, ref: str) -> CaseFile:
    with app.app_context():
        return revisions.head(db.session.scalars(select(Case).where(Case.ref == ref)).one())


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.refused)


def case_count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Case)) or 0


def told(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False)


def test_a_dry_run_says_which_case_a_row_is_and_writes_nothing(app: Flask, editor: int, imports: Imports) -> None:
    ref = opened(app, editor)
    report = imports(dry_run=True)
    assert counts(report) == (0, 1, 0, 0)
    assert f"This is {ref}, which carries this number" in told(report)
    assert file_of(app, ref).occupation == ""


def test_what_the_case_does_not_say_yet_is_added_with_its_source(app: Flask, editor: int, imports: Imports) -> None:
    ref = opened(app, editor)
    assert counts(imports()) == (0, 1, 0, 0)
    file = file_of(app, ref)
    assert file.occupation == "Poet"
    assert [(name.text, name.is_preferred) for name in file.names] == [
        ("Семет Орукзар", True),
        ("Semet Örükzar", False),
    ]
    assert file.outside_ids == [NUMBER]
    assert "occupation" in {row.fact for row in file.citations}
    assert case_count(app) == 1


def test_what_the_case_says_otherwise_stays_and_waits_at_the_desk(app: Flask, editor: int, imports: Imports) -> None:
    ref = opened(app, editor, name="Semet Örükzar", occupation="Baker")
    report = imports()
    assert "The sheet and the case differ" in told(report)
    file = file_of(app, ref)
    assert file.occupation == "Baker"
    assert len(file.names) == 1
    # The sheet is no source of what it does not say.
    assert "occupation" not in {row.fact for row in file.citations}
    with app.app_context():
        conflict = db.session.scalars(select(ImportLook).where(ImportLook.kind == "conflict")).one()
        assert (conflict.path, conflict.ours, conflict.words) == ("occupation", "Baker", "Poet")


def test_the_next_reading_changes_what_the_sheet_changed_and_nothing_else(
    app: Flask, editor: int, imports: Imports
) -> None:
    ref = opened(app, editor, episodes=[Episode(id="0000cccc", start=parse("2017"))])
    imports()
    assert counts(imports()) == (0, 0, 1, 0)
    assert counts(imports(SHEET.replace("Poet", "Singer").replace("Prison", "Internment camp"))) == (0, 1, 0, 0)
    file = file_of(app, ref)
    assert file.occupation == "Singer"
    assert [(row.id, row.start.edtf, row.held_words) for row in file.episodes] == [
        ("0000cccc", "2017", "Internment camp")
    ]
    with app.app_context():
        assert db.session.scalars(select(ImportLook).where(ImportLook.kind == "conflict")).all() == []


def test_consents_situation_and_tags_of_the_case_stay(app: Flask, editor: int, imports: Imports) -> None:
    ref = opened(app, editor, tags=["students"])
    stated = MAP.replace("[source]", 'tag = "spring"\n[status]\nvalue = "disappeared"\nas_of = "2019"\n[source]')
    imports(stated=stated)
    file = file_of(app, ref)
    assert (file.tags, file.status_override, file.status_as_of.edtf) == (["students", "spring"], "", "")


def test_of_several_episodes_none_is_touched_and_the_cells_are_kept(app: Flask, editor: int, imports: Imports) -> None:
    before = [
        Episode(id="0000cccc", start=parse("2009"), end=parse("2010"), end_reason="released"),
        Episode(id="0000dddd", start=parse("2017")),
    ]
    ref = opened(app, editor, episodes=before)
    assert "has several episodes" in told(imports())
    file = file_of(app, ref)
    assert file.episodes == before
    assert [(note.came_from, note.text) for note in file.notes] == [("held_location", "Prison")]


@pytest.mark.parametrize(
    ("name", "fields"), [("Nigar Anarbagh", {}), ("Semet Örükzar", {"birth": parse("1941"), "gender": "female"})]
)
def test_a_number_alone_makes_nobody_somebody_else(
    app: Flask, editor: int, imports: Imports, name: str, fields: dict[str, object]
) -> None:
    ref = opened(app, editor, name=name, **fields)
    text = "case_id,name,date_of_birth,gender\nOR 7,Semet Örükzar,1988,male\n"
    report = imports(text)
    assert counts(report) == (0, 0, 0, 0)
    assert report.asked == 1
    assert f"{ref} carries this number, but seems to be somebody else" in told(report)
    assert [row.text for row in file_of(app, ref).names] == [name]
    assert case_count(app) == 1


def test_a_number_that_two_cases_carry_recognises_neither(app: Flask, editor: int, imports: Imports) -> None:
    opened(app, editor)
    opened(app, editor, name="Semet Örükzar")
    assert counts(imports()) == (1, 0, 0, 0)


def test_the_same_number_in_another_list_recognises_nobody(app: Flask, editor: int, imports: Imports) -> None:
    opened(app, editor)
    assert counts(imports(stated=MAP.replace("orchard", "elsewhere"))) == (1, 0, 0, 0)


def test_a_restricted_case_is_neither_touched_nor_told_of(app: Flask, editor: int, imports: Imports) -> None:
    ref = opened(app, editor)
    restrict(app, ref)
    report = imports()
    assert counts(report) == (1, 0, 0, 0)
    assert ref not in told(report)
    assert version_of(app, ref) == 1


def test_a_row_of_a_case_that_was_restricted_since_is_a_new_one_to_who_does_not_see_it(
    app: Flask, editor: int, imports: Imports
) -> None:
    imports()
    with app.app_context():
        ref = db.session.scalars(select(Case.ref)).one()
    restrict(app, ref)
    for expected in ((1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0)):
        report = imports(SHEET.replace("Poet", "Singer"))
        assert counts(report) == expected
        assert ref not in told(report)
        assert version_of(app, ref) == 1


def test_citations_by_hand_stay(app: Flask, editor: int, imports: Imports) -> None:
    source = Source(id="0000eeee", title="A letter")
    cited = Citation(id="0000ffff", source_id=source.id, fact="occupation")
    ref = opened(app, editor, occupation="Baker", sources=[source], citations=[cited])
    imports()
    assert cited in file_of(app, ref).citations


def version_of(app: Flask, ref: str) -> int:
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
        return db.session.scalar(select(func.max(Revision.number)).where(Revision.case_id == case.id)) or 0


def restrict(app: Flask, ref: str) -> None:
    """Restrict a case to a safety officer, as the desk does."""
    with app.app_context():
        sana = hired("Sana", "safety_officer")
        members.restrict(db.session.scalars(select(Case).where(Case.ref == ref)).one(), by=sana)
        db.session.commit()
