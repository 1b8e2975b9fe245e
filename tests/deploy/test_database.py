"""deploy/database.sql, read by psql on a real cluster, twice: whose the database is, and what its log keeps."""

import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests import cluster
from tests.deploy.conftest import ROOT


@pytest.fixture
def read_twice() -> Iterator[str]:
    """The address of the database that the file makes in a cluster of its own."""
    cluster.needed()
    with cluster.running() as folder:
        command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(folder), "-U", "byname", "-d", "postgres"]
        for _ in range(2):
            subprocess.run([*command, "-f", str(ROOT / "deploy/database.sql")], check=True, timeout=60)
        yield f"postgresql:///byname?host={folder}"


def test_two_roles_and_a_database_whose_log_keeps_no_row(read_twice: str) -> None:
    with psycopg.connect(read_twice, user="byname") as desk:
        desk.execute("CREATE TABLE of_the_desk AS SELECT 1")
        kept = ("log_error_verbosity", "log_min_error_statement", "log_statement")
        assert [desk.execute(f"SHOW {name}").fetchone() for name in kept] == [("terse",), ("panic",), ("none",)]
    with psycopg.connect(read_twice, user="byname-public") as site:
        assert site.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            site.execute("SELECT * FROM of_the_desk")
