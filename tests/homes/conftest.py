"""Homes of earlier releases on both databases, brought up by today's `flask init`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from campaign.database import db
from tests import cluster
from tests.cast import HOST, Member, signed_cookie
from tests.homes import loading

Load = Callable[[], Flask]
# A quick run brings up the oldest and the newest release; those between take the same migrations.
OUTERMOST = (loading.SCHEMAS[0], loading.SCHEMAS[-1])


class Kept(NamedTuple):
    """A home of an earlier release after `flask init`: its rows before and after, and what the command said."""

    app: Flask
    before: dict[str, int]
    after: dict[str, int]
    said: str


@pytest.fixture(scope="package", autouse=True)
def then() -> Iterator[None]:
    """The day on which the homes were in use: consents have not run out, reviews are not due."""
    with time_machine.travel(loading.MADE_AT):
        yield


@pytest.fixture(scope="package", params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes an empty database; returns its address, "" for SQLite in the home."""
    if request.param == "sqlite":
        return lambda: ""
    folder = request.getfixturevalue("cluster_folder")
    return lambda: cluster.empty_database(folder)


@pytest.fixture(
    scope="package",
    params=[pytest.param(one, marks=[] if one in OUTERMOST else pytest.mark.long) for one in loading.SCHEMAS],
)
def load(
    request: pytest.FixtureRequest, database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Load]:
    """Brings back the home of a release, as often as it is called, each time in a folder of its own."""
    loaded: list[Flask] = []

    def one() -> Flask:
        home: Path = tmp_path_factory.mktemp("kept") / "home"
        loaded.append(loading.load(request.param, home, database()))
        loaded[-1].config["PREFERRED_URL_SCHEME"] = "https"
        return loaded[-1]

    yield one
    for app in loaded:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="package")
def kept(load: Load) -> Kept:
    """A home that was brought up once, for tests that only look at it, or sign in."""
    app = load()
    before = loading.counts(app)
    ran = app.test_cli_runner().invoke(args=["init"])
    assert ran.exit_code == 0, ran.output
    return Kept(app, before, loading.counts(app), ran.output)


def signed_in(app: Flask, role: str) -> Member:
    """Return a browser in which the home's own account of a role is signed in."""
    from campaign.accounts import factors
    from campaign.accounts.models import Account

    member = Member(app, app.response_class, use_cookies=True)
    with app.test_request_context(base_url=HOST, method="POST"):
        account = db.session.scalars(select(Account).where(Account.email == f"{role}@demo.example")).one()
        factors.complete(account)
        db.session.commit()
        member.account_id, member.email = account.id, account.email
        cookie = signed_cookie(app)
    member.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie, domain="localhost", secure=True)
    return member
