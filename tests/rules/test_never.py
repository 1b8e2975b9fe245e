"""What nobody may do (domain.md, Never): each line of it is a test here or in test_never_told, at the door itself."""

import pytest

from campaign.accounts.permissions import Role
from campaign.cases.checks import OwnWork as ReviewOwnWork
from campaign.cases.checks import Unsound
from campaign.cases.file import Consent, Text
from campaign.cases.revisions import head
from campaign.cases.workflow import approve, submit
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import door, pausing, sweep
from campaign.publishing.errors import AddsSomething, NotReady, OwnWork
from tests.cast import hired
from tests.publishing.builders import a_file, consent
from tests.publishing.conftest import app, desk
from tests.publishing.desk import Desk

__all__ = ["app", "desk"]


def summary(text: str) -> list[Text]:
    return [Text(id="f0000001", kind="summary", text=text)]


# one-person publication of anything added


def test_nobody_publishes_alone_whatever_roles_they_hold(desk: Desk) -> None:
    alone = hired("alone", *Role)
    case = door.create(a_file(images=[], relatives=[], consents=[], risks=[]), by=alone, reason="typed in")
    own = [consent(confirmed_by=alone.id)]
    risks = [desk.fresh(row) for row in a_file().risks]
    for row in risks:
        row.assessed_by = alone.id
    desk.saves(case, by=alone, consents=own, risks=risks)
    submit(case, by=alone)
    with pytest.raises(ReviewOwnWork):
        approve(case, by=alone)
    with pytest.raises(OwnWork):
        door.publish(case, by=alone)
    assert reader.state(case.ref) == "unknown"


def test_the_sweep_publishes_nothing_that_one_person_wrote_and_approved(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    case.approved_by_id = desk.edo.id  # forced past the desk
    case.embargo_until, case.embargo_by_id, case.embargo_digest = case.created_at, desk.pia.id, case.approved_digest
    db.session.commit()
    swept = sweep.sweep()
    assert swept is not None
    assert [ref for ref, _ in swept.refused] == [case.ref]
    assert reader.state(case.ref) == "unknown"


def test_what_one_person_takes_away_can_add_nothing(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, occupation="Headmistress")
    with pytest.raises(AddsSomething):
        door.take_away(case, by=desk.edo)


# consent on behalf of another named adult


def test_nobody_consents_for_another_named_adult(desk: Desk) -> None:
    case = desk.opens(a_file(images=[]))
    for_another = consent(id="c0000002", about="80000001", basis="family", giver="Orunjan Sadirova", confirmed_by=None)
    with pytest.raises(Unsound, match="Nobody consents for another"):
        desk.saves(case, consents=[*a_consents(case), for_another])


def test_the_persons_own_word_is_not_given_by_a_relative(desk: Desk) -> None:
    case = desk.opens()
    for_her = consent(id="c0000002", basis="self", giver_kind="relative", confirmed_by=None)
    with pytest.raises(Unsound, match="given by the person"):
        desk.saves(case, consents=[*a_consents(case), for_her])


def a_consents(case: object) -> list[Consent]:
    return head(case).consents  # type: ignore[arg-type]


# a removal delayed


def test_no_embargo_no_pause_and_no_review_delays_a_removal(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, occupation="Headmistress")
    submit(case, by=desk.edo)
    case.embargo_until = now() + sweep.LEASE
    desk.saves(case, by=desk.pia, consents=[consent(state="withdrawn", confirmed_by=None)])
    assert reader.state(case.ref) == "withdrawn"


def test_an_officer_who_paused_twelve_today_still_records_a_withdrawn_consent(desk: Desk) -> None:
    case = desk.public()
    for _ in range(pausing.MOST_A_DAY):
        pausing.pause(desk.opens(), by=desk.sana, reason="a doubt")
    desk.saves(case, by=desk.sana, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])
    assert reader.state(case.ref) == "withdrawn"


def test_a_name_forced_past_the_desk_is_refused_by_the_door(desk: Desk) -> None:
    case = desk.opens(texts=[*summary("Gheni saw her there."), a_file().texts[1]])
    desk.approves(case)
    with pytest.raises(NotReady, match="named in what would be published"):
        desk.publishes(case)
