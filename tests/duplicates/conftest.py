"""Who compares cases."""

import pytest
from flask import Flask

from campaign.database import db
from tests.cast import hired


@pytest.fixture
def editor(app: Flask) -> int:
    """The number of an editor's account."""
    with app.app_context():
        number = hired("Edo", "editor").id
        db.session.commit()
        return number
