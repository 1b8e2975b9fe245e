"""Any question at any door: an answer or a refusal that says why, never an error; on both databases."""

import secrets
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app import create_app
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.database import db
from campaign.settings import read
from tests import cluster, tables
from tests.cast import Member, sign_in
from tests.public.people import publish
from tests.search.test_askings import PEOPLE, REFS, published
from tests.staff.test_askings import file_of

FEW = list(PEOPLE.items())[:6]
DOORS = ("/profiles", "/api/v1/profiles", "/staff/cases")
# What other systems read as something else than words, beside words that somebody is found by.
PIECES = ["'", '"', "*", "%", "_", "--", ";", "OR 1=1", "NEAR(", "{", "\\", "@65", "@6540.", "(", "/", "·",
          "\u202e", "\u200d", "teacher", "Kashgar", "努", "village", "Lu", "а", "محمد", "ﷺ", "a" * 300]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def home_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Six people who are public, and the same six at the desk."""
    environment = {"CAMPAIGN_HOME": str(tmp_path_factory.mktemp("any")), "CAMPAIGN_ADDRESS": "https://localhost"}
    environment["CAMPAIGN_SWEEP_SECONDS"] = "0"
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.new_address(folder)
    app = create_app(read(environment))
    tables.create(app)
    publish(app, *(published(person, REFS[key]) for key, person in FEW))
    yield app
    tables.close(app)


@pytest.fixture(scope="module")
def edo(home_app: Flask) -> Member:
    """An editor with six cases."""
    edo = sign_in(home_app, "Edo", "editor")
    with home_app.app_context():
        by = db.session.get_one(Account, edo.account_id)
        for _, person in FEW:
            revisions.create(file_of(person), by=by, reason="Invented.")
        db.session.commit()
    return edo


texts = st.one_of(
    st.text(max_size=250),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.sampled_from([name for _, person in FEW for name, _, _ in person.names]).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(PIECES)).map(" ".join)
    ),
)
written = st.one_of(
    texts.map(lambda text: quote(text, errors="surrogatepass")),
    st.binary(max_size=60).map(quote_from_bytes),
    st.sampled_from(["%", "%zz", "%E4%B8", "+", "a;b", "%ED%A0%80"]),
)
pairs = st.tuples(st.sampled_from(["q", "q", "q", "after", "status", "place", "year", "state", "limit"]), written)
questions = st.lists(pairs, min_size=1, max_size=5).map(lambda some: "&".join(f"{name}={text}" for name, text in some))


def asked(browser: Member, door: str, question: str) -> TestResponse:
    return browser.get(f"{door}?{question}", environ_base={"REMOTE_ADDR": secrets.token_hex(8)})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=questions)
def test_any_question_is_answered_or_refused_at_every_door(edo: Member, question: str) -> None:
    for door in DOORS:
        answer = asked(edo, door, question)
        assert answer.status_code in {200, 400, 414}, (door, question)
        assert answer.text


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts.filter(lambda text: "\0" not in text and text.isprintable() and len(text.strip()) <= 200))
def test_whatever_can_be_typed_is_answered(edo: Member, text: str) -> None:
    try:
        question = quote(text)
    except UnicodeEncodeError:
        return
    for door in DOORS:
        answer = asked(edo, door, f"q={question}")
        assert answer.status_code == (200 if "\ufffd" not in text else answer.status_code), (door, text)
    before, after = (asked(edo, "/api/v1/profiles", f"{one}&{two}") for one, two in
                     ((f"q={question}", "limit=5"), ("limit=5", f"q={question}")))  # fmt: skip
    assert before.data == after.data


ENDLESS = ["a " * 10_000, "努" * 5_000, "ا" * 20_000, "Memet/" * 3_000, "%" * 9_000, "\U0001f642" * 2_000]


@pytest.mark.parametrize("text", ENDLESS, ids=[ascii(text)[:12] for text in ENDLESS])
def test_an_endless_question_is_refused_as_too_long_for_an_address(edo: Member, text: str) -> None:
    for door in DOORS:
        assert asked(edo, door, f"q={quote(text)}").status_code == 414


def test_of_several_questions_in_one_address_people_are_told_the_first_and_programs_none(edo: Member) -> None:
    name = quote(FEW[0][1].latin)
    for door in DOORS:
        if door.startswith("/api/"):
            assert asked(edo, door, f"q={name}&q=Zzyxqua").status_code == 400
            continue
        alone, several = (asked(edo, door, question).text for question in (f"q={name}", f"q={name}&q=Zzyxqua"))
        assert (FEW[0][1].latin in alone) == (FEW[0][1].latin in several) is True, door
