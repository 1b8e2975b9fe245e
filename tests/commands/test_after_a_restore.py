"""After a restore: what the shell and the pages say until a person has confirmed the people, or opened the site."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from campaign.accounts import restored
from campaign.accounts.models import Account
from campaign.audit.models import UnregisteredRow
from campaign.database import db
from campaign.ledger import identity, writer
from campaign.publishing import restoring
from campaign.settings import read
from tests.cast import Cast
from tests.commands.test_accounts import run
from tests.ledger.samples import a_profile

ACTOR = "shell:test"


def shut_by_a_restore(app: Flask) -> None:
    with app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        db.session.commit()
        restoring.replay(None, actor=ACTOR)
        db.session.commit()
    app.extensions["shut"].look_again()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/profiles",
        "/about",
        "/feed.atom",
        "/api/v1/changes?since=0",
        "/api/v1/profiles/FXD-10001",
        "/api/v1/export.jsonl",
    ],
)
def test_the_public_edge_is_shut_in_words_until_a_person_opens_it(app: Flask, client: FlaskClient, path: str) -> None:
    client.get(path, base_url="https://localhost")
    shut_by_a_restore(app)
    answer = client.get(path, base_url="https://localhost")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "put back from a copy" in answer.text
    assert client.get("/staff/sign-in", base_url="https://localhost").status_code == 200
    assert run(app, "publishing", "open")[0] == 1
    status, words = run(app, "publishing", "open", "--yes")
    assert (status, words) == (0, "The public pages are open.\n")
    app.extensions["shut"].look_again()
    assert client.get(path, base_url="https://localhost").status_code == 200
    assert "were not shut" in run(app, "publishing", "open", "--yes")[1]


def test_accounts_open_once_the_list_is_confirmed_and_who_left_stays_out(app: Flask, cast: Cast) -> None:
    edo, vera = cast("edo", "editor"), cast("vera", "viewer")
    with app.app_context():
        restored.shut_all(replaced=[edo.account_id], shut=[], actor=ACTOR)
        db.session.commit()
    assert edo.get("/staff/cases").status_code == 302
    status, words = run(app, "accounts", "confirm-people", "--but", vera.email)
    assert status == 1
    assert f"{edo.email}\teditor\tlost its factors" in words
    assert f"{vera.email}\tviewer\tstays shut" in words
    status, words = run(app, "accounts", "confirm-people", "--but", vera.email, "--yes")
    assert status == 0
    assert f"flask accounts reset-factors {edo.email} --yes" in words
    with app.app_context():
        assert db.session.scalars(select(Account.id).where(Account.is_active)).all() == [edo.account_id]
    assert run(app, "accounts", "confirm-people", "--yes")[1].startswith("No account waits")


def test_the_first_page_says_that_the_register_lacks_a_line(app: Flask, cast: Cast, tmp_path: Path) -> None:
    edo = cast("edo", "editor")
    app.extensions["settings"] = replace(app.extensions["settings"], register=tmp_path / "register")
    assert "The register could not be written" not in edo.get("/staff/cases").text
    with app.app_context():
        db.session.add(UnregisteredRow(number=1))
        db.session.commit()
    assert "The register could not be written" in edo.get("/staff/cases").text


def test_init_gives_the_ledger_its_id_once(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home)}))
    assert "The ledger was given its id." in run(app, "init")[1]
    with app.app_context():
        first = identity.current()
    assert "was given its id" not in run(app, "init")[1]
    with app.app_context():
        assert identity.current() == first
    assert len(first) == 32
