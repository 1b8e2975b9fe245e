"""A restored copy brings nobody back: what the register says was taken away after it is taken away again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign import register as registers
from campaign.accounts import invitations, managing, restored
from campaign.accounts.models import Account, SignInSession, UnconfirmedAccount
from campaign.audit import log, registering
from campaign.audit.log import AuditRow
from campaign.cases import marks, members
from campaign.cases.models import Case, UsedReference
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.database import db
from campaign.ledger import changes, identity, reader, verification, writer
from campaign.ledger.models import Body, Entry
from campaign.publishing import door, erase, holds, pausing, restoring, takedown
from campaign.publishing.eligibility import is_listed
from campaign.publishing.errors import OnHold
from campaign.publishing.models import Hold
from campaign.search import writing
from tests.publishing import copied
from tests.publishing.builders import risk
from tests.publishing.desk import Desk, cleared, staffed, today

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
ACTOR = "shell:test"
SCOPES = ("publish_photo", "publish_story", "publish_health", "publish_family")


class Home:
    """A home with a register."""

    def __init__(self, app: Flask, register: Path) -> None:
        self.app, self.register = app, register
        self.copy = ""
        writing.note(writer.MARK, writer.mark(), db.session())
        identity.make()
        people = staffed()
        db.session.commit()
        self.numbers = {name: getattr(people, name).id for name in ("edo", "rana", "pia", "sana")}

    @property
    def desk(self) -> Desk:
        """The people, as the database has them now."""
        return Desk(**{name: db.session.get_one(Account, number) for name, number in self.numbers.items()})

    def is_copied(self) -> None:
        """Copy the database; what is done from here on, no copy knows."""
        self.copy = copied.take()

    def is_restored(self, *, register: bool = True) -> restoring.Report:
        """Put the copy back, and replay the register."""
        copied.put_back(self.copy)
        report = restoring.replay(self.register if register else None, actor=ACTOR)
        db.session.commit()
        restoring.finish(report)
        return report

    def case(self, ref: str) -> Case:
        """Return a case as the database has it now."""
        found = any_by_ref(ref)
        assert found is not None, ref
        return found


@pytest.fixture
def home(app: Flask, tmp_path: Path) -> Iterator[Home]:
    register = tmp_path / "elsewhere" / "register"
    app.extensions["settings"] = replace(app.extensions["settings"], register=register)
    with app.app_context():
        yield Home(app, register)
        db.session.rollback()


def faults() -> list[str]:
    """Return what the two verify commands find."""
    return [*log.verify().faults, *verification.verify().faults]


def bodies(ref: str) -> int:
    query = select(func.count()).select_from(Body).join(Entry, Entry.number == Body.number).where(Entry.ref == ref)
    return db.session.scalar(query) or 0


def stops(ref: str) -> list[Hold]:
    return holds.active(ref)


def test_who_was_withdrawn_after_the_copy_stays_so(home: Home) -> None:
    ref, other = home.desk.public().ref, home.desk.public().ref
    home.is_copied()
    door.withdraw(home.case(ref), by=home.desk.pia, reason="She asked")
    db.session.commit()
    assert home.is_restored().withdrawn == [ref]
    assert (reader.state(ref), reader.state(other), bodies(ref)) == ("withdrawn", "public", 0)
    (stop,) = stops(ref)
    assert stop.reach == "case"
    assert faults() == []


def test_no_number_is_used_twice_and_the_gap_is_before_the_entry_restored(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    later = [home.desk.public().ref for _ in range(2)]
    door.withdraw(home.case(ref), by=home.desk.pia, reason="She asked")
    db.session.commit()
    report = home.is_restored()
    entries = [(entry.number, entry.kind) for entry in db.session.scalars(select(Entry).order_by(Entry.number))]
    assert entries == [(1, "publish"), (5, "restored"), (6, "withdraw")]
    assert report.entry == 5
    assert faults() == []
    assert verification.verify().entry_count == 3
    # Their numbers were told to the world, and mean nobody else.
    assert {ref, *later} <= set(db.session.scalars(select(UsedReference.ref)))


def test_a_gap_anywhere_else_is_still_named(home: Home) -> None:
    home.desk.public()
    home.is_copied()
    home.is_restored()
    walk = verification.Walk("entry")
    assert walk.faults_of(3, "x" * 64, {})[0] == "Entry 1 is missing: entry 3 follows entry 0."


def test_who_was_narrowed_after_the_copy_stays_narrowed(home: Home) -> None:
    case = home.desk.public(consents=[cleared(*SCOPES)])
    ref, before = case.ref, takedown.listed_document(case.ref)
    assert before.story
    home.is_copied()
    case = home.case(ref)
    told = [
        msgspec.structs.replace(row, scopes=["store", "publish_name", "publish_photo"]) for row in head(case).consents
    ]
    home.desk.saves(case, by=home.desk.sana, consents=told)
    db.session.commit()
    assert not takedown.listed_document(ref).story
    report = home.is_restored()
    assert report.narrowed == [ref]
    document = takedown.listed_document(ref)
    assert not document.story
    assert document.display_name == before.display_name
    assert bodies(ref) == 1
    assert [stop.asks_anew for stop in stops(ref)] == ["consents"]
    assert faults() == []


def test_what_was_taken_away_by_hand_can_not_be_cut_and_is_withdrawn(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    case = home.case(ref)
    home.desk.saves(case, occupation="")
    door.take_away(case, by=home.desk.pia)
    db.session.commit()
    report = home.is_restored()
    assert (report.narrowed, report.withdrawn) == ([], [ref])


def test_who_was_erased_after_the_copy_is_erased_again(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    files = erase.erase(home.case(ref), by=home.desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)
    kept = marks_of(ref)
    assert home.is_restored().erased == [ref]
    assert any_by_ref(ref) is None
    assert (reader.state(ref), bodies(ref)) == ("withdrawn", 0)
    assert marks_of(ref) == kept
    assert faults() == []


def marks_of(ref: str) -> set[str]:
    return set(db.session.scalars(select(marks.Mark.token).where(marks.Mark.ref == ref, marks.Mark.kind == "erased")))


def test_who_came_and_was_erased_after_the_copy_keeps_the_marks(home: Home) -> None:
    home.is_copied()
    ref = home.desk.public().ref
    db.session.commit()
    erase.erase(home.case(ref), by=home.desk.sana, reason="asked")
    db.session.commit()
    kept = marks_of(ref)
    home.is_restored()
    assert marks_of(ref) == kept
    assert len(kept) > 1


def test_a_consent_that_was_withdrawn_of_a_case_never_published_keeps_it_from_leaving(home: Home) -> None:
    case = home.desk.opens()
    ref = case.ref
    home.desk.approves(case)
    home.is_copied()
    case = home.case(ref)
    taken_back(home, case)
    report = home.is_restored()
    assert report.stopped == [ref]
    case = home.case(ref)
    with pytest.raises(Exception, match="two people to lift it"):
        door.publish(case, by=home.desk.pia)


def taken_back(home: Home, case: Case) -> None:
    rows = [msgspec.structs.replace(row, state="withdrawn") for row in head(case).consents]
    home.desk.saves(case, by=home.desk.sana, consents=rows)
    db.session.commit()


def test_the_stop_is_lifted_by_two_once_the_consent_is_entered_anew(home: Home) -> None:
    ref = home.desk.opens().ref
    home.is_copied()
    taken_back(home, home.case(ref))
    home.is_restored()
    (stop,), case = stops(ref), home.case(ref)
    holds.ask_back(stop, by=home.desk.sana)
    with pytest.raises(OnHold, match="enter them anew"):
        holds.put_back(stop, by=home.desk.pia)
    taken_back(home, case)
    holds.put_back(stop, by=home.desk.pia)
    assert stops(ref) == []


def test_a_risk_that_was_raised_of_a_case_never_published_lays_a_stop(home: Home) -> None:
    ref = home.desk.opens().ref
    home.is_copied()
    raised = home.desk.fresh(risk(id="r0000009", level="critical", to="family"))
    case = home.case(ref)
    home.desk.saves(case, by=home.desk.sana, risks=[*head(case).risks, raised])
    db.session.commit()
    home.is_restored()
    assert [stop.asks_anew for stop in stops(ref)] == ["risks"]


def test_a_sooner_end_of_a_consent_takes_the_profile_down(home: Home) -> None:
    ref = home.desk.public(consents=[cleared(*SCOPES)]).ref
    home.is_copied()
    case = home.case(ref)
    rows = [msgspec.structs.replace(row, until=today(years=1)) for row in head(case).consents]
    home.desk.saves(case, by=home.desk.sana, consents=rows)
    db.session.commit()
    assert is_listed(ref)
    home.is_restored()
    assert not is_listed(ref)


def test_a_restriction_and_an_emergency_stop_hold_again(home: Home) -> None:
    ref, other = home.desk.opens().ref, home.desk.public().ref
    home.is_copied()
    members.restrict(home.case(ref), by=home.desk.sana)
    holds.pause_many("everything", "", by=home.desk.sana, reason="The desk was searched")
    db.session.commit()
    report = home.is_restored()
    assert (report.restricted, home.case(ref).is_restricted) == ([ref], True)
    assert home.case(ref).named_ids
    assert report.withdrawn == [other]
    assert [hold.reach for hold in holds.active() if hold.reach != "case"] == ["everything"]


def test_a_pause_holds_again_and_asks_for_nothing_anew(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    pausing.pause(home.case(ref), by=home.desk.sana, reason="A threat")
    db.session.commit()
    home.is_restored()
    assert not is_listed(ref)
    assert [stop.asks_anew for stop in stops(ref)] == [""]


def test_accounts_are_shut_sessions_ended_and_replaced_factors_gone(home: Home) -> None:
    edo, rana = home.desk.edo.id, home.desk.rana.id
    for number in (edo, rana):
        account = db.session.get_one(Account, number)
        account.password_hash, account.totp_sealed = "hash", b"sealed"
    db.session.add(SignInSession(token_hash="h", account_id=edo, started_at=now(), used_at=now(), proven_at=now()))
    home.is_copied()
    invitations.reset_factors(db.session.get_one(Account, edo), actor=ACTOR)
    managing.disable(db.session.get_one(Account, rana), actor=ACTOR)
    db.session.commit()
    report = home.is_restored()
    assert (report.without_factors, report.shut, report.sessions_ended) == ([edo], [rana], 1)
    assert db.session.scalars(select(Account).where(Account.is_active)).all() == []
    assert db.session.get_one(Account, edo).totp_sealed is None
    assert db.session.get_one(Account, rana).totp_sealed == b"sealed"
    assert rana not in set(db.session.scalars(select(UnconfirmedAccount.account_id)))
    assert [account.email for account in restored.confirm(actor=ACTOR)]
    open_now = set(db.session.scalars(select(Account.id).where(Account.is_active)))
    assert open_now == set(home.numbers.values()) - {rana}


def test_a_line_whose_deed_was_not_committed_limits_all_the_same(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    door.withdraw(home.case(ref), by=home.desk.pia, reason="She asked")
    before = home.register.read_text()
    registering._before_commit(db.session())
    db.session.rollback()
    assert "withdrawal" in home.register.read_text().removeprefix(before)
    assert is_listed(ref)
    assert home.is_restored().withdrawn == [ref]
    assert faults() == []


def test_a_register_that_can_not_be_written_stops_no_removal_and_is_made_good(home: Home) -> None:
    ref = home.desk.public().ref
    db.session.commit()
    kept = home.register.read_bytes()
    home.register.unlink()
    home.register.mkdir()
    door.withdraw(home.case(ref), by=home.desk.pia, reason="She asked")
    db.session.commit()
    assert not is_listed(ref)
    assert registering.is_behind()
    assert registering.write_owed() == 0
    home.register.rmdir()
    home.register.write_bytes(kept)
    assert registering.write_owed() == 1
    assert not registering.is_behind()
    assert registers.contents(home.register).deeds[-1].kind == "withdrawal"


def test_start_up_appends_what_the_file_lacks(home: Home) -> None:
    home.desk.public()
    db.session.commit()
    lines = home.register.read_text()
    home.register.unlink()
    count = registering.catch_up()
    assert count == len(registers.contents(home.register).deeds)
    assert home.register.read_text().splitlines() == [line for line in lines.splitlines() if line.split()[1].isalpha()]
    assert registering.catch_up() == 0


def test_a_restore_without_a_register_shuts_the_public_edge(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    report = home.is_restored(register=False)
    assert report.without_register
    assert is_listed(ref)
    assert identity.complaint() == identity.SHUT
    assert report.entry > restoring.UNKNOWN
    identity.open_again()
    db.session.commit()
    assert identity.complaint() == ""
    assert faults() == []


def test_a_follower_of_the_ledger_of_before_starts_again(home: Home) -> None:
    home.desk.public()
    home.is_copied()
    home.desk.public()
    db.session.commit()
    before = changes.since(0, 10)
    report = home.is_restored()
    with pytest.raises(changes.StartAgain, match="put back from a copy"):
        changes.since(before.head, 10, ledger_id=before.ledger_id)
    # One that keeps no id notices by the number, which is lost.
    with pytest.raises(changes.StartAgain, match="start again from 0"):
        changes.since(before.head, 10)
    again = changes.since(0, 10)
    assert again.ledger_id == report.ledger_id != before.ledger_id
    assert [change.kind for change in again.changes] == ["publish"]
    assert changes.since(again.next, 10, ledger_id=again.ledger_id).changes == []


def test_a_second_restore_does_nothing_again_that_the_first_did(home: Home) -> None:
    ref = home.desk.public().ref
    home.is_copied()
    door.withdraw(home.case(ref), by=home.desk.pia, reason="She asked")
    db.session.commit()
    home.is_restored()
    home.is_copied()
    report = home.is_restored()
    assert (report.withdrawn, report.stopped) == ([], [])
    assert faults() == []


def test_the_register_holds_codes_and_numbers_alone(home: Home) -> None:
    case = home.desk.public()
    name = case.display_name
    door.withdraw(case, by=home.desk.pia, reason="Her brother asked")
    db.session.commit()
    text = home.register.read_text()
    assert name not in text
    assert "brother" not in text
    assert all(registers.DEED.fullmatch(line.encode()) or registers.HEADS.fullmatch(line.encode())
               for line in text.splitlines())  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(AuditRow)) or 0 > 0
