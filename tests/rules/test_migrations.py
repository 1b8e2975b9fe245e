"""Invariant 12: the schema from migrations equals the schema from models, up and down, one head, on both databases."""

import shutil
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app
from campaign.database import db
from campaign.settings import read
from tests import cluster
from tests.ledger.home import TRIGGERS

FOLDER = Path(__file__).parents[2] / "migrations"


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """An application whose database holds nothing at all."""
    environment = {"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_SWEEP_SECONDS": "0"}
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.empty_database(folder)
    return create_app(read(environment))


def triggers() -> set[str]:
    """Return the triggers of the database: on SQLite as they were written, on PostgreSQL by name and table."""
    queries = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname || ' ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        return set(connection.execute(text(queries[db.engine.dialect.name])).scalars())


def wanted_triggers() -> set[str]:
    """Return the triggers that the models ask for, told as `triggers` tells them."""
    dialect = db.engine.dialect.name
    made = {
        (table, statement)
        for table, by_dialect in TRIGGERS.items()
        for statement in by_dialect[dialect]
        if statement.startswith("CREATE TRIGGER")
    }
    if dialect == "sqlite":
        return {statement for _, statement in made}
    return {f"{statement.split()[2]} {table}" for table, statement in made}


def test_the_migrated_schema_is_that_of_the_models_with_its_triggers(bare: Flask) -> None:
    with bare.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        assert triggers() == wanted_triggers()
        db.engine.dispose()


def test_down_leaves_nothing_and_up_works_again(bare: Flask) -> None:
    with bare.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        flask_migrate.upgrade()
        assert triggers() == wanted_triggers()
        db.engine.dispose()


def test_a_migration_that_fails_leaves_the_schema_as_it_was(bare: Flask) -> None:
    with bare.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE used_reference (ref TEXT)"))
        with pytest.raises(Exception, match="used_reference"):
            flask_migrate.upgrade()
        assert set(inspect(db.engine).get_table_names()) <= {"used_reference", "alembic_version"}
        db.engine.dispose()


HALF_WAY = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade() -> None:
    op.create_table("half_way", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO half_way (id) VALUES (1)")
    op.drop_table("account_notice")
    raise ValueError("half way")
"""


def test_a_migration_that_fails_half_way_is_undone_whole(bare: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    (folder / "versions" / "9999_fail.py").write_text(HALF_WAY.format(head=head()))
    with bare.app_context():
        flask_migrate.upgrade()
        before = set(inspect(db.engine).get_table_names())
        with pytest.raises(ValueError, match="half way"):
            flask_migrate.upgrade(directory=str(folder))
        assert set(inspect(db.engine).get_table_names()) == before
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head()
        assert triggers() == wanted_triggers()
        db.engine.dispose()


def head() -> str:
    """Return the newest revision. Raises where there are two."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1
