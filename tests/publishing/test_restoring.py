"""A restored copy brings nobody back: what the register says was taken away after it is taken away again."""

import msgspec
import pytest
from sqlalchemy import func, select

from campaign.accounts import invitations, managing, restored
from campaign.accounts.models import Account, SignInSession, UnconfirmedAccount
from campaign.cases import marks, members
from campaign.cases.models import Case, UsedReference
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.database import db
from campaign.ledger import changes, identity, reader, verification
from campaign.ledger.models import Body, Entry
from campaign.publishing import door, erase, holds, pausing, restoring, takedown
from campaign.publishing.eligibility import is_listed
from campaign.publishing.errors import OnHold
from campaign.publishing.models import Hold
from tests.publishing import copied
from tests.publishing.builders import risk
from tests.publishing.desk import cleared, today
from tests.publishing.restorable import ACTOR, Home, faults

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SCOPES = ("publish_photo", "publish_story", "publish_health", "publish_family")


def bodies(ref: str) -> int:
    query = select(func.count()).select_from(Body).join(Entry, Entry.number == Body.number).where(Entry.ref == ref)
    return db.session.scalar(query) or 0


def stops(ref: str) -> list[Hold]:
    return holds.active(ref)


def test_who_was_withdrawn_after_the_copy_stays_so(restorable: Home) -> None:
    ref, other = restorable.desk.public().ref, restorable.desk.public().ref
    restorable.is_copied()
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    db.session.commit()
    assert restorable.is_restored().withdrawn == [ref]
    assert (reader.state(ref), reader.state(other), bodies(ref)) == ("withdrawn", "public", 0)
    (stop,) = stops(ref)
    assert stop.reach == "case"
    assert faults() == []


