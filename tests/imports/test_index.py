"""Every small list of trouble, end to end by the command: dry run, import, and once more, with what must come of it.

The files lie in cases/ here and in tests/sheets/cases; what each cell is read as, the tests of its kind hold.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.database import db
from tests.cast import hired

HERE = Path(__file__).parent
FOLDERS = (HERE / "cases", HERE.parent / "sheets" / "cases")
AMINA, BAHTIYAR = "Amina Testova", "Bahtiyar Testov"
BOTH = [AMINA, BAHTIYAR]
LETTERS = [f"{letter} Testov{'a' if letter == 'A' else ''}" for letter in "ABCDEFGHIJ"]


class Right(NamedTuple):
    """The names of those who are created, how many rows are refused, words that are told, options of the command."""

    people: list[str]
    refused: int = 0
    told: str = ""
    options: tuple[str, ...] = ()


RIGHT = {
    "f01_other_peoples_names.csv": Right(BOTH, told="A refusal: nothing of this person leaves"),
    "f02_headers_by_substring.csv": Right([AMINA], told="Nobody knows this column"),
    "f03_list_one.csv": Right(["Aydin Ornekov", "Nargiza Ornekova"]),
    "f03_list_two.csv": Right(["Maria Petrova Example", "Ivan Sidorov Example"]),
    "f04_no_id_column.csv": Right(BOTH),
    "f05_national_id_as_id.csv": Right(["阿米娜样例"], told="numbers of identity papers"),
    "f06_date_of_arrest.csv": Right(BOTH),
    "f07_first_and_last.csv": Right(["Amina Karimovna Testova", BAHTIYAR]),
    "f08_status_column.csv": Right([*BOTH, "Ilham Testov"], told="this row says otherwise"),
    "f09_arabic_headers.csv": Right(["تجربة مثال"]),
    "f09b_persian_columns.csv": Right(["نمونه آزمایشی"], told="Persian calendar"),
    "f10_spanish_cp1252.csv": Right(["José Peña Ibáñez", "María Núñez Muñoz"], options=("--encoding", "cp1252")),
    "f10b_one_row_cp1251.csv": Right(["Тестов Иван Петрович"], options=("--encoding", "cp1251")),
    "f10c_mojibake_already.csv": Right(["JosÃ© PeÃ±a"], told="perhaps José Peña"),
    "f11_zwnj.csv": Right(["علی\u200cاکبر نمونه\u200cپور"]),
    "f12_dimension_a1.xlsx": Right(BOTH),
    "f13_two_sheets.xlsx": Right(BOTH, told="“Women” (1 row) is not"),
    "f13b_chart_sheet_first.xlsx": Right([AMINA], told="“Chart” is a chart"),
    "f14_formulas_without_values.xlsx": Right([BAHTIYAR], 1, "formula whose result the file does not hold"),
    "f15_error_cells.xlsx": Right([BAHTIYAR], 1, "An error instead of a value"),
    "f16_shown_as_year.xlsx": Right([AMINA]),
    "f17_title_above_headers.xlsx": Right(BOTH, told="stands above the headers"),
    "f18_merged_down.xlsx": Right(BOTH, told="merged over rows 2 to 3"),
    "f19_totals_and_footers.xlsx": Right(BOTH, told="may be news of somebody on the list"),
    "f20_comment_and_link.xlsx": Right(BOTH, told="seems to ask that something is not published"),
    "f24_no_name_to_tell.csv": Right([], 6, "This names nobody"),
    "f25_minors.csv": Right(LETTERS[:7], told="may be under 18"),
    "f26_dates_read_falsely.csv": Right(LETTERS[:4], told="This is no date"),
    "f27_dates_left_unread.csv": Right(LETTERS),
    "f28_ages_and_genders.csv": Right(LETTERS[:4]),
    "f29_words_beside_a_name.csv": Right(
        [*BOTH, "Zulfiya Testova", "Ilham Testov", "Baby of Amina Testova"], 1, "names several persons"
    ),
    "f30_paragraphs.csv": Right([AMINA]),
    "f31_scripts.csv": Right(["Sample One", "Sample Two", "Sample Three", "Sample Four"]),
    "f32_peoples_as_written.csv": Right(LETTERS[:4]),
    "p01_gb18030_chinese_headers.csv": Right(["测试甲", "样本乙"], told="GB18030"),
    "p02_ambiguous_day_and_month.csv": Right(LETTERS[:6], told="Is the day or the month first"),
    "p03_serial_days_stay_words.csv": Right(LETTERS[:1], told="27131"),
    "p09_section_rows.csv": Right([AMINA], 1, "Kashgar prefecture"),
}
REFUSED = {
    "f10_spanish_cp1252.csv": "José Peña Ibáñez",
    "f10b_one_row_cp1251.csv": "Тестов Иван Петрович",
    "f21_unbalanced_quote.csv": "Line 3",
    "f22_header_only.csv": "no rows under them",
    "f22b_list.json": "This is JSON",
    "f23_map_with_a_slip.csv": "“Witnes name” (did you mean “Witness name”?)",
}
WITH_A_MAP = {"f08_status_column.csv", "f23_map_with_a_slip.csv"}


def path_of(name: str) -> Path:
    return next(folder / name for folder in FOLDERS if (folder / name).is_file())


@pytest.fixture
def shell(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application whose shell is trusted, with an account that edits and guards safety."""
    object.__setattr__(app.extensions["settings"], "trust_shell", True)
    with app.app_context():
        hired("You", "editor", "safety_officer")
        db.session.commit()
    return app


