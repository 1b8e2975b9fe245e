"""The cast: the one way in which tests make an account (`hired`) and sign somebody in (`sign_in`).

Edo edits, Cora contributes, Pia publishes, Sana guards safety, Ada administers, Vera views, Tara translates: each a
browser over https with the token that forms need. `account_id` says who they are; `posts` sends a form as their
browser would. Sessions are begun by the code that real sign-in runs (`factors.complete`); the way through its pages
is tested in tests/accounts.
"""

import dataclasses
import re
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from campaign.clock import now
from campaign.database import db

if TYPE_CHECKING:
    # A process of the public edge alone loads no accounts: they are imported by whoever hires.
    from campaign.accounts.models import Account

HOST = "https://localhost"
Cast = Callable[..., "Member"]


class Browser(FlaskClient):
    """A browser that speaks https and sends the address it comes from, as real ones do."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:  # type: ignore[override]
        """Send a request; over https with a Referer unless the test says otherwise."""
        kwargs.setdefault("base_url", HOST)
        headers = dict(kwargs.pop("headers", None) or {})  # type: ignore[call-overload]
        if kwargs.get("method") == "POST":
            headers.setdefault("Referer", f"{HOST}/staff/")
        return super().open(*args, headers=headers, **kwargs)  # type: ignore[arg-type]

    def token_on(self, path: str) -> str:
        """Return the token of the first form on a page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path).text)
        assert found, f"no form on {path}"
        return found.group(1)

    def posts(self, path: str, fields: Mapping[str, object] | None = None, *, form_on: str = "") -> TestResponse:
        """Send a form; its token is taken from the page `form_on`, by default the page itself."""
        return self.post(path, data={"csrf_token": self.token_on(form_on or path), **(fields or {})})


class Member(Browser):
    """A browser in which somebody is signed in."""

    account_id: int
    email: str

    def token(self) -> str:
        """Return the token that the forms of this session carry, without asking for a page."""
        with self.session_transaction(base_url=HOST) as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw))

    def posts(self, path: str, fields: Mapping[str, object] | None = None, *, form_on: str = "") -> TestResponse:
        """Send a form with the session's token, or with that of a page."""
        token = self.token_on(form_on) if form_on else self.token()
        return self.post(path, data={"csrf_token": token, **(fields or {})})


def hired(name: str, *roles: str) -> "Account":
    """Add an account with roles to the open session: `hired("Edo", "editor")` is edo@example.org."""
    from campaign.accounts.models import Account, Grant

    account = Account(email=f"{name.lower()}@example.org", name=name, created_at=now())
    account.grants = [Grant(role=str(role), given_at=now()) for role in roles]
    db.session.add(account)
    db.session.flush()
    return account


def sign_in(app: Flask, name: str, *roles: str) -> Member:
    """Return a browser in which a new account with these roles is signed in with both factors."""
    from campaign.accounts import credentials, factors
    from campaign.web.context import keyring

    member = Member(app, app.response_class, use_cookies=True)
    with app.test_request_context(base_url=HOST, method="POST"):
        account = hired(name, *roles)
        account.totp_sealed = keyring().seal(credentials.new_secret())
        factors.complete(account)
        member.account_id, member.email = account.id, account.email
        db.session.commit()
        cookie = signed_cookie(app)
    member.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie, domain="localhost", secure=True)
    return member


def believing_the_shell(app: Flask) -> Flask:
    """Return the application, whose commands now act in a name without its code (CAMPAIGN_TRUST_SHELL=1)."""
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], trust_shell=True)
    return app


def signed_cookie(app: Flask) -> str:
    """Return this request's session as the cookie that the application would set."""
    from flask import session
    from flask.sessions import SecureCookieSessionInterface

    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return str(serializer.dumps(dict(session)))


def member_fixture(name: str, role: str) -> Callable[..., Member]:
    """Return a fixture: one person of the cast."""

    @pytest.fixture(name=name.lower())
    def member(app: Flask) -> Member:
        return sign_in(app, name, role)

    return member


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Sign in anybody else: `cast("Ida", "editor", "publisher")`."""
    return lambda name, *roles: sign_in(app, name, *roles)


edo = member_fixture("Edo", "editor")
cora = member_fixture("Cora", "contributor")
pia = member_fixture("Pia", "publisher")
sana = member_fixture("Sana", "safety_officer")
ada = member_fixture("Ada", "administrator")
vera = member_fixture("Vera", "viewer")
tara = member_fixture("Tara", "translator")
