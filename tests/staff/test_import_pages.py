"""An import at the desk, page by page: brought in, its columns corrected, its rows decided, written, taken back."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.database import db
from campaign.imports.models import Import, ImportLook, SavedMap
from campaign.publishing import import_jobs
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook
from tests.staff.conftest import Person, controls

LIST = (
    "No,First name,Last name,Born,Work,Who told us,Colour\n"
    "T-1,Semet,Örükzar,1971,Poet,his aunt Gülsüm,blue\n"
    "T-2,Nigar,Anarbagh,always,Baker,a neighbour,green\n"
)


def brings(person: Person, words: str = LIST, name: str = "families.csv", status: int = 302) -> TestResponse:
    return person.posts("/imports", status, file=(io.BytesIO(words.encode()), name))


def number_of(answer: TestResponse) -> int:
    found = re.search(r"/imports/(\d+)", answer.location)
    assert found
    return int(found[1])


def works(app: Flask) -> None:
    """Do all jobs that wait, as the desk's thread does."""
    with app.app_context():
        while import_jobs.do_next():
            pass


def typed(person: Person, number: int) -> dict[str, object]:
    return controls(person.sees(f"/imports/{number}/columns"), "columns")


def rows_of(person: Person, number: int) -> dict[str, object]:
    return controls(person.sees(f"/imports/{number}/rows"), "planned")


def cases(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(one.display_name, head(one).occupation) for one in db.session.scalars(select(Case).order_by(Case.id))]


def written(app: Flask, person: Person, **changes: object) -> int:
    """Bring the list in, and have it planned and written; return the number of its import."""
    number = number_of(brings(person))
    person.posts(f"/imports/{number}/columns", **{**typed(person, number), "deed": "plan", **changes})
    works(app)
    shown = rows_of(person, number)
    person.posts(f"/imports/{number}/rows", **{**shown, "deed": "write"})
    works(app)
    return number


def test_a_list_comes_in_by_the_pages_and_all_of_it_can_be_taken_back(app: Flask, edo: Person) -> None:
    number = written(app, edo)
    assert cases(app) == [("Semet Örükzar", "Poet"), ("Nigar Anarbagh", "Baker")]
    page = edo.sees(f"/imports/{number}")
    assert "always" in page
    assert "2</b> new cases" in page
    assert "removed as if they had never been" in edo.sees(f"/imports/{number}/undo")
    edo.posts(f"/imports/{number}/undo")
    works(app)
    assert cases(app) == []
    assert "Taken back" in edo.sees(f"/imports/{number}")


def test_nothing_is_written_before_the_last_step_and_every_stage_can_be_left(app: Flask, edo: Person) -> None:
    number = number_of(brings(edo))
    assert "Go on: what is in it" in edo.sees(f"/imports/{number}")
    edo.sees(f"/imports/{number}/sheet", 302)
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "deed": "plan"})
    assert "The rows are being read" in edo.sees(f"/imports/{number}/rows")
    works(app)
    assert "Go on: the rows" in edo.sees(f"/imports/{number}")
    assert "A new case" in edo.sees(f"/imports/{number}/rows")
    assert cases(app) == []


def test_a_column_is_corrected_and_what_names_somebody_else_stays_sealed(app: Flask, edo: Person) -> None:
    number = number_of(brings(edo))
    page = edo.sees(f"/imports/{number}/columns")
    assert "his aunt Gülsüm" in page
    headers = re.findall(r'<th scope="row"><bdi>([^<]*)</bdi>', page)
    place = headers.index("Work")
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), f"columns-{place}-target": "note", "deed": "stay"})
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "deed": "plan"})
    works(app)
    edo.posts(f"/imports/{number}/rows", **{**rows_of(edo, number), "deed": "write"})
    works(app)
    assert cases(app) == [("Semet Örükzar", ""), ("Nigar Anarbagh", "")]


def test_columns_are_joined_and_taken_apart_again(edo: Person) -> None:
    number = number_of(brings(edo, "A,B,Name\nx,y,Semet Örükzar\n"))
    edo.posts(
        f"/imports/{number}/columns",
        **{**typed(edo, number), "join_parts": ["A", "B"], "join_name": "Both", "deed": "join"},
    )
    page = edo.sees(f"/imports/{number}/columns")
    assert "made of <bdi>A, B</bdi>" in page
    headers = re.findall(r'<th scope="row"><bdi>([^<]*)</bdi>', page)
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "deed": f"unmake:{headers.index('Both')}"})
    assert "made of" not in edo.sees(f"/imports/{number}/columns")
    answer = edo.posts(f"/imports/{number}/columns", 422, **{**typed(edo, number), "join_parts": ["A"], "deed": "join"})
    assert "at least two columns" in answer.text


def test_a_row_that_is_not_chosen_is_not_written(app: Flask, edo: Person) -> None:
    number = number_of(brings(edo))
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "deed": "plan"})
    works(app)
    shown = rows_of(edo, number)
    del shown["write-2"]
    edo.posts(f"/imports/{number}/rows", **{**shown, "deed": "write"})
    works(app)
    assert [name for name, _ in cases(app)] == ["Nigar Anarbagh"]


def test_what_is_to_be_looked_at_waits_until_somebody_settles_it(app: Flask, edo: Person) -> None:
    number = written(app, edo)
    with app.app_context():
        waiting = list(db.session.scalars(select(ImportLook.id).where(ImportLook.settled_at.is_(None))))
    assert waiting
    edo.posts(f"/imports/{number}/looked-at", seen=waiting, how="seen")
    assert "Nothing waits to be looked at" in edo.sees(f"/imports/{number}")


