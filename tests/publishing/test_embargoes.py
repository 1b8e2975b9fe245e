"""An embargo holds back; what publishes at its hour is a publisher's order on one approved content."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from campaign.accounts.models import Notice
from campaign.accounts.permissions import Role
from campaign.cases import members
from campaign.cases.models import Case
from campaign.cases.revisions import head, revise
from campaign.cases.workflow import submit
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import door, embargoes, pausing, sweep
from campaign.publishing.errors import NotAllowed
from tests.cast import hired
from tests.publishing.desk import Desk, cleared

MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at a morning until somebody moves it."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def ordered(desk: Desk) -> Case:
    case = desk.opens()
    desk.approves(case)
    embargoes.wait(case, now() + HOUR, by=desk.pia)
    return case


def swept(clock: time_machine.Traveller) -> sweep.Swept:
    db.session.commit()
    clock.move_to(MORNING + HOUR + timedelta(minutes=1))
    found = sweep.sweep()
    assert found is not None
    return found


def told(account: object) -> list[str]:
    query = select(Notice.sentence).where(Notice.account_id == account.id)  # type: ignore[attr-defined]
    return list(db.session.scalars(query.order_by(Notice.id)))


def test_what_a_publisher_ordered_is_published_in_its_minute_and_the_embargo_is_gone(
    clock: time_machine.Traveller, desk: Desk
) -> None:
    case = ordered(desk)
    assert (case.embargo_by_id, case.embargo_digest) == (desk.pia.id, case.approved_digest)
    assert swept(clock).published == [case.ref]
    assert (case.embargo_until, case.embargo_by_id, case.embargo_digest) == (None, None, None)
    assert told(desk.pia) == []


def test_an_embargo_on_a_draft_publishes_nothing_and_is_gone_when_its_hour_has_passed(
    clock: time_machine.Traveller, desk: Desk
) -> None:
    case = desk.opens()
    embargoes.wait(case, now() + HOUR, by=desk.edo)
    desk.approves(case)
    found = swept(clock)
    assert (found.published, found.refused, reader.state(case.ref)) == ([], [], "unknown")
    assert case.embargo_until is None
    clock.move_to(MORNING + 3 * HOUR)
    sweep.sweep()
    assert reader.state(case.ref) == "unknown"


def test_a_publishers_hour_on_what_is_not_approved_is_no_order(desk: Desk) -> None:
    case = desk.opens()
    embargoes.wait(case, now() + HOUR, by=desk.pia)
    desk.approves(case)
    assert not embargoes.is_ordered(case)
    case.embargo_until = None
    with pytest.raises(NotAllowed, match="has ordered"):
        door.publish(case, by=None)


def test_an_editor_who_holds_it_longer_ends_the_order_and_the_publisher_is_told(desk: Desk) -> None:
    case = ordered(desk)
    embargoes.wait(case, now() + 2 * HOUR, by=desk.edo)
    assert not embargoes.is_ordered(case)
    assert "holds it back longer" in told(desk.pia)[0]


@pytest.mark.parametrize("way", ["save", "import", "restore"])
def test_an_edit_stops_an_order_and_writer_and_publisher_are_told(
    clock: time_machine.Traveller, desk: Desk, way: str
) -> None:
    case = ordered(desk)
    file = head(case)
    file.occupation = "Headmistress"
    if way == "save":
        door.save(case, file, by=desk.rana, base_version=case.version, reason="")
    elif way == "restore":
        door.restore(case, 1, by=desk.rana, reason="")
        assert case.state == "approved"  # nothing else was said in it
        return
    else:
        revise(case, file, by=desk.rana, base_version=case.version, reason="a sheet", kind="import")
        db.session.commit()
        sweep.sweep()
    assert [len(told(one)) for one in (desk.edo, desk.pia)] == [1, 1]
    assert "unless it is approved anew" in told(desk.pia)[0]
    assert swept(clock).published == []
    assert case.embargo_until is None


def test_an_order_on_a_case_that_was_restricted_meanwhile_is_told_to_who_may_open_it(
    clock: time_machine.Traveller, desk: Desk
) -> None:
    case = ordered(desk)
    members.restrict(case, by=desk.sana)
    members.name_member(case, desk.pia.id, by=desk.sana)
    before = len(told(desk.edo))
    clock.move_to(MORNING + 2 * HOUR)
    desk.saves(case, by=desk.sana, occupation="Headmistress")
    assert len(told(desk.edo)) == before
    assert any(case.ref in sentence for sentence in told(desk.pia))


def test_a_change_is_approved_and_the_hour_kept_in_one_act(clock: time_machine.Traveller, desk: Desk) -> None:
    case = ordered(desk)
    desk.saves(case, occupation="Headmistress")
    submit(case, by=desk.edo)
    with pytest.raises(NotAllowed):
        embargoes.approve_and_keep(case, by=desk.rana, version=case.version, would_neighbour_know=False)
    embargoes.approve_and_keep(case, by=desk.pia, version=case.version, would_neighbour_know=False)
    assert swept(clock).published == [case.ref]
    profile = reader.profile(case.ref)
    assert profile is not None
    assert profile.occupation == "Headmistress"


def test_no_hour_is_kept_that_nobody_ordered_or_that_has_passed(clock: time_machine.Traveller, desk: Desk) -> None:
    case = desk.opens()
    embargoes.wait(case, now() + HOUR, by=desk.edo)
    submit(case, by=desk.edo)
    with pytest.raises(embargoes.TooLate):
        embargoes.approve_and_keep(case, by=desk.pia, version=case.version, would_neighbour_know=False)
    late = ordered(desk)
    desk.saves(late, occupation="Headmistress")
    submit(late, by=desk.edo)
    clock.move_to(MORNING + 2 * HOUR)
    with pytest.raises(embargoes.TooLate):
        embargoes.approve_and_keep(late, by=desk.pia, version=late.version, would_neighbour_know=False)


def test_a_gate_that_closes_is_told_at_once_and_at_the_hour(clock: time_machine.Traveller, desk: Desk) -> None:
    case = ordered(desk)
    desk.saves(case, by=desk.rana, consents=[cleared(confirmed_by=desk.sana.id, state="withdrawn")])
    assert "does not leave as it stands" in told(desk.pia)[0]
    assert [ref for ref, _ in swept(clock).refused] == [case.ref]
    assert "was not published" in told(desk.edo)[-1]
    assert case.embargo_until is None


def test_a_pause_of_what_was_ordered_is_told(desk: Desk) -> None:
    case = ordered(desk)
    pausing.pause(case, by=desk.edo, reason="a doubt")
    assert "is paused" in told(desk.pia)[0]


@pytest.mark.parametrize("why", ["left", "no publisher", "writer"])
def test_an_order_of_who_may_not_publish_any_more_publishes_nothing(
    clock: time_machine.Traveller, desk: Desk, why: str
) -> None:
    case = ordered(desk)
    if why == "left":
        desk.pia.is_active = False
    elif why == "no publisher":
        desk.pia.grants = []
    else:
        case.embargo_by_id = hired("both", Role.PUBLISHER, Role.EDITOR).id
        desk.saves(case, by=desk.edo, consents=head(case).consents)
        case.embargo_by_id = desk.edo.id
    found = swept(clock)
    assert (found.published, len(found.refused)) == ([], 1)
    assert reader.state(case.ref) == "unknown"
