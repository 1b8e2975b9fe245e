"""A home with public profiles that a real server serves: its settings, and the cookies of who works there."""

from pathlib import Path

from flask import Flask

from app import create_app
from campaign.accounts import factors
from campaign.accounts.models import Account
from campaign.database import db
from campaign.settings import read
from tests import tables
from tests.cast import signed_cookie
from tests.publishing.desk import staffed
from tests.web import processes


class ServedHome:
    """A home with public profiles, and the cookies of who edits and who publishes."""

    def __init__(self, home: Path, public_count: int) -> None:
        self.port = processes.free_port()
        self.environment = processes.home_environment(home, self.port)
        self.app = create_app(read(self.environment))
        tables.create(self.app)
        self.public, self.cookies = fill(self.app, public_count)


def fill(app: Flask, public_count: int) -> tuple[list[str], dict[str, str]]:
    """Publish some people; return their references, and a cookie for the editor and the publisher."""
    cookies = {}
    with app.app_context():
        desk = staffed()
        public = [desk.public().ref for _ in range(public_count)]
        for person in (desk.edo, desk.pia):
            person.totp_sealed = b"sealed"
        numbers = {"edo": desk.edo.id, "pia": desk.pia.id}
        db.session.commit()
    for name, number in numbers.items():
        with app.test_request_context(method="POST"):
            factors.complete(db.session.get_one(Account, number))
            db.session.commit()
            cookies[name] = signed_cookie(app)
    return public, cookies
