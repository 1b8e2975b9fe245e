"""Invariant 2: a canary in everything that is not public; whatever the world asks, none is in an answer."""

from dataclasses import dataclass

import msgspec
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases.classification import Visibility
from campaign.cases.diff import fact_paths
from campaign.cases.file import CaseFile, Citation
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.clock import today
from campaign.database import db
from campaign.publishing import decisions, door
from campaign.publishing.consent.limits import limits
from campaign.staff import comments
from tests.publishing.desk import Desk, staffed
from tests.publishing.planting import canary, planted
from tests.rules.crawling import Crawl, crawl

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
BESIDE_THE_FILE = ("canary-comment", "canary-account", "canary-reason", "canary-draft", "canary-withdrawal")
BIRTH = "1974-04-12"
# Names that the gate looks for in texts can't be canaries: every other canary would be half of one of them.
KNOWN = {"relative": "Zoragul", "witness": "Huvaydulla", "interviewer": "Xelchemnisa", "contact": "Ziwerbek",
         "judge": "Orozbaqi", "giver": "Pashagul"}  # fmt: skip
NAMES = list(KNOWN.values())


@dataclass
class Published:
    """A published person whose case is full of canaries, and somebody who is not published at all."""

    ref: str
    secret_ref: str
    closed: list[str]
    open: list[str]


def sound(file: CaseFile) -> CaseFile:
    """Return the planted file as a file that can be saved and passes the gate: facts cited, sources named."""
    other = {"author": "Somebody Else", "publisher": "Another house", "url": "https://other.example", "connection": ""}
    second = msgspec.structs.replace(file.sources[0], id="50000099", **other)
    file = msgspec.structs.replace(file, our_view=[], citations=[], sources=[*file.sources, second])
    file.relatives[0].name, file.contacts[0].name = KNOWN["relative"], KNOWN["contact"]
    file.testimonies[0].witness, file.testimonies[0].interviewer = KNOWN["witness"], KNOWN["interviewer"]
    file.episodes[0].proceedings[0].judge, file.consents[0].giver = KNOWN["judge"], KNOWN["giver"]
    file.death.independent_sources = [row.id for row in file.sources]
    cited = [path for path in fact_paths(file) if not path.startswith("sources")]
    citations = [
        Citation(id=f"4{number:07x}", source_id=row.id, fact=path)
        for number, (row, path) in enumerate((row, path) for row in file.sources for path in cited)
    ]
    return msgspec.structs.replace(file, citations=citations)


def a_desk() -> Desk:
    desk = staffed()
    for person in (desk.edo, desk.rana, desk.pia, desk.sana):
        person.name = f"canary-account-{person.name}"
    return desk


@pytest.fixture
def published(app: Flask) -> Published:
    with app.app_context():
        desk, field = a_desk(), planted()
        case = desk.opens(sound(field.file))
        comments.add_comment(case, "canary-comment", by=desk.edo)
        desk.approves(case)
        for row in limits(head(case), today()):
            decisions.answer_limit(case, row.id, by=desk.rana, text="canary-comment: the limit is kept")
        desk.publishes(case)
        desk.saves(case, occupation="canary-draft: written after the publication")
        other = desk.opens(occupation="canary-draft")
        db.session.commit()
        closed = [canary(path) for path, seen in field.canaries.items() if seen is not Visibility.PUBLIC]
        opened = [canary(path) for path, seen in field.canaries.items() if seen is Visibility.PUBLIC]
        return Published(case.ref, other.ref, closed, opened)


@both_databases
def test_no_canary_is_in_any_answer(app: Flask, visitor: FlaskClient, published: Published) -> None:
    seen = crawl(app, visitor, [published.ref, published.secret_ref])
    assert leaks(seen, [*published.closed, *BESIDE_THE_FILE, *NAMES, published.secret_ref, BIRTH]) == {}
    assert seen.naming("canary-occupation"), "the crawl found nothing that is public: it would see no leak either"


@both_databases
def test_nothing_of_a_withdrawn_person_is_in_any_answer(app: Flask, visitor: FlaskClient, published: Published) -> None:
    with app.app_context():
        pia = db.session.scalars(select(Account).where(Account.email == "pia@example.org")).one()
        case = db.session.scalars(select(Case).where(Case.ref == published.ref)).one()
        door.withdraw(case, by=pia, reason="canary-withdrawal")
        db.session.commit()
    seen = crawl(app, visitor, [published.ref, published.secret_ref])
    assert leaks(seen, [*published.open, *published.closed, *BESIDE_THE_FILE, *NAMES]) == {}
    assert seen.naming(published.ref), "the crawl did not ask for the person who is gone"


def test_the_crawl_sees_a_planted_offender(app: Flask, visitor: FlaskClient, published: Published) -> None:
    """Break the rule on purpose: a word of the desk in one header and in one far page must be found."""
    planted_at = {"/about": "canary-comment", f"/profiles/{published.ref}/history": "canary-reason"}

    @app.after_request
    def leak(answer: Response) -> Response:
        if word := planted_at.get(request.path):
            answer.headers["X-Leak"] = word
        return answer

    found = leaks(crawl(app, visitor, [published.ref]), list(planted_at.values()))
    assert set(found) == set(planted_at.values())


def leaks(seen: Crawl, words: list[str]) -> dict[str, list[str]]:
    """Return the words that were answered, each with the addresses that answered it."""
    found = {word: seen.naming(word) for word in words}
    return {word: addresses[:3] for word, addresses in found.items() if addresses}
