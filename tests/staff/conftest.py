"""Staff at the desk, each signed in with both factors: Edo edits, Noor edits too, Pia publishes, Sana guards safety."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db
from tests.cast import Member, sign_in

Opens = Callable[..., str]


class Person:
    """A browser in which somebody is signed in, with the deeds of the desk as verbs."""

    def __init__(self, client: Member) -> None:
        self.client = client
        self.id = client.account_id

    def sees(self, path: str, status: int = 200) -> str:
        """Return the page at a path under /staff, which must answer with a status."""
        answer = self.client.get(f"/staff{path}")
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def posts(self, path: str, status: int = 302, /, **fields: object) -> TestResponse:
        """Send a form to a path under /staff, which must answer with a status."""
        answer = self.client.posts(f"/staff{path}", fields)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer

    def opens_case(self, name: str) -> str:
        """Open a case, whoever else is of that name; return its reference."""
        answer = self.posts("/cases/new", name=name, anyway=name, reason="Told by a friend")
        found = re.search(r"/cases/([A-Z]+-\d{5})", answer.location)
        assert found
        return found[1]

    def typed(self, ref: str, *, confidential: bool = False) -> dict[str, object]:
        """Return what the edit form of a case would send if nothing were touched."""
        page = self.sees(f"/cases/{ref}/edit" + ("?confidential=1" if confidential else ""))
        return controls(page)


def controls(page: str, kind: str = "edit") -> dict[str, object]:
    """Return the filled controls of the form of a class on a page, as a browser would send them."""
    from tests.staff.reading import FormReader

    reader = FormReader(kind)
    reader.feed(page)
    return reader.fields


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., Person]:
    """Make an account with roles, and a browser signed in to it."""
    return lambda name, *roles: Person(sign_in(app, name, *roles))


@pytest.fixture
def edo(signed_in: Callable[..., Person]) -> Person:
    """An editor, who is also safety officer where a test needs a confirmed consent."""
    return signed_in("Edo", "editor")


@pytest.fixture
def noor(signed_in: Callable[..., Person]) -> Person:
    """Another editor."""
    return signed_in("Noor", "editor")


@pytest.fixture
def pia(signed_in: Callable[..., Person]) -> Person:
    """A publisher."""
    return signed_in("Pia", "publisher")


@pytest.fixture
def sana(signed_in: Callable[..., Person]) -> Person:
    """A safety officer."""
    return signed_in("Sana", "safety_officer")


@pytest.fixture
def vito(signed_in: Callable[..., Person]) -> Person:
    """A viewer."""
    return signed_in("Vito", "viewer")


@pytest.fixture
def case_of(app: Flask) -> Callable[[str], Case]:
    """Return a case's row as it is now, apart from any session."""

    def load(ref: str) -> Case:
        with app.app_context():
            case = db.session.query(Case).filter_by(ref=ref).one()
            db.session.expunge(case)
            return case

    return load


@pytest.fixture
def opens(app: Flask, edo: Person) -> Opens:
    """Open a case by the verb, past every page that asks; return its reference. Somebody else opens it `by=`."""

    def make(*names: str, by: Person = edo, **fields: object) -> str:
        with app.app_context():
            file = CaseFile(names=[Name(text=name) for name in names], **fields)  # type: ignore[arg-type]
            case = revisions.create(file, by=db.session.get_one(Account, by.id), reason="Told.")
            db.session.commit()
            return case.ref

    return make
