"""The public edge by itself, with a few people in its ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.settings import read
from tests import tables


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """An application that serves only the public edge, over https, from an empty ledger."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_EDGES": "public"}
    application = create_app(read(environment))
    tables.create(application)
    yield application
    tables.close(application)
