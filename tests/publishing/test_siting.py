"""A facility leaves as a kind of place, no finer than its precision; under a hold, not at all. Invented names."""

import msgspec
import pytest

from campaign.cases import facilities
from campaign.cases.facilities import Facility
from campaign.cases.file import Death, Episode, Event, Stay
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.ledger.documents import Profile
from campaign.ledger.models import Body
from campaign.places.facilities import Facility as Read
from campaign.publishing import holds, pausing, takedown
from campaign.publishing.context import publication_of
from campaign.publishing.errors import NotReady
from campaign.publishing.projection.places import as_facilities_allow
from campaign.publishing.projection.values import Site, Withheld
from campaign.publishing.takedown import listed_document
from tests.publishing.builders import a_file, day, event
from tests.publishing.desk import Desk

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
NAME = "Canary Prison of Bahar"
COUNTY = "653121"  # in the prefecture 6531 of the region 65


def listed(desk: Desk, precision: str, *, name: str = NAME, key: str = "7") -> Facility:
    read = Read(key, (name, "كانارى تۈرمىسى"), "prison", COUNTY, precision, 39.487654, 75.761234, "Canary source")
    facilities.keep(read, scheme="canary-list", key=key, by=desk.edo.id)
    db.session.flush()
    return facilities.find(name)[0][0]


def episode(words: str, **changes: object) -> Episode:
    """An arrest whose place nobody said, a stay in the facility, and where the person is held now."""
    row = Episode(
        id="90000001",
        start=day("2018-04"),
        events=[event(place=""), Event(id="e0000002", type="transfer", facility_name=words, our_view=True)],
        stays=[Stay(id="e0000003", facility_name=words, place=COUNTY)],
        held_place=COUNTY,
        held_facility_types=["prison"],
        held_words=f"{NAME}, Konasheher County",
    )
    return msgspec.structs.replace(row, **changes)


def public(desk: Desk, words: str, **changes: object) -> tuple[Case, Profile]:
    case = desk.public(origin_place="654002", episodes=[episode(words, **changes)])
    return case, listed_document(case.ref)


def told(document: Profile) -> list[str]:
    (one,) = document.episodes
    places = (one.events[1].place, one.stays[0].place, document.held_at)
    return [f"{place.code}/{place.facility}/{place.precision}" for place in places if place is not None]


@both_databases
@pytest.mark.parametrize(
    ("precision", "code", "level"),
    [
        ("exact", COUNTY, "county"),
        ("town", COUNTY, "county"),
        ("county", COUNTY, "county"),
        ("prefecture", "6531", "prefecture"),
        ("region", "65", "region"),
        ("hidden", "65", "region"),
    ],
)
def test_a_facility_is_told_as_its_kind_and_as_coarse_as_its_precision(
    desk: Desk, precision: str, code: str, level: str
) -> None:
    case, document = public(desk, facilities.in_file(listed(desk, precision)))

    assert told(document) == [f"{code}/prison/{level}"] * 3
    body = documents.encode(document).decode()
    for canary in ("Canary", "كانارى", "F-0001", "canary-list", "39.48", "75.76"):
        assert canary not in body
    if level != "county":
        assert COUNTY not in body
        assert "Konasheher" not in body
    assert reader.state(case.ref) == "public"


@both_databases
def test_its_name_alone_typed_as_it_was_told_hides_it_just_so(desk: Desk) -> None:
    listed(desk, "hidden")
    _, document = public(desk, NAME.upper())

    assert told(document) == ["65/prison/region"] * 3
    assert COUNTY not in documents.encode(document).decode()


def test_of_two_facilities_of_one_name_the_more_closed_one_decides(desk: Desk) -> None:
    listed(desk, "county")
    listed(desk, "prefecture", key="8")
    _, document = public(desk, NAME)

    assert told(document)[1:] == ["6531/prison/prefecture"] * 2


def test_another_row_at_the_same_kind_of_place_does_not_give_it_away(desk: Desk) -> None:
    words = facilities.in_file(listed(desk, "hidden"))
    beside = [event(place=""), Event(id="e0000002", type="transfer", facility="prison", place=COUNTY, our_view=True)]
    _, document = public(desk, words, events=beside)

    assert told(document) == ["65/prison/region"] * 3


def test_an_arrest_at_home_in_the_same_county_is_told_as_before(desk: Desk) -> None:
    words = facilities.in_file(listed(desk, "hidden"))
    arrest = [event(place=COUNTY), Event(id="e0000002", type="transfer", facility_name=words, our_view=True)]
    _, document = public(desk, words, events=arrest)

    assert document.episodes[0].events[0].place is not None
    assert document.episodes[0].events[0].place.code == COUNTY


