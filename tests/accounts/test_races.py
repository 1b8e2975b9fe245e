"""What holds when the same thing is tried six times at once: exactly one try succeeds, on both databases."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from flask import Flask, session
from sqlalchemy.exc import OperationalError

from campaign.accounts import credentials, invitations, passkeys
from campaign.accounts.models import Account
from campaign.database import db
from campaign.web.context import keyring
from tests.accounts.authenticator import Authenticator
from tests.cast import HOST

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SECRET = b"twenty bytes of chance"
TRIES = 6


def newcomer(app: Flask) -> int:
    """Return the number of an account with an authenticator."""
    with app.app_context():
        account = invitations.account_for("newcomer@example.org")
        account.totp_sealed = keyring().seal(SECRET)
        db.session.commit()
        return account.id


def at_once(app: Flask, attempt: Callable[[], bool]) -> int:
    """Run an attempt six times at the same moment, each committed; return how many held."""
    start = Barrier(TRIES)

    def one(_number: int) -> bool:
        with app.app_context():
            start.wait()
            held = attempt()
            db.session.commit()
            return held

    with ThreadPoolExecutor(TRIES) as pool:
        return sum(pool.map(one, range(TRIES)))


@both
def test_of_six_tries_with_one_code_one_holds(app: Flask) -> None:  # [14]
    number = newcomer(app)
    with app.app_context():
        sealed = keyring().seal(SECRET)
        code = credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()
    assert at_once(app, lambda: credentials.take(number, sealed, code)) == 1


@both
def test_no_code_holds_after_a_later_one(app: Flask) -> None:  # [14]
    number, present = newcomer(app), int(datetime.now(UTC).timestamp())
    before, at, after = (credentials.generator(SECRET).generate(present + 30 * step).decode() for step in (-1, 0, 1))
    with app.app_context():
        sealed = keyring().seal(SECRET)

        def takes(code: str) -> bool:
            return credentials.take(number, sealed, code)

        assert [takes(code) for code in (at, before, at, after, at, before, after)] == [
            True, False, False, True, False, False, False,
        ]  # fmt: skip


@both
def test_of_six_tries_with_one_recovery_code_one_holds(app: Flask) -> None:  # [15]
    number = newcomer(app)
    with app.app_context():
        code = credentials.make(number)[0]
        db.session.commit()
    assert at_once(app, lambda: credentials.use(number, code)) == 1


@both
def test_of_six_tries_with_one_invitation_one_holds(app: Flask) -> None:  # [22]
    newcomer(app)
    with app.app_context():
        account = invitations.by_email("newcomer@example.org")
        assert account is not None
        token = invitations.invite(account).rpartition("/")[2]
        db.session.commit()
    assert at_once(app, lambda: invitations.consume(token)) == 1


@both
def test_of_six_tries_with_what_one_passkey_has_signed_one_holds(app: Flask) -> None:  # [16]
    number, device = newcomer(app), Authenticator(counts=False)
    with app.test_request_context(base_url=HOST, method="POST"):
        account = db.session.get_one(Account, number)
        passkeys.add(account, device.makes(json.loads(passkeys.offer(account, "add"))), "Key", "add")
        signed, asked = device.signs(json.loads(passkeys.ask(account, "sign_in"))), session[passkeys.ASKED]
        db.session.commit()

    def attempt() -> bool:
        with app.test_request_context(base_url=HOST, method="POST"):
            session[passkeys.ASKED] = asked
            try:
                held = passkeys.take(db.session.get_one(Account, number), signed, "sign_in")
            except OperationalError:  # more wait for the lock than may: answered 503
                return False
            db.session.commit()
            return held

    assert at_once(app, attempt) == 1


@both
def test_of_six_tries_with_one_code_for_a_command_one_holds(app: Flask) -> None:  # [16]
    number = newcomer(app)
    with app.app_context():
        code = credentials.show_for_command(number, "publish")
        db.session.commit()
    assert at_once(app, lambda: credentials.use_for_command(number, "publish", code)) == 1
