"""Holds: emergency stops, and what two people need to put back."""

import msgspec
import pytest

from campaign.cases.file import Relative
from campaign.cases.revisions import head
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import holds, pausing
from campaign.publishing.errors import NotAllowed, NotReady, OnHold, SecondPersonNeeded
from tests.publishing.desk import Desk, today

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def test_a_paused_profile_returns_only_when_two_people_say_so(desk: Desk) -> None:
    case = desk.public()
    hold = pausing.pause(case, by=desk.edo, reason="they were visited")
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


def test_after_a_suspicion_of_duress_old_words_do_not_bring_it_back(desk: Desk) -> None:
    case = desk.public()
    hold = pausing.pause(case, by=desk.edo, reason="the request sounded dictated", is_duress=True)
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
    pausing.pause(case, by=desk.edo, reason="her uncle was visited")
    stored = db.session.connection().exec_driver_sql("SELECT reason FROM hold").scalar_one()
    assert b"uncle" not in bytes(stored)