def test_consent_and_risk_are_offered_to_safety_officers_alone(edo: Person, signed_in: object) -> None:
    sed = signed_in("Sed", "editor", "safety_officer")  # type: ignore[operator]
    number = number_of(brings(edo))
    assert 'name="consent_giver"' not in edo.sees(f"/imports/{number}/columns")
    assert 'name="consent_giver"' in sed.sees(f"/imports/{number}/columns")


def test_a_map_is_kept_offered_for_the_same_headers_and_downloaded(app: Flask, edo: Person) -> None:
    number = number_of(brings(edo))
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "map_name": "Families", "deed": "keep"})
    with app.app_context():
        assert db.session.scalars(select(SavedMap.name)).all() == ["Families"]
    again = number_of(brings(edo))
    assert "Take this map" in edo.sees(f"/imports/{again}/columns")
    edo.posts(f"/imports/{again}/columns", **{**typed(edo, again), "saved": "Families", "deed": "take"})
    assert "[columns]" in edo.sees(f"/imports/{again}/map.toml")


def test_nobody_else_opens_a_file_and_a_viewer_finds_no_import(
    app: Flask, edo: Person, noor: Person, vito: Person
) -> None:
    number = number_of(brings(edo))
    noor.sees(f"/imports/{number}/columns", 409)
    vito.sees("/imports", 403)
    vito.posts("/imports", 403)
    edo.posts(f"/imports/{number}/drop")
    with app.app_context():
        assert db.session.get_one(Import, number).upload == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "empty"), ("{}", "JSON"), ("Name\n", "no rows under them"), ("<html><body>x</body></html>", "web page")],
)
def test_what_is_no_list_is_told_in_words(edo: Person, content: str, says: str) -> None:
    number = number_of(brings(edo, content))
    assert says in edo.sees(f"/imports/{number}/sheet")


def test_a_page_without_a_file_says_so(edo: Person) -> None:
    assert "Choose a file first" in edo.posts("/imports", 422).text


def test_two_who_change_one_map_are_told_of_each_other(edo: Person) -> None:
    number = number_of(brings(edo))
    first = typed(edo, number)
    edo.posts(f"/imports/{number}/columns", **{**first, "scheme": "families 2", "deed": "stay"})
    answer = edo.posts(f"/imports/{number}/columns", 422, **{**first, "scheme": "families 3", "deed": "stay"})
    assert "Somebody changed" in answer.text


def families() -> bytes:
    """Return a workbook of a list and a repeat group beside it, as KoboToolbox exports them."""
    people = [["Full name", "Occupation", "_id"], ["Semet Örükzar", "Poet", 9001], ["Nigar Anarbagh", "Baker", 9002]]
    kin = [["child_name", "child_age", "_submission__id"], ["Amina Örükzar", 9, 9001], ["Karim Tarim", 4, 9007]]
    lists = {"Families": people, "children": kin}
    return workbook({name: sheet_xml(rows_xml(lines)) for name, lines in lists.items()})


def relatives(app: Flask) -> list[list[str]]:
    with app.app_context():
        found = db.session.scalars(select(Case).order_by(Case.id))
        return [[row.name for row in head(one).relatives] for one in found]


def brought_with_children(edo: Person) -> int:
    answer = edo.posts("/imports", file=(io.BytesIO(families()), "families.xlsx"))
    number = number_of(answer)
    edo.posts(f"/imports/{number}/sheet", choice="Families")
    return number


def goes_through(app: Flask, edo: Person, number: int, **changes: object) -> None:
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "deed": "plan", **changes})
    works(app)
    edo.posts(f"/imports/{number}/rows", **{**rows_of(edo, number), "deed": "write"})
    works(app)


def test_a_sheet_beside_the_list_is_taken_as_the_page_says(app: Flask, edo: Person) -> None:
    number = brought_with_children(edo)
    page = edo.sees(f"/imports/{number}/columns")
    assert "Sheet “children” is taken too: each of its rows is a relative of the person" in page
    assert "<bdi>children</bdi>, 2 rows" in page
    goes_through(app, edo, number)
    assert relatives(app) == [["Amina Örükzar"], []]
    assert "belongs to nobody for certain" in edo.sees(f"/imports/{number}")


def test_a_sheet_beside_the_list_is_left_out_where_somebody_says_so(app: Flask, edo: Person) -> None:
    number = brought_with_children(edo)
    edo.posts(f"/imports/{number}/columns", **{**typed(edo, number), "further-0-kind": "ignore", "deed": "stay"})
    assert "“children” (2 rows) is not" in edo.sees(f"/imports/{number}/columns")
    goes_through(app, edo, number)
    assert relatives(app) == [[], []]


def test_the_page_shows_what_was_read_of_some_cells_of_each_column(edo: Person) -> None:
    words = "No,Name,Gender,Born\nT-1,Amina Testova,F,03/04/1974\nT-2,Bahtiyar Testov,M,always\n"
    page = edo.sees(f"/imports/{number_of(brings(edo, words))}/columns")
    read = dict(re.findall(r"“<bdi>(.*?)</bdi>” is read as <bdi>(.*?)</bdi>", page))
    assert read == {"F": "Female", "M": "Male", "03/04/1974": "March to April 1974", "always": "nothing"}
