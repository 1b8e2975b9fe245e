"""A canary in every confidential field: no page of the desk, with an error or without, has one without its log line."""

import re
from collections.abc import Callable, Iterator

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import members
from campaign.cases.classification import Visibility, walk
from campaign.cases.file import CaseFile, Decision
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing import door
from tests.publishing.planting import canary, planted
from tests.rules.test_no_leak import KNOWN, sound
from tests.staff.conftest import Person

ROLES = ("viewer", "contributor", "editor", "translator", "publisher", "safety_officer", "administrator")
WORDS = "canary-decision"
# Deeds on others, and what leaves the desk; the pages of pictures are bytes.
NOT_PAGES = {"staff.picture", "staff.guest_requests", "staff.agree_guest"}


def closed_words(file: CaseFile) -> list[str]:
    """Return every text of a confidential field that could be told from other words."""
    found = [leaf.value for leaf in walk(file) if leaf.visibility is Visibility.CONFIDENTIAL]
    texts = [value for value in found if isinstance(value, str) and (value.startswith("canary") or value in names())]
    return [*texts, *names()]


def names() -> set[str]:
    return set(KNOWN.values())


@pytest.fixture
def secret(app: Flask, edo: Person, signed_in: Callable[..., Person]) -> tuple[str, list[str]]:
    """A case full of canaries, in review, with somebody named on it for each role that needs it."""
    with app.app_context():
        editor = db.session.get_one(Account, edo.id)
        file = sound(planted().file)
        file.decisions = [Decision(kind="settlement", text=WORDS)]
        bare = msgspec.structs.replace(file, consents=[], decisions=[], salt="")
        case = door.create(bare, by=editor, reason="Told.")
        consents = [msgspec.structs.replace(row, confirmed_by=None) for row in file.consents]
        whole = msgspec.structs.replace(bare, consents=consents, decisions=file.decisions, salt=case_salt(case))
        door.save(case, whole, by=editor, base_version=case.version, reason="Told.")
        db.session.commit()
        ref = case.ref
    edo.posts(f"/cases/{ref}/submit", note="Read it")
    words = closed_words(file)
    assert canary("last_address") in words
    return ref, words


def case_salt(case: Case) -> str:
    from campaign.cases.revisions import head

    return head(case).salt


def recorded(app: Flask) -> int:
    with app.app_context():
        query = select(func.count()).select_from(AuditRow).where(AuditRow.action == "case.confidential_read")
        return db.session.scalar(query) or 0


def pages(app: Flask, ref: str, method: str) -> Iterator[tuple[str, str]]:
    """Yield (endpoint, address) of every page of the desk about this case, or about all."""
    known = {"ref": ref, "number": 1, "earlier": 1, "later": 2, "row_id": "c0000001", "hold_id": 1, "other": ref}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("staff.") or rule.endpoint in NOT_PAGES or method not in (rule.methods or ()):
            continue
        values = {name: known.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def leaked(page: str, words: list[str]) -> list[str]:
    return [word for word in words if word in page]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_has_a_canary_without_its_log_line(
    app: Flask, secret: tuple[str, list[str]], signed_in: Callable[..., Person], role: str
) -> None:
    ref, words = secret
    person = signed_in("Reader", role)
    if role in {"contributor", "translator"}:
        with app.app_context():
            case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
            members.name_member(case, person.id, by=db.session.scalars(select(Account)).first())
            db.session.commit()
    faults, asked = [], 0
    for endpoint, address in pages(app, ref, "GET"):
        before = recorded(app)
        answer = person.client.get(address)
        asked += answer.status_code == 200
        found = leaked(answer.get_data(as_text=True), words)
        if found and recorded(app) == before:
            faults.append((endpoint, answer.status_code, found[:3]))
    assert faults == []
    assert asked


SENT: tuple[dict[str, object], ...] = (
    {},
    {"version": "1", "birth": "31 of Nonember", "citations-0-fact": "x", "children_count": "x", "reason": ""},
    {"kind": "harmless", "text": "", "note": "", "reason": "", "words": "", "until": "x", "reach": "relative"},
)


@pytest.mark.parametrize("role", ["contributor", "editor", "publisher", "safety_officer", "viewer"])
def test_no_refused_form_has_a_canary_without_its_log_line(
    app: Flask, secret: tuple[str, list[str]], signed_in: Callable[..., Person], role: str
) -> None:
    ref, words = secret
    person = signed_in("Reader", role)
    if role == "contributor":
        with app.app_context():
            case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
            members.name_member(case, person.id, by=db.session.scalars(select(Account)).first())
            db.session.commit()
    faults, refused = [], 0
    for sent in SENT:
        for endpoint, address in pages(app, ref, "POST"):
            before = recorded(app)
            answer = person.client.posts(address, sent)
            refused += answer.status_code in {409, 422}
            found = leaked(answer.get_data(as_text=True), words)
            if found and recorded(app) == before:
                faults.append((endpoint, answer.status_code, found[:3]))
    assert faults == []
    assert refused or role == "viewer"


def test_the_edit_form_offers_no_witness_to_who_asked_for_none(edo: Person, secret: tuple[str, list[str]]) -> None:
    ref, _ = secret
    page = edo.sees(f"/cases/{ref}/edit")
    assert KNOWN["witness"] not in page
    assert re.search(r"Testimonies", page)
    assert KNOWN["witness"] in edo.sees(f"/cases/{ref}/edit?confidential=1")
