"""Who imports."""

import pytest
from flask import Flask

from campaign.accounts.models import Account, Grant
from campaign.clock import now
from campaign.database import db


@pytest.fixture
def editor(app: Flask) -> int:
    """An editor who was only invited; the account's number."""
    with app.app_context():
        account = Account(email="edo@example.org", created_at=now(), grants=[Grant(role="editor", given_at=now())])
        db.session.add(account)
        db.session.commit()
        return account.id
