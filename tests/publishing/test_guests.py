"""Guest reviewers: where nobody is left, an officer and an administrator together let somebody read for 48 hours."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from campaign.accounts.permissions import Action, Role, may
from campaign.cases import members
from campaign.cases.models import Case
from campaign.cases.queries import by_ref
from campaign.cases.workflow import approve, submit
from campaign.ledger import reader
from campaign.publishing import door, eligibility
from campaign.publishing.context import context_of
from campaign.publishing.errors import NotAllowed, OwnWork, SecondPersonNeeded
from campaign.publishing.gate import checklist
from tests.cast import hired
from tests.publishing.desk import Desk

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def by_everybody(desk: Desk) -> Case:
    """A case in review of which everybody who may review wrote a line; only the publisher is left to publish."""
    desk.pia.grants = []
    case = desk.opens()
    desk.saves(case, by=desk.rana, occupation="Headmistress")
    desk.saves(case, by=desk.sana, occupation="Head teacher")
    submit(case, by=desk.edo)
    return case


@both_databases
def test_where_nobody_is_left_a_guest_reviews(desk: Desk) -> None:
    vera, ada = hired("vera", Role.VIEWER), hired("ada", Role.ADMINISTRATOR)
    pub = hired("pub", Role.PUBLISHER)
    case = by_everybody(desk)
    assert [one.id for one in eligibility.left(case, eligibility.writers_of(case))] == [pub.id]
    pub.is_active = False
    assert eligibility.left(case, eligibility.writers_of(case)) == []
    assert vera.id in {one.id for one in eligibility.could_be_guest(case, eligibility.writers_of(case))}
    line = checklist.check(eligibility.question_of(context_of(case)))[5]
    assert "Nobody is left" in line.sentence
    guest = eligibility.ask(case, vera, by=desk.sana)
    assert not may(vera, Action.REVIEW_CASE, case)
    eligibility.agree(guest, by=ada)
    assert may(vera, Action.REVIEW_CASE, case)
    approve(case, by=vera, would_neighbour_know=False)
    pub.is_active = True
    door.publish(case, by=pub)
    assert reader.state(case.ref) == "public"


@both_databases
def test_a_guest_stays_for_48_hours_and_for_one_case(desk: Desk) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        cora, ada = hired("cora", Role.CONTRIBUTOR), hired("ada", Role.ADMINISTRATOR)
        case, other = by_everybody(desk), desk.opens()
        assert by_ref(case.ref, cora) is None
        eligibility.agree(eligibility.ask(case, cora, by=desk.sana), by=ada)
        assert by_ref(case.ref, cora) is case
        assert may(cora, Action.REVIEW_CASE, case)
        assert not may(cora, Action.READ_CONFIDENTIAL, case)
        assert not may(cora, Action.READ_CASE, other)
        assert by_ref(other.ref, cora) is None
        clock.move_to(MORNING + timedelta(hours=48, seconds=1))
        assert not may(cora, Action.REVIEW_CASE, case)
        assert by_ref(case.ref, cora) is None


@both_databases
def test_whoever_restricts_a_case_ends_its_guests(desk: Desk) -> None:
    vera, ada = hired("vera", Role.VIEWER), hired("ada", Role.ADMINISTRATOR)
    case = by_everybody(desk)
    guest = eligibility.ask(case, vera, by=desk.sana)
    members.restrict(case, by=desk.sana)
    with pytest.raises(eligibility.NotInvited):
        eligibility.agree(guest, by=ada)
    members.lift_restriction(case, by=desk.sana)
    eligibility.agree(eligibility.ask(case, vera, by=desk.sana), by=ada)
    assert by_ref(case.ref, vera) is case
    members.restrict(case, by=desk.sana)
    assert by_ref(case.ref, vera) is None
    assert not may(vera, Action.READ_CASE, case)


def test_nobody_appoints_a_guest_alone(desk: Desk) -> None:
    vera, ada = hired("vera", Role.VIEWER), hired("ada", Role.ADMINISTRATOR)
    all_in_one = hired("all", Role.SAFETY_OFFICER, Role.ADMINISTRATOR)
    case = by_everybody(desk)
    with pytest.raises(NotAllowed):
        eligibility.ask(case, vera, by=ada)
    guest = eligibility.ask(case, vera, by=all_in_one)
    with pytest.raises(SecondPersonNeeded):
        eligibility.agree(guest, by=all_in_one)
    with pytest.raises(NotAllowed):
        eligibility.agree(guest, by=desk.sana)
    assert guest.until is None
    eligibility.agree(guest, by=ada)


def test_no_guest_while_somebody_is_left_and_none_who_wrote(desk: Desk) -> None:
    vera = hired("vera", Role.VIEWER)
    case = desk.opens()
    submit(case, by=desk.edo)
    with pytest.raises(eligibility.SomebodyIsLeft, match="rana"):
        eligibility.ask(case, vera, by=desk.sana)
    alone = by_everybody(desk)
    with pytest.raises(OwnWork):
        eligibility.ask(alone, desk.edo, by=desk.sana)
    with pytest.raises(eligibility.NotInvited):
        eligibility.ask(alone, hired("tec", Role.ADMINISTRATOR), by=desk.sana)
