"""Two cases that are two people: remembered on the pair, taken back, gone with either case."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db
from campaign.duplicates.models import NotTheSame
from campaign.duplicates.search import take_back, tell_apart, told_apart_from
from campaign.publishing.erase import erase
from tests.cast import hired

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def sana(app: Flask) -> Iterator[Account]:
    """A safety officer who edits too."""
    with app.app_context():
        yield hired("Sana", "editor", "safety_officer")
        db.session.rollback()


@pytest.fixture
def opened(sana: Account) -> Callable[[str], Case]:
    """Open a case of a name."""
    return lambda name: revisions.create(CaseFile(names=[Name(text=name)]), by=sana, reason="Told.")


def test_the_pair_is_remembered_from_both_sides(sana: Account, opened: Callable[[str], Case]) -> None:
    one, other = opened("Semet Örükzar"), opened("Semet Orukzar")
    tell_apart(other, one, by=sana, reason="He is the uncle.")
    assert told_apart_from(one.id) == {other.id}
    assert told_apart_from(other.id) == {one.id}


def test_saying_it_twice_is_one_decision_and_the_first_one_stands(sana: Account, opened: Callable[[str], Case]) -> None:
    one, other = opened("Semet Örükzar"), opened("Semet Orukzar")
    tell_apart(one, other, by=sana, reason="He is the uncle.")
    tell_apart(other, one, by=sana, reason="Another word.")
    assert db.session.scalar(select(func.count()).select_from(NotTheSame)) == 1
    assert db.session.scalars(select(NotTheSame)).one().reason == "He is the uncle."


def test_it_is_taken_back_once(sana: Account, opened: Callable[[str], Case]) -> None:
    one, other = opened("Semet Örükzar"), opened("Semet Orukzar")
    tell_apart(one, other, by=sana)
    assert take_back(other, one, by=sana) is True
    assert take_back(other, one, by=sana) is False
    assert told_apart_from(one.id) == frozenset()


def test_both_decisions_are_in_the_audit_by_number_alone(sana: Account, opened: Callable[[str], Case]) -> None:
    one, other = opened("Semet Örükzar"), opened("Semet Orukzar")
    tell_apart(one, other, by=sana, reason="He is the uncle.")
    take_back(one, other, by=sana)
    rows = db.session.scalars(select(AuditRow).where(AuditRow.action.like("case.told_apart%"))).all()
    assert [(row.action, row.subject) for row in rows] == [
        ("case.told_apart", one.ref),
        ("case.told_apart_taken_back", one.ref),
    ]
    assert all(other.ref in row.details and "uncle" not in row.details for row in rows)


def test_the_reason_lies_sealed(sana: Account, opened: Callable[[str], Case]) -> None:
    tell_apart(opened("Semet Örükzar"), opened("Semet Orukzar"), by=sana, reason="He is the uncle.")
    assert b"uncle" not in bytes(db.session.execute(text("SELECT reason FROM not_the_same")).scalar_one())


def test_a_case_is_never_told_apart_from_itself(sana: Account, opened: Callable[[str], Case]) -> None:
    one = opened("Semet Örükzar")
    with pytest.raises(ValueError, match=one.ref):
        tell_apart(one, one, by=sana)


def test_an_erased_case_leaves_no_pair(sana: Account, opened: Callable[[str], Case]) -> None:
    one, other, third = opened("Semet Örükzar"), opened("Semet Orukzar"), opened("Semet Orukzar")
    tell_apart(one, other, by=sana)
    tell_apart(other, third, by=sana)
    erase(other, by=sana, reason="asked for")
    assert db.session.scalar(select(func.count()).select_from(NotTheSame)) == 0
