"""A database of another schema: `flask serve` does not start on it, and a process that runs already serves no page."""

import threading
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event, text

from app import create_app
from campaign import schema
from campaign.database import db
from campaign.publishing import sweep
from campaign.settings import read
from tests import cluster

NEWER = "This code is older than the home"


@pytest.fixture(params=["sqlite", "postgres"])
def home_app(request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """A home that `flask init` made."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.empty_database(folder)
    app = create_app(read(environment))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def migrated_elsewhere(app: Flask, revision: str) -> None:
    """Let another process have brought the database to a revision that this code does not know."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def seconds_pass(app: Flask) -> None:
    """Let so much time have passed that a process looks at the schema again."""
    app.extensions["schema"].look_again()


def test_an_older_home_is_not_served_and_the_command_is_named(home_app: Flask) -> None:
    with home_app.app_context():
        flask_migrate.downgrade(revision="0014")
    ran = home_app.test_cli_runner().invoke(args=["serve"])
    assert ran.exit_code == 2
    assert "schema 0014" in ran.output
    assert "Type: flask init" in ran.output


def test_a_newer_home_is_neither_served_nor_touched(home_app: Flask) -> None:
    migrated_elsewhere(home_app, "9999")
    for command in ("serve", "init"):
        ran = home_app.test_cli_runner().invoke(args=[command])
        assert ran.exit_code == 2, command
        assert NEWER in ran.output
        assert "schema 9999" in ran.output
    with home_app.app_context():
        assert schema.of_home() == "9999"


def test_a_folder_without_a_home_is_not_served(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home)}))
    ran = app.test_cli_runner().invoke(args=["serve"])
    assert ran.exit_code == 2
    assert "Type: flask init" in ran.output
    with app.app_context():
        db.engine.dispose()


def test_a_running_process_answers_503_once_the_schema_is_another(home_app: Flask) -> None:
    visitor = home_app.test_client()
    assert visitor.get("/").status_code == 200
    assert "schema" not in visitor.get("/readyz").text
    migrated_elsewhere(home_app, "9999")
    seconds_pass(home_app)
    for path in ("/", "/profiles", "/api/v1/export.jsonl", "/staff/sign-in"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10"), path
    assert visitor.post("/staff/sign-in", data={}).status_code == 503
    assert [visitor.get(path).status_code for path in ("/healthz", "/static/site.css")] == [200, 200]
    ready = visitor.get("/readyz")
    assert ready.status_code == 503
    assert "schema 9999" in ready.text


def test_it_serves_again_once_the_home_fits(home_app: Flask) -> None:
    visitor = home_app.test_client()
    migrated_elsewhere(home_app, "9999")
    assert visitor.get("/").status_code == 503
    with home_app.app_context():
        migrated_elsewhere(home_app, schema.of_code()[0])
    seconds_pass(home_app)
    assert visitor.get("/").status_code == 200
    assert "schema" not in visitor.get("/readyz").text


def test_a_busy_process_reads_the_schema_once_in_a_while(home_app: Flask) -> None:
    visitor, looks = home_app.test_client(), []
    seconds_pass(home_app)
    with home_app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "SELECT alembic_version" in statement:
            looks.append(statement)

    assert {visitor.get("/profiles").status_code for _ in range(20)} == {200}
    assert len(looks) == 1


def test_a_running_sweep_leaves_another_schema_alone(home_app: Flask) -> None:
    once = threading.Event()
    once.set()
    migrated_elsewhere(home_app, "9999")
    sweep.run(home_app, 1, once, lambda: None)
    with home_app.app_context():
        assert sweep.last_swept_at() is None
        newest = schema.of_code()[0]
    migrated_elsewhere(home_app, newest)
    sweep.run(home_app, 1, once, lambda: None)
    with home_app.app_context():
        assert sweep.is_fresh()


def test_readiness_names_a_database_without_tables(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home)}))
    ready = app.test_client().get("/readyz")
    assert (ready.status_code, schema.NO_HOME in ready.text) == (503, True)
    with app.app_context():
        db.engine.dispose()
