"""`flask init` brings the home of every release up to today's code, on both databases: rows, triggers and chains."""

import re
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Inspector, inspect, select

from campaign import schema, settings
from campaign.database import db
from tests.homes import loading
from tests.homes.conftest import Kept, Load
from tests.rules.test_migrations import head, triggers, wanted_triggers

# Written anew by `flask init`, or by Alembic; their rows are as many as today's code makes.
DERIVED = {"alembic_version", "index_mark", "listing_name", "listing_key", "listing_word", "case_name", "case_key",
           "case_word", "mention_token", "outside_id_key", "listing_card", "listing_facet"}  # fmt: skip

RENAMED = {"import_conflict": "import_look"}


def chains(app: Flask) -> list[str]:
    """Return what the two commands say that check a chain; they must find nothing wrong."""
    ran = [app.test_cli_runner().invoke(args=[chain, "verify"]) for chain in ("ledger", "audit")]
    assert [one.exit_code for one in ran] == [0, 0], [one.output for one in ran]
    return [one.stdout for one in ran]


def lasting(app: Flask) -> dict[str, int]:
    """Return how many rows each table has that is not derived."""
    return {table: count for table, count in loading.counts(app).items() if table not in DERIVED}


def test_no_row_is_lost_and_both_chains_hold(kept: Kept) -> None:
    assert kept.before["ledger_entry"] > 10
    assert kept.before["audit_row"] > 50
    assert {table: kept.after[RENAMED.get(table, table)] for table in kept.before.keys() - DERIVED} == {
        table: count for table, count in kept.before.items() if table not in DERIVED
    }
    assert f"{kept.before['ledger_entry']} entries verified" in chains(kept.app)[0]


def test_every_index_is_made_and_what_was_done_is_said(kept: Kept) -> None:
    assert [table for table in DERIVED if not kept.after[table]] == []
    brought = rf"^Schema (\d+ brought to {head()} by \d+ migrations?\.|{head()}: up to date\.)$"
    assert re.search(brought, kept.said, re.MULTILINE), kept.said
    for what, count in (
        ("public profiles", kept.after["listing"]),
        ("cases", kept.after["case_file"]),
    ):  # homes from 0016 on say what their indexes were made by
        said = f"Lists and search of {what}"
        assert f"{said} made anew: {count}." in kept.said or f"{said}: up to date." in kept.said, kept.said


def test_the_second_run_finds_nothing_to_do(kept: Kept) -> None:
    before = loading.counts(kept.app)
    ran = kept.app.test_cli_runner().invoke(args=["init"])
    assert ran.output.count("up to date") == 3, ran.output
    assert "anew" not in ran.output
    assert loading.counts(kept.app) == before


def test_its_schema_is_that_of_a_new_home(kept: Kept, database: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    new = loading.create_app(
        settings.read(
            {"CAMPAIGN_HOME": str(tmp_path_factory.mktemp("new") / "home"), "CAMPAIGN_DATABASE_URL": database()}
        )
    )
    assert new.test_cli_runner().invoke(args=["init"]).exit_code == 0
    assert shape(kept.app) == shape(new)
    with new.app_context():
        db.engine.dispose()
    with kept.app.app_context():
        assert triggers() == wanted_triggers()
        with db.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def shape(app: Flask) -> dict[str, dict[str, object]]:
    """Return columns, keys, references and indexes of every table, with their names."""
    with app.app_context(), db.engine.connect() as connection:
        found = inspect(connection)
        return {table: shape_of(table, found) for table in found.get_table_names()}


def shape_of(table: str, found: Inspector) -> dict[str, object]:
    """Return what a table is made of, in an order that does not depend on how it was made."""
    columns = sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table))
    return {
        "columns": columns,
        "key": (found.get_pk_constraint(table)["name"], found.get_pk_constraint(table)["constrained_columns"]),
        "references": sorted(str(sorted(one.items(), key=str)) for one in found.get_foreign_keys(table)),
        "unique": sorted((str(one["name"]), one["column_names"]) for one in found.get_unique_constraints(table)),
        "indexes": sorted((str(one["name"]), one["column_names"], one["unique"]) for one in found.get_indexes(table)),
    }


def test_down_and_up_again_loses_nothing(load: Load) -> None:
    app = load()
    before, told = lasting(app), chains(app)
    with app.app_context():
        of = schema.of_home()
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision=of)
        assert (lasting(app), chains(app)) == (before, told)
        flask_migrate.upgrade()
        after = lasting(app)
        flask_migrate.downgrade(revision="-1")
        flask_migrate.upgrade()
        assert (lasting(app), chains(app)) == (after, told)
        assert triggers() == wanted_triggers()
        assert {table: after[RENAMED.get(table, table)] for table in before} == before
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    assert chains(app) == told


def test_who_was_told_apart_stays_so_and_others_can_be(kept: Kept) -> None:
    from campaign.accounts.models import Account
    from campaign.cases.models import Case
    from campaign.duplicates.models import NotTheSame
    from campaign.duplicates.search import tell_apart, told_apart_from

    with kept.app.app_context():
        decided = db.session.scalars(select(NotTheSame).order_by(NotTheSame.id)).all()
        assert [(one.id, one.first_id, one.second_id, one.reason) for one in decided] == [
            (1, 1, 2, "Born in different towns."),
            (2, 2, 5, ""),
        ]
        cases = db.session.scalars(select(Case).order_by(Case.id)).all()
        tell_apart(cases[3], cases[4], by=db.session.scalars(select(Account)).first(), reason="Other fathers")
        assert told_apart_from(cases[4].id) == {cases[1].id, cases[3].id}
        db.session.rollback()
        db.session.remove()
