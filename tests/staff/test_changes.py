"""What changed between revisions, told by what people call things."""

import re

import msgspec
from flask import Flask

from campaign.cases.diff import differences
from campaign.cases.file import CaseFile, Citation, Consent, Episode, Event, Name, Source
from campaign.dates.edtf import parse
from campaign.staff.history import EMPTY_ROW, sides_of
from tests.staff.conftest import Person
from tests.staff.writing import written

ARREST = Event(id="e0000001", type="arrest", date=parse("2018-04"))
BEFORE = CaseFile(
    names=[Name(id="a0000001", text="Mahire"), Name(id="a0000002", text="Mahira")],
    episodes=[Episode(id="90000001", events=[ARREST])],
    sources=[Source(id="50000001", title="An invented article")],
)


def told(after: CaseFile) -> dict[str, tuple[str, str]]:
    return {one.label: sides_of(one, BEFORE, after) for one in differences(BEFORE, after)}


def test_a_citation_names_its_source_and_its_fact(app: Flask) -> None:
    cited = Citation(id="40000001", source_id="50000001", fact="episodes/90000001/events/e0000001")
    with app.app_context():
        after = told(msgspec.structs.replace(BEFORE, citations=[cited]))
    assert ("", "An invented article") in after.values()
    assert any(words.endswith("Arrest, April 2018") for _, words in after.values())


def test_facts_marked_as_our_view_are_named(app: Flask) -> None:
    with app.app_context():
        after = told(msgspec.structs.replace(BEFORE, our_view=["episodes/90000001/events/e0000001", "status"]))
    [(_, words)] = after.values()
    assert "e0000001" not in words
    assert "Situation" in words


def test_rows_that_changed_places_are_named_in_their_order(app: Flask) -> None:
    with app.app_context():
        [(was, now)] = told(msgspec.structs.replace(BEFORE, names=BEFORE.names[::-1])).values()
    assert was.index("Mahire") < was.index("Mahira")
    assert now.index("Mahira") < now.index("Mahire")


def test_a_row_with_nothing_in_it_is_called_that(app: Flask) -> None:
    with app.app_context():
        after = told(msgspec.structs.replace(BEFORE, consents=[Consent(id="c0000009")]))
    assert ("", EMPTY_ROW) in after.values()


def test_any_two_revisions_are_compared_from_the_history(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    page = edo.sees(f"/cases/{ref}/history")
    assert page.count('<option value="') == 8
    words = edo.sees(f"/cases/{ref}/difference?before=1&after=4")
    assert "An invented article" in words
    assert "50000001" not in re.sub(r'value="[^"]*"', "", words), "no id is read by anybody"
    assert "Sana" in edo.sees(f"/cases/{ref}/difference?before=2&after=4&confidential=1")
