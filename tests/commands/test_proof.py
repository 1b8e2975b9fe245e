"""A code typed on a terminal counts as one typed at the desk: it holds once, and wrong ones are counted."""

import dataclasses
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts import credentials, factors, invitations
from campaign.accounts.models import LoginFailure
from campaign.accounts.permissions import Role
from campaign.commands import operators, publishing
from campaign.database import db
from campaign.web.context import keyring

SECRET = b"twenty bytes of chance"
EMAIL = "pia@example.org"


@pytest.fixture
def terminal(app: Flask) -> Flask:
    """A home with a publisher who has an authenticator; the shell is not trusted."""
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], trust_shell=False)
    with app.app_context():
        person = invitations.account_for(EMAIL)
        invitations.grant(person, [Role.PUBLISHER])
        person.totp_sealed = keyring().seal(SECRET)
        db.session.commit()
    return app


def types(terminal: Flask, code: str) -> tuple[int, str]:
    """Withdraw a profile that nobody has, with a code; return the status and what was said."""
    words = ["publishing", "withdraw", "FXD-00000", "--by", EMAIL, "--reason", "asked"]
    ran = terminal.test_cli_runner().invoke(args=words, input=f"{code}\n")
    return ran.exit_code, ran.output


def right_code() -> str:
    return credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()


def failures(terminal: Flask) -> int:
    with terminal.app_context():
        subject = factors.subject_of(EMAIL)
        return db.session.scalar(select(func.count()).where(LoginFailure.subject == subject)) or 0


def test_every_deed_of_the_door_asks_for_a_code_by_the_one_way() -> None:
    assert publishing.prove is operators.prove
    assert not hasattr(publishing, "totp")


def test_a_right_code_holds_once(terminal: Flask) -> None:
    code = right_code()
    assert "There is no case" in types(terminal, code)[1]
    assert "is not valid" in types(terminal, code)[1]


def test_wrong_codes_are_counted_and_then_even_the_right_one_waits(terminal: Flask) -> None:
    for _ in range(factors.MOST_FAILURES):
        assert "is not valid" in types(terminal, "000000")[1]
    assert failures(terminal) == factors.MOST_FAILURES
    status, said = types(terminal, right_code())
    assert (status, "Too many wrong codes" in said) == (1, True)
