"""What is urgent at the desk: found by the table, told on the first page to who can deal with it, and seen to."""

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import members
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.database import db
from campaign.doctor import mails, urgent
from campaign.publishing import door, holds, pausing
from tests.cast import Cast, Member
from tests.doctor.test_results import keep
from tests.publishing.desk import Desk, staffed

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def found() -> list[str]:
    return [one.kind.in_words(1) for one in urgent.matters()]


def raised(desk: Desk) -> str:
    """Let somebody raise a risk of somebody who stays public."""
    case = desk.public()
    desk.saves(case, risks=[msgspec.structs.replace(row, level="high") for row in head(case).risks])
    return case.ref


@both
def test_each_row_of_the_table_finds_what_it_is_about(app: Flask) -> None:
    with app.app_context():
        desk = staffed()
        assert found() == []
        pausing.pause(desk.public(), by=desk.edo)
        pausing.pause(desk.public(), by=desk.edo, is_duress=True)
        holds.hold_by_check(desk.public(), "A name of a child.", actor="recheck")
        at_risk = raised(desk)
        holds.pause_many("facility", "653121/prison", by=desk.sana, reason="A raid.")
        desk.rana.suspended_at = now()
        db.session.commit()
        publisher = desk.pia.id
    keep(app, "disk", is_red=True)
    keep(app, "mail", is_red=True)
    with app.app_context():
        assert found() == [kind.in_words(1) for kind in urgent.URGENT.values()]
        case = any_by_ref(at_risk)
        assert case is not None
        door.withdraw(case, by=db.session.get_one(Account, publisher), reason="Too dangerous.")
        assert urgent.URGENT["risk"].in_words(1) not in found()


def test_a_hold_that_somebody_asked_to_lift_and_one_of_a_relative_are_not_urgent(app: Flask) -> None:
    with app.app_context():
        desk = staffed()
        case, sister = desk.public(), desk.public()
        hold = pausing.pause(case, by=desk.edo, relatives=[sister])
        assert len(found()) == 1
        holds.ask_back(hold, by=desk.edo)
        assert found() == []


@pytest.fixture
def paused(app: Flask, pia: Member, sana: Member, edo: Member) -> str:
    """The reference of somebody who was paused, and noted by a sweep."""
    with app.app_context():
        people = {name: db.session.get_one(Account, who.account_id) for name, who in
                  {"edo": edo, "pia": pia, "sana": sana}.items()}  # fmt: skip
        case = Desk(rana=people["pia"], **people).opens()
        pausing.pause(case, by=people["edo"])
        db.session.commit()
        mails.wake()
        return case.ref


def test_whoever_can_deal_with_it_is_told_on_the_first_page(paused: str, pia: Member, edo: Member) -> None:
    words = "<strong>Urgent:</strong> 1 profile was paused."
    assert words in pia.get("/staff/cases").text
    assert words not in edo.get("/staff/cases").text
    page = edo.get("/staff/duty").text
    assert f'A profile was paused. <a href="/staff/cases/{paused}">{paused}</a>' in page
    assert "Can deal with it: <bdi>Pia, Sana</bdi>." in page
    assert "I see to it" not in page


def test_who_sees_to_it_is_told_to_all_and_recorded(app: Flask, paused: str, pia: Member, sana: Member) -> None:
    assert "I see to all of them" not in pia.get("/staff/duty").text
    assert pia.posts("/staff/duty/urgent", {"key": "pause:1"}).status_code == 302
    assert "Pia</bdi> sees to it since" in sana.get("/staff/duty").text
    assert "<strong>Urgent:" not in sana.get("/staff/cases").text
    with app.app_context():
        (row,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "urgent.seen_to"))
        assert (row.actor_id, row.subject) == (pia.account_id, "pause:1")


def test_one_press_sees_to_all_of_a_kind(app: Flask, cast: Cast, vera: Member) -> None:
    with app.app_context():
        desk = staffed()
        for _ in range(3):
            holds.hold_by_check(desk.public(), "A name of a child.", actor="recheck")
        pausing.pause(desk.public(), by=desk.edo)
        db.session.commit()
    petra = cast("Petra", "publisher")
    assert "I see to all of them" not in vera.get("/staff/duty").text
    page = petra.get("/staff/duty").text
    assert "3 profiles were taken down by a check of what is public, and nobody sees to them." in page
    assert petra.posts("/staff/duty/urgent", {"key": "check"}).status_code == 302
    with app.app_context():
        assert [(one.name, one.seen_by_id) for one in urgent.matters()] == [
            ("pause", None), *[("check", petra.account_id)] * 3,
        ]  # fmt: skip


@pytest.mark.parametrize("key", ["pause:77", "x", "check"])
def test_what_is_over_is_told(paused: str, pia: Member, key: str) -> None:
    assert pia.posts("/staff/duty/urgent", {"key": key}).status_code == 302
    assert "It is over, or somebody sees to it already." in pia.get("/staff/duty").text


def test_who_can_not_deal_with_it_does_not_end_the_waking(paused: str, edo: Member, sana: Member) -> None:
    answer = edo.posts("/staff/duty/urgent", {"key": "pause:1"})
    assert answer.status_code == 403
    assert "Only who can deal with it" in answer.text
    assert "<strong>Urgent:" in sana.get("/staff/cases").text


def test_a_case_that_is_restricted_is_named_to_nobody_else(app: Flask, paused: str, pia: Member, cast: Cast) -> None:
    officer = cast("Sofi", "safety_officer")
    with app.app_context():
        case = any_by_ref(paused)
        assert case is not None
        members.restrict(case, by=db.session.get_one(Account, officer.account_id))
        db.session.commit()
    page = pia.get("/staff/duty").text
    assert "A profile was paused." in page
    assert paused not in page
    assert paused in officer.get("/staff/duty").text
    assert "<strong>Urgent:</strong> 1 profile was paused." in pia.get("/staff/cases").text
