"""An embargo at the desk: by the campaign's clocks; held longer by who edits, let out by a publisher who wrote none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.audit.log import AuditRow
from campaign.cases.models import Case
from campaign.database import db
from tests.staff.conftest import Person
from tests.staff.writing import approved, written

CaseOf = Callable[[str], Case]
LATE, LATER, SOONER = "2199-06-01T09:00", "2199-07-01T09:00", "2199-05-01T09:00"


@pytest.fixture(autouse=True)
def clocks(app: Flask) -> None:
    """The campaign's clocks are two hours before UTC."""
    app.extensions["settings"] = replace(app.extensions["settings"], timezone="Etc/GMT-2")
    app.jinja_env.globals["campaign"] = app.extensions["settings"]


def test_a_moment_is_read_and_shown_by_the_campaigns_clocks(
    app: Flask, edo: Person, sana: Person, case_of: CaseOf
) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/embargo", until=LATE)
    assert case_of(ref).embargo_until == datetime(2199, 6, 1, 7, 0, tzinfo=UTC)
    page = edo.sees(f"/cases/{ref}")
    assert "1 Jun 2199, 09:00" in page
    assert 'value="2199-06-01T09:00"' in page
    assert "Etc/GMT-2" in page
    with app.app_context():
        assert db.session.scalar(select(AuditRow.action).order_by(AuditRow.number.desc())) == "case.embargoed"


def test_rule_eight_waits_and_leads_to_the_embargo(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/embargo", until=LATE)
    rule = edo.sees(f"/cases/{ref}").partition("No hold in the way")[2].partition("</li>")[0]
    assert "waits" in rule
    assert "2199-06-01 09:00 +02" in rule
    assert f'href="/staff/cases/{ref}#embargo"' in rule


@pytest.mark.parametrize(
    ("until", "sentence"), [("2001-01-01T09:00", "has passed"), ("soon", "Not a valid"), ("", "Write a day")]
)
def test_what_is_no_moment_to_come_is_refused_beside_its_field(
    edo: Person, sana: Person, until: str, sentence: str
) -> None:
    ref = written(edo, sana)
    assert sentence in edo.posts(f"/cases/{ref}/embargo", 422, until=until).text


def test_before_an_approval_who_edits_sets_moves_and_lifts(edo: Person, sana: Person, case_of: CaseOf) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/embargo", until=LATE)
    edo.posts(f"/cases/{ref}/embargo", until=SOONER)
    edo.posts(f"/cases/{ref}/embargo/lift")
    assert case_of(ref).embargo_until is None


def test_once_approved_who_edits_holds_it_longer_and_lets_nothing_out(
    edo: Person, noor: Person, sana: Person, pia: Person, case_of: CaseOf
) -> None:
    ref = approved(edo, sana, noor)
    noor.posts(f"/cases/{ref}/embargo", 403, until=LATE)
    pia.posts(f"/cases/{ref}/embargo", until=LATE)
    noor.posts(f"/cases/{ref}/embargo", 403, until=SOONER)
    noor.posts(f"/cases/{ref}/embargo/lift", 403)
    noor.posts(f"/cases/{ref}/embargo", until=LATER)
    assert case_of(ref).embargo_until == datetime(2199, 7, 1, 7, 0, tzinfo=UTC)
    pia.posts(f"/cases/{ref}/embargo/lift")
    assert case_of(ref).embargo_until is None


def test_a_publisher_who_wrote_part_of_it_lets_nothing_out(
    signed_in: Callable[..., Person], noor: Person, sana: Person
) -> None:
    both = signed_in("Ida", "editor", "publisher")
    ref = approved(both, sana, noor)
    assert "another publisher" in both.posts(f"/cases/{ref}/embargo", 403, until=LATE).text


def test_a_viewer_sets_none(edo: Person, sana: Person, vito: Person) -> None:
    ref = written(edo, sana)
    assert "Hold it back" not in vito.sees(f"/cases/{ref}")
    vito.posts(f"/cases/{ref}/embargo", 403, until=LATE)
    vito.posts(f"/cases/{ref}/embargo/lift", 403)


def test_what_waits_is_not_published_by_hand(edo: Person, noor: Person, sana: Person, pia: Person) -> None:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/embargo", until=LATE)
    assert "Held back until" in pia.posts(f"/cases/{ref}/publish", 409, kind="update").text
