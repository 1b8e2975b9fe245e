"""Holds: one pauses, two put back."""

import msgspec
import pytest

from campaign.cases.file import Relative
from campaign.cases.revisions import head
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import holds
from campaign.publishing.errors import NotAllowed, NotReady, OnHold, SecondPersonNeeded, TooManyPauses
from tests.publishing.desk import Desk, today

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@both_databases
def test_whoever_may_edit_takes_a_profile_down_alone(desk: Desk) -> None:
    case = desk.public()
    holds.pause(case, by=desk.edo, reason="they were visited")
    assert reader.state(case.ref) == "withdrawn"


def test_a_publisher_without_another_role_does_not_pause(desk: Desk) -> None:
    case = desk.public()
    with pytest.raises(NotAllowed):
        holds.pause(case, by=desk.pia, reason="no")


def test_a_paused_profile_returns_only_when_two_people_say_so(desk: Desk) -> None:
    case = desk.public()
    hold = holds.pause(case, by=desk.edo, reason="they were visited")
    with pytest.raises(NotReady, match="Paused or stopped"):
        desk.publishes(case)
    with pytest.raises(SecondPersonNeeded):
        holds.put_back(hold, by=desk.pia)
    holds.ask_back(hold, by=desk.sana)
    with pytest.raises(SecondPersonNeeded):
        holds.put_back(hold, by=desk.sana)
    assert reader.state(case.ref) == "withdrawn"
    holds.put_back(hold, by=desk.pia)
    desk.publishes(case)
    assert reader.state(case.ref) == "public"


def test_the_fourth_pause_of_a_day_is_refused(desk: Desk) -> None:
    cases = [desk.opens() for _ in range(4)]
    for case in cases[:3]:
        holds.pause(case, by=desk.edo, reason="a doubt")
    with pytest.raises(TooManyPauses):
        holds.pause(cases[3], by=desk.edo, reason="a doubt")
    holds.pause(cases[3], by=desk.sana, reason="a doubt")


def test_after_a_suspicion_of_duress_old_words_do_not_bring_it_back(desk: Desk) -> None:
    case = desk.public()
    hold = holds.pause(case, by=desk.edo, reason="the request sounded dictated", is_duress=True)
    holds.ask_back(hold, by=desk.edo)
    with pytest.raises(OnHold, match="new consent"):
        holds.put_back(hold, by=desk.sana)
    weighed = [desk.fresh(row) for row in head(case).risks]
    inside = [msgspec.structs.replace(row, obtained_on=today()) for row in head(case).consents]
    desk.clears(case, *inside, risks=weighed)
    with pytest.raises(OnHold, match="from outside"):
        holds.put_back(hold, by=desk.sana)
    anew = [msgspec.structs.replace(row, outside_reach=True) for row in inside]
    desk.clears(case, *anew, risks=[desk.fresh(row) for row in head(case).risks])
    holds.put_back(hold, by=desk.sana)
    assert hold.lifted_at is not None


@both_databases
def test_a_hold_for_a_relative_takes_down_every_document_that_names_them(desk: Desk) -> None:
    brother = desk.public()
    sister = desk.opens()
    desk.saves(sister, relatives=[Relative(relation="sibling", case_ref=brother.ref)])
    desk.approves(sister)
    desk.publishes(sister)
    stranger = desk.public()
    assert holds.reached("relative", brother.ref) == sorted([brother.ref, sister.ref])
    with pytest.raises(NotAllowed):
        holds.pause_many("relative", brother.ref, by=desk.edo, reason="a threat")
    holds.pause_many("relative", brother.ref, by=desk.sana, reason="a threat")
    assert [reader.state(case.ref) for case in (brother, sister, stranger)] == ["withdrawn", "withdrawn", "public"]


def test_a_hold_for_everything_leaves_nothing_public(desk: Desk) -> None:
    refs = sorted(desk.public().ref for _ in range(2))
    assert holds.reached("everything", "") == refs
    holds.pause_many("everything", "", by=desk.sana, reason="the site was attacked")
    assert [reader.state(ref) for ref in refs] == ["withdrawn", "withdrawn"]


def test_the_reason_of_a_hold_lies_sealed(desk: Desk) -> None:
    case = desk.opens()
    holds.pause(case, by=desk.edo, reason="her uncle was visited")
    stored = db.session.connection().exec_driver_sql("SELECT reason FROM hold").scalar_one()
    assert b"uncle" not in bytes(stored)