def test_the_desk_is_told_what_is_made_coarse_and_why(desk: Desk) -> None:
    words = facilities.in_file(listed(desk, "hidden"))
    case = desk.opens(origin_place="654002", episodes=[episode(words)])
    projection = publication_of(case, head(case), kind="first").projected

    expected = Withheld("episodes/90000001/held_place", "A facility in it is shown no more exactly than its region.")
    assert expected in projection.withheld


def test_where_somebody_died_gives_no_facility_away() -> None:
    site = Site("F-0001", "prison", COUNTY, "hidden")
    file = a_file(episodes=[episode("F-0001 x")], death=Death(place=COUNTY))

    assert as_facilities_allow(file, {"F-0001 x": [site]}, []).death.place == "65"
    far = Site("F-0002", "prison", "652801", "hidden")
    assert as_facilities_allow(file, {"F-0001 x": [far]}, []).death.place == COUNTY


@both_databases
@pytest.mark.parametrize("is_listed_first", [True, False])
def test_a_hold_on_a_facility_covers_who_names_it_by_reference_or_by_words(desk: Desk, is_listed_first: bool) -> None:
    if is_listed_first:
        listed(desk, "hidden")
    by_words, _ = public(desk, NAME, held_words="")
    ref = listed(desk, "hidden").ref
    by_ref, _ = public(desk, f"{ref} An older name", held_words="")
    by_held_words, _ = public(desk, "")
    stranger = desk.public()

    assert holds.reached("facility", ref) == sorted([by_words.ref, by_ref.ref, by_held_words.ref])
    _, refs = holds.pause_many("facility", ref, by=desk.sana, reason="a threat")

    assert refs == sorted([by_words.ref, by_ref.ref, by_held_words.ref])
    states = [reader.state(case.ref) for case in (by_words, by_ref, by_held_words, stranger)]
    assert states == ["withdrawn"] * 3 + ["public"]
    for case in (by_words, by_ref, by_held_words):
        with pytest.raises(NotReady, match="Emergency stop"):
            desk.publishes(case)


@both_databases
def test_a_hold_on_a_kind_of_place_in_a_county_covers_a_facility_that_is_told_only_as_the_region(desk: Desk) -> None:
    case, _ = public(desk, facilities.in_file(listed(desk, "hidden")))

    assert holds.reached("facility", f"{COUNTY}/prison") == [case.ref]


@both_databases
def test_a_narrowed_document_is_still_found_by_its_facility(desk: Desk) -> None:
    ref = listed(desk, "hidden").ref
    case, _ = public(desk, f"{ref} {NAME}")
    narrower = [msgspec.structs.replace(row, scopes=["store", "publish_name"]) for row in head(case).consents]
    desk.clears(case, *narrower)

    assert listed_document(case.ref).change.kind == "narrowing"
    assert holds.reached("facility", ref) == [case.ref]


def hidden_now(desk: Desk) -> list[str]:
    """Hide the facility, and make what is public follow; return the references of what was made coarse."""
    read = Read("7", (NAME,), "prison", COUNTY, "hidden", is_precision_stated=True)
    facilities.keep(read, scheme="canary-list", key="7", by=desk.edo.id)
    db.session.flush()
    return takedown.tell_less(["F-0001"], by=desk.edo)


@both_databases
def test_what_is_public_becomes_as_coarse_as_a_facility_that_is_hidden_later(desk: Desk) -> None:
    case, before = public(desk, facilities.in_file(listed(desk, "county")))
    stranger, _ = public(desk, "", held_words="")
    # A draft that nobody approved stays a draft: only places leave.
    desk.saves(case, occupation="Headmistress")

    assert hidden_now(desk) == [case.ref]

    after = listed_document(case.ref)
    assert told(before) == [f"{COUNTY}/prison/county"] * 3
    assert told(after) == ["65/prison/region"] * 3
    assert COUNTY not in documents.encode(after).decode()
    assert (after.change.kind, after.version, after.occupation) == ("narrowing", before.version + 1, before.occupation)
    assert listed_document(stranger.ref).version == 1
    assert takedown.tell_less(["F-0001"], by=desk.edo) == []


@both_databases
def test_the_older_body_that_told_more_is_gone(desk: Desk) -> None:
    case, _ = public(desk, facilities.in_file(listed(desk, "county")))
    hidden_now(desk)
    db.session.flush()

    bodies = [body.body.decode() for body in db.session.query(Body)]
    assert bodies
    assert not [body for body in bodies if case.ref in body and COUNTY in body]


def test_a_page_that_was_paused_meanwhile_returns_as_coarse_as_the_list_says_now(desk: Desk) -> None:
    case, before = public(desk, facilities.in_file(listed(desk, "county")))
    assert told(before) == [f"{COUNTY}/prison/county"] * 3
    hold = pausing.pause(case, by=desk.edo)
    hidden_now(desk)
    assert pausing.undo(hold, case, by=desk.edo)
    assert COUNTY not in documents.encode(listed_document(case.ref)).decode()
