"""Lists: filtered, counted and paged to the last one."""

import datetime
from array import array

import msgspec
import pytest

from campaign.ledger import browse, facet_index, reader, writer
from campaign.ledger.facet_index import FacetIndex
from campaign.ledger.parts import OutsideId
from tests.ledger.samples import MORNING, a_place, a_profile, made

NAMES = ["Dana Model", "Aqan Sample", "Bota Example", "Aqan Sample", "Erlan Pattern"]


@pytest.fixture(autouse=True)
def _five_people(home_app):
    with home_app.app_context():
        for number, name in enumerate(NAMES):
            person = a_profile(ref=f"FXD-1000{number}", name=name)
            person = msgspec.structs.replace(
                person,
                ethnicities=["kazakh"] if number % 2 else ["uyghur", "kazakh"],
                held_at=a_place(code=f"CN-XJ-{number}"),
                outside_ids=[made(OutsideId, scheme="sheet", value=str(number))],
                first_published_at=MORNING + datetime.timedelta(days=number),
            )
            writer.append("publish", person.ref, person)
        yield


def walked(**filters) -> list[str]:
    found, after = [], ""
    while True:
        page = browse.page(facet_index.current(), filters, after=after, limit=2)
        cards = browse.cards_of(page.numbers)
        found += [cards[number].ref for number in page.numbers]
        if page.is_last:
            return found
        after = found[-1]


def test_every_person_is_met_once_in_order_of_name():
    assert walked() == ["FXD-10001", "FXD-10003", "FXD-10002", "FXD-10000", "FXD-10004"]


def test_a_ref_that_is_gone_begins_anew():
    writer.append("withdraw", "FXD-10003")
    people = facet_index.current()
    everybody = browse.page(people, {})
    assert browse.page(people, {}, after="FXD-10003") == browse.page(people, {}, after="nobody") == everybody
    assert len(everybody.numbers) == 4


def test_depth_is_walked_in_order_however_far_apart_people_stand():
    held, order = [1, 2, 4_096, 4_097, 8_193, 9_000], array("i", range(9_000, 0, -1))
    bits = {("status", "held"): facet_index.bits_of(held)}
    everybody = facet_index.bits_of(order)
    people = FacetIndex("1", newest=9_000, by_name=order, ranks=order, everybody=everybody, bits=bits)
    assert people.following({"status": "held"}, after=0, limit=9) == held[::-1]
    assert people.following({"status": "held"}, after=8_193, limit=2) == [4_097, 4_096]
    assert people.following({}, after=4_098, limit=3) == [4_097, 4_096, 4_095]
    assert people.following({"status": "nothing"}, after=0, limit=3) == []


def test_filters_combine():
    assert walked(ethnicity="uyghur", held_in="CN-XJ") == ["FXD-10002", "FXD-10000", "FXD-10004"]
    assert walked(ethnicity="uyghur", held_in="CN-XJ-3") == []


def test_counts_agree_with_what_a_filter_shows():
    total, left = facet_index.current().counted({"ethnicity": "uyghur"})
    assert total == len(walked(ethnicity="uyghur"))
    assert left["ethnicity"] == {"uyghur": 3, "kazakh": 5}
    assert left["year"] == {"2018": 3}
    assert "CN-XJ-3" not in left["held_in"]


def test_counts_follow_a_withdrawal_at_once():
    facet_index.current().counted({})
    writer.append("withdraw", "FXD-10000")
    assert facet_index.current().counted({})[0] == browse.total() == 4


def test_a_person_is_found_by_a_public_outside_id():
    assert reader.ref_of_outside_id("sheet:3") == "FXD-10003"
    assert reader.ref_of_outside_id("sheet:9") is None


def test_cards_come_in_the_order_asked_for_without_who_is_gone():
    writer.append("withdraw", "FXD-10002")
    assert [card.ref for card in browse.cards(["FXD-10003", "FXD-10002", "FXD-10001"])] == ["FXD-10003", "FXD-10001"]
    assert len(list(browse.every_card())) == 4
