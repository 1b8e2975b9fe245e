"""How long being signed in lasts, and who can end it. [n]: row of security.md."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from campaign.accounts import sessions
from campaign.accounts.models import Account
from campaign.database import db
from tests.cast import Browser, Cast, Member

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def is_in(member: Member) -> bool:
    return member.get("/staff/me").status_code == 200


def test_a_cookie_copied_before_signing_out_opens_nothing(app: Flask, edo: Member) -> None:  # [9]
    cookie = edo.get_cookie("__Host-session", domain="localhost")
    assert cookie is not None
    out = edo.posts("/staff/sign-out")
    assert out.headers["Clear-Site-Data"] == '"cache","storage"'
    thief = Browser(app, app.response_class, use_cookies=True)
    thief.set_cookie("__Host-session", cookie.value, domain="localhost", secure=True)
    assert thief.get("/staff/me").status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_half_an_hour_without_a_request_ends_a_session(edo: Member, minutes: int, status: int) -> None:  # [10]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        assert edo.get("/staff/me").status_code == status


def test_twelve_hours_end_a_session_in_any_case(app: Flask, cast: Cast) -> None:  # [10]
    with time_machine.travel(START, tick=False) as clock:
        ida = cast("Ida", "editor")
        for _ in range(29):
            clock.shift(timedelta(minutes=25))
            status = ida.get("/staff/me").status_code
            if datetime.now(UTC) - START > timedelta(hours=12):
                break
            assert status == 200
        assert status == 302


def test_a_disabled_account_is_out_on_its_next_request(app: Flask, edo: Member) -> None:  # [11]
    assert is_in(edo)
    with app.app_context():
        db.session.get_one(Account, edo.account_id).is_active = False
        db.session.commit()
    assert not is_in(edo)


def test_all_of_somebodys_sessions_can_be_ended(app: Flask, edo: Member) -> None:  # [12]
    with app.app_context():
        sessions.end_all(edo.account_id)
        db.session.commit()
    assert not is_in(edo)


def test_one_ends_a_session_of_ones_own_but_not_of_others(app: Flask, edo: Member, pia: Member) -> None:  # [12]
    with app.app_context():
        of_edo, of_pia = (sessions.of(member.account_id)[0].id for member in (edo, pia))
    edo.posts(f"/staff/me/sessions/{of_pia}/end")
    assert is_in(pia)
    edo.posts(f"/staff/me/sessions/{of_edo}/end")
    assert not is_in(edo)


def test_a_new_password_asks_for_a_fresh_code_after_ten_minutes(edo: Member) -> None:  # [17]
    assert edo.get("/staff/me/password").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        answer = edo.get("/staff/me/password")
        assert answer.status_code == 302
        assert answer.location.startswith("/staff/prove")


def test_a_role_taken_away_acts_on_the_next_request(app: Flask, edo: Member) -> None:  # [11]
    assert edo.get("/staff/cases/new").status_code == 200
    with app.app_context():
        account = db.session.get_one(Account, edo.account_id)
        account.grants.clear()
        db.session.commit()
    assert edo.get("/staff/cases/new").status_code == 403
