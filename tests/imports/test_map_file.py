"""The file of a map: it says what it was made of, and a slip in it is refused by name."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign import sheets
from campaign.dates.columns import Reading
from campaign.imports import mapping
from campaign.imports.mapping import BadMap, Split

CASES = Path(__file__).parent / "cases"
LIST = b'Case ID,First name,Last name,Born and died,Witness name\n1,"A ""B""",C,1974; 2019,Rahile Samplova\n'


def refused(text: str, content: bytes = LIST) -> str:
    with pytest.raises(BadMap) as refusal:
        mapping.parsed(text, sheets.read(content, "list.csv").sheet)
    return str(refusal.value)


def test_a_column_that_the_sheet_has_not_is_named_with_the_nearest_and_all_that_there_are() -> None:
    said = refused(
        (CASES / "f23_map_with_a_slip.toml").read_text("utf-8"), (CASES / "f23_map_with_a_slip.csv").read_bytes()
    )
    assert "“Witnes name” (did you mean “Witness name”?)" in said
    assert "Its columns are: “Case ID”, “Name”, “Witness name”." in said


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[columns]\n'Case ID' = 'nmae'", "“nmae” (did you mean “name”?)"),
        ("[colums]\n'Case ID' = 'id'", "“colums” (did you mean “columns”?)"),
        ("[rows]\nkeys = ['Case ID']", "“keys” in [rows] (did you mean “key”?)"),
        ("[rows]\nkey = ['Case Id']", "“Case Id” (did you mean “Case ID”?)"),
        ("[rows]\nkey = 'Case ID'", "[rows] key is a list"),
        ("[rows]\nas_of = 'soon'", "“soon”"),
        ("columns = 'name'", "[columns]"),
        ("[join]\nWhole = ['First name', 'Surname']", "“Surname”"),
        ("[join]\n'Case ID' = ['First name', 'Last name']", "“Case ID”, which is there already"),
        ("[split]\n'Born and died' = {at = ';'}", "into ="),
        (
            "[split]\n'Born & died' = {at = ';', into = ['Born', 'Died']}",
            "“Born & died” (did you mean “Born and died”?)",
        ),
        ("[dates]\n'Born and died' = {day_frist = true}", "“day_frist”"),
        ("[dates]\n'Born and died' = {calendar = 'mayan'}", "“mayan”"),
        ("[file]\nsheets = 'One'", "“sheets” in [file]"),
        ("[columns]\n'First name' = 'birth'\n'Last name' = 'birth'", "“First name” and “Last name” are all “birth”"),
        ("[status]\nvalue = 'gone'", "gone"),
        ("[consent]\nscope = ['store']", "scope"),
        ("not toml", "no TOML"),
    ],
)
def test_a_slip_is_refused_by_name(text: str, named: str) -> None:
    assert named in refused(text)


def test_what_is_written_is_read_again() -> None:
    table = sheets.read(LIST, "list.csv").sheet
    stated = mapping.parsed(
        "[split]\n'Born and died' = {at = ';', into = ['Born', 'Died']}\n[columns]\nDied = 'death_date'\n", table
    )
    full = replace(
        stated, tag="t", as_of="2021", dates={"Born": Reading(True, "hijri")}, sheet="One", encoding="cp1251",
        source={"type": "ngo_report", "title": 'The "list"\n\\', "is_confidential": True},
        status={"value": "detained_form_unknown", "as_of": "2021"},
    )  # fmt: skip
    assert full.splits == {"Born and died": Split(";", ("Born", "Died"))}
    assert full.columns["Born"] == "birth"
    assert mapping.parsed(mapping.written(full), table) == full
    assert mapping.file_stated(mapping.written(full)) == {"sheet": "One", "encoding": "cp1251"}


def test_a_remark_is_left_out_where_a_person_decided_otherwise() -> None:
    table = sheets.read(LIST, "list.csv").sheet
    assert "Witness name" in mapping.parsed("", table).remarks
    assert "Witness name" not in mapping.parsed("[columns]\n'Witness name' = 'ignore'\n", table).remarks


def test_a_column_that_is_empty_this_time_is_no_slip() -> None:
    table = sheets.read(b"Name,Charges\nAmina Testova,\n", "list.csv").sheet
    assert mapping.parsed("[columns]\nCharges = 'charge'\n", table).columns["Name"] == "name"
