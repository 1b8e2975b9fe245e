"""Signing in through the pages, as the tests of passkeys, sheets and emergencies do it."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign.accounts import credentials
from campaign.accounts.models import Account, Notice
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.web.context import keyring
from tests.accounts.authenticator import Authenticator
from tests.cast import Browser, Member

PASSWORD = "tangerine ladder quiet 41 orbit"
SECRET = b"twenty bytes of chance"


def options(browser: Browser, path: str, form_on: str = "/staff/sign-in/code") -> dict[str, object]:
    """Return what the desk asks a passkey of this browser to sign, or to be made of."""
    answer = browser.posts(path, form_on="" if isinstance(browser, Member) else form_on)
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.text))


def adds(member: Member, device: Authenticator, name: str = "Telephone") -> TestResponse:
    made = device.makes(options(member, "/staff/passkeys/offer"))
    return member.posts("/staff/me/passkeys/new", {"name": name, "passkey": made})


def equipped(app: Flask, member: Member, *devices: Authenticator) -> None:
    """Give somebody a password, an authenticator with SECRET, and passkeys."""
    for number, device in enumerate(devices):
        assert adds(member, device, f"Device {number}").status_code == 302
    with app.app_context():
        account = db.session.get_one(Account, member.account_id)
        account.password_hash, account.totp_sealed = credentials.hashed(PASSWORD), keyring().seal(SECRET)
        db.session.commit()


def after_the_password(app: Flask, member: Member) -> Browser:
    """Return a new browser in which somebody has typed their password."""
    browser = Browser(app, app.response_class, use_cookies=True)
    answer = browser.posts("/staff/sign-in", {"email": member.email, "password": PASSWORD})
    assert answer.location.startswith("/staff/sign-in/code")
    return browser


def by_passkey(browser: Browser, device: Authenticator) -> TestResponse:
    """Sign in with a passkey; 302 where it is taken."""
    signed = device.signs(options(browser, "/staff/passkeys/ask"))
    return browser.posts("/staff/sign-in/code", {"passkey": signed})


def by_code(browser: Browser) -> TestResponse:
    code = credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()
    return browser.posts("/staff/sign-in/code", {"code": code})


def told(app: Flask, account_id: int) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Notice.sentence).where(Notice.account_id == account_id)))


def recorded(app: Flask, action: str) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditRow).where(AuditRow.action == action)).all())


def later(**by: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(**by))


def with_settings(app: Flask, **changes: object) -> None:
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], **changes)  # type: ignore[arg-type]
