"""Whose row it is: a number belongs to a list, a place in it to nobody, and nobody is written over another person."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Consent
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import mapping
from campaign.imports.importing import Report
from campaign.imports.models import ImportLook
from campaign.imports.planning import NoSuchRow
from campaign.imports.steps import LEAVE_OUT, SOMEBODY_ELSE
from tests.imports.bringing import brought_text

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
CASES = Path(__file__).parent / "cases"
ONE, TWO = ((CASES / f"f03_list_{name}.csv").read_text("utf-8") for name in ("one", "two"))
NUMBERED = "case_id,name,sex,date_of_birth,hometown,profession\nK-1,Aydin Ornekov,m,1970,Kashgar,Poet\n"
STRANGER = NUMBERED.replace("Aydin Ornekov,m,1970,Kashgar", "Maria Example,f,1992,Minsk")
LIST = """No,Name,Sex,DOB,Hometown,Profession
1,Aydin Ornekov,m,1970,Kashgar,Poet
2,Nargiza Ornekova,f,1981,Hotan,Nurse
3,Semet Tarimbeg,m,1950,Aksu,Miller
"""
Imports = Callable[..., Report]


@pytest.fixture
def imports(app: Flask, editor: int) -> Imports:
    """Import a sheet's text as the command does; the report."""

    def make(text: str, *, stated: str = "", decisions: dict[str, str] | None = None) -> Report:
        return brought_text(app, text, editor, text=stated, decisions=decisions)

    return make


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.refused, report.asked)


def people(app: Flask) -> dict[str, CaseFile]:
    """Return every case's file by the name that it shows."""
    with app.app_context():
        cases = db.session.scalars(select(Case).order_by(Case.id))
        return {case.display_name: revisions.head(case) for case in cases}


def told(report: Report) -> str:
    return " ".join(one.message for one in report.warnings)


def test_the_second_list_counts_its_own_people(app: Flask, imports: Imports) -> None:
    assert counts(imports(ONE)) == (2, 0, 0, 0, 0)
    report = imports(TWO)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert "only counts the rows" in told(report)
    files = people(app)
    assert {name: file.gender for name, file in files.items()} == {
        "Aydin Ornekov": "male", "Nargiza Ornekova": "female", "Maria Petrova Example": "female",
        "Ivan Sidorov Example": "male",
    }  # fmt: skip
    assert [file.outside_ids for file in files.values()] == [[], [], [], []]
    for text in (ONE, TWO):
        assert counts(imports(text)) == (0, 0, 2, 0, 0)


def test_a_number_that_now_tells_of_somebody_else_is_asked_and_never_written(app: Flask, imports: Imports) -> None:
    imports(NUMBERED)
    report = imports(STRANGER)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert "carries this number, but seems to be somebody else" in told(report)
    (asks,) = report.questions.values()
    assert [ask.choice for ask in asks][1:] == [SOMEBODY_ELSE, LEAVE_OUT]
    assert "One is female, the other male." in asks[0].against
    files = people(app)
    assert [(name, file.gender, file.birth.edtf) for name, file in files.items()] == [("Aydin Ornekov", "male", "1970")]


def test_a_sister_or_a_son_under_the_same_number_is_asked(app: Flask, imports: Imports) -> None:
    imports("case_id,name,hometown\nK-1,Gulnar Tarimbeg,Kashgar\nK-2,Omar Ornekov,Kashgar\n")
    report = imports("case_id,name,hometown\nK-1,Gulnur Tarimbeg,Kashgar\nK-2,Qasim Omar,Kashgar\n")
    assert counts(report) == (0, 0, 0, 0, 2)
    assert set(people(app)) == {"Gulnar Tarimbeg", "Omar Ornekov"}


def test_a_namesake_of_no_birth_under_the_same_number_is_asked(app: Flask, imports: Imports) -> None:
    text = NUMBERED + "K-2,Nargiza Ornekova,f,1981,Hotan,Nurse\n"
    imports(text)
    assert counts(imports(text.replace("1970", "").replace("Poet", "Miller"))) == (0, 0, 1, 0, 1)
    assert counts(imports(text.replace("1970", ""))) == (0, 0, 2, 0, 0)
    assert people(app)["Aydin Ornekov"].occupation == "Poet"