def test_a_snapshot_of_minutes_ago_is_behind_only_where_the_register_got_more_since(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    since = restorable.register.stat().st_size
    copied.put_back(restorable.copy)
    assert not restoring.is_behind(restorable.register, since)
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    db.session.commit()
    assert not restoring.is_behind(restorable.register, since), "what it got since is done here"
    copied.put_back(restorable.copy)
    assert restoring.is_behind(restorable.register, since)
    assert restoring.is_behind(restorable.register, restorable.register.stat().st_size + 1), "it was cut or replaced"
    restoring.replay(restorable.register, actor=ACTOR)
    db.session.commit()
    assert not restoring.is_behind(restorable.register, since)


def test_no_number_is_used_twice_and_the_gap_is_before_the_entry_restored(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    later = [restorable.desk.public().ref for _ in range(2)]
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    db.session.commit()
    report = restorable.is_restored()
    entries = [(entry.number, entry.kind) for entry in db.session.scalars(select(Entry).order_by(Entry.number))]
    assert entries == [(1, "publish"), (5, "restored"), (6, "withdraw")]
    assert report.entry == 5
    assert faults() == []
    assert verification.verify().entry_count == 3
    # Their numbers were told to the world, and mean nobody else.
    assert {ref, *later} <= set(db.session.scalars(select(UsedReference.ref)))


def test_a_gap_anywhere_else_is_still_named(restorable: Home) -> None:
    restorable.desk.public()
    restorable.is_copied()
    restorable.is_restored()
    walk = verification.Walk("entry")
    assert walk.faults_of(3, "x" * 64, {})[0] == "Entry 1 is missing: entry 3 follows entry 0."


def test_who_was_narrowed_after_the_copy_stays_narrowed(restorable: Home) -> None:
    case = restorable.desk.public(consents=[cleared(*SCOPES)])
    ref, before = case.ref, takedown.listed_document(case.ref)
    assert before.story
    restorable.is_copied()
    case = restorable.case(ref)
    told = [
        msgspec.structs.replace(row, scopes=["store", "publish_name", "publish_photo"]) for row in head(case).consents
    ]
    restorable.desk.saves(case, by=restorable.desk.sana, consents=told)
    db.session.commit()
    assert not takedown.listed_document(ref).story
    report = restorable.is_restored()
    assert report.narrowed == [ref]
    document = takedown.listed_document(ref)
    assert not document.story
    assert document.display_name == before.display_name
    assert bodies(ref) == 1
    assert [stop.asks_anew for stop in stops(ref)] == ["consents"]
    assert faults() == []


def test_what_was_taken_away_by_hand_can_not_be_cut_and_is_withdrawn(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    case = restorable.case(ref)
    restorable.desk.saves(case, occupation="")
    door.take_away(case, by=restorable.desk.pia)
    db.session.commit()
    report = restorable.is_restored()
    assert (report.narrowed, report.withdrawn) == ([], [ref])


def test_who_was_erased_after_the_copy_is_erased_again(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    files = erase.erase(restorable.case(ref), by=restorable.desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)
    kept = marks_of(ref)
    assert restorable.is_restored().erased == [ref]
    assert any_by_ref(ref) is None
    assert (reader.state(ref), bodies(ref)) == ("withdrawn", 0)
    assert marks_of(ref) == kept
    assert faults() == []


def marks_of(ref: str) -> set[str]:
    return set(db.session.scalars(select(marks.Mark.token).where(marks.Mark.ref == ref, marks.Mark.kind == "erased")))


def test_who_came_and_was_erased_after_the_copy_keeps_the_marks(restorable: Home) -> None:
    restorable.is_copied()
    ref = restorable.desk.public().ref
    db.session.commit()
    erase.erase(restorable.case(ref), by=restorable.desk.sana, reason="asked")
    db.session.commit()
    kept = marks_of(ref)
    restorable.is_restored()
    assert marks_of(ref) == kept
    assert len(kept) > 1


def test_a_consent_that_was_withdrawn_of_a_case_never_published_keeps_it_from_leaving(restorable: Home) -> None:
    case = restorable.desk.opens()
    ref = case.ref
    restorable.desk.approves(case)
    restorable.is_copied()
    case = restorable.case(ref)
    taken_back(restorable, case)
    report = restorable.is_restored()
    assert report.stopped == [ref]
    case = restorable.case(ref)
    with pytest.raises(Exception, match="two people to lift it"):
        door.publish(case, by=restorable.desk.pia)


def taken_back(restorable: Home, case: Case) -> None:
    rows = [msgspec.structs.replace(row, state="withdrawn") for row in head(case).consents]
    restorable.desk.saves(case, by=restorable.desk.sana, consents=rows)
    db.session.commit()


def test_the_stop_is_lifted_by_two_once_the_consent_is_entered_anew(restorable: Home) -> None:
    ref = restorable.desk.opens().ref
    restorable.is_copied()
    taken_back(restorable, restorable.case(ref))
    restorable.is_restored()
    (stop,), case = stops(ref), restorable.case(ref)
    holds.ask_back(stop, by=restorable.desk.sana)
    with pytest.raises(OnHold, match="enter them anew"):
        holds.put_back(stop, by=restorable.desk.pia)
    taken_back(restorable, case)
    holds.put_back(stop, by=restorable.desk.pia)
    assert stops(ref) == []


def test_a_risk_that_was_raised_of_a_case_never_published_lays_a_stop(restorable: Home) -> None:
    ref = restorable.desk.opens().ref
    restorable.is_copied()
    raised = restorable.desk.fresh(risk(id="r0000009", level="critical", to="family"))
    case = restorable.case(ref)
    restorable.desk.saves(case, by=restorable.desk.sana, risks=[*head(case).risks, raised])
    db.session.commit()
    restorable.is_restored()
    assert [stop.asks_anew for stop in stops(ref)] == ["risks"]


def test_a_sooner_end_of_a_consent_takes_the_profile_down(restorable: Home) -> None:
    ref = restorable.desk.public(consents=[cleared(*SCOPES)]).ref
    restorable.is_copied()
    case = restorable.case(ref)
    rows = [msgspec.structs.replace(row, until=today(years=1)) for row in head(case).consents]
    restorable.desk.saves(case, by=restorable.desk.sana, consents=rows)
    db.session.commit()
    assert is_listed(ref)
    restorable.is_restored()
    assert not is_listed(ref)


def test_a_restriction_and_an_emergency_stop_hold_again(restorable: Home) -> None:
    ref, other = restorable.desk.opens().ref, restorable.desk.public().ref
    restorable.is_copied()
    members.restrict(restorable.case(ref), by=restorable.desk.sana)
    holds.pause_many("everything", "", by=restorable.desk.sana, reason="The desk was searched")
    db.session.commit()
    report = restorable.is_restored()
    assert (report.restricted, restorable.case(ref).is_restricted) == ([ref], True)
    assert restorable.case(ref).named_ids
    assert report.withdrawn == [other]
    assert [hold.reach for hold in holds.active() if hold.reach != "case"] == ["everything"]


def test_a_pause_holds_again_and_asks_for_nothing_anew(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    pausing.pause(restorable.case(ref), by=restorable.desk.sana, reason="A threat")
    db.session.commit()
    restorable.is_restored()
    assert not is_listed(ref)
    assert [stop.asks_anew for stop in stops(ref)] == [""]


def test_accounts_are_shut_sessions_ended_and_replaced_factors_gone(restorable: Home) -> None:
    edo, rana = restorable.desk.edo.id, restorable.desk.rana.id
    for number in (edo, rana):
        account = db.session.get_one(Account, number)
        account.password_hash, account.totp_sealed = "hash", b"sealed"
    db.session.add(SignInSession(token_hash="h", account_id=edo, started_at=now(), used_at=now(), proven_at=now()))
    restorable.is_copied()
    invitations.reset_factors(db.session.get_one(Account, edo), actor=ACTOR)
    managing.disable(db.session.get_one(Account, rana), actor=ACTOR)
    db.session.commit()
    report = restorable.is_restored()
    assert (report.without_factors, report.shut, report.sessions_ended) == ([edo], [rana], 1)
    assert db.session.scalars(select(Account).where(Account.is_active)).all() == []
    assert db.session.get_one(Account, edo).totp_sealed is None
    assert db.session.get_one(Account, rana).totp_sealed == b"sealed"
    assert rana not in set(db.session.scalars(select(UnconfirmedAccount.account_id)))
    assert [account.email for account in restored.confirm(actor=ACTOR)]
    open_now = set(db.session.scalars(select(Account.id).where(Account.is_active)))
    assert open_now == set(restorable.numbers.values()) - {rana}


def test_a_restore_without_a_register_shuts_the_public_edge(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    report = restorable.is_restored(register=False)
    assert report.without_register
    assert is_listed(ref)
    assert identity.complaint() == identity.SHUT
    assert report.entry > restoring.UNKNOWN
    identity.open_again()
    db.session.commit()
    assert identity.complaint() == ""
    assert faults() == []


def test_a_follower_of_the_ledger_of_before_starts_again(restorable: Home) -> None:
    restorable.desk.public()
    restorable.is_copied()
    restorable.desk.public()
    db.session.commit()
    before = changes.since(0, 10)
    report = restorable.is_restored()
    with pytest.raises(changes.StartAgain, match="put back from a copy"):
        changes.since(before.head, 10, ledger_id=before.ledger_id)
    # One that keeps no id notices by the number, which is lost.
    with pytest.raises(changes.StartAgain, match="start again from 0"):
        changes.since(before.head, 10)
    again = changes.since(0, 10)
    assert again.ledger_id == report.ledger_id != before.ledger_id
    assert [change.kind for change in again.changes] == ["publish"]
    assert changes.since(again.next, 10, ledger_id=again.ledger_id).changes == []


def test_a_second_restore_does_nothing_again_that_the_first_did(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    db.session.commit()
    restorable.is_restored()
    restorable.is_copied()
    report = restorable.is_restored()
    assert (report.withdrawn, report.stopped) == ([], [])
    assert faults() == []
