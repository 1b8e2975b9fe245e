"""A case that waits because somebody like its person was withdrawn: a safety officer decides on a page of its own."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import marks, members, queries, revisions
from campaign.cases.marks import MarkDecision
from campaign.database import db
from campaign.dates.edtf import parse
from tests.staff.conftest import Opens, Person


@pytest.fixture
def kept(app: Flask, opens: Opens) -> tuple[str, str]:
    """A case, and the reference of a withdrawn one of the same name and year of birth."""
    born = parse("1974")
    first, other = opens("Nargiza Tarimbeg", birth=born), opens("Nargiza Tarimbeg", birth=born)
    with app.app_context():
        gone = queries.any_by_ref(first)
        assert gone is not None
        waiting = queries.any_by_ref(other)
        assert waiting is not None
        waiting.state = "approved"
        marks.keep("withdrawn", first, marks.tokens(revisions.head(gone)))
        db.session.commit()
    return other, first


def decisions(app: Flask) -> list[tuple[str, int, str]]:
    with app.app_context():
        return [(one.ref, one.by_id, one.reason) for one in db.session.scalars(select(MarkDecision))]


def test_an_officer_is_led_there_and_decides_with_a_reason(app: Flask, sana: Person, kept: tuple[str, str]) -> None:
    ref, other = kept
    assert f"/staff/cases/{ref}/kept-back" in sana.sees(f"/cases/{ref}")
    assert "/kept-back" not in sana.sees(f"/cases/{other}")
    page = sana.sees(f"/cases/{ref}/kept-back")
    assert other in page
    assert "Say why" in sana.posts(f"/cases/{ref}/kept-back", 422, other=other, reason=" ").get_data(as_text=True)
    assert decisions(app) == []
    sana.posts(f"/cases/{ref}/kept-back", other=other, reason="Two sisters.")
    assert decisions(app) == [(other, sana.id, "Two sisters.")]
    assert "There is nothing to decide here" in sana.sees(f"/cases/{ref}/kept-back")
    with app.app_context():
        (row,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "mark.decided"))
        assert (row.actor_id, row.subject) == (sana.id, ref)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_nobody_else_sees_it_or_decides(
    app: Flask, signed_in: Callable[..., Person], kept: tuple[str, str], role: str
) -> None:
    ref, other = kept
    person = signed_in("Somebody", role)
    assert "kept-back" not in person.sees(f"/cases/{ref}")
    person.sees(f"/cases/{ref}/kept-back", 403)
    person.posts(f"/cases/{ref}/kept-back", 403, other=other, reason="Why not?")
    assert decisions(app) == []


def test_one_because_of_whom_it_does_not_wait_is_not_found(app: Flask, sana: Person, kept: tuple[str, str]) -> None:
    sana.posts(f"/cases/{kept[0]}/kept-back", 404, other="FXD-00000", reason="Two sisters.")
    assert decisions(app) == []


def test_a_restricted_case_is_not_told_of(app: Flask, edo: Person, sana: Person, kept: tuple[str, str]) -> None:
    ref, other = kept
    with app.app_context():
        gone = queries.any_by_ref(other)
        assert gone is not None
        members.restrict(gone, by=db.session.get_one(Account, edo.id))
        db.session.commit()
    assert other not in sana.sees(f"/cases/{ref}/kept-back")