def run(app: Flask, name: str, *options: str) -> Result:
    path = path_of(name)
    words = ["cases", "import", str(path), "--by", "you@example.org", "--json", *options]
    if name in WITH_A_MAP:
        words += ["--map", str(path.with_suffix(".toml"))]
    return app.test_cli_runner().invoke(args=words)


def report(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(re.findall(r'\{"rows".*', result.output)[-1])
    return found


def files(app: Flask) -> list[CaseFile]:
    with app.app_context():
        return [revisions.head(case) for case in db.session.scalars(select(Case).order_by(Case.id))]


def test_every_list_of_trouble_is_walked() -> None:
    named = {path.name for folder in FOLDERS for path in folder.iterdir() if path.suffix != ".toml"}
    assert named == {*RIGHT, *REFUSED}


@pytest.mark.parametrize("name", RIGHT)
def test_who_comes_of_a_list_and_a_second_time_nobody(shell: Flask, name: str) -> None:
    right = RIGHT[name]
    dry = report(run(shell, name, *right.options, "--dry-run"))
    assert files(shell) == []
    first = report(run(shell, name, *right.options))
    assert first == dry
    assert (first["created"], first["refused"], first["asked"]) == (len(right.people), right.refused, 0)
    shown = [next(one.text for one in file.names if one.is_preferred) for file in files(shell)]
    assert shown == right.people
    assert right.told in json.dumps([*first["warnings"]], ensure_ascii=False)
    assert [one.is_public for file in files(shell) for one in file.outside_ids if one.is_public] == []
    before = files(shell)
    again = report(run(shell, name, *right.options))
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, len(right.people))
    assert files(shell) == before


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_that_is_not_read_whole_is_refused_in_a_sentence(shell: Flask, name: str) -> None:
    for options in (("--dry-run",), ()):
        result = run(shell, name, *options)
        assert result.exit_code != 0
        assert REFUSED[name] in result.output
        assert "Traceback" not in result.output
    assert files(shell) == []


def test_a_second_list_that_counts_from_one_too_makes_four_cases(shell: Flask) -> None:
    for name in ("f03_list_one.csv", "f03_list_two.csv"):
        assert report(run(shell, name))["created"] == 2
    one = files(shell)
    assert [file.birth.written for file in one] == ["1970", "1981", "1992", "1988"]


def test_names_of_others_are_confidential_and_a_refusal_is_one(shell: Flask) -> None:
    report(run(shell, "f01_other_peoples_names.csv"))
    amina, bahtiyar = files(shell)
    assert [len(file.names) for file in (amina, bahtiyar)] == [1, 1]
    assert [one.name for one in amina.relatives] == ["Karim Fatherov"]
    assert {(one.author, one.is_confidential) for one in amina.sources} == {
        ("Rahile Samplova", True),
        ("Ilham Clerkov", True),
    }
    assert [one.state for one in amina.consents] == ["refused"]
    assert [(one.state, one.scopes) for one in bahtiyar.consents] == [("given", [])]


def test_headers_that_hold_a_known_word_are_notes(shell: Flask) -> None:
    told = report(run(shell, "f02_headers_by_substring.csv"))["warnings"]
    (amina,) = files(shell)
    headers = [note.came_from for note in amina.notes]
    assert len(headers) == 8
    assert [one["column"] for one in told][:8] == headers
    assert (amina.occupation, amina.age_reported, amina.origin_words, amina.episodes) == ("", "", "", [])


def test_what_a_row_says_of_its_situation_outweighs_the_list(shell: Flask) -> None:
    report(run(shell, "f08_status_column.csv"))
    amina, bahtiyar, ilham = files(shell)
    assert [event.type for event in amina.episodes[0].events] == ["release"]
    assert (bahtiyar.status_override, bahtiyar.death.is_reported) == ("died_in_custody", True)
    assert (amina.status_override, ilham.status_override) == ("", "detained_form_unknown")
