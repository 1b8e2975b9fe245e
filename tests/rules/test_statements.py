"""How many SQL statements each page takes, as a table: more than stands here fails, and so does one for each row.

Measured in a home with everything twice and in one with everything six times (busy.py), each page asked twice by the
same browser: at first, when no cache knows it, and again. What begins a transaction is not counted.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.cases.file import decode
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.database import db
from campaign.publishing import door, embargoes
from campaign.publishing.projection.profile import project
from campaign.publishing.sweep import sweep
from campaign.settings import read
from tests import tables
from tests.cast import sign_in
from tests.publishing.desk import Desk
from tests.publishing.test_corrections import corrects, texts, told_in_two_languages
from tests.rules.busy import ROLES, Busy, account_of
from tests.statements import called, recorded

SMALL, LARGE = 2, 6
# A page, and the most statements that it takes: at first, and again. Every page of the desk takes two for its rail
# (reviews that wait, notices) and one for who asks; whoever reads C fields adds the record of that.
PAGES: dict[str, tuple[int, int]] = {
    "/": (9, 1),
    "/profiles": (7, 1),
    "/profiles?q=Tursunay": (10, 1),
    "/profiles?status=unknown": (2, 1),
    "/profiles/{slug}": (3, 1),
    "/profiles/{slug}/history": (3, 1),
    "/data": (3, 1),
    "/about": (1, 1),
    "/methodology": (1, 1),
    "/privacy": (1, 1),
    "/feed.atom": (2, 1),
    "/sitemap.xml": (2, 1),
    "/robots.txt": (0, 0),
    "/.well-known/security.txt": (0, 0),
    "/cloth/{ref}.svg": (0, 0),
    "/qr/{ref}.svg": (1, 1),
    "/api/v1": (3, 3),
    "/api/v1/": (3, 3),
    "/api/v1/profiles": (3, 3),
    "/api/v1/profiles?q=Tursunay": (11, 11),
    "/api/v1/profiles/{ref}": (1, 1),
    "/api/v1/changes": (2, 2),
    "/api/v1/export.jsonl": (5, 5),
    "/api/v1/export.json": (6, 6),
    "/api/v1/export.csv": (5, 5),
    "/api/v1/schema/profile-1.json": (0, 0),
    "/api/v1/vocabulary": (0, 0),
    "/api/v1/openapi.json": (0, 0),
    "/api/v1/ledger": (2, 2),
    "/healthz": (0, 0),
    "/readyz": (4, 4),
    "/staff/": (19, 19),
    "/staff/cases": (12, 12),
    "/staff/cases?q=Tursunay": (20, 20),
    "/staff/cases?q=Polat": (17, 17),
    "/staff/cases?owner=me": (9, 9),
    "/staff/cases?unpublished=yes": (9, 9),
    "/staff/confirming": (7, 7),
    "/staff/confirming?ref={draft}": (6, 6),
    "/staff/reviews": (1, 1),
    "/staff/cases?state=in_review": (11, 11),
    "/staff/cases/{ref}": (25, 25),
    "/staff/cases/{ref}?confidential=1": (27, 27),
    "/staff/cases/{draft}": (18, 18),
    "/staff/cases/{review}": (22, 22),
    "/staff/cases/{ref}/preview": (15, 15),
    "/staff/cases/{ref}/history": (8, 8),
    "/staff/cases/{ref}/difference": (6, 6),
    "/staff/cases/{ref}/edit": (16, 16),
    "/staff/cases/{ref}/edit?confidential=1": (18, 18),
    "/staff/cases/{ref}/comments": (7, 7),
    "/staff/cases/{ref}/access": (7, 7),
    "/staff/cases/{ref}/guests": (14, 14),
    "/staff/cases/{ref}/kept-back": (6, 6),
    "/staff/cases/{ref}/consents/c0000001/form": (9, 9),
    "/staff/cases/{ref}/decisions": (17, 17),
    "/staff/cases/{ref}/images": (5, 5),
    "/staff/cases/{ref}/withdraw": (5, 5),
    "/staff/cases/{ref}/pause": (6, 6),
    "/staff/cases/{ref}/pause/made": (5, 5),
    "/staff/pause": (3, 3),
    "/staff/cases/{ref}/own-word": (4, 4),
    "/staff/cases/new": (3, 3),
    "/staff/cords": (7, 7),
    "/staff/cords?reach=everything": (8, 8),
    "/staff/cords?reach=facility&subject=F-0001": (10, 10),
    "/staff/imports/waiting": (11, 11),
    "/staff/imports": (12, 12),
    "/staff/imports/{done}": (12, 12),
    "/staff/imports/{done}/undo": (24, 24),
    "/staff/imports/{planned}/sheet": (12, 12),
    "/staff/imports/{planned}/columns": (12, 12),
    "/staff/imports/{planned}/rows": (12, 12),
    "/staff/guests": (5, 5),
    "/staff/recheck": (5, 5),
    "/staff/facilities": (4, 4),
    "/staff/facilities?q=hall": (4, 4),
    "/staff/facilities/suggest?q=hall": (2, 2),
    "/staff/places/suggest?q=kas": (1, 1),
    "/staff/unsaved": (5, 5),
    "/staff/unsaved/{unsaved}": (9, 9),
    "/staff/keys": (3, 3),
    "/staff/duty": (20, 20),
    "/staff/me": (15, 15),
    "/staff/me/passkeys/new": (2, 2),
    "/staff/me/command": (4, 4),
    "/staff/emergency": (1, 1),
    "/staff/emergency/{ref}": (1, 1),
    "/staff/me/vouching": (9, 9),
    "/staff/me/password": (3, 3),
    "/staff/me/second-factor": (3, 3),
    "/staff/prove": (2, 2),
    "/staff/people": (7, 7),
    "/staff/people/{account}": (15, 15),
    "/staff/people/invite": (10, 10),
    "/staff/invitation/{invitation}": (4, 4),
    "/staff/sign-in": (0, 0),
    "/staff/sign-in/code": (0, 0),
    "/staff/sign-in/set-up": (0, 0),
    "/staff/sign-in/sheet": (0, 0),
    "/staff/sign-in/sheet/passkey": (0, 0),
}
# Done now and then, whatever page is asked for: that a session is in use, and looks at the schema and at the edge.
BY_THE_CLOCK = ("UPDATE sign_in_session", "PRAGMA", "SELECT ledger_identity.is_shut")
# What is asked for by a digest, or only on the way in by who is not signed in yet; and addresses of no page.
NOT_PAGES = {
    "accounts.stay",
    "staff.unsaved_of",
    "staff.import_map",
    "staff.import_report",
    "staff.consent_form_file",
    "static",
    "font",
    "public.picture",
    "staff.picture",
}


class Measured(NamedTuple):
    """The two homes' counts of each page: at first and again, in the small home and in the large one."""

    small: dict[str, tuple[int, int]]
    large: dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Ask every page of both homes."""
    small, large = (_counts(tmp_path_factory.mktemp(f"home{count}"), count) for count in (SMALL, LARGE))
    return Measured(small, large)


def _counts(folder: Path, count: int) -> dict[str, tuple[int, int]]:
    settings = {"CAMPAIGN_HOME": str(folder / "home"), "CAMPAIGN_ADDRESS": "https://localhost"}
    app = create_app(read({**settings, "CAMPAIGN_SWEEP_SECONDS": "0"}))
    tables.create(app)
    busy = Busy(app, count)
    found = {pattern: (_asked(busy, pattern), _asked(busy, pattern)) for pattern in PAGES}
    tables.close(app)
    return found


def _asked(busy: Busy, pattern: str) -> int:
    """Return how many statements a page takes; public pages are asked by nobody in particular."""
    with recorded(busy.app) as statements:
        answer = busy.reader(pattern).get(busy.path(pattern))
        answer.get_data()
    assert answer.status_code < 400 or pattern == "/readyz", (pattern, answer.status_code)
    return sum(not statement.startswith(BY_THE_CLOCK) for statement in statements)


@pytest.mark.parametrize("pattern", PAGES)
def test_a_page_takes_no_more_statements_than_the_table_says(measured: Measured, pattern: str) -> None:
    first, again = measured.large[pattern]
    most, most_again = PAGES[pattern]
    assert first <= most, f"{pattern} takes {first} statements"
    assert again <= most_again, f"{pattern} takes {again} statements once it was asked for"


@pytest.mark.parametrize("pattern", PAGES)
def test_no_page_asks_once_for_each_row(measured: Measured, pattern: str) -> None:
    assert measured.large[pattern] == measured.small[pattern]


def test_every_page_stands_in_the_table(tmp_path: Path) -> None:
    settings = {"CAMPAIGN_HOME": str(tmp_path), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_SWEEP_SECONDS": "0"}
    app = create_app(read(settings))
    told = {endpoint_of(app, pattern) for pattern in PAGES} | NOT_PAGES
    assert {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} == told


def endpoint_of(app: Flask, pattern: str) -> str:
    """Return the endpoint that answers a page of the table."""
    numbers = {"account", "number", "done", "planned", "unsaved"}
    path = re.sub(r"{(\w+)}", lambda word: "1" if word[1] in numbers else word[1], pattern)
    endpoint, _ = app.url_map.bind("localhost", url_scheme="https").match(path.partition("?")[0], method="GET")
    return str(endpoint)


def test_the_recorder_sees_one_question_for_each_row(app: Flask) -> None:
    with app.app_context(), recorded(app) as statements:
        for number in range(3):
            db.session.get(Account, number)
        db.session.scalar(select(Case))
    assert len(statements) == 4


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """Four people at a desk without a case, and an application that is entered."""
    people = {name: sign_in(app, name, role) for name, role in ROLES.items()}
    with app.app_context():
        yield Desk(**{name: account_of(one) for name, one in people.items()})
        db.session.rollback()


def test_the_page_of_a_case_reads_its_file_once_and_projects_it_once(app: Flask) -> None:
    alma = sign_in(app, "Alma", *Role)
    people = {name: sign_in(app, name, role) for name, role in ROLES.items()}
    with app.app_context():
        ref = Desk(**{name: account_of(one) for name, one in people.items()}).public().ref
        db.session.commit()
    with called(decode) as opened, called(project) as projected:
        assert alma.get(f"/staff/cases/{ref}").status_code == 200
    assert (len(opened), len(projected)) == (1, 1)


def test_a_publication_reads_the_file_once_and_projects_it_once(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    with called(decode) as opened, called(project) as projected:
        desk.publishes(case)
    assert (len(opened), len(projected)) == (1, 1)


def test_a_correction_that_leaves_a_translation_behind_projects_once(desk: Desk) -> None:
    case = told_in_two_languages(desk)
    with called(project) as projected:
        corrects(desk, case, texts=texts("A teacher, taken from a school.", "ئوقۇتقۇچى"))
    assert len(projected) == 1


def test_a_sweep_that_publishes_projects_once(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    embargoes.wait(case, now() + timedelta(minutes=1), by=desk.pia)
    case.embargo_until = now() - timedelta(minutes=1)
    db.session.commit()
    with called(project) as projected:
        swept = sweep()
    assert swept is not None
    assert (swept.published, len(projected)) == ([case.ref], 1)


def test_a_save_reads_the_newest_file_once(app: Flask, desk: Desk) -> None:
    case = desk.public()
    file = msgspec.structs.replace(head(case), consents=[])
    with called(decode) as opened, recorded(app) as statements:
        door.save(case, file, by=desk.sana, base_version=case.version, reason="Nobody agrees any more.")
    assert len(opened) == 1
    assert sum("revision.snapshot" in statement for statement in statements if statement.startswith("SELECT")) == 1
