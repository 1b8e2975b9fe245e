"""`flask database grant-public`: a role of PostgreSQL that serves the public site and reads nothing of the desk."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import ProgrammingError

from app import create_app
from campaign.database import db, public_tables
from campaign.ledger import writer
from campaign.settings import read
from tests import tables
from tests.ledger.samples import a_profile

pytestmark = pytest.mark.parametrize("app", ["postgres"], indirect=True)
PUBLIC = {
    "alembic_version", "index_mark", "ledger_body", "ledger_entry", "ledger_identity", "ledger_pulse", "listing",
    "listing_card", "listing_facet", "listing_key", "listing_name", "listing_word", "public_until", "shown_image",
}  # fmt: skip


@pytest.fixture
def role(app: Flask) -> Iterator[str]:
    """A role of its own, which must be quoted to be named."""
    name = f"reader-{secrets.token_hex(4)}"
    _do(app, "CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32))", f'CREATE ROLE "{name}" LOGIN')
    yield name
    _do(app, f'DROP OWNED BY "{name}"', f'DROP ROLE "{name}"')


def _do(app: Flask, *statements: str) -> None:
    with app.app_context():
        for statement in statements:
            db.session.execute(text(statement))
        db.session.commit()


@pytest.fixture
def reader(app: Flask, role: str, home: Path) -> Iterator[Flask]:
    """The public site, served by that role from a home of its own."""
    with app.app_context():
        address = db.engine.url.set(drivername="postgresql", username=role).render_as_string(hide_password=False)
    application = create_app(
        read({
            "CAMPAIGN_HOME": str(home.parent / "reader"), "CAMPAIGN_EDGES": "public,partners",
            "CAMPAIGN_DATABASE_URL": address, "CAMPAIGN_ADDRESS": "https://localhost",
        })
    )  # fmt: skip
    yield application
    tables.close(application)


def typed(app: Flask, *words: str) -> tuple[int, str]:
    ran = app.test_cli_runner().invoke(args=["database", "grant-public", *words])
    return ran.exit_code, ran.output


def test_the_public_tables_are_those_of_the_ledger_and_its_index(app: Flask) -> None:
    assert set(public_tables()) == PUBLIC


def test_a_role_that_was_granted_serves_pages_and_json_and_reads_nothing_else(
    app: Flask, role: str, reader: Flask
) -> None:
    person = a_profile()
    with app.app_context():
        writer.append("publish", person.ref, person)
        db.session.commit()
    _do(app, f'GRANT SELECT ON case_file TO "{role}"')
    assert typed(app, role, "--apply") == (0, f"{role} reads {len(PUBLIC)} tables and no other.\n")
    visitor = reader.test_client()
    for path in ("/", "/profiles", f"/profiles?q={person.names[0].text}", "/api/v1/changes", "/api/v1/export.csv"):
        assert visitor.get(path, base_url="https://localhost").status_code == 200, path
    page = visitor.get(f"/profiles/{person.slug}", base_url="https://localhost")
    assert person.display_name in page.text
    with app.app_context():
        every = set(inspect(db.engine).get_table_names())
    with reader.app_context():
        assert {table for table in every if can_read(table)} == PUBLIC
        for statement in (
            "DELETE FROM listing",
            "INSERT INTO index_mark VALUES ('a', 'b')",
            "CREATE TABLE own (a int)",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(text(statement))
            db.session.rollback()


def can_read(table: str) -> bool:
    """Whether this process may read a table of its database."""
    try:
        db.session.execute(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - our own tables
    except ProgrammingError:
        return False
    finally:
        db.session.rollback()
    return True


def test_what_is_printed_does_the_same_and_changes_nothing_itself(app: Flask, role: str, reader: Flask) -> None:
    code, said = typed(app, role)
    assert code == 0
    assert "GRANT SELECT ON alembic_version, index_mark, ledger_body, ledger_entry" in said
    with reader.app_context():
        assert not can_read("listing")
    _do(app, said)
    with reader.app_context():
        assert can_read("listing")
        assert not can_read("account")


def test_a_role_that_is_not_there_or_reads_everything_is_refused_in_a_sentence(app: Flask) -> None:
    code, said = typed(app, "nobody-of-this-name", "--apply")
    assert (code, "CREATE ROLE" in said) == (1, True)
    code, said = typed(app, "byname", "--apply")
    assert (code, "Name a role of its own" in said) == (1, True)