def test_somebody_else_under_a_number_is_opened_beside_and_known_from_then_on(app: Flask, imports: Imports) -> None:
    imports(NUMBERED)
    key = next(iter(imports(STRANGER).questions))
    assert counts(imports(STRANGER, decisions={key: SOMEBODY_ELSE})) == (1, 0, 0, 0, 0)
    assert set(people(app)) == {"Aydin Ornekov", "Maria Example"}
    for text in (NUMBERED, STRANGER):
        assert counts(imports(text)) == (0, 0, 1, 0, 0)
    assert counts(imports(STRANGER.replace("Poet", "Baker"))) == (0, 1, 0, 0, 0)
    assert {name: file.occupation for name, file in people(app).items()} == {
        "Aydin Ornekov": "Poet", "Maria Example": "Baker",
    }  # fmt: skip


def test_who_was_renamed_is_the_same_person_where_somebody_says_so(app: Flask, imports: Imports) -> None:
    imports(NUMBERED)
    report = imports(NUMBERED.replace("Aydin Ornekov", "Bahtiyar Testov"))
    key, asks = next(iter(report.questions.items()))
    decided = {key: asks[0].choice}
    assert counts(imports(NUMBERED.replace("Aydin Ornekov", "Bahtiyar Testov"), decisions=decided)) == (0, 1, 0, 0, 0)
    assert list(people(app)) == ["Bahtiyar Testov"]
    assert counts(imports(NUMBERED.replace("Aydin Ornekov", "Bahtiyar Testov"))) == (0, 0, 1, 0, 0)


def test_a_row_is_left_out_and_a_decision_about_other_cells_is_refused(app: Flask, imports: Imports) -> None:
    imports(NUMBERED)
    key = next(iter(imports(STRANGER).questions))
    assert counts(imports(STRANGER, decisions={key: LEAVE_OUT})) == (0, 0, 0, 1, 0)
    with pytest.raises(NoSuchRow, match="was changed since somebody decided"):
        imports(STRANGER.replace("Poet", "Baker"), decisions={key: SOMEBODY_ELSE})
    assert set(people(app)) == {"Aydin Ornekov"}


def test_an_inserted_row_moves_nobody(app: Flask, imports: Imports) -> None:
    imports(LIST)
    before = people(app)
    newer = LIST.replace("1,Aydin", "1,Amina Testova,f,1974,Kashgar,Cook\n2,Aydin").replace("2,Nargiza", "3,Nargiza")
    assert counts(imports(newer.replace("3,Semet", "4,Semet"))) == (1, 0, 3, 0, 0)
    after = people(app)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"Amina Testova"}


def test_a_row_taken_out_and_a_cell_changed_are_met_by_person(app: Flask, imports: Imports) -> None:
    imports(LIST)
    newer = LIST.replace("1,Aydin Ornekov,m,1970,Kashgar,Poet\n", "").replace("Nurse", "Teacher")
    assert counts(imports(newer)) == (0, 1, 1, 0, 0)
    assert people(app)["Nargiza Ornekova"].occupation == "Teacher"
    assert people(app)["Aydin Ornekov"].occupation == "Poet"


def test_a_row_without_number_that_may_be_one_read_before_is_asked(app: Flask, imports: Imports) -> None:
    imports(LIST)
    newer = LIST.replace("2,Nargiza Ornekova,f,1981,", "2,Nargiza Ornekova,f,,")
    report = imports(newer)
    assert counts(report) == (0, 0, 2, 0, 1)
    key, asks = next(iter(report.questions.items()))
    assert counts(imports(newer, decisions={key: asks[0].choice})) == (0, 0, 3, 0, 0)
    assert people(app)["Nargiza Ornekova"].birth.edtf == "1981"
    assert len(people(app)) == 3


def test_the_same_file_without_numbers_again_changes_nothing(app: Flask, imports: Imports) -> None:
    text = (CASES / "f04_no_id_column.csv").read_text("utf-8")
    assert counts(imports(text)) == (2, 0, 0, 0, 0)
    header, *rows = text.splitlines()
    for again in (text, "\n".join([header, *reversed(rows)])):
        assert counts(imports(again)) == (0, 0, 2, 0, 0)
    assert set(people(app)) == {"Amina Testova", "Bahtiyar Testov"}


