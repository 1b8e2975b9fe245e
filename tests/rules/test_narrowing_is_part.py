"""A narrowing can only take away: whatever is taken, the new document is a part of the old one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.ledger.documents import Profile, Relative
from campaign.publishing import narrowing, takedown
from campaign.publishing.errors import AddsSomething
from campaign.publishing.projection.profile import project
from campaign.publishing.projection.values import public_place
from tests.ledger.samples import made
from tests.publishing.builders import NOW, a_file, a_meta
from tests.publishing.conftest import app, desk
from tests.publishing.desk import Desk

__all__ = ["app", "desk"]
SALT = "1" * 32


def public() -> Profile:
    file = a_file()
    return project(file, a_meta(file)).document


@given(st.sets(st.sampled_from(narrowing.GROUPS)))
def test_a_document_without_any_groups_is_a_part_of_it(groups: set[str]) -> None:
    old = public()
    new = narrowing.without(old, groups, salt=SALT, at=NOW)
    assert narrowing.is_part(new, old)
    assert all(not getattr(new, group) for group in groups)
    assert new.version == old.version + 1


def test_a_place_told_as_what_it_lies_in_is_a_part_and_the_other_way_is_not() -> None:
    old = public()
    wider = msgspec.structs.replace(old, held_at=public_place("6531"))
    assert old.held_at is not None
    assert "6531" in old.held_at.within
    assert narrowing.is_part(wider, old)
    assert not narrowing.is_part(old, wider)
    assert not narrowing.is_part(msgspec.structs.replace(old, held_at=public_place("6532")), old)
    assert not narrowing.is_part(msgspec.structs.replace(old, held_at=public_place("6531", facility="prison")), old)


@given(st.sampled_from(narrowing.GROUPS))
def test_no_citation_or_source_of_a_group_stays_behind(group: str) -> None:
    new = narrowing.without(public(), [group], salt=SALT, at=NOW)
    told = narrowing.paths(new)
    assert all(citation.fact in told for citation in new.citations)
    assert {source.number for source in new.sources} == {citation.source for citation in new.citations}


@pytest.mark.parametrize(
    "change",
    [
        {"occupation": "Headmistress"},
        {"relatives": [made(Relative, relation="sibling", ref="FXD-30000")]},
        {"health": "More than before."},
        {"ethnicities": ["uyghur", "kazakh"]},
        {"display_name": "Somebody Else"},
    ],
)
def test_a_document_that_says_more_or_other_is_no_part(change: dict[str, object]) -> None:
    old = public()
    assert not narrowing.is_part(msgspec.structs.replace(old, **change), old)


def doubted(**changes: object) -> Profile:
    """Return a public document in which something is said with a doubt."""
    document = public()
    if "birth" in changes:
        changes["birth"] = msgspec.structs.replace(document.birth, **changes["birth"])  # type: ignore[arg-type]
    if "status" in changes:
        changes["status"] = msgspec.structs.replace(document.status, **changes["status"])  # type: ignore[arg-type]
    return msgspec.structs.replace(document, **changes)


@pytest.mark.parametrize(
    ("doubtful", "sure"),
    [
        ({"birth": {"qualifiers": ["uncertain"]}}, {"birth": {"qualifiers": []}}),
        ({"status": {"kinds_of_place": ["internment_camp", "prison"]}}, {"status": {"kinds_of_place": ["prison"]}}),
        ({"status": {"confidence": "contested"}}, {"status": {"confidence": ""}}),
        ({"our_view": ["status", "story/f0000002"]}, {"our_view": ["status"]}),
    ],
)
def test_what_is_said_without_its_doubt_is_no_part(doubtful: dict[str, object], sure: dict[str, object]) -> None:
    assert not narrowing.is_part(doubted(**sure), doubted(**doubtful))
    assert not narrowing.is_part_of(doubted(**sure), doubted(**doubtful)) or "our_view" in sure


def test_what_is_not_said_any_more_takes_its_doubt_along() -> None:
    old = doubted(birth={"qualifiers": ["uncertain"]}, our_view=["story/f0000002"])
    bare = {"year_earliest": None, "year_latest": None, "age_earliest": None, "age_latest": None, "qualifiers": []}
    new = doubted(birth=bare, our_view=[], story=[])
    assert narrowing.is_part(narrowing.following(new, {}, salt=SALT, at=NOW), old)
    kinds = doubted(status={"kinds_of_place": ["internment_camp", "prison"]})
    assert narrowing.is_part(doubted(status={"kinds_of_place": []}), kinds)


def test_how_another_release_spells_an_address_or_calls_a_place_adds_nothing() -> None:
    old = public()
    assert old.held_at is not None
    place = msgspec.structs.replace(old.held_at, names={**old.held_at.names, "kk": "Қашқар", "ky": "Кашкар"})
    assert narrowing.is_part(msgspec.structs.replace(old, slug=f"{old.ref}-tursunai", held_at=place), old)
    elsewhere = msgspec.structs.replace(place, code="653122")
    assert not narrowing.is_part(msgspec.structs.replace(old, held_at=elsewhere), old)


def test_what_belongs_to_the_detention_is_not_taken_out_by_itself() -> None:
    with pytest.raises(KeyError, match="withdraw the profile"):
        narrowing.without(public(), ["status"], salt=SALT, at=NOW)


def test_the_door_refuses_a_narrowing_that_adds(desk: Desk) -> None:
    case = desk.public()
    old = takedown.listed_document(case.ref)
    more = msgspec.structs.replace(old, occupation="Headmistress")
    with pytest.raises(AddsSomething):
        takedown.append_part(case, more, old, until=None, by=desk.sana.id)


def test_a_link_alone_can_be_taken_out() -> None:
    old = public()
    new = narrowing.without_relative(old, "FXD-20000", salt=SALT, at=NOW)
    assert new.relatives == []
    assert narrowing.is_part(new, old)
