"""People with roles and a case on its way, for tests of the door. No client: verbs are called as commands call them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from campaign.database import db, prepare
from campaign.duplicates import models as duplicates_models
from campaign.imports import models as imports_models
from campaign.keys import Keyring
from campaign.settings import read
from tests import cluster, tables
from tests.publishing.desk import Desk, staffed
from tests.publishing.restorable import Home

__all__ = [
    "duplicates_models",
    "imports_models",
]  # loaded, so that erasure is tested on every table that belongs to a case


@pytest.fixture
def app(request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """An application with every table and no edge: the door is asked by verbs. "sqlite" (default) or "postgres"."""
    address = f"sqlite:///{home / 'campaign.sqlite'}"
    if getattr(request, "param", "sqlite") == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        address = cluster.new_address(folder)
    application = Flask("campaign")
    settings = read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_TRUST_SHELL": "1"})
    application.extensions.update(settings=settings, keyring=Keyring(settings.keys))
    application.config["SQLALCHEMY_DATABASE_URI"] = address.replace("postgresql://", "postgresql+psycopg://", 1)
    home.mkdir(parents=True)
    db.init_app(application)
    with application.app_context():
        prepare(db.engine)
    tables.create(application)
    yield application
    tables.close(application)


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """Edo edits, Rana reviews, Pia publishes, Sana guards safety."""
    with app.app_context():
        yield staffed()
        db.session.rollback()


@pytest.fixture
def restorable(app: Flask, tmp_path: Path) -> Iterator[Home]:
    """A home with people at the desk and a register elsewhere."""
    register = tmp_path / "elsewhere" / "register"
    app.extensions["settings"] = replace(app.extensions["settings"], register=register)
    with app.app_context():
        yield Home(app, register)
        db.session.rollback()
