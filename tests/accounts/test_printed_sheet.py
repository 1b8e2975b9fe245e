"""The printed sheet: a code, an hour of waiting, a new passkey. [n]: row of security.md."""

from flask import Flask
from sqlalchemy import select

from campaign.accounts import invitations, passkeys
from campaign.accounts.models import Account, Passkey, SheetCode
from campaign.database import db
from tests.accounts.authenticator import Authenticator
from tests.accounts.signing import (
    after_the_password,
    by_passkey,
    equipped,
    later,
    options,
    told,
)
from tests.cast import Member


def codes_of_sheet(app: Flask, member: Member) -> list[str]:
    with app.app_context():
        codes = passkeys.make_sheet(db.session.get_one(Account, member.account_id))
        db.session.commit()
    return codes


def test_a_printed_sheet_makes_a_passkey_an_hour_later_and_administrators_are_told(
    app: Flask, pia: Member, ada: Member
) -> None:
    equipped(app, pia, Authenticator())
    code, found = codes_of_sheet(app, pia)[0], Authenticator()
    with later(days=15):
        first = after_the_password(app, pia)
        assert "Come back from" in first.posts("/staff/sign-in/sheet", {"code": code}).text
        assert any("printed sheet" in sentence for sentence in told(app, ada.account_id))
        assert first.posts("/staff/passkeys/offer", form_on="/staff/sign-in/sheet").status_code == 403
        with later(minutes=59):
            early = after_the_password(app, pia)
            assert early.posts("/staff/sign-in/sheet", {"code": code}).status_code == 200
        with later(minutes=61):
            browser = after_the_password(app, pia)
            opened = browser.posts("/staff/sign-in/sheet", {"code": code.lower()})
            assert opened.location == "/staff/sign-in/sheet/passkey"
            made = found.makes(options(browser, "/staff/passkeys/offer"))
            answer = browser.posts("/staff/sign-in/sheet/passkey", {"name": "New", "passkey": made})
            assert answer.location == "/staff/sign-in/code"
            assert browser.get("/staff/me").status_code == 302
            assert by_passkey(browser, found).status_code == 302
            again = after_the_password(app, pia)
            assert again.posts("/staff/sign-in/sheet", {"code": code}).status_code == 422


def test_a_code_of_the_sheet_ends_a_day_after_its_hour_and_with_a_newer_sheet(app: Flask, pia: Member) -> None:
    equipped(app, pia)
    code, other = codes_of_sheet(app, pia)[:2]
    after_the_password(app, pia).posts("/staff/sign-in/sheet", {"code": code})
    with later(hours=26):
        assert after_the_password(app, pia).posts("/staff/sign-in/sheet", {"code": code}).status_code == 422
        codes_of_sheet(app, pia)
        assert after_the_password(app, pia).posts("/staff/sign-in/sheet", {"code": other}).status_code == 422


def test_codes_of_the_sheet_are_of_one_account_lie_nowhere_readable_and_are_counted(
    app: Flask, pia: Member, sana: Member
) -> None:
    equipped(app, pia)
    equipped(app, sana)
    code = codes_of_sheet(app, sana)[0]
    browser = after_the_password(app, pia)
    statuses = [browser.posts("/staff/sign-in/sheet", {"code": code}).status_code for _ in range(9)]
    assert statuses == [422] * 8 + [429]
    with app.app_context():
        rows = db.session.scalars(select(SheetCode)).all()
        assert all(code not in row.code_hash and row.asked_at is None for row in rows)


def test_starting_factors_anew_ends_passkeys_and_sheet(app: Flask, pia: Member) -> None:
    equipped(app, pia, Authenticator())
    codes_of_sheet(app, pia)
    with app.app_context():
        invitations.reset_factors(db.session.get_one(Account, pia.account_id))
        db.session.commit()
        assert db.session.scalars(select(Passkey)).all() == []
        assert db.session.scalars(select(SheetCode)).all() == []
