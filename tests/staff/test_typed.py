"""Who a case may be while it is typed: told from what stands in the form; nothing typed is lost, nothing is kept."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import process_time

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.audit.log import AuditRow
from campaign.cases.file import OutsideId
from campaign.cases.models import Case
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.duplicates.models import NotTheSame
from tests.staff.conftest import Opens, Person, controls
from tests.staff.test_likeness import both, restrict

NAME = "Semet Örükzar"


def compared(person: Person, ref: str, **changed: object) -> str:
    """Return who a case may be, were its form changed so."""
    return person.posts(f"/cases/{ref}/likely", 200, **person.typed(ref) | changed).text


def offered(page: str) -> list[str]:
    """Return the references that a page offers as the same person, in order."""
    return re.findall(r'<p class="who"><a href="/staff/cases/([A-Z]+-\d{5})" target="_blank"', page)


@both
def test_who_it_may_be_is_told_from_what_is_typed_and_nothing_is_saved(
    edo: Person, opens: Opens, case_of: Callable[[str], Case]
) -> None:
    known, ref = opens(NAME), opens("Nigar Anarbag")
    assert offered(edo.sees(f"/cases/{ref}/edit")) == []
    piece = compared(edo, ref, **{"names-0-text": "Семет Орукзар"})
    assert offered(piece) == [known]
    assert "is spelt" in piece
    assert "<html" not in piece
    assert case_of(ref).version == 1


@both
def test_what_is_typed_beside_the_name_speaks_for_and_against(edo: Person, opens: Opens) -> None:
    facts = {"occupation": "beekeeper", "outside_ids": [OutsideId(scheme="sheet", value="KN 7")]}
    known = opens(NAME, birth=parse("1970-03-05"), origin_place="653121", gender="male", **facts)
    ref = opens(NAME)
    piece = compared(edo, ref, birth="5.3.1970", origin_place="Ghulja City", occupation="old beekeeper")
    assert offered(piece) == [known]
    for sentence in (
        "Born on the same day: 1970-03-05.",
        "The same work: beekeeper.",
        "From different places: Ghulja City and Konasheher County.",
    ):
        assert sentence in piece, sentence
    assert offered(compared(edo, ref, birth="1948")) == []
    number = {"names-0-text": "Baqi", "outside_ids-0-scheme": "sheet", "outside_ids-0-value": "kn7"}
    assert "The same number in the list sheet: KN7." in compared(edo, ref, **number)


def test_fields_that_were_not_sent_are_as_they_were(edo: Person, opens: Opens) -> None:
    known, ref = opens(NAME, birth=parse("1970")), opens("Baqi", birth=parse("1948"))
    few = {"version": "1", "names-0-text": NAME}
    assert offered(edo.posts(f"/cases/{ref}/likely", 200, **few).text) == []
    assert offered(edo.posts(f"/cases/{ref}/likely", 200, **few, birth="1970").text) == [known]


@both
def test_a_name_behind_many_spellings_of_another_is_asked_for_too(edo: Person, opens: Opens) -> None:
    known, ref = opens("Mahire Bulaqbeg"), opens("Nigar Anarbag")
    spelt = ["Nigar Anarbag", "Нигар Анарбаг", "نىگار ئاناربەگ", "NIGAR ANARBAG", "nigar anarbag", "Nigar  Anarbag",
             "Nigar-Anarbag", "Nigar, Anarbag", "Махире Булакбег"]  # fmt: skip
    rows = {f"names-{row}-text": name for row, name in enumerate(spelt)}
    assert known in offered(compared(edo, ref, **rows))


def test_never_more_than_five_are_offered_nor_the_case_itself(edo: Person, opens: Opens) -> None:
    ref, *others = [opens(NAME) for _ in range(8)]
    found = offered(compared(edo, ref))
    assert len(found) == 5
    assert set(found) < set(others)


@both
def test_the_form_comes_back_as_it_was_typed_with_who_it_may_be(
    edo: Person, opens: Opens, case_of: Callable[[str], Case]
) -> None:
    known, ref = opens(NAME), opens("Nigar Anarbag")
    typed = edo.typed(ref) | {
        "names-0-text": "Семет Орукзар", "birth": "perhaps 1970", "origin_place": "Nowhere at all",
        "occupation": "botanist", "reason": "She called.", "texts-0-text": "A\r\nstory", "names-0-kind": "nickname",
    }  # fmt: skip
    page = edo.posts(f"/cases/{ref}/edit/likely", 200, **typed).text
    assert offered(page) == [known]
    sent = controls(page)
    for name, words in typed.items():
        if name not in {"csrf_token", "reason", "texts-0-text"}:
            assert sent[name] == words, name
    assert str(sent["texts-0-text"]).split() == ["A", "story"]
    assert 'value="She called."' in page
    assert case_of(ref).version == 1


@both
def test_not_the_same_said_in_the_form_is_remembered_and_loses_nothing(
    app: Flask, edo: Person, opens: Opens, case_of: Callable[[str], Case]
) -> None:
    other, ref = opens(NAME), opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"names-0-text": NAME, "occupation": "botanist"}
    page = edo.posts(f"/cases/{ref}/edit/apart", 200, **typed | {"apart": other}).text
    assert offered(page) == []
    assert f"Remembered: {ref} and {other} are two people." in page
    assert (controls(page)["names-0-text"], controls(page)["occupation"]) == (NAME, "botanist")
    assert case_of(ref).version == 1
    assert offered(compared(edo, ref, **{"names-0-text": NAME})) == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(NotTheSame)) == 1
        assert db.session.scalars(select(AuditRow.action).where(AuditRow.action == "case.told_apart")).all()


def test_whoever_may_not_decide_is_refused_in_the_form_too(
    app: Flask, edo: Person, sana: Person, vito: Person, opens: Opens
) -> None:
    ref, other, hidden = opens(NAME), opens(NAME), opens(NAME)
    restrict(app, hidden, sana)
    edo.posts(f"/cases/{ref}/edit/apart", 404, version="1", apart=hidden)
    edo.posts(f"/cases/{ref}/edit/apart", 404, version="1")
    edo.posts(f"/cases/{ref}/edit/apart", 400, version="1", apart=ref)
    for path in ("likely", "edit/likely", "edit/apart"):
        vito.posts(f"/cases/{ref}/{path}", 403, version="1", apart=other)
        edo.posts(f"/cases/{hidden}/{path}", 404, version="1", apart=other)


@both
def test_a_restricted_case_shows_to_nobody_who_may_not_see_it_whatever_they_type(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    hidden, ref = opens(NAME, outside_ids=[OutsideId(scheme="sheet", value="KN 7")]), opens("Nigar Anarbag")
    restrict(app, hidden, sana)
    like = {"names-0-text": NAME, "outside_ids-0-scheme": "sheet", "outside_ids-0-value": "KN 7"}
    unlike = {"names-0-text": "Baqi"}
    assert compared(edo, ref, **like) == compared(edo, ref, **unlike)
    for path in ("edit", "edit/likely"):
        assert hidden not in edo.posts(f"/cases/{ref}/{path}", 200, **edo.typed(ref) | like, **{"add-names": "1"}).text


def test_asking_records_no_reading_unless_the_page_shows_confidential_fields(
    app: Flask, edo: Person, opens: Opens
) -> None:
    ref = opens(NAME)
    typed = edo.typed(ref, confidential=True)

    def readings() -> int:
        with app.app_context():
            rows = select(func.count()).select_from(AuditRow).where(AuditRow.action == "case.confidential_read")
            return db.session.scalar(rows) or 0

    before = readings()
    edo.posts(f"/cases/{ref}/likely", 200, **typed)
    assert readings() == before
    page = edo.posts(f"/cases/{ref}/edit/likely", 200, **typed | {"last_address": "12 Plane Tree Lane"}).text
    assert readings() == before + 1
    assert 'value="12 Plane Tree Lane"' in page


@contextmanager
def somebody_writing(file: Path) -> Iterator[None]:
    """Hold the write lock of a database: who asks for it is refused after some seconds."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_asking_waits_for_no_writer_and_keeps_none_waiting(home: Path, edo: Person, opens: Opens) -> None:
    ref = opens(NAME)
    typed = edo.typed(ref)
    with somebody_writing(home / "campaign.sqlite"):
        edo.posts(f"/cases/{ref}/likely", 200, **typed)
        edo.posts(f"/cases/{ref}/edit/likely", 200, **typed)
        edo.posts("/likely", 200, name=NAME)
        edo.posts("/cases/new/likely", 200, name=NAME)


