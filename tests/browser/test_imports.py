"""A list that people really keep, brought in by an officer's browser: corrected, decided, written, taken back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from campaign.publishing import import_jobs
from tests.browser.demonstration import Demonstration
from tests.browser.looking import barriers, faults, listen
from tests.browser.test_way_in import sends
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook

MESSY = """Families of the lower town,,,,,,
No,First name,Last name,Born,Date of arrest,Trade,Who told us
{a}-1,Abdukerim,{a}zar,1974,03/04/2017,baker,"Tursunay A., aunt"
{a}-2,Reyhangul,{a}tul,12.04.88,25/08/2018,nurse,Gulsum
{a}-3,Turdi,{a}ekli,about 1970,end 2017,drives a lorry,
,,N.N.,?,,,Tursunay A.
Total,3,,,,,
"""
KNOWN = "No,First name,Last name,Trade\n{a}-1,Somebody,Elsewhere,baker\n{a}-4,Patigul,{a}liq,cook\n"


def work(demonstration: Demonstration, page: Page) -> None:
    """Do the jobs that wait, as the desk's thread does, and look again."""
    with demonstration.app.app_context():
        while import_jobs.do_next():
            pass
    page.reload()


def presses(page: Page, name: str) -> None:
    """Press a button, and go on where a fresh code is asked for: a demonstration takes none."""
    sends(page, name)
    if page.get_by_role("button", name="Continue").count():
        sends(page, "Continue")


def brings(page: Page, demonstration: Demonstration, path: Path) -> str:
    """Bring a file in; return the address of its import."""
    page.goto(f"{demonstration.address}/staff/imports")
    page.get_by_label("File", exact=True).set_input_files(path)
    presses(page, "Bring it in")
    found = re.search(r"(.*/imports/[0-9]+)/", page.url)
    assert found is not None, page.url
    return found[1]


def whole(page: Page, demonstration: Demonstration) -> None:
    """Look at the page that is open: nothing too wide, nobody shut out, nobody else asked."""
    heard = listen(page)
    answer = page.reload()
    assert answer is not None
    assert faults(page, heard, demonstration.address, answer) == []
    assert barriers(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("kind", ["plain", "scriptless"])
def test_a_messy_list_is_corrected_decided_written_and_taken_back(
    demonstration: Demonstration, tmp_path: Path, kind: str
) -> None:
    mark = "Tal" if kind == "plain" else "Qar"
    (tmp_path / "messy.csv").write_text(MESSY.format(a=mark), "utf-8")
    page = demonstration.enter("editor", kind)
    address = brings(page, demonstration, tmp_path / "messy.csv")
    # Two columns are corrected: what nobody knew, and which number of a date is the day.
    page.get_by_label("What “Trade” means").select_option("occupation")
    page.get_by_label("Day or month first in “Date of arrest”").select_option("day")
    presses(page, "Save")
    assert page.get_by_label("What “Trade” means").input_value() == "occupation"
    look_at(page, demonstration, kind)
    presses(page, "Look at the rows")
    look_at(page, demonstration, kind)
    work(demonstration, page)
    assert "3 new cases" in page.locator(".tally").inner_text()
    look_at(page, demonstration, kind)
    presses(page, "Write them")
    work(demonstration, page)
    # Who is nobody was told, and waits to be looked at.
    assert "N.N." in page.locator("main").inner_text()
    look_at(page, demonstration, kind)
    page.get_by_role("checkbox").first.check()
    presses(page, "Looked at: nothing to do")
    page.goto(address)
    again(page, demonstration, tmp_path, mark)
    page.goto(f"{address}/undo")
    look_at(page, demonstration, kind)
    presses(page, "Yes, take it back")
    work(demonstration, page)
    assert "Taken back" in page.locator("main").inner_text()
    page.close()


def look_at(page: Page, demonstration: Demonstration, kind: str) -> None:
    if kind == "plain":
        whole(page, demonstration)


def again(page: Page, demonstration: Demonstration, folder: Path, mark: str) -> None:
    """Bring a second list whose first number is somebody else's here: it is asked about, and left out."""
    (folder / "messy.csv").write_text(KNOWN.format(a=mark), "utf-8")
    brings(page, demonstration, folder / "messy.csv")
    presses(page, "Look at the rows")
    work(demonstration, page)
    assert "wait" in page.locator(".tally").inner_text() or "known" in page.locator(".tally").inner_text()
    doubtful = page.locator("fieldset.pick").first
    doubtful.get_by_label("Leave this row out").or_(doubtful.get_by_label(re.compile("[Ll]eave"))).first.check()
    presses(page, "Keep decisions")
    work(demonstration, page)
    assert page.locator("fieldset.pick").first.locator("input:checked").count() == 1


@pytest.mark.parametrize("kind", ["plain", "scriptless"])
def test_relatives_are_taken_from_a_sheet_beside_the_list(
    demonstration: Demonstration, tmp_path: Path, kind: str
) -> None:
    mark = "Sheltered" if kind == "plain" else "Scripted"
    people = [["Full name", "_id"], [f"Tursun {mark}", 7001], [f"Halide {mark}", 7002]]
    kin = [["child_name", "Age", "_submission__id"], [f"Ilham {mark}", 8, 7001]]
    lists = {"Families": sheet_xml(rows_xml(people)), "children": sheet_xml(rows_xml(kin))}
    (tmp_path / f"{mark}.xlsx").write_bytes(workbook(lists))
    page = demonstration.enter("editor", kind)
    address = brings(page, demonstration, tmp_path / f"{mark}.xlsx")
    page.goto(f"{address}/columns")
    beside = page.get_by_role("group", name="children, 1 row")
    assert beside.get_by_label("Its rows are").input_value() == "relative"
    assert beside.get_by_label("Its column that says whose").input_value() == "_submission__id"
    look_at(page, demonstration, kind)
    beside.get_by_label("Its rows are").select_option("source")
    presses(page, "Save")
    assert beside.get_by_label("Its rows are").input_value() == "source"
