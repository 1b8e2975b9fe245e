"""Invariant 12: the schema from migrations equals the schema from models, up and down, one head, on both databases."""

import shutil
from pathlib import Path

import alembic.command
import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

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
    folder = planted(tmp_path, HALF_WAY)
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


DANGLING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade() -> None:
    op.execute("INSERT INTO ledger_body (number, body) VALUES (7, 'of no entry')")
"""


def test_a_migration_that_leaves_a_row_without_its_parent_is_undone_with_a_sentence(
    bare: Flask, tmp_path: Path
) -> None:
    folder = planted(tmp_path, DANGLING)
    with bare.app_context():
        flask_migrate.upgrade()
        with pytest.raises((CommandError, IntegrityError), match=r"1 in ledger_body to ledger_entry|fk_ledger_body"):
            alembic.command.upgrade(config_of(folder), "head")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM ledger_body")).scalar() == 0
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head()
        db.engine.dispose()


REPLACING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade() -> None:
    how = "always" if op.get_context().dialect.name == "sqlite" else "never"
    for table in ("ledger_entry", "ledger_body", "audit_row"):
        with op.batch_alter_table(table, recreate=how) as to:
            to.add_column(sa.Column("later", sa.String(8), nullable=True))
"""


def test_replacing_a_table_keeps_its_triggers_and_the_rows_that_refer_to_it(bare: Flask, tmp_path: Path) -> None:
    folder = planted(tmp_path, REPLACING)
    with bare.app_context():
        flask_migrate.upgrade()
        with db.engine.begin() as connection:
            for statement in AN_ENTRY_WITH_ITS_BODY:
                connection.execute(text(statement))
        alembic.command.upgrade(config_of(folder), "head")
        assert triggers() == wanted_triggers()
        for statement in ("UPDATE ledger_entry SET later = 'x'", "UPDATE ledger_body SET later = 'x'"):
            with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
                connection.execute(text(statement))
        with db.engine.begin() as connection, pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO ledger_body (number, body) VALUES (7, 'of no entry')"))
        db.engine.dispose()


AN_ENTRY_WITH_ITS_BODY = (
    "INSERT INTO ledger_entry (number, kind, subject, ref, audience, format, at, digest, chain) "
    "VALUES (1, 'publish', 'profile', 'FXD-1', 'public', 'profile/1', '2026-01-01 00:00:00', 'd', 'c')",
    "INSERT INTO ledger_body (number, body) VALUES (1, 'a body')",
)


AN_OLD_HOME = (
    "INSERT INTO account (id, email, name, password_hash, totp_counter, is_active, created_at) VALUES"
    " (1, 'ada@a.org', 'Ada', 'h', 0, true, '2026-01-01'), (2, 'nour@a.org', 'Nour', 'h', 0, true, '2026-01-01'),"
    " (3, 'vic@a.org', 'Vic', '', 0, true, '2026-01-01'), (4, 'edo@a.org', 'Edo', 'h', 0, true, '2026-01-01')",
    "INSERT INTO role_grant (account_id, role, given_at) VALUES (1, 'administrator', '2026-01-01')",
    "INSERT INTO audit_row (number, at, actor_id, actor, action, subject, details, chain) VALUES"
    " (1, '2026-01-01', NULL, 'shell:root', 'account.invited', 'account:1', '{}', 'a'),"
    " (2, '2026-01-01', 1, '', 'account.invited', 'account:2', '{}', 'b'),"
    " (3, '2026-01-01', 1, '', 'account.invited', 'account:4', '{}', 'c'),"
    " (4, '2026-01-01', NULL, 'shell:root', 'account.factors_reset', 'account:4', '{}', 'd')",
)


def test_an_older_home_keeps_who_alone_let_its_people_in_and_administrators_are_told(bare: Flask) -> None:
    with bare.app_context():
        flask_migrate.upgrade(revision="0017")
        with db.engine.begin() as connection:
            for statement in AN_OLD_HOME:
                connection.execute(text(statement))
        flask_migrate.upgrade(revision="0018")
        with db.engine.connect() as connection:
            kept = connection.execute(text("SELECT account_id, sponsor_id, how FROM account_sponsor ORDER BY 1"))
            assert kept.all() == [(1, 0, "before"), (2, 1, "before"), (4, 0, "before")]
            told = connection.execute(text("SELECT account_id, sentence FROM account_notice")).all()
            assert [(number, "let in by one person" in sentence) for number, sentence in told] == [(1, True)]
        flask_migrate.downgrade(revision="0017")
        db.engine.dispose()


def planted(tmp_path: Path, source: str) -> Path:
    """Return a copy of the migrations with one more after the newest."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    (folder / "versions" / "9999_planted.py").write_text(source.format(head=head()))
    return folder


def config_of(folder: Path) -> Config:
    """Return the configuration of Alembic for a folder of migrations."""
    found: Config = current_app.extensions["migrate"].migrate.get_config(str(folder))
    return found


def head() -> str:
    """Return the newest revision. Raises where there are two."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1
