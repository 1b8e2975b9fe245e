"""The partners' edge by itself: no staff page, no case, no account is loaded with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.settings import read
from tests import tables


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """An application that serves only the partners' edge, over https, from an empty database."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_EDGES": "partners"}
    application = create_app(read(environment))
    tables.create(application)
    yield application
    tables.close(application)
