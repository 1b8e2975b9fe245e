"""Somebody else holds the database, or was first by a moment: a sentence, the form kept, nothing half-done."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from campaign import database
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db
from campaign.duplicates.models import NotTheSame
from campaign.ledger.writer import LOCK_NUMBER
from tests.cast import Member, believing_the_shell

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
NEW = {"name": "Semet Örükzar", "reason": "Told by <his> neighbour"}
SHEET = "case_id,name\nA1,Nigar Anarbagh\n"


@pytest.fixture
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait longer than a fifth of a second for a lock."""
    monkeypatch.setattr(database, "LONGEST_WAIT_MS", 200)
    with app.app_context():
        db.engine.dispose()


@contextmanager
def somebody_writes(app: Flask) -> Iterator[None]:
    """Hold the lock of whoever numbers and writes, as an import does until it is committed."""
    with app.app_context(), db.engine.connect() as rival:
        if db.engine.dialect.name == "postgresql":
            rival.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
        else:
            rival.execute(text("UPDATE account SET name = name"))
        yield
        rival.rollback()


def kept_in(answer: TestResponse) -> dict[str, str]:
    """Return the form that a page would send again."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text)
    return {unescape(name): unescape(value) for name, value in found}


def count_of(app: Flask, model: type[Case] | type[NotTheSame]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def opened(app: Flask, by: Member, name: str) -> str:
    with app.app_context():
        account = db.session.get_one(Account, by.account_id)
        case = revisions.create(CaseFile(names=[Name(text=name)]), by=account, reason="Told.")
        db.session.commit()
        return case.ref


@both
def test_what_could_not_be_saved_is_kept_in_the_page_and_sent_again_from_it(
    app: Flask, edo: Member, impatient: None
) -> None:
    token = edo.token_on("/staff/me")
    with somebody_writes(app):
        answer = edo.post("/staff/cases/new", data={"csrf_token": token, **NEW})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "nothing was lost" in answer.text
    assert kept_in(answer) == {"csrf_token": token, **NEW}
    assert count_of(app, Case) == 0
    assert edo.post("/staff/cases/new", data=kept_in(answer)).status_code == 302
    assert count_of(app, Case) == 1


@both
def test_a_password_is_never_kept_in_a_page(app: Flask, visitor: Member, edo: Member, impatient: None) -> None:
    path = "/staff/sign-in"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get(path, base_url="https://localhost").text)
    assert token
    fields = {"csrf_token": token[1], "email": edo.email, "password": "plum-orchard-at-dusk"}
    with somebody_writes(app):
        answer = visitor.post(
            path, data=fields, base_url="https://localhost", headers={"Referer": "https://localhost/staff/"}
        )
    assert answer.status_code in {422, 503, 200}
    assert "plum-orchard-at-dusk" not in answer.text


@pytest.mark.parametrize(
    "app", ["postgres"], indirect=True
)  # SQLite has one writer: the second reads what the first did
def test_of_two_who_write_the_same_at_once_the_second_is_told_and_may_send_it_again(app: Flask, edo: Member) -> None:
    first, second = opened(app, edo, "Semet Örükzar"), opened(app, edo, "Nigar Anarbagh")
    token = edo.token_on("/staff/me")
    path, fields = f"/staff/cases/{first}/not-the-same", {"csrf_token": token, "other": second, "reason": "I know both"}

    def rival(_session: Session, _context: object, _instances: object) -> None:
        with db.engine.begin() as connection:
            numbers = sorted(connection.scalars(select(Case.id)))
            row = {"first_id": numbers[0], "second_id": numbers[1], "by_id": edo.account_id, "reason": ""}
            connection.execute(NotTheSame.__table__.insert(), [row])  # type: ignore[attr-defined]

    event.listen(Session, "before_flush", rival, once=True)
    answer = edo.post(path, data=fields)
    assert answer.status_code == 409
    assert "Somebody else changed this in the meantime." in answer.text
    assert kept_in(answer) == fields
    assert edo.post(path, data=kept_in(answer)).status_code == 302
    assert count_of(app, NotTheSame) == 1


@both
def test_an_import_that_can_not_write_says_so_and_writes_nothing(
    app: Flask, edo: Member, impatient: None, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, "utf-8")
    command = ["cases", "import", str(path), "--by", edo.email]
    believing_the_shell(app)
    with somebody_writes(app):
        refused = app.test_cli_runner().invoke(args=command)
    assert refused.exit_code == 1
    assert "Nothing of this was written: run it again." in refused.output
    assert "Traceback" not in refused.output
    assert count_of(app, Case) == 0
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
    assert count_of(app, Case) == 1
