"""A sheet of facilities at the desk: once created, then unchanged; told no finer than stated. All names invented."""

import json
import os
from pathlib import Path

import pytest
from flask import Flask

from campaign.audit.log import AuditRow
from campaign.cases.facilities import Facility, every
from campaign.database import db
from campaign.imports.facilities import parsed, propose
from campaign.imports.mapping import BadMap
from campaign.sheets.tables import sheet_of
from campaign.sheets.workbook import Grid
from tests.cast import Member, believing_the_shell
from tests.sheets.workbooks import simple

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("BYNAME_SHARED", ROOT.parent / "shared")) / "data"
both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = """\ufeffID;Title;Name Uyghur;Name Chinese;Name Russian;Tier;Prefecture;County;Lat;Lon;Precision;Remarks
7;Bahar Prison;باھار تۈرمىسى;巴哈尔监狱;Тюрьма Бахар;4;Ili;Ghulja County;43.95;81.33;;nothing
8; Gulzar Camp ;;;;1;Kashgar;Konasheher;39.41;75.91;hidden;
9;The old school;;;;;;;;;;
"""


def shell(app: Flask, *args: str):
    return believing_the_shell(app).test_cli_runner().invoke(args=["places", "facilities", "import", *args])


def run(app: Flask, *args: str, sheet: str = SHEET):
    home: Path = app.extensions["settings"].home
    path = home / "facilities.csv"
    path.write_text(sheet, "utf-8")
    return shell(app, str(path), *args)


def reported(app: Flask, *args: str, sheet: str = SHEET) -> dict[str, object]:
    answer = run(app, *args, "--json", sheet=sheet)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def facts(app: Flask) -> list[tuple[object, ...]]:
    with app.app_context():
        return [(one.ref, one.type, one.place, one.precision, one.latitude) for one in every()]


@both_databases
def test_a_sheet_is_created_once_and_the_second_run_leaves_everything_unchanged(app: Flask, edo: Member) -> None:
    first = reported(app, "--by", edo.email)
    second = reported(app, "--by", edo.email)

    assert (first["rows"], first["created"], first["refused"]) == (3, 3, 0)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 3)
    assert facts(app) == [
        ("F-0001", "prison", "654021", "county", 43.95),
        ("F-0002", "internment_camp", "653121", "hidden", 39.41),
        ("F-0003", "unknown", "", "hidden", None),
    ]
    with app.app_context():
        assert every()[0].names == ["Bahar Prison", "باھار تۈرمىسى", "巴哈尔监狱", "Тюрьма Бахар"]
        rows = db.session.query(AuditRow).filter_by(action="facilities.imported").all()
        assert [json.loads(row.details)["created"] for row in rows] == [3, 0]


@both_databases
def test_a_trial_says_what_would_happen_and_writes_nothing(app: Flask, edo: Member) -> None:
    answer = run(app, "--by", edo.email, "--dry-run")

    assert "Would have read 3 rows: 3 created" in answer.output
    assert "row 4: The row names no place." in answer.output
    assert facts(app) == []
    with app.app_context():
        assert db.session.query(AuditRow).filter_by(action="facilities.imported").count() == 0


def test_coordinates_alone_never_let_a_facility_be_told_exactly(app: Flask, edo: Member) -> None:
    reported(app, "--by", edo.email)
    assert facts(app)[0][3] == "county"

    reported(app, "--by", edo.email, sheet=SHEET.replace("81.33;;", "81.33;exact;"))
    assert facts(app)[0][3] == "exact"


def test_a_home_is_told_no_finer_than_its_county_whatever_is_stated(app: Flask, edo: Member) -> None:
    sheet = "id,name,type,place,lat,lon,precision\n1,A house,home,Konasheher,39.4,75.9,exact\n"
    report = reported(app, "--by", edo.email, sheet=sheet)

    assert facts(app) == [("F-0001", "home", "653121", "county", 39.4)]
    assert "A home is told no finer than its county." in json.dumps(report["warnings"])


def test_a_changed_row_updates_and_says_what_is_told_less_finely(app: Flask, edo: Member) -> None:
    reported(app, "--by", edo.email)
    changed = SHEET.replace("Gulzar Camp", "Almazar Camp").replace("81.33;;", "81.33;region;")
    report = reported(app, "--by", edo.email, sheet=changed)

    assert (report["updated"], report["unchanged"], report["narrowed"]) == (2, 1, ["F-0001"])
    assert report["profiles"] == []
    with app.app_context():
        assert every()[1].names == ["Almazar Camp"]


