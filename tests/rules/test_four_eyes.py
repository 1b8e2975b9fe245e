"""Nothing leaves that fewer than two people have seen: approved and published by who wrote none of it."""

import pytest

from campaign.accounts.permissions import Role
from campaign.cases.checks import OwnWork as ReviewOwnWork
from campaign.cases.revisions import head
from campaign.cases.workflow import approve, submit
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import door, eligibility
from campaign.publishing.errors import NotReady, OwnWork
from tests.cast import hired
from tests.publishing.conftest import app, desk
from tests.publishing.desk import Desk

__all__ = ["app", "desk"]


def test_the_writers_are_all_who_wrote_since_the_last_publication(desk: Desk) -> None:
    case = desk.public()
    assert eligibility.writers_of(case) == frozenset()
    desk.saves(case, occupation="Headmistress", by=desk.rana)
    assert eligibility.writers_of(case) == {desk.rana.id}


def test_who_records_a_consent_has_written_nothing_that_leaves(desk: Desk) -> None:
    case = desk.opens()
    assert desk.sana.id not in eligibility.writers_of(case)


def test_who_wrote_what_was_restored_is_a_writer(desk: Desk) -> None:
    case = desk.public()
    first = case.version
    desk.saves(case, occupation="Headmistress", by=desk.rana)
    door.restore(case, first, by=desk.sana, reason="it was right before")
    assert eligibility.writers_of(case) >= {desk.edo.id, desk.rana.id, desk.sana.id}


def test_a_writer_does_not_approve(desk: Desk) -> None:
    case = desk.opens()
    submit(case, by=desk.edo)
    with pytest.raises(ReviewOwnWork):
        approve(case, by=desk.edo)


def test_an_approval_forced_past_the_desk_is_refused_by_the_door(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    case.approved_by_id = desk.edo.id
    with pytest.raises(NotReady, match="wrote part of it"):
        desk.publishes(case)
    assert reader.state(case.ref) == "unknown"


def test_a_publisher_who_wrote_a_line_does_not_publish(desk: Desk) -> None:
    both = hired("both", Role.EDITOR, Role.PUBLISHER)
    case = desk.opens()
    desk.saves(case, occupation="Headmistress", by=both)
    desk.approves(case)
    with pytest.raises(OwnWork):
        door.publish(case, by=both)


def test_what_was_changed_after_the_approval_does_not_leave(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    desk.saves(case, occupation="Headmistress")
    case.state = "approved"  # even where somebody turned the state by hand: the digest is another
    db.session.flush()
    with pytest.raises(NotReady, match="read and approve it"):
        desk.publishes(case)
    assert head(case).occupation == "Headmistress"
