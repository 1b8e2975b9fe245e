"""What is logged and printed of an error of the database: never the row."""

import logging
import sys
import threading

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, StatementError

from campaign import log
from campaign.accounts.models import Account
from campaign.database import db
from campaign.database_errors import except_hook, in_words, thread_hook

NAME = "Patigül Ghulam"
BOTH = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def failed(statement: str) -> DBAPIError:
    """Return what the database says of a statement that holds a name."""
    with pytest.raises(DBAPIError) as refusal, db.engine.begin() as connection:
        connection.execute(text(statement), {"name": NAME})
    return refusal.value


FAILING = (
    "INSERT INTO account (email, name) VALUES (NULL, :name)",
    "SELECT CAST(:name AS integer) FROM nowhere",
    "INSERT INTO index_mark (name, made_by) VALUES (:name, 'a'), (:name, 'b')",
)


@BOTH
@pytest.mark.parametrize("statement", FAILING)
def test_a_row_that_failed_is_in_no_line_of_the_log(
    app: Flask, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    log.configure("INFO")
    with app.app_context():
        error = failed(statement)
    try:
        raise RuntimeError("the sweep fell") from error
    except RuntimeError:
        logging.getLogger("test").exception("fell")
    line = capsys.readouterr().err
    assert "the sweep fell" in line
    assert type(error.orig).__name__ in line
    for word in NAME.split():
        assert word not in line


@BOTH
def test_a_constraint_is_named_with_its_table(app: Flask) -> None:
    with app.app_context():
        said = in_words(failed(FAILING[0]))
        is_server = db.engine.dialect.name == "postgresql"
    expected = "NotNullViolation 23502, table account" if is_server else "NOT NULL constraint failed: account."
    assert expected in said


def test_a_value_that_a_column_refused_is_not_quoted(app: Flask) -> None:
    with app.app_context(), pytest.raises(StatementError) as refusal:
        db.session.execute(insert(Account).values(email="a@b.cc", name="", created_at=NAME))
    assert in_words(refusal.value) == "AttributeError"


def test_the_traceback_of_a_command_quotes_no_row(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context():
        error = failed(FAILING[0])
    except_hook(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert "in failed\n" in said
    assert said.endswith("IntegrityError SQLITE_CONSTRAINT_NOTNULL: NOT NULL constraint failed: account.email\n")
    assert NAME not in said
    try:
        raise ValueError("no error of the database")
    except ValueError:
        except_hook(*sys.exc_info())  # type: ignore[arg-type]
    assert capsys.readouterr().err.endswith("ValueError: no error of the database\n")


@BOTH
def test_the_traceback_of_a_thread_quotes_no_row(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", thread_hook)

    def falls() -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text(FAILING[0]), {"name": NAME})

    thread = threading.Thread(target=falls)
    thread.start()
    thread.join()
    said = capsys.readouterr().err
    assert "in falls\n" in said
    assert NAME not in said
