"""The campaign's own places: checked as a whole, kept in one step, known at once in every running process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.places.current import OWN, gazetteer, own_places, shipped
from campaign.places.extending import checked
from campaign.places.reading import choose, parse, suggest
from campaign.settings import read
from tests.sheets.workbooks import simple

ROOT = Path(__file__).resolve().parents[2]
HEAD = "code,level,parent,names,lat,lon\n"
BAHAR = "x-bahar,county,Ili Prefecture,Bahar;Бахар;باھار;巴哈尔,43.8,81.2\n"
KENT = "x-bahar-1,village,x-bahar,Bahar Kent,43.9,81.3\n"


def app_of(home: Path, edges: str) -> Flask:
    return create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": edges, "CAMPAIGN_SWEEP_SECONDS": "0"}))


def extend(app: Flask, text: str, name: str = "places-to-add.csv"):
    sheet = Path(app.extensions["settings"].home) / name
    sheet.write_text(text, "utf-8")
    return app.test_cli_runner().invoke(args=["places", "extend", str(sheet)])


def checked_row(row: str):
    columns = dict(zip(HEAD.strip().split(","), row.split(","), strict=False))
    return checked([(2, columns)], [])


def test_a_place_is_known_at_once_to_an_application_that_was_running_before(home: Path) -> None:
    desk, public = app_of(home, "staff"), app_of(home, "public,partners")
    with public.app_context():
        assert "x-bahar" not in gazetteer()

    answer = extend(desk, HEAD + KENT + BAHAR)

    assert answer.exit_code == 0, answer.output
    assert "added     x-bahar " in answer.output
    with public.app_context():
        known = gazetteer()
        assert known.words("x-bahar-1") == "Bahar Kent, Bahar County, Ili Prefecture, Xinjiang"
        assert [choose(name).code for name in ("Bahar", "Бахар", "باھار", "巴哈尔", "BAHAR county")] == ["x-bahar"] * 5
        assert parse("Bahar Kent, Bahar county, Ili").code == "x-bahar"
        assert [place.code for place in known.parents("x-bahar-1")] == ["x-bahar", "6540", "65", "CN"]
        assert {"x-bahar", "x-bahar-1"} <= set(known.within("6540"))
        assert suggest("巴哈") == ("x-bahar",)


def test_another_process_knows_it_too_and_carries_no_line_of_the_confidential_side(home: Path) -> None:
    extend(app_of(home, "staff"), HEAD + BAHAR)
    script = (
        "import sys; from app import create_app; from campaign.places.current import gazetteer\n"
        "with create_app().app_context(): print(gazetteer().words('x-bahar'))\n"
        "print([name for name in sys.modules if name.startswith(('campaign.cases', 'campaign.staff', 'python_cala'))])"
    )
    environment = os.environ | {"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners"}

    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert answer.stdout.splitlines() == ["Bahar County, Ili Prefecture, Xinjiang", "[]"], answer.stderr


def test_two_homes_know_their_own_places_and_no_application_knows_the_shipped_ones(tmp_path: Path) -> None:
    one, other = app_of(tmp_path / "one", "public"), app_of(tmp_path / "other", "public")
    extend(one, HEAD + BAHAR)
    with one.app_context():
        assert "x-bahar" in gazetteer()
    with other.app_context():
        assert gazetteer() is shipped()
    assert gazetteer() is shipped()


def test_a_second_run_changes_nothing_and_another_name_replaces_the_row(home: Path) -> None:
    app = app_of(home, "staff")
    extend(app, HEAD + BAHAR)

    assert "0 added, 0 changed, 1 unchanged." in extend(app, HEAD + BAHAR).output
    assert "0 added, 1 changed, 0 unchanged." in extend(app, HEAD + BAHAR.replace("Bahar;", "Bahar;Behar;")).output
    with app.app_context():
        assert choose("Behar").code == "x-bahar"
    assert len(own_places(home)) == 1


def test_one_wrong_row_refuses_the_whole_sheet_and_leaves_the_file_as_it_was(home: Path) -> None:
    app = app_of(home, "staff")
    extend(app, HEAD + BAHAR)
    before = (home / OWN).read_bytes()

    answer = extend(app, HEAD + KENT + "654002,county,6540,Gulzar,,\n" + "x-2,town,Nowhere,Gulzar,,\n")

    assert answer.exit_code == 2
    assert "Nothing was taken" in answer.output
    assert "row 3: The code '654002' is that of Ghulja City" in answer.output
    assert "row 4: The parent 'Nowhere' is neither a code nor a name" in answer.output
    assert (home / OWN).read_bytes() == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x 2,town,653121,Gulzar,,", "holds a space"),
        (",town,653121,Gulzar,,", "is empty"),
        ("x-2,planet,653121,Gulzar,,", "The level 'planet'"),
        ("x-2,town,,Gulzar,,", "does not say what the place lies in"),
        ("x-2,town,Ghulja,Gulzar,,", "654002 or Ghulja County"),
        ("x-2,county,653121,Gulzar,,", "can't lie in"),
        ("x-2,town,653121,,,", "has no name"),
        ("x-2,town,653121,12,,", "is no name in Latin"),
        ("x-2,town,653121,Gulzar,99,75", "beyond 90"),
        ("x-2,town,653121,Gulzar,39.4,", "only one is given"),
        ("x-2,town,653121,გულზარი,,", "is no name in Latin"),
        ("x-2,town,653121," + "a" * 200 + ",,", "longer than"),
    ],
)
def test_a_bad_row_is_refused_by_name(row: str, reason: str) -> None:
    extension = checked_row(row)

    assert (extension.added, [fault.row for fault in extension.refused]) == ([], [2])
    assert reason in extension.refused[0].reason


def test_a_name_stands_in_the_column_of_its_own_script_wherever_it_was_written() -> None:
    row = {"code": "x-2", "level": "town", "parent": "653121", "uyghur": "Gulzar", "latin": "گۈلزار", "Name": "Гүлзар"}

    (place,) = checked([(2, row)], []).added

    assert (place.latin, place.uyghur, place.cyrillic) == (("Gulzar",), ("گۈلزار",), ("Гүлзар",))


def test_a_name_that_others_bear_and_a_place_far_from_its_parent_are_told_of() -> None:
    remarks = [remark.reason for remark in checked_row("x-2,town,653121,Ghulja,9.4,75.9").remarks]

    assert any("also a name of Ghulja City" in words for words in remarks)
    assert any("right columns" in words for words in remarks)


def test_parents_that_stand_in_a_ring_are_refused() -> None:
    rows = [{"code": "x-1", "level": "town", "parent": "x-2", "names": "A Kent"},
            {"code": "x-2", "level": "town", "parent": "x-1", "names": "B Kent"}]  # fmt: skip

    extension = checked(list(enumerate(rows, 2)), [])

    assert extension.added == []
    assert len(extension.refused) == 2


def test_a_workbook_is_read_like_a_sheet(home: Path) -> None:
    app = app_of(home, "staff")
    (home / "add.xlsx").write_bytes(simple(line.split(",") for line in (HEAD + BAHAR).splitlines()))

    answer = app.test_cli_runner().invoke(args=["places", "extend", str(home / "add.xlsx")])

    assert "1 added" in answer.output, answer.output
    assert own_places(home)[0].lat == 43.8


def test_a_sheet_damaged_by_hand_is_told_of_and_the_rest_is_known(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = app_of(home, "public")
    extend(app, HEAD + BAHAR)
    with (home / OWN).open("a", encoding="utf-8") as file:
        file.write("x-3,galaxy,,653121,,,,,Gulzar,,,\n")

    with app.app_context():
        assert "x-bahar" in gazetteer()
        assert "x-3" not in gazetteer()
    assert "row 3 is not read" in caplog.text


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"code,level,parent,latin\nx-1,town,nowhere,Gulzar\n"])
def test_a_sheet_that_can_not_be_read_leaves_the_shipped_places(home: Path, content: bytes) -> None:
    app = app_of(home, "public")
    (home / OWN).write_bytes(content)

    with app.app_context():
        assert gazetteer() is shipped()


def test_places_are_found_and_listed_on_the_command_line(home: Path) -> None:
    app = app_of(home, "public")
    extend(app, HEAD + BAHAR)
    runner = app.test_cli_runner()

    assert "It may mean any of these" in runner.invoke(args=["places", "find", "Ghulja"]).output
    assert "x-bahar " in runner.invoke(args=["places", "find", "巴哈尔"]).output
    assert runner.invoke(args=["places", "find", "zzzzz"]).exit_code == 1
    assert "1 place." in runner.invoke(args=["places", "list", "--own"]).output
    assert "x-bahar " in runner.invoke(args=["places", "list", "--within", "Ili Prefecture"]).output
    assert runner.invoke(args=["places", "list", "--within", "Kashgar"]).exit_code == 2
