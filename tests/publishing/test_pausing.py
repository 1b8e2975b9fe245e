"""A pause: one press by whoever may read the case; taken back at once by who pressed, later by two."""

from datetime import timedelta

import msgspec
import pytest
import time_machine
from sqlalchemy import select

from campaign.accounts.models import Account, Notice
from campaign.accounts.permissions import Action, may
from campaign.cases.file import Relative
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import holds, pausing
from campaign.publishing.eligibility import public_document
from campaign.publishing.errors import NotAllowed, OnHold, SecondPersonNeeded, TooManyPauses
from campaign.publishing.narrowing import BOOKKEEPING
from tests.publishing.desk import Desk

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def told(ref: str) -> dict[str, object]:
    """Return what is public of somebody, whatever its version and date."""
    document = public_document(ref)
    fields = msgspec.structs.asdict(document) if document else {}
    return {name: value for name, value in fields.items() if name not in BOOKKEEPING}


@both_databases
def test_whoever_may_read_takes_a_profile_down_without_saying_why(desk: Desk) -> None:
    for person in (desk.edo, desk.pia, desk.sana):
        case = desk.public()
        pausing.pause(case, by=person)
        assert reader.state(case.ref) == "withdrawn"


def test_who_may_not_read_a_restricted_case_does_not_pause_it(desk: Desk) -> None:
    case = desk.public()
    case.is_restricted = True
    with pytest.raises(NotAllowed):
        pausing.pause(case, by=desk.pia)


@both_databases
def test_ones_own_pause_is_taken_back_at_once_and_the_page_is_as_it_was(desk: Desk) -> None:
    case = desk.public()
    before = told(case.ref)
    hold = pausing.pause(case, by=desk.edo, reason="the wrong person")
    assert pausing.undo(hold, case, by=desk.edo)
    assert reader.state(case.ref) == "public"
    assert told(case.ref) == before


def test_a_draft_that_was_begun_before_the_pause_does_not_leave_with_it(desk: Desk) -> None:
    case = desk.public()
    before = told(case.ref)
    desk.saves(case, occupation="Headmistress")
    hold = pausing.pause(case, by=desk.edo)
    assert pausing.undo(hold, case, by=desk.edo)
    assert told(case.ref) == before


@pytest.mark.parametrize("what", ["late", "changed", "duress", "another"])
def test_otherwise_it_takes_two(desk: Desk, what: str) -> None:
    case = desk.public()
    hold = pausing.pause(case, by=desk.edo, is_duress=what == "duress")
    if what == "changed":
        desk.saves(case, occupation="Headmistress")
    moment = now() + (pausing.UNDO + timedelta(seconds=1) if what == "late" else timedelta())
    with time_machine.travel(moment, tick=False), pytest.raises(SecondPersonNeeded):
        pausing.undo(hold, case, by=desk.sana if what == "another" else desk.edo)
    assert reader.state(case.ref) == "withdrawn"


def test_what_was_lifted_is_not_taken_back_again(desk: Desk) -> None:
    case = desk.public()
    hold = pausing.pause(case, by=desk.edo)
    pausing.undo(hold, case, by=desk.edo)
    with pytest.raises(OnHold):
        pausing.undo(hold, case, by=desk.edo)


def test_two_pauses_are_both_taken_back_before_the_page_returns(desk: Desk) -> None:
    case = desk.public()
    first = pausing.pause(case, by=desk.edo)
    second = pausing.pause(case, by=desk.sana)
    assert not pausing.undo(first, case, by=desk.edo)
    assert reader.state(case.ref) == "withdrawn"
    # The second took nothing down: what was public before it is not for its own to bring back.
    assert not pausing.undo(second, case, by=desk.sana)


@both_databases
@pytest.mark.parametrize("reach", ["everything", "relative"])
def test_an_emergency_stop_of_meanwhile_keeps_a_page_down(desk: Desk, reach: str) -> None:
    """A page that was paused when everything was stopped was not on the officer's list, and must not come back."""
    brother, sister = desk.public(), desk.opens()
    desk.saves(sister, relatives=[Relative(relation="sibling", case_ref=brother.ref)])
    desk.approves(sister)
    desk.publishes(sister)
    hold = pausing.pause(sister, by=desk.edo)
    holds.pause_many(reach, brother.ref if reach == "relative" else "", by=desk.sana, reason="a threat")
    assert not pausing.undo(hold, sister, by=desk.edo)
    assert reader.state(sister.ref) == "withdrawn"


def test_a_relative_who_is_down_is_not_linked_to_from_a_page_that_returns(desk: Desk) -> None:
    brother, sister = desk.public(), desk.opens()
    desk.saves(sister, relatives=[Relative(relation="sibling", case_ref=brother.ref)])
    desk.approves(sister)
    desk.publishes(sister)
    linked = pausing.relatives_of(sister, head(sister), by=desk.edo)
    assert [one.ref for one in linked] == [brother.ref]
    hold = pausing.pause(sister, by=desk.edo, relatives=linked)
    assert [reader.state(case.ref) for case in (sister, brother)] == ["withdrawn", "withdrawn"]
    assert pausing.pauses_today(desk.edo.id) == 1
    assert pausing.undo(hold, sister, by=desk.edo)
    assert told(sister.ref)["relatives"] == []


def test_after_the_third_of_a_day_everybody_is_told_and_nothing_else_can_be_done(desk: Desk) -> None:
    for number in range(4):
        assert desk.edo.suspended_at is None, number
        case = desk.public()
        pausing.pause(case, by=desk.edo)
        assert reader.state(case.ref) == "withdrawn"
    assert pausing.suspended() == [desk.edo]
    assert {action for action in Action if may(desk.edo, action)} == {Action.OPEN_DESK, Action.PAUSE}
    heard = set(db.session.scalars(select(Notice.account_id).where(Notice.sentence.contains("can only pause"))))
    assert heard == set(db.session.scalars(select(Account.id).where(Account.is_active)))
    for person in (desk.pia, desk.edo):
        with pytest.raises(NotAllowed):
            pausing.look(desk.edo, by=person)
    pausing.look(desk.edo, by=desk.sana)
    assert may(desk.edo, Action.EDIT_CASE)


def test_the_thirteenth_of_a_day_is_refused_and_an_officer_goes_on(desk: Desk) -> None:
    case, others = desk.public(), [desk.opens() for _ in range(pausing.MOST_A_DAY)]
    for one in others:
        pausing.pause(one, by=desk.edo)
    with pytest.raises(TooManyPauses):
        pausing.pause(case, by=desk.edo)
    pausing.pause(case, by=desk.sana)
    assert desk.sana.suspended_at is None


def test_the_reason_follows_from_who_paused_and_once(desk: Desk) -> None:
    hold = pausing.pause(desk.opens(), by=desk.edo)
    assert pausing.lacks_reason(hold)
    with pytest.raises(NotAllowed):
        pausing.give_reason(hold, "Something", by=desk.sana)
    pausing.give_reason(hold, "Her uncle was visited", by=desk.edo)
    assert not pausing.lacks_reason(hold)
    with pytest.raises(NotAllowed):
        pausing.give_reason(hold, "Something else", by=desk.edo)
