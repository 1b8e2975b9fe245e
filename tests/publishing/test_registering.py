"""The register: a line of each removal before its commit, made good where the file could not be written."""

import pytest
from sqlalchemy import func, select

from campaign import register as registers
from campaign.audit import registering
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.publishing import door
from campaign.publishing.eligibility import is_listed
from tests.publishing.restorable import Home, faults

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def test_a_line_whose_deed_was_not_committed_limits_all_the_same(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    restorable.is_copied()
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    before = restorable.register.read_text()
    registering._before_commit(db.session())
    db.session.rollback()
    assert "withdrawal" in restorable.register.read_text().removeprefix(before)
    assert is_listed(ref)
    assert restorable.is_restored().withdrawn == [ref]
    assert faults() == []


def test_a_register_that_can_not_be_written_stops_no_removal_and_is_made_good(restorable: Home) -> None:
    ref = restorable.desk.public().ref
    db.session.commit()
    kept = restorable.register.read_bytes()
    restorable.register.unlink()
    restorable.register.mkdir()
    door.withdraw(restorable.case(ref), by=restorable.desk.pia, reason="She asked")
    db.session.commit()
    assert not is_listed(ref)
    assert registering.is_behind()
    assert registering.write_owed() == 0
    restorable.register.rmdir()
    restorable.register.write_bytes(kept)
    assert registering.write_owed() == 1
    assert not registering.is_behind()
    assert registers.contents(restorable.register).deeds[-1].kind == "withdrawal"


def test_start_up_appends_what_the_file_lacks(restorable: Home) -> None:
    restorable.desk.public()
    db.session.commit()
    lines = restorable.register.read_text()
    restorable.register.unlink()
    count = registering.catch_up()
    assert count == len(registers.contents(restorable.register).deeds)
    assert restorable.register.read_text().splitlines() == [
        line for line in lines.splitlines() if line.split()[1].isalpha()
    ]
    assert registering.catch_up() == 0


def test_the_register_holds_codes_and_numbers_alone(restorable: Home) -> None:
    case = restorable.desk.public()
    name = case.display_name
    door.withdraw(case, by=restorable.desk.pia, reason="Her brother asked")
    db.session.commit()
    text = restorable.register.read_text()
    assert name not in text
    assert "brother" not in text
    assert all(registers.DEED.fullmatch(line.encode()) or registers.HEADS.fullmatch(line.encode())
               for line in text.splitlines())  # fmt: skip
    assert (db.session.scalar(select(func.count()).select_from(AuditRow)) or 0) > 0
