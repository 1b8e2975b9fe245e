"""`flask database copy`: the home of a release, on SQLite, is on PostgreSQL row for row, and goes on there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text, update

from app import create_app
from campaign.backups import moving
from campaign.cases.models import Case
from campaign.database import db
from campaign.settings import read
from tests import cluster, tables
from tests.homes import loading


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A home with people, pictures and all that was done with them."""
    app = loading.load("0023", tmp_path_factory.mktemp("moved") / "home")
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    with app.app_context():
        first, last = db.session.scalars(select(Case).order_by(Case.id)).all()[:: db.session.query(Case).count() - 1]
        db.session.execute(update(Case).where(Case.id == first.id).values(merged_into_id=last.id))
        db.session.commit()
    yield app
    tables.close(app)


def typed(app: Flask, address: str) -> tuple[int, str]:
    ran = app.test_cli_runner().invoke(args=["database", "copy", address])
    return ran.exit_code, ran.output


def on_server(app: Flask, address: str) -> Flask:
    """Return an application on the same home and keys, whose database is that of an address."""
    here = app.extensions["settings"]
    return create_app(
        read({
            "CAMPAIGN_HOME": str(here.home), "CAMPAIGN_KEYS": str(here.keys), "CAMPAIGN_DATABASE_URL": address,
            "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_SWEEP_SECONDS": "0",
        })
    )  # fmt: skip


def stored(app: Flask) -> dict[str, set[str]]:
    """Return every row of every table, as it is stored."""
    with app.app_context():
        found = {one.name: {repr(tuple(row)) for row in db.session.execute(select(one))} for one in moving.tables()}
        db.session.rollback()
    return found


def test_every_row_is_there_and_both_chains_hold(filled: Flask, cluster_folder: Path) -> None:
    address = cluster.empty_database(cluster_folder)
    code, said = typed(filled, address)
    assert code == 0, said
    new = on_server(filled, address)
    assert stored(new) == stored(filled)
    assert {name for name, rows in stored(new).items() if rows} >= {"case_file", "revision", "audit_row", "account"}
    for words in (["ledger", "verify"], ["audit", "verify"], ["init"]):
        ran = new.test_cli_runner().invoke(args=words)
        assert ran.exit_code == 0, ran.output
    page = new.test_client().get("/profiles", base_url="https://localhost")
    assert page.status_code == 200
    tables.close(new)


def test_numbers_go_on_above_those_that_were_given(filled: Flask, cluster_folder: Path) -> None:
    address = cluster.empty_database(cluster_folder)
    assert typed(filled, address)[0] == 0
    new = on_server(filled, address)
    with new.app_context():
        highest = db.session.scalar(select(func.max(Case.id)))
        following = db.session.scalar(text("SELECT nextval(pg_get_serial_sequence('case_file', 'id'))"))
        assert following == (highest or 0) + 1
    tables.close(new)


def test_a_database_that_holds_something_is_left_as_it_is(filled: Flask, cluster_folder: Path) -> None:
    address = cluster.empty_database(cluster_folder)
    new = on_server(filled, address)
    with new.app_context():
        db.session.execute(text("CREATE TABLE own (a integer)"))
        db.session.commit()
    code, said = typed(filled, address)
    assert (code, "is not empty" in said) == (1, True)
    with new.app_context():
        assert inspect(db.engine).get_table_names() == ["own"]
    tables.close(new)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://a@b/c", "is no address of a database"),
        ("names", "is no address of a database"),
        ("sqlite:////tmp/other.sqlite", "Name a database of PostgreSQL"),
        ("postgresql://byname:hidden-word@127.0.0.1:1/none", "PostgreSQL did not take it"),
        ("postgresql://byname@/none?host=/nowhere", "PostgreSQL did not take it"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_a_sentence(filled: Flask, address: str, words: str) -> None:
    code, said = typed(filled, address)
    assert (code, words in said) == (1, True), said
    assert "hidden-word" not in said
    assert "Traceback" not in said


def test_what_was_tampered_with_is_not_carried_on(filled: Flask, cluster_folder: Path) -> None:
    address = cluster.empty_database(cluster_folder)
    with filled.app_context():
        db.session.execute(text("UPDATE listing SET display_name = 'Somebody Else'"))
        db.session.commit()
    code, said = typed(filled, address)
    assert filled.test_cli_runner().invoke(args=["ledger", "reindex"]).exit_code == 0
    assert (code, "is not carried on" in said) == (1, True), said
    new = on_server(filled, address)
    with new.app_context():
        assert inspect(db.engine).get_table_names() == []
    tables.close(new)
