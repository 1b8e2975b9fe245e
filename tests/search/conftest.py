"""The people of side.py on either database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import cluster
from tests.search.side import furnished


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def people(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database that holds the people, on SQLite and on PostgreSQL."""
    address = f"sqlite:///{tmp_path_factory.mktemp('side') / 'side.sqlite'}"
    if request.param == "postgres":
        address = cluster.empty_database(request.getfixturevalue("cluster_folder"))
        address = address.replace("postgresql://", "postgresql+psycopg://")
    with furnished(address) as engine:
        yield engine


@pytest.fixture
def side(people: Engine) -> Iterator[Session]:
    """A session on the people; what a test writes in it is rolled back."""
    with Session(people) as session:
        yield session