WORDS = " ".join(f"w{number}" for number in range(10_000))
NASTY = (
    WORDS,
    "9" * 100_000,
    "伊" * 10_000,
    "\x07\x1b[31m\u202e\x7f",
    "ﷺ" * 40,
    "' OR 1=1 --",
    '"*"',
    "%00",
    "\ufffd",
    " ",
)
FIELDS = (
    "names-0-text", "birth", "birth_place", "origin_place", "gender", "ethnicities", "occupation", "occupation_group",
    "employer", "outside_ids-0-scheme", "outside_ids-0-value", "relatives-0-case_ref", "episodes-0-held_place",
)  # fmt: skip


@both
@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_whatever_stands_in_any_field_is_answered_in_time(edo: Person, opens: Opens, words: str) -> None:
    ref = opens(NAME)
    started = process_time()
    for field in FIELDS:
        compared(edo, ref, **{field: words})
    compared(edo, ref, **dict.fromkeys(FIELDS, words))
    edo.posts(f"/cases/{ref}/edit/likely", 200, **edo.typed(ref) | dict.fromkeys(FIELDS, words))
    edo.posts("/likely", 200, name=words)
    edo.posts("/cases/new/likely", 200, name=words)
    assert process_time() - started < 10


def test_hundreds_of_names_are_answered_in_time(edo: Person, opens: Opens) -> None:
    names = [f"Semet {first}eghul Örükzar {second}" for first in "bdgklmnprst" for second in "aehikmnopqrstuwxyz"]
    for number in range(10):
        opens(*names[number::10])
    ref = opens(NAME)
    typed = edo.typed(ref) | {f"names-{row}-text": f"{names[row % 190]} {row}" for row in range(300)}
    started = process_time()
    assert offered(compared(edo, ref, **typed))
    assert process_time() - started < 3


