"""The public edge in English and two made-up languages, with people of whom everything is told that a page can tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.settings import read
from tests import tables
from tests.languages import pseudo
from tests.languages.people import everybody
from tests.public.people import publish, withdraw


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the catalogues of the made-up languages."""
    return pseudo.catalogues(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture(scope="module")
def spoken(catalogues: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site in English, eo and dv with many people on it, FXD-40790 withdrawn."""
    environment = {
        "CAMPAIGN_HOME": str(tmp_path_factory.mktemp("spoken")),
        "CAMPAIGN_ADDRESS": "https://localhost",
        "CAMPAIGN_EDGES": "public,partners",
        "CAMPAIGN_LANGUAGES": "en,eo,dv",
        "CAMPAIGN_CATALOGUES": str(catalogues),
    }
    app = create_app(read(environment))
    tables.create(app)
    publish(app, *everybody())
    withdraw(app, "FXD-40790")
    yield app
    tables.close(app)
