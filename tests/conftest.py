"""What every test may ask for: an application with an empty database of its own, and visitors to it.

`@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)` runs a test on both databases.
Never hold an app context open around client calls: Flask-Login would keep serving the first request's account.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from app import create_app
from campaign import sandbox
from campaign.settings import read
from tests import clock, cluster, compiled, tables

clock.start()
compiled.share()
# How busy the machine is decides nothing: no example is too slow, and no fixture too shared, for Hypothesis.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("steady", steady)
settings.load_profile("steady")
pytest_plugins = ["tests.cast", "tests.chromium", "tests.demonstrations", "tests.quick", "tests.silence"]


@pytest.fixture(scope="session")
def cluster_folder() -> Iterator[Path]:
    """The socket folder of a PostgreSQL that lives as long as the tests."""
    cluster.needed()
    with cluster.running() as folder:
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _opened_apart() -> Iterator[None]:
    """Have the process that opens files from outside, as every server has it."""
    with sandbox.running():
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"


@pytest.fixture
def app(request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """An application that serves every edge over https from an empty database: "sqlite" (default) or "postgres"."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_SWEEP_SECONDS": "0"}
    if getattr(request, "param", "sqlite") == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.new_address(folder)
    application = create_app(read(environment))
    application.testing = False
    tables.create(application)
    yield application
    tables.close(application)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody's browser, over https, signed in nowhere."""
    app.config["PREFERRED_URL_SCHEME"] = "https"
    return app.test_client()


@pytest.fixture
def visitor(client: FlaskClient) -> FlaskClient:
    """Nobody in particular."""
    return client


@pytest.fixture
def db_session(app: Flask) -> Iterator[object]:
    """The database session inside an app context, for tests of verbs. Not for tests that also use a client."""
    from campaign.database import db

    with app.app_context():
        yield db.session
        db.session.rollback()
