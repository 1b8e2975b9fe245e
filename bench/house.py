"""A house of its own for each benchmark: a new home in a temporary folder, empty, gone at the end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from campaign.accounts.models import Account, Grant
from campaign.commands.init import make_home
from campaign.database import db, now
from campaign.settings import read


@contextmanager
def empty_house() -> Iterator[Flask]:
    """Give the application of a new home on SQLite, within its context; nothing limits how often it is asked."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {
            "CAMPAIGN_HOME": str(Path(folder) / "home"),
            "CAMPAIGN_SWEEP_SECONDS": "0",
            "CAMPAIGN_PARTNER_RATE": "1000000 per minute",
            "CAMPAIGN_LOG_LEVEL": "WARNING",
        }
        app = create_app(read(environment))
        with app.app_context():
            make_home()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def database_file(app: Flask) -> Path:
    """Return where the house's database lies."""
    return Path(app.extensions["settings"].home) / "campaign.sqlite"


def an_editor(app: Flask) -> int:
    """Invite an editor; return the account's number."""
    with app.app_context():
        grant = Grant(role="editor", given_at=now())
        account = Account(email="editor@example.org", created_at=now(), grants=[grant])
        db.session.add(account)
        db.session.commit()
        return account.id