@pytest.mark.parametrize("version", ["", "0", "7", "9" * 400, "9" * 5000, "²", "-1", "one"])
def test_a_revision_that_never_was_is_not_found(edo: Person, opens: Opens, version: str) -> None:
    ref = opens(NAME)
    for path in ("likely", "edit/likely", "edit"):
        edo.posts(f"/cases/{ref}/{path}", 404, **edo.typed(ref) | {"version": version})


def test_bytes_that_are_no_words_are_refused(edo: Person, opens: Opens) -> None:
    ref = opens(NAME)
    for body in (b"version=1&names-0-text=%ED%A0%80", b"version=1&names-0-text=a%00b", b"version=1&birth=%FF"):
        sort = "application/x-www-form-urlencoded"
        sent = body + f"&csrf_token={edo.client.token()}".encode()
        answer = edo.client.post(f"/staff/cases/{ref}/likely", data=sent, content_type=sort)
        assert answer.status_code == 400, body


def test_a_new_case_is_compared_before_it_is_opened(app: Flask, edo: Person, opens: Opens) -> None:
    known = opens(NAME)
    page = edo.posts("/cases/new/likely", 200, name="Семет Орукзар", reason="Told by a friend").text
    assert offered(page) == [known]
    assert 'value="Семет Орукзар"' in page
    assert 'value="Told by a friend"' in page
    assert "Nobody like this is known" in edo.posts("/cases/new/likely", 200, name="Nigar").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1
