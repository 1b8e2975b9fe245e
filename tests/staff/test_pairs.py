"""The pairs that imports found likely the same: every one is come to, page by page, whatever is settled meanwhile."""

import re
from time import process_time

import pytest
from flask import Flask
from sqlalchemy import insert, select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases.models import Case
from campaign.database import db
from campaign.duplicates import pairs
from campaign.duplicates.models import LikelyPair
from campaign.imports.models import ImportLook
from tests.staff.conftest import Opens, Person
from tests.staff.test_likeness import both, restrict

SCORES = (0.9, 0.75, 0.6001, 0.6, 1.0)  # many pairs share one, as they do after an import


@pytest.fixture
def refs(app: Flask, opens: Opens) -> list[str]:
    """Twelve cases, each of which an import found likely the same as every other: 66 pairs."""
    made = [opens(f"Semet Örükzar {number}") for number in range(12)]
    with app.app_context():
        numbers = list(db.session.scalars(select(Case.id).order_by(Case.id)))
        found = [(first, second) for first in numbers for second in numbers if first < second]
        db.session.add_all(
            LikelyPair(first_id=first, second_id=second, score=SCORES[at % len(SCORES)])
            for at, (first, second) in enumerate(found)
        )
        db.session.commit()
    return made


def shown(page: str) -> list[tuple[str, str]]:
    """Return the pairs of references on a page, in order."""
    lines = re.findall(r'<li><p class="who">.*?</p>', page, re.DOTALL)
    return [tuple(re.findall(r'href="/staff/cases/([A-Z]+-\d{5})"', line)) for line in lines]


def further(page: str) -> str:
    """Return where the next page of a page lies, "" on the last."""
    found = re.search(r'href="/staff(/imports/waiting\?after=[^"#]+)#pairs" rel="next"', page)
    return found[1] if found else ""


def pages(person: Person) -> list[str]:
    """Return every page from the first to the last."""
    found = [person.sees("/imports/waiting")]
    while address := further(found[-1]):
        found.append(person.sees(address))
    return found


@both
def test_every_pair_stands_on_exactly_one_page_the_likeliest_first(app: Flask, edo: Person, refs: list[str]) -> None:
    found = [pair for page in pages(edo) for pair in shown(page)]
    assert len(found) == len(set(found)) == 66
    with app.app_context():
        ref_of = dict(db.session.execute(select(Case.id, Case.ref)).all())
        kept = db.session.scalars(select(LikelyPair).order_by(LikelyPair.id)).all()
        wanted = [
            (ref_of[one.second_id], ref_of[one.first_id]) for one in sorted(kept, key=lambda one: (-one.score, -one.id))
        ]
    assert found == wanted


@both
def test_what_is_settled_on_one_page_moves_nothing_on_the_next(edo: Person, refs: list[str]) -> None:
    first = edo.sees("/imports/waiting")
    second = shown(edo.sees(further(first)))
    newer, older = shown(first)[0]
    answer = edo.posts(f"/cases/{newer}/not-the-same", 302, **{"other": older, "from": "imports", "after": ""})
    assert answer.location == "/staff/imports/waiting#pairs"
    assert shown(edo.sees(further(first))) == second
    assert (newer, older) not in shown(edo.sees("/imports/waiting"))


def test_who_settles_a_pair_of_a_later_page_stays_there(edo: Person, refs: list[str]) -> None:
    address = further(edo.sees("/imports/waiting"))
    page = edo.sees(address)
    newer, older = shown(page)[0]
    sent = re.search(r'name="after" value="([^"]+)"', page)
    assert sent
    answer = edo.posts(f"/cases/{newer}/not-the-same", 302, **{"other": older, "from": "imports", "after": sent[1]})
    assert answer.location == f"/staff{address}#pairs"


@both
def test_a_pair_with_a_case_that_is_restricted_stands_on_no_page(
    app: Flask, edo: Person, sana: Person, refs: list[str]
) -> None:
    restrict(app, refs[3], sana)
    found = [pair for page in pages(edo) for pair in shown(page)]
    assert len(found) == 55
    assert all(refs[3] not in pair for pair in found)


def test_cells_stand_on_the_first_page_alone_and_their_reading_is_recorded_there(
    app: Flask, edo: Person, refs: list[str]
) -> None:
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == refs[0])).one()
        words = {"path": "occupation", "column": "Occupation", "ours": "Keeper of bees", "words": "Poet"}
        db.session.add(ImportLook(case_id=case.id, row_number=7, kind="conflict", **words))
        db.session.commit()
    first, second, *_ = pages(edo)
    assert "Keeper of bees" in first
    assert "Keeper of bees" not in second
    with app.app_context():
        read = select(AuditRow.subject).where(AuditRow.action == "case.confidential_read")
        assert list(db.session.scalars(read)) == [refs[0]]


@pytest.mark.parametrize(
    "key", ["0.9", "0.9_", "_3", "nan_1", "1e309_1", "0.9_-1", "0.9_9999999999", "٠.9_1", "a" * 3000]
)
def test_a_page_that_nobody_was_led_to_is_a_bad_request(edo: Person, key: str) -> None:
    edo.sees(f"/imports/waiting?after={key}", 400)


@both
def test_a_page_behind_the_last_pair_says_so(edo: Person, refs: list[str]) -> None:
    assert "There are no more pairs" in edo.sees("/imports/waiting?after=0.0001_999999999")


@both
def test_among_thousands_of_cases_pairs_are_counted_at_once(app: Flask, edo: Person) -> None:
    with app.app_context():
        db.session.execute(insert(Case), [{"ref": f"FXD-{number:05}"} for number in range(1, 4001)])
        numbers = list(db.session.scalars(select(Case.id).order_by(Case.id)))
        found = zip(numbers[::2], numbers[1::2], strict=True)
        db.session.execute(insert(LikelyPair), [{"first_id": a, "second_id": b, "score": 0.6} for a, b in found])
        db.session.commit()
        started = process_time()
        assert pairs.count(db.session.get_one(Account, edo.id)) == 2000
        assert process_time() - started < 1
