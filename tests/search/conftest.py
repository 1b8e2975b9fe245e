"""The people of side.py on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests import cluster
from tests.search.side import furnished


@pytest.fixture(params=["sqlite", "postgres"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A session on the people, on SQLite and on PostgreSQL."""
    address = f"sqlite:///{tmp_path / 'side.sqlite'}"
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        address = cluster.empty_database(folder)
        address = address.replace("postgresql://", "postgresql+psycopg://")
    with furnished(address) as session:
        yield session
