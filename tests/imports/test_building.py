"""A sheet's rows as case files: what a cell says, and never more."""

import csv
import io
from pathlib import Path

import msgspec
import pytest

from campaign import sheets
from campaign.cases.file import CaseFile
from campaign.imports import mapping, planning, rows
from campaign.imports.draft import Draft

PEOPLE = Path(__file__).parent / "sheets" / "people.csv"


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    table = sheets.read(PEOPLE).sheet
    chosen = mapping.propose(table)
    year = planning.sheet_year(table, chosen)
    return [
        rows.build(dict(zip(table.headers, row, strict=True)), chosen, key=row[0], number=number, sheet_year=year)
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]


def files(drafts: list[Draft]) -> list[CaseFile]:
    return [draft.file for draft in drafts]


def said(draft: Draft, column: str) -> list[str]:
    return [warning.message for warning in draft.warnings if warning.column == column]


def test_every_column_is_understood() -> None:
    table = sheets.read(PEOPLE).sheet
    assert mapping.propose(table).columns == {
        "case_id": "id",
        "name_uyghur": "name",
        "name_chinese": "name",
        "profession": "occupation",
        "date_of_birth": "birth",
        "age_years": "age",
        "ethnicity": "ethnicity",
        "home_town": "home_town",
        "arrest_reason_official": "reason_stated",
        "arrest_reason_suspected": "reason_suspected",
        "arrest_last_contact_date": "last_contact_date",
        "arrest_last_contact_location": "last_contact_place",
        "held_location": "held_place",
    }


def test_the_script_of_a_name_comes_from_its_letters_and_no_language_is_assumed(drafts: list[Draft]) -> None:
    names = [[(name.script, name.language) for name in file.names] for file in files(drafts)[:2]]
    assert names == [[("Latn", ""), ("Hani", "")], [("Cyrl", "")]]


def test_an_arrest_or_last_contact_is_the_last_contact_and_never_an_arrest(drafts: list[Draft]) -> None:
    episode = drafts[0].file.episodes[0]
    assert episode.last_contact.edtf == "2017-05"
    assert (episode.events, episode.start.edtf) == ([], "")


def test_a_prison_is_a_kind_of_place_and_never_a_sentence(drafts: list[Draft]) -> None:
    episode = drafts[1].file.episodes[0]
    assert episode.held_facility_types == ["prison"]
    assert episode.sentence.kind == ""


def test_unknown_means_not_known_to_us(drafts: list[Draft]) -> None:
    assert drafts[0].file.episodes[0].reason_stated == ""
    assert drafts[1].file.episodes[0].reason_suspected == ""


def test_a_home_town_finer_than_a_county_is_confidential(drafts: list[Draft]) -> None:
    file = drafts[1].file
    assert file.last_address == "Toqquzaq town, Konasheher (Shufu) county, Kashgar"
    assert (file.origin_place, file.origin_words) == ("653121", "")


def test_a_sentence_in_a_place_column_is_a_note_for_staff(drafts: list[Draft]) -> None:
    note = drafts[2].file.notes[0]
    assert note.came_from == "arrest_last_contact_location"
    assert note.text.startswith("She was asked to come back")


def test_two_kinds_of_place_are_both_kept(drafts: list[Draft]) -> None:
    assert set(drafts[2].file.episodes[0].held_facility_types) == {"internment_camp", "prison"}


def test_a_month_damaged_by_the_spreadsheet_is_read_as_a_month(drafts: list[Draft]) -> None:
    contact = drafts[2].file.episodes[0].last_contact
    assert (contact.edtf, contact.written) == ("2018-03?", "Mar-18")


def test_a_letter_of_another_script_is_reported(drafts: list[Draft]) -> None:
    assert said(drafts[2], "name_uyghur") == [
        "The name mixes letters of two scripts; one may be a slip of the keyboard."
    ]


def test_a_person_under_18_is_flagged(drafts: list[Draft]) -> None:
    assert "minor" in drafts[3].file.tags
    message = "This person may be under 18: no portrait, birth date or exact place may be public."
    assert said(drafts[3], "age_years") == [message]


def test_an_age_that_contradicts_the_birth_is_reported(drafts: list[Draft]) -> None:
    assert said(drafts[4], "age_years") == ["The age does not fit the date of birth (1966), counted in 2021."]


def test_what_cannot_be_read_is_kept_as_written_and_reported(drafts: list[Draft]) -> None:
    file = drafts[4].file
    assert file.episodes[0].last_contact.written == "sometime"
    assert {note.text for note in file.notes} == {"Martian", "Home"}
    assert file.last_address == "Nowhere-on-the-map"
    assert {warning.column for warning in drafts[4].warnings} >= {"ethnicity", "arrest_last_contact_date", "home_town"}


def test_gender_stays_not_stated(drafts: list[Draft]) -> None:
    assert {file.gender for file in files(drafts)} == {"not_stated"}


def test_the_same_cells_make_the_same_file(drafts: list[Draft]) -> None:
    again = sheets.read(PEOPLE).sheet
    chosen = mapping.propose(again)
    first = dict(zip(again.headers, again.rows[0], strict=True))
    draft = rows.build(first, chosen, key=again.rows[0][0], number=2, sheet_year=None)
    assert draft.file == drafts[0].file


@pytest.mark.parametrize("change", ["bom", "semicolons", "tabs", "utf-16", "latin-1 header"])
def test_other_shapes_of_the_same_sheet_read_the_same(change: str, tmp_path: Path) -> None:
    text = PEOPLE.read_text("utf-8")
    lines = text.splitlines()
    content = {
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "semicolons": _joined(text, ";").encode(),
        "tabs": _joined(text, "\t").encode(),
        "utf-16": text.encode("utf-16"),
        "latin-1 header": ("\n".join([lines[0] + ",empty", *[line + "," for line in lines[1:]]]) + "\n").encode(),
    }[change]
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    found = sheets.read(path).sheet
    assert found.unfilled == (("empty",) if change == "latin-1 header" else ())
    assert msgspec.structs.replace(found, unfilled=()) == sheets.read(PEOPLE).sheet


def _joined(text: str, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def test_a_map_can_be_written_edited_and_read() -> None:
    table = sheets.read(PEOPLE).sheet
    proposed = mapping.propose(table)
    assert mapping.parsed(mapping.written(proposed), table) == proposed


@pytest.mark.parametrize(
    "text", ["[columns]\nprofession = 'shoe size'", "not toml", "[rows]\nkey = ['no such column']"]
)
def test_a_map_that_cannot_be_followed_is_refused(text: str) -> None:
    with pytest.raises(mapping.BadMap):
        mapping.parsed(text, sheets.read(PEOPLE).sheet)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\n\n\n"])
def test_what_is_no_sheet_is_refused_with_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(sheets.Unreadable):
        sheets.read(path)


@pytest.mark.parametrize("born", ["2012-05-01", "2015", "after 2012"])
def test_a_row_born_less_than_18_years_ago_is_warned_of_though_it_has_no_age(born: str) -> None:
    draft = rows.build({"name": "Aygul", "born": born}, mapping_of_births(), key="1", number=2, sheet_year=None)
    assert "minor" in draft.file.tags
    assert any("may be under 18" in one.message for one in draft.warnings)
    grown = rows.build({"name": "Aygul", "born": "1970"}, mapping_of_births(), key="1", number=2, sheet_year=None)
    assert grown.file.tags == []


def mapping_of_births() -> mapping.Map:
    return mapping.Map(columns={"name": "name", "born": "birth"}, key=("name",), scheme="orchard")
