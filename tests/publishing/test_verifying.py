"""What the two verify commands name: changed, malformed and missing rows, a cut tail, lists that say something else."""

# ruff: noqa: S608 - every statement is made of this file's own words

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from campaign import hashchain
from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.ledger import verification, writer
from campaign.publishing import pausing, sweep
from campaign.search import writing
from tests.publishing.desk import Desk


@pytest.fixture(autouse=True)
def register(app: Flask, tmp_path: Path) -> Path:
    """A register outside the home, and triggers that somebody with the file has taken away."""
    path = tmp_path / "elsewhere" / "register"
    app.extensions["settings"] = replace(app.extensions["settings"], register=path)
    return path


@pytest.fixture
def refs(desk: Desk) -> list[str]:
    """Three who were published, one of them withdrawn again, and a sweep."""
    cases = [desk.public() for _ in range(3)]
    writing.note(writer.MARK, writer.mark(), db.session())
    db.session.commit()
    pausing.pause(cases[2], by=desk.sana, reason="A threat", is_duress=False)
    db.session.commit()
    sweep.sweep()
    for trigger in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        db.session.execute(text(f"DROP TRIGGER {trigger}"))
    db.session.commit()
    return [case.ref for case in cases]


def tampered(statement: str, **values: object) -> None:
    db.session.execute(text("PRAGMA ignore_check_constraints=ON"))
    db.session.execute(text(statement), values)
    db.session.commit()
    db.session.expire_all()


def faults() -> list[str]:
    found = [*log.verify().faults, *verification.verify().faults]
    db.session.rollback()
    return found


@pytest.mark.usefixtures("refs")
def test_what_nobody_touched_has_no_faults(register: Path) -> None:
    assert faults() == []
    assert len(register.read_text().splitlines()) >= 1


def rows() -> int:
    return db.session.scalar(select(AuditRow.number).order_by(AuditRow.number.desc()).limit(1)) or 0


@pytest.mark.usefixtures("refs")
@pytest.mark.parametrize("kept", [0, 1, -1, -5])
def test_a_tail_of_the_audit_that_was_cut_is_named(kept: int) -> None:
    last = rows()
    tampered("DELETE FROM audit_row WHERE number > :last", last=kept if kept >= 0 else last + kept)
    assert any("The end is cut off" in fault and f"{last}, which are not there" in fault for fault in faults())


@pytest.mark.usefixtures("refs")
@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_tail_of_the_ledger_that_was_cut_is_named(kept: int) -> None:
    tampered("DELETE FROM ledger_body WHERE number > :last", last=kept)
    tampered("DELETE FROM ledger_entry WHERE number > :last", last=kept)
    assert any("The end is cut off" in fault and "entry" in fault for fault in faults())


@pytest.mark.usefixtures("refs")
def test_that_all_of_the_audit_is_gone_is_known_without_a_register(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], register=None)
    tampered("DELETE FROM audit_row")
    assert [fault for fault in faults() if "keyed from row 1 on" in fault and "is none" in fault]


@pytest.mark.usefixtures("refs")
def test_an_audit_written_anew_without_the_key_is_named(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], register=None)
    before = hashchain.START
    for row in db.session.scalars(select(AuditRow).order_by(AuditRow.number)).all():
        before = log.link(before, row)
        db.session.execute(text("UPDATE audit_row SET chain = :chain WHERE number = :number"),
                           {"chain": before, "number": row.number})  # fmt: skip
    db.session.commit()
    db.session.expire_all()
    assert [fault for fault in faults() if "keyed from row 1 on" in fault]


@pytest.mark.usefixtures("refs")
def test_one_row_that_goes_back_to_the_open_chain_is_named() -> None:
    number = rows()
    row = db.session.get_one(AuditRow, number)
    before = db.session.get_one(AuditRow, number - 1).chain
    tampered("UPDATE audit_row SET chain = :chain WHERE number = :number", chain=log.link(before, row), number=number)
    assert f"Audit row {number} does not match its chain: it, or one before it, was changed." in faults()


MALFORMED = ["'rubbish'", "x'ff00'", "CAST(x'ff' AS TEXT)", "''", "12.5", "'2026-13-45 99:00:00'"]


