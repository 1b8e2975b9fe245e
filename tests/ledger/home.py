"""A home with nothing but the ledger and the audit log in it, on either database: what a public replica holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from campaign.audit import log as audit_models
from campaign.database import Base, db, prepare
from campaign.keys import Keyring
from campaign.ledger import models as ledger_models
from campaign.search.writing import IndexMark
from campaign.settings import read
from tests import cluster

TRIGGERS = {**ledger_models.TRIGGERS, **audit_models.TRIGGERS}
TABLES = (
    ledger_models.Entry,
    ledger_models.Body,
    ledger_models.LedgerIdentity,
    ledger_models.LedgerPulse,
    ledger_models.PublicUntil,
    *ledger_models.DERIVED,
    IndexMark,
    audit_models.AuditRow,
)


@pytest.fixture(params=["sqlite", "postgres"])
def home_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A bare application whose database has the ledger's tables and triggers and no other."""
    if request.param == "sqlite":
        yield from furnished(f"sqlite:///{tmp_path / 'ledger.sqlite'}", tmp_path)
        return
    yield from furnished(fresh_postgres(request.getfixturevalue("cluster_folder")), tmp_path)


@pytest.fixture
def sqlite_app(tmp_path: Path) -> Iterator[Flask]:
    """The same on SQLite alone: for what does not differ."""
    yield from furnished(f"sqlite:///{tmp_path / 'ledger.sqlite'}", tmp_path)


@pytest.fixture
def postgres_app(cluster_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """The same on PostgreSQL alone."""
    yield from furnished(fresh_postgres(cluster_folder), tmp_path)


def fresh_postgres(folder: Path) -> str:
    """Make an empty PostgreSQL database and return its address."""
    address = cluster.empty_database(folder)
    return address.replace("postgresql://", "postgresql+psycopg://")


def furnished(address: str, folder: Path) -> Iterator[Flask]:
    """Make the tables and triggers at an address, keys in a folder, and let go of its connections at the end."""
    app = Flask("campaign")
    settings = read({"CAMPAIGN_HOME": str(folder / "home")})
    app.extensions.update(settings=settings, keyring=Keyring(settings.keys))
    app.config.update(SQLALCHEMY_DATABASE_URI=address, TESTING=True)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        Base.metadata.create_all(db.engine, tables=[model.__table__ for model in TABLES])
        with db.engine.begin() as connection:
            for statements in TRIGGERS.values():
                for statement in statements[connection.dialect.name]:
                    connection.exec_driver_sql(statement)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