def test_a_sheet_without_numbers_finds_its_facilities_again_by_name_and_place(app: Flask, edo: Member) -> None:
    sheet = "name,type,place\nBahar Prison,prison,Ghulja County\nGulzar Camp,internment_camp,Konasheher\n"
    reported(app, "--by", edo.email, sheet=sheet)
    turned = "name,type,place\nGulzar Camp,internment_camp,Konasheher\nBahar Prison,prison,Ghulja County\n"

    assert reported(app, "--by", edo.email, sheet=turned)["unchanged"] == 2


def test_a_number_of_another_list_does_not_overwrite_a_facility(app: Flask, edo: Member) -> None:
    reported(app, "--by", edo.email)
    other = "id,name,tier,place\n7,Chinar Centre,3,Korla\n"
    report = reported(app, "--by", edo.email, sheet=other)
    assert (report["created"], report["updated"], report["refused"]) == (0, 0, 1)
    assert "Give it a scheme of its own" in json.dumps(report["warnings"])

    stated = app.extensions["settings"].home / "map.toml"
    stated.write_text('[sheet]\nscheme = "other"\nsource = "An invented project"\nprecision = "prefecture"\n')
    report = reported(app, "--by", edo.email, "--map", str(stated), sheet=other)
    assert report["created"] == 1
    with app.app_context():
        one = db.session.query(Facility).filter_by(scheme="other").one()
        assert (one.source, one.precision, one.type) == ("An invented project", "prefecture", "pretrial_centre")


def test_bad_rows_are_refused_by_number_and_the_others_are_taken(app: Flask, edo: Member) -> None:
    rows = ["id,name,type,place,lat,lon", "1,,prison,Korla,,", "2,A,castle,Korla,,", "3,B,prison,Korla,99,80"]
    sheet = "\n".join([*rows, "4,C,prison,Korla,,"])
    report = reported(app, "--by", edo.email, sheet=sheet)

    assert (report["created"], report["refused"]) == (1, 3)
    assert [warning["row"] for warning in report["warnings"]] == [2, 3, 4]


@pytest.mark.parametrize("role", ["viewer", "contributor", "publisher", "safety_officer", "administrator"])
def test_only_who_may_import_cases_imports_facilities(app: Flask, cast: object, role: str) -> None:
    member = cast("Somebody", role)
    answer = run(app, "--by", member.email)

    assert answer.exit_code == 1
    assert "may not import" in answer.output
    assert facts(app) == []


def test_nobody_at_all_and_no_sheet_are_refused_in_words(app: Flask, edo: Member) -> None:
    assert "There is no account" in run(app, "--by", "nobody@example.org").output
    answer = (
        believing_the_shell(app)
        .test_cli_runner()
        .invoke(args=["places", "facilities", "import", "no.csv", "--by", edo.email])
    )
    assert "There is no file no.csv" in answer.output


def test_a_workbook_is_imported_too(app: Flask, edo: Member) -> None:
    path = app.extensions["settings"].home / "facilities.xlsx"
    path.write_bytes(simple(line.split(";") for line in SHEET.lstrip("\ufeff").splitlines()))

    answer = (
        believing_the_shell(app)
        .test_cli_runner()
        .invoke(args=["places", "facilities", "import", str(path), "--by", edo.email])
    )
    assert "3 created" in answer.output, answer.output


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[columns", "no TOML"),
        ('[columns]\nTitle = "nonsense"', "unknown targets"),
        ('[columns]\nNothing = "name"', "has not"),
        ('[sheet]\ncolour = "red"', "takes scheme"),
        ('[sheet]\nprecision = "here"', "is none of"),
    ],
)
def test_a_map_that_can_not_be_followed_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(BadMap, match=reason):
        parsed(text, sheet_of(Grid("", [["Title", "x"], ["Bahar", "y"]])))


def test_a_map_says_what_a_column_means() -> None:
    sheet = sheet_of(Grid("", [["Wo", "Was"], ["Korla", "Bahar"]]))

    assert dict(propose(sheet).columns) == {"Wo": "ignore", "Was": "ignore"}
    assert dict(parsed('[columns]\nWo = "place"\nWas = "name"', sheet).columns) == {"Wo": "place", "Was": "name"}


@both_databases
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real sheets are not on this machine")
def test_every_known_facility_is_imported_once(app: Flask, edo: Member) -> None:
    arguments = ["places", "facilities", "import", str(SHARED / "xinjiang_facilities_aspi.csv"), "--by", edo.email]
    runs = [
        json.loads(believing_the_shell(app).test_cli_runner().invoke(args=[*arguments, "--json"]).output)
        for _ in range(2)
    ]

    assert [(one["created"], one["unchanged"], one["refused"]) for one in runs] == [(385, 0, 0), (0, 385, 0)]
    with app.app_context():
        assert {one.precision for one in every()} <= {"county", "prefecture", "region", "hidden"}