@pytest.mark.usefixtures("refs")
@pytest.mark.parametrize("value", MALFORMED)
@pytest.mark.parametrize(
    ("table", "column"),
    [("ledger_entry", "at"), ("ledger_entry", "ref"), ("ledger_entry", "kind"), ("ledger_entry", "chain"),
     ("ledger_entry", "format"), ("ledger_body", "body"), ("audit_row", "at"), ("audit_row", "details"),
     ("audit_row", "actor_id")],
)  # fmt: skip
def test_a_malformed_value_is_named_by_its_row_and_the_others_are_still_checked(
    table: str, column: str, value: str
) -> None:
    tampered(f"UPDATE {table} SET {column} = {value} WHERE number = 2")
    found = faults()
    name = "Audit row 2" if table == "audit_row" else "ntry 2"
    assert any(name in fault for fault in found), found
    assert not any("ntry 1 " in fault or "Audit row 1 " in fault for fault in found)


def test_entries_name_no_words_of_the_person(refs: list[str]) -> None:
    tampered("UPDATE ledger_entry SET at = 'rubbish'")
    assert len([fault for fault in faults() if "can't be read: it was changed" in fault]) == 4


LISTED = {
    "UPDATE listing SET slug = 'other' WHERE ref = :ref": "slug",
    "UPDATE listing SET display_name = 'Other' WHERE ref = :ref": "display name",
    "UPDATE listing SET position = 'a' WHERE ref = :ref": "position",
    "UPDATE listing SET published_at = '2020-01-01 00:00:00' WHERE ref = :ref": "published at",
    "UPDATE listing_card SET card = '{}' WHERE ref = :ref": "card",
    "DELETE FROM listing_card WHERE ref = :ref": "card",
    "DELETE FROM listing_facet WHERE ref = :ref": "facets",
    "UPDATE listing_facet SET value = 'died' WHERE ref = :ref AND facet = 'status'": "facets",
    "INSERT INTO listing_facet VALUES ('tag', 'x', 'y', :ref)": "facets",
    f"INSERT INTO shown_image VALUES ('{'c' * 64}', :ref)": "pictures",
}


@pytest.mark.parametrize("statement", LISTED)
def test_a_list_that_says_something_else_than_the_body_is_named(refs: list[str], statement: str) -> None:
    tampered(statement, ref=refs[0])
    (fault,) = faults()
    assert fault.startswith(f"The listing of {refs[0]} ")
    assert LISTED[statement] in fault or "can't be read" in fault


def test_a_malformed_listing_is_named_and_others_go_on(refs: list[str]) -> None:
    tampered("UPDATE listing SET published_at = 'rubbish' WHERE ref = :ref", ref=refs[0])
    tampered("UPDATE listing SET slug = 'other' WHERE ref = :ref", ref=refs[1])
    assert sorted(faults()) == sorted([
        f"The listing of {refs[0]} can't be read: run `flask ledger reindex`.",
        f"The listing of {refs[1]} has another slug than its document: run `flask ledger reindex`.",
    ])  # fmt: skip


def test_who_is_listed_and_not_public_is_named(refs: list[str]) -> None:
    tampered("INSERT INTO listing_facet VALUES ('tag', 'x', 'y', :ref)", ref=refs[2])
    assert faults() == [f"The listing shows another state of {refs[2]} than the ledger: run `flask ledger reindex`."]


def test_a_withdrawal_is_in_the_register_at_once(desk: Desk, register: Path) -> None:
    case = desk.public()
    db.session.commit()
    before = register.read_text()
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)
    db.session.rollback()
    assert register.read_text() == before
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)
    db.session.commit()
    stop, withdrawal, heads = register.read_text().removeprefix(before).splitlines()
    assert stop.split()[1:3] == ["stop", case.ref]
    assert withdrawal.split()[1:4] == ["withdrawal", case.ref, "2"]
    assert heads.split()[3] == "2"
    assert heads.split()[1] == str(rows())


def test_a_register_that_cant_be_written_stops_no_withdrawal(desk: Desk, register: Path) -> None:
    register.parent.touch()
    case = desk.public()
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)
    db.session.commit()
    assert verification.verify().entry_count == 2
