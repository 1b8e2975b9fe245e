"""A home of every release, brought up: every page of both sides answers, and people are found on both."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger.models import Entry, Listing
from tests.cast import Browser
from tests.homes.conftest import Kept, signed_in

LINK = re.compile(r'(?:href|src)="(/[^"]*)"')
NUMBERS = re.compile(r"FXD-\d+[a-z-]*|\d+")
EVERY = re.compile(r"/staff/cases/FXD-\d+|/profiles/FXD-\d+[a-z-]*|/media/.*")
MOST_OF_A_KIND = 4
ROLES = ("editor", "safety_officer", "administrator")


def walked(browser: FlaskClient, start: str, *, within: str = "/") -> dict[str, int]:
    """Return the status of every kind of address that can be reached through links from `start`, it included.

    Every profile and every case is visited, and of any other kind (history, form, preview ...) the first four.
    """
    seen: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        kind = NUMBERS.sub("N", address.partition("?")[0])
        if address in seen or not address.startswith(within) or address.startswith(("/static/", "/fonts/")):
            continue
        kinds[kind] += 1
        if kinds[kind] > MOST_OF_A_KIND and not EVERY.fullmatch(address):
            continue
        answer = browser.get(address, follow_redirects=True)
        seen[address] = answer.status_code
        if answer.mimetype == "text/html":
            waiting += links_on(answer.text)
        answer.close()
    return seen


def links_on(page: str) -> Iterable[str]:
    """Return the addresses of this site that a page names."""
    for found in LINK.finditer(page):
        parts = urlsplit(html.unescape(found[1]))
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def test_every_public_page_answers(kept: Kept) -> None:
    seen = walked(Browser(kept.app, kept.app.response_class), "/")
    assert {address: status for address, status in seen.items() if status != 200} == {}
    assert sum(address.startswith("/profiles/") for address in seen) >= 8
    assert sum(address.startswith("/media/") for address in seen) == 4


def test_who_is_public_is_served_as_json_and_who_is_withdrawn_is_gone(kept: Kept) -> None:
    visitor = Browser(kept.app, kept.app.response_class)
    with kept.app.app_context():
        listed = set(db.session.scalars(select(Listing.ref)))
        every = set(db.session.scalars(select(Entry.ref)))
        db.session.remove()
    assert (len(listed), len(every)) == (kept.before["listing"], 11)
    for ref in every:
        status = 200 if ref in listed else 410
        assert visitor.get(f"/profiles/{ref}", follow_redirects=True).status_code == status, ref
        assert visitor.get(f"/api/v1/profiles/{ref}").status_code == status, ref
    for path in ("export.jsonl", "export.json", "export.csv", "changes?since=0", "openapi.json"):
        assert visitor.get(f"/api/v1/{path}").status_code == 200, path


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_answers(kept: Kept, role: str) -> None:
    seen = walked(signed_in(kept.app, role), "/staff/me", within="/staff")
    assert {address: status for address, status in seen.items() if status != 200} == {}
    cases = {address for address in seen if re.fullmatch(r"/staff/cases/FXD-\d+", address)}
    assert len(cases) == {"editor": 16, "safety_officer": 16, "administrator": 0}[role]


def test_everybody_public_is_found_by_visitors_and_every_case_by_the_desk(kept: Kept) -> None:
    visitor, officer = Browser(kept.app, kept.app.response_class), signed_in(kept.app, "safety_officer")
    with kept.app.app_context():
        public = db.session.execute(select(Listing.ref, Listing.display_name)).all()
        cases = db.session.execute(select(Case.ref, Case.display_name)).all()
        db.session.remove()
    assert len(cases) == 16
    for ref, name in public:
        assert ref in visitor.get("/profiles", query_string={"q": name}).text.upper(), name
        assert ref in visitor.get("/api/v1/profiles", query_string={"q": name}).text, name
    for ref, name in cases:
        assert f"/staff/cases/{ref}" in officer.get("/staff/cases", query_string={"q": name}).text, name
