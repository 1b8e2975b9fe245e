"""The people who work with cases, and a database that knows them. `both_databases` is a mark for a whole file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db, prepare
from campaign.keys import Keyring
from campaign.settings import read
from tests import cluster, tables
from tests.cast import hired

PEOPLE = {
    "edo": "editor",
    "eva": "editor",
    "cora": "contributor",
    "vic": "viewer",
    "tao": "translator",
    "pia": "publisher",
    "sana": "safety_officer",
    "ada": "administrator",
}
both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def app(request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """An application without any edge: the tables, the settings and the keys; "sqlite" (default) or "postgres"."""
    home.mkdir()
    settings = read({"CAMPAIGN_HOME": str(home)})
    address = settings.database_url
    if getattr(request, "param", "sqlite") == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        address = cluster.new_address(folder)
    application = Flask("campaign")
    application.config["SQLALCHEMY_DATABASE_URI"] = address
    application.extensions.update(settings=settings, keyring=Keyring(settings.keys))
    db.init_app(application)
    with application.app_context():
        prepare(db.engine)
    tables.create(application)
    yield application
    tables.close(application)


@pytest.fixture
def home_app(app: Flask) -> Iterator[Flask]:
    """The application with its context open and everybody hired."""
    with app.app_context():
        for name, role in PEOPLE.items():
            hired(name.title(), role)
        db.session.commit()
        yield app
        db.session.rollback()


def known(name: str) -> Account:
    """Return one of the people by name."""
    return db.session.query(Account).filter_by(email=f"{name}@example.org").one()


@pytest.fixture
def edo(home_app: Flask) -> Account:
    """Edo edits."""
    return known("edo")


@pytest.fixture
def eva(home_app: Flask) -> Account:
    """Eva edits too."""
    return known("eva")


@pytest.fixture
def cora(home_app: Flask) -> Account:
    """Cora contributes."""
    return known("cora")


@pytest.fixture
def pia(home_app: Flask) -> Account:
    """Pia publishes."""
    return known("pia")


@pytest.fixture
def sana(home_app: Flask) -> Account:
    """Sana guards safety."""
    return known("sana")


def opened(by: Account, *, name: str = "Nurgul Osman", **fields: object) -> Case:
    """Open and commit a case with one name and whatever else a test says."""
    file = CaseFile(names=[Name(text=name)], **fields)  # type: ignore[arg-type]
    case = revisions.create(file, by=by, reason="Told by a relative")
    db.session.commit()
    return case