def test_namesakes_without_numbers_stay_two(app: Flask, imports: Imports) -> None:
    text = "name,hometown\nAmina Testova,Kashgar\nAmina Testova,Kashgar\n"
    assert counts(imports(text)) == (2, 0, 0, 0, 0)
    assert counts(imports(text)) == (0, 0, 2, 0, 0)


def test_a_sections_heading_is_nobody(app: Flask, imports: Imports) -> None:
    assert counts(imports((CASES / "p09_section_rows.csv").read_text("utf-8"))) == (1, 0, 0, 1, 0)
    assert set(people(app)) == {"Amina Testova"}


def test_an_empty_cell_removes_nothing_and_is_told(app: Flask, imports: Imports) -> None:
    text = NUMBERED + "K-2,Nargiza Ornekova,f,1981,Hotan,Nurse\n"
    imports(text)
    before = people(app)
    for full, emptied in (("1970,Kashgar", ","), ("Poet", "")):
        report = imports(text.replace(full, emptied))
        assert counts(report) == (0, 0, 2, 0, 0)
        assert "This cell is empty now" in told(report)
        assert people(app) == before
    report = imports(text.replace("Nargiza Ornekova", ""))
    assert counts(report) == (0, 0, 1, 1, 0)
    assert "No name is in this row" in told(report)
    assert people(app) == before


def test_a_column_that_is_gone_or_called_otherwise_removes_nothing_and_is_told(app: Flask, imports: Imports) -> None:
    imports(NUMBERED)
    before = people(app)
    report = imports("case_id,name\nK-1,Aydin Ornekov\n")
    assert counts(report) == (0, 0, 1, 0, 0)
    gone = [one.column for one in report.warnings if "is not in this sheet" in one.message]
    assert gone == ["sex", "date_of_birth", "hometown", "profession"]
    assert people(app) == before
    report = imports(NUMBERED.replace("case_id,name", "case no,full name").replace("Poet", "Singer"))
    assert counts(report) == (0, 1, 0, 0, 0)
    assert [row.text for row in people(app)["Aydin Ornekov"].names] == ["Aydin Ornekov"]
    report = imports("case no,full name\nK-1,Maria Example\n")
    assert counts(report) == (0, 0, 0, 0, 1)
    assert "seems to be somebody else" in told(report)


def test_a_row_that_is_gone_is_told_and_its_case_stays(app: Flask, imports: Imports) -> None:
    imports(NUMBERED + "K-2,Nargiza Ornekova,f,1981,Hotan,Nurse\n")
    report = imports(NUMBERED)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert "1 row of the list “sheet” is not in this sheet: k-2. Nothing is removed." in told(report)
    assert len(people(app)) == 2


def test_a_consent_stays_with_the_name_that_it_was_given_for(app: Flask, editor: int, imports: Imports) -> None:
    imports(NUMBERED)
    consent = Consent(id="0000cccc", giver="A brother", scopes=["store", "publish_name"])
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        by = db.session.get_one(Account, editor)
        file = msgspec.structs.replace(revisions.head(case), consents=[consent])
        revisions.revise(case, file, by=by, base_version=case.version, reason="Given.")
        db.session.commit()
    renamed = NUMBERED.replace("Aydin Ornekov", "Bahtiyar Testov").replace("Poet", "Singer")
    key, asks = next(iter(imports(renamed).questions.items()))
    report = imports(renamed, decisions={key: asks[0].choice})
    assert counts(report) == (0, 1, 0, 0, 0)
    assert "has consents or risks of “Aydin Ornekov”: they stay." in told(report)
    (file,) = people(app).values()
    assert ([row.text for row in file.names], file.occupation) == (["Aydin Ornekov"], "Singer")
    assert file.consents == [consent]
    with app.app_context():
        conflict = db.session.scalars(select(ImportLook).where(ImportLook.kind == "conflict")).one()
        assert (conflict.ours, conflict.words) == ("Aydin Ornekov", "Bahtiyar Testov")


def test_a_report_says_how_to_decide(imports: Imports) -> None:
    imports(NUMBERED)
    report = imports(STRANGER)
    (key,) = report.questions
    assert f"[decisions] “{key}” = “" in told(report)
    assert json.loads(json.dumps(report.as_dict()))["questions"][key][1]["choice"] == SOMEBODY_ELSE
    assert mapping.decisions(f'[decisions]\n"{key}" = "somebody else"\n') == {key: SOMEBODY_ELSE}
