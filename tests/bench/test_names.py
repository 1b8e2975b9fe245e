"""`python -m bench names` and `pairs`, and the goals on real spellings where the shared data is there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.names import commands, named, of_region
from bench.recall import bench, spellings

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BYNAME_SHARED", ROOT.parent / "shared"))
SPELLINGS = SHARED / "data" / "names_open.csv"
PAIRS = SHARED / "data" / "dedupe_pairs.csv"
real = pytest.mark.skipif(not SPELLINGS.exists(), reason="the shared data is not here")

SHEET = """entity_id,variant,script,language,source
p:1,Nurel Bakriyev,Latn,ug-Latn,invented
p:1,Нурел Бакриев,Cyrl,ru,invented
p:1,努热勒·巴克里耶夫,Hani,zh,invented
p:2,魏兰英,Hani,zh,invented
p:2,Wei Lanying,Latn,zh-Latn,invented
g:1,Qumtagh,Latn,ug-Latn,invented
g:1,قۇمتاغ,Arab,ug,invented
"""
LABELLED = """source_a,key_a,name_a,source_b,key_b,name_b,same_person
a,1,Nurel Bakriyev,b,1,Нурел Бакриев,yes
a,1,Nurel Bakriyev,b,2,Tahir Bakriyev,no
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def test_bench_counts_what_was_found(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text("\ufeff" + SHEET, encoding="utf-8")
    result = bench(spellings(sheet, kind="person"), fill_to=50)
    assert (result.whole.asked, result.indexed) == (3, 2)
    assert result.figures()["recall@1"] == 1.0
    assert set(result.by_script) == {"Cyrl", "Hani"}


def test_bench_in_json_is_one_line_of_five_figures(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text(SHEET.replace("\n", "\r\n"), encoding="utf-8")
    output = run("names", str(sheet), "--json", "--fill", "50").output
    assert output.count("\n") == 1
    assert list(json.loads(output)) == ["recall@1", "recall@10", "mrr", "p95_ms", "by_script"]


def test_a_spelling_that_stands_twice_is_asked_once_and_the_indexed_one_never(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text(SHEET + SHEET.partition("\n")[2], encoding="utf-8")
    assert bench(spellings(sheet, kind="person"), fill_to=0).whole.asked == 3


def test_a_script_that_the_sheet_leaves_out_is_told_by_the_letters(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text("entity_id,variant,script\np:1,Nurel Bakriyev,\np:1,Нурел Бакриев,\np:1,Nurel,Xxxx\n")
    assert set(bench(spellings(sheet, kind="person"), fill_to=0).by_script) == {"Cyrl", "Xxxx"}


def test_a_place_is_found_by_the_names_that_the_gazetteer_knows(tmp_path: Path) -> None:
    sheet = tmp_path / "places.csv"
    sheet.write_text("entity_id,variant,script\ng:1,Ghulja,Latn\ng:1,Yining,Latn\ng:1,伊宁,Hani\ng:2,Qumtagh,Latn\n")
    output = run("names", str(sheet), "--kind", "place", "--fill", "50").output
    assert "2 asked   recall@1 1.000" in output
    assert "1 of them are places of the region" in output


def test_bench_of_places_takes_places_only(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    assert "1 places indexed, 1 spellings asked" in run("names", str(sheet), "--kind", "place", "--fill", "50").output


def test_pairs_print_how_the_scores_part_the_two_kinds(tmp_path: Path) -> None:
    sheet = tmp_path / "pairs.csv"
    sheet.write_text(LABELLED, encoding="utf-8")
    assert json.loads(run("pairs", str(sheet), "--json").output)["auc"] == 1
    assert "area under the curve 1.000" in run("pairs", str(sheet)).output


@pytest.mark.parametrize("command", ["names", "pairs"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"one,two\n\xff\xfe,2\n", "wrong.csv has no column"),
        (b"", "wrong.csv has no column"),
        (b"\x00\x00\x00", "wrong.csv"),
        (b'"' + b"x" * 200_000, "wrong.csv is not a sheet of commas"),
        (b"PK\x03\x04\xff\x00 a workbook\n", "wrong.csv"),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_line(command: str, content: bytes, said: str, tmp_path: Path) -> None:
    sheet = tmp_path / "wrong.csv"
    sheet.write_bytes(content)
    result = run(command, str(sheet))
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
    assert (said in result.output, result.output.count("\n")) == (True, 1)


@pytest.mark.parametrize("command", ["names", "pairs"])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused_in_one_line(command: str, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.csv", tmp_path / "\udcff.csv"):
        result = run(command, str(path))
        assert (result.exit_code, result.output.count("\n"), "can't be read" in result.output) == (2, 1, True)


def test_a_sheet_of_places_holds_no_person_to_ask_for(tmp_path: Path) -> None:
    sheet = tmp_path / "places.csv"
    sheet.write_text("entity_id,variant,script\ng:1,Qumtagh,Latn\n")
    result = run("names", str(sheet))
    assert (result.exit_code, "holds no person" in result.output) == (2, True)
    assert run("names", str(sheet), "--kind", "place", "--json", "--fill", "0").exit_code == 0


def test_a_pair_that_is_neither_the_same_nor_not_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "pairs.csv"
    sheet.write_text(LABELLED.replace(",no", ",perhaps"), encoding="utf-8")
    result = run("pairs", str(sheet))
    assert (result.exit_code, "pair 2: same_person is 'perhaps'" in result.output) == (2, True)


def test_the_commands_need_no_home_and_write_nothing(tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CAMPAIGN")}
    environment["PYTHONPATH"] = str(ROOT)
    asked = [sys.executable, "-m", "bench", "names", "names.csv", "--json", "--fill", "50"]
    result = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout)["recall@1"] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


@pytest.mark.long
@real
def test_real_persons_are_found_under_their_other_spellings() -> None:
    figures = json.loads(run("names", str(SPELLINGS), "--json", "--fill", "0").output)
    assert figures["recall@1"] >= 0.93
    assert figures["recall@10"] >= 0.97
    assert min(figures["by_script"][script]["recall@10"] for script in ("Arab", "Cyrl", "Hani", "Latn")) >= 0.90


@pytest.mark.long
@real
def test_real_places_that_the_gazetteer_holds_are_found_under_their_other_names() -> None:
    rows = of_region(spellings(SPELLINGS, kind="place"))
    assert len(rows) > 1500
    assert bench(rows, fill_to=0, places_of=named).whole.figures()["recall@10"] >= 0.95


@pytest.mark.long
@real
def test_real_places_are_found_by_the_method_alone() -> None:
    assert bench(spellings(SPELLINGS, kind="place"), fill_to=0).whole.figures()["recall@10"] >= 0.76


@real
def test_scores_part_the_same_people_from_others() -> None:
    assert json.loads(run("pairs", str(PAIRS), "--json").output)["auc"] >= 0.92
