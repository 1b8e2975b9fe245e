"""Two machines: a desk on one PostgreSQL cluster, and the public edge on another that follows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app
from campaign.database import db
from campaign.settings import read
from tests import cluster, tables
from tests.web import processes

LOGICAL = ("wal_level=logical", "max_wal_senders=4", "max_replication_slots=4")
ROLE, SLOT = "follower", "byname_replica"


@dataclass(frozen=True)
class Machines:
    """A primary whose desk is here, and a replica: an application each, and how the one reaches the other."""

    desk: Flask
    replica: Flask
    source: str
    desk_environment: dict[str, str]
    desk_port: int
    environment: dict[str, str]
    port: int

    def typed(self, app: Flask, *words: str) -> Result:
        """Return what `flask replica setup` says on one of the two."""
        return app.test_cli_runner().invoke(args=["replica", "setup", *words])

    def tables(self) -> set[str]:
        """Return the tables of the replica."""
        with self.replica.app_context():
            return set(inspect(db.engine).get_table_names())

    def tell(self, app: Flask, *statements: str) -> None:
        """Run statements on one of the two, each by itself."""
        with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """A desk with an empty database, and a replica that knows nothing yet."""
    cluster.needed()
    with cluster.running(*LOGICAL) as primary, cluster.running(*LOGICAL) as second:
        address = cluster.new_address(primary)
        name = address.removeprefix("postgresql://byname@/").partition("?")[0]
        desk_port, port = processes.free_port(), processes.free_port()
        desk_environment = processes.home_environment(tmp_path / "desk", desk_port, DATABASE_URL=address)
        desk = create_app(read(desk_environment))
        tables.create(desk)
        environment = processes.home_environment(
            tmp_path / "replica", port, DATABASE_URL=cluster.empty_database(second), EDGES="public,partners",
            VISITOR_RATE="9000 per minute", PRIMARY=f"http://{processes.HOST}:{desk_port}",
        )  # fmt: skip
        replica = create_app(read(environment))
        source = f"host={primary} dbname={name} user={ROLE}"
        made = Machines(desk, replica, source, desk_environment, desk_port, environment, port)
        made.tell(
            desk,
            "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
            f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        )
        try:
            yield made
        finally:
            tables.close(desk)
            tables.close(replica)
