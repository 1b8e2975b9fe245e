"""The line above the list: whom it finds, why it says so, what it says of nobody, and that no string breaks it."""

import re
import time

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.parts import Name, OutsideId, Status
from tests.ledger.samples import a_place, a_profile, made
from tests.public.people import publish

NAMES = [
    made(Name, text="Nurlan Example", kind="full", script="Latn", language="kk", is_preferred=True),
    made(Name, text="Нұрлан Үлгі", kind="full", script="Cyrl", language="kk"),
    made(Name, text="نۇرلان", kind="alias", script="Arab", language="ug"),
]
NURLAN = a_profile(
    names=NAMES,
    origin=a_place(code="653101", names={"en": "Kashgar"}, within=["6531", "65"]),
    outside_ids=[made(OutsideId, scheme="sheet", value="SR 012")],
)


def other(number: int, **changes: object):
    name = f"Aynur Sample{number}"
    person = a_profile(ref=f"FXD-{50000 + number}", name=name, origin=None, ethnicities=["uyghur"], gender="female")
    names = [made(Name, text=name, kind="full", script="Latn", is_preferred=True)]
    return msgspec.structs.replace(person, **{"names": names, "summary": [], **changes})


def asked(visitor: FlaskClient, query: str, rest: str = "") -> str:
    answer = visitor.get(f"/profiles?{rest}", query_string={"q": query, **dict(re.findall(r"(\w+)=(\w+)", rest))})
    assert answer.status_code == 200
    return answer.text


def refs_on(page: str) -> list[str]:
    return re.findall(r'<li><a href="/profiles/(FXD-\d{5})', page)


def why_on(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", why) for why in re.findall(r'<p class="why">(.*?)</p>', page)]


SAID = [
    ("Nurlan Example", "the same name"),
    ("Нұрлан Үлгі", "spelt Нұрлан Үлгі in Kazakh"),
    ("نۇرلان", "spelt نۇرلان in Uyghur"),
    ("Nurlen Example", "one letter differs: Nurlan"),
    ("Kashgar", "from Kashgar Prefecture"),
    ("قەشقەر", "from Kashgar Prefecture"),
    ("teacher", "work: teacher"),
    ("sr012", "number sr012"),
    ("FXD-40718", "number FXD-40718"),
]


@pytest.mark.parametrize(("query", "sentence"), SAID)
def test_a_result_says_why_it_is_one(app: Flask, visitor: FlaskClient, query: str, sentence: str) -> None:
    publish(app, NURLAN, other(1, occupation=""))
    page = asked(visitor, query)
    assert refs_on(page) == ["FXD-40718"]
    assert why_on(page) == [sentence]


def test_what_was_chosen_narrows_what_was_typed_and_is_told_in_words(app: Flask, visitor: FlaskClient) -> None:
    publish(app, NURLAN, *(other(number) for number in range(3)))
    page = visitor.get("/profiles?q=teacher&ethnicity=uyghur").text
    assert len(refs_on(page)) == 3
    assert "3 of 4 people answer" in page
    assert re.search(r'of Uyghur <a href="/profiles\?q=teacher" aria-label="Leave out: of Uyghur">', page)
    assert '<option value="kazakh">Kazakh (1)</option>' in page
    assert '<option value="female">female (3)</option>' in page


def test_gender_is_offered_where_it_is_stated_and_release_where_it_is_sure(app: Flask, visitor: FlaskClient) -> None:
    free = made(Status, code="released_unconditional", confidence="contested", basis="relative")
    sure = msgspec.structs.replace(free, confidence="corroborated")
    publish(app, NURLAN, other(1, status=free), other(2, status=sure))
    page = visitor.get("/profiles").text
    assert "not_stated" not in page
    assert '<option value="yes">released (1)</option>' in page
    assert refs_on(visitor.get("/profiles?released=yes").text) == ["FXD-50002"]
    assert refs_on(visitor.get("/profiles?released=no").text) == ["FXD-40718"]


def test_ranked_results_are_paged_without_loss_up_to_two_hundred(app: Flask, visitor: FlaskClient) -> None:
    publish(app, *(other(number) for number in range(205)))
    met, address = [], "/profiles?q=teacher"
    while address:
        page = visitor.get(address).text
        met += refs_on(page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        address = onward.group(1).replace("&amp;", "&") if onward else ""
    assert met == [f"FXD-{50000 + number}" for number in range(200)]
    assert "The 200 who answer best are shown, of 205." in page


def test_nobody_found_says_who_is_nearest_and_what_else_to_try(app: Flask, visitor: FlaskClient) -> None:
    publish(app, NURLAN)
    page = asked(visitor, "Example Qurbanbeg")
    assert "Nobody who is public here answers" in page
    assert refs_on(page) == ["FXD-40718"]
    assert "The nearest names" in page
    assert 'href="mailto:contact@example.org"' in page
    assert 'name="robots" content="noindex"' in page


def test_nobody_left_by_the_choices_leads_to_those_without_them(app: Flask, visitor: FlaskClient) -> None:
    publish(app, NURLAN)
    page = visitor.get("/profiles?q=teacher&ethnicity=uyghur").text
    assert refs_on(page) == []
    assert re.search(r'<a href="/profiles\?q=teacher">The 1 who answer', page)


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_question_lists_everyone(app: Flask, visitor: FlaskClient, query: str) -> None:
    publish(app, NURLAN, other(1))
    assert len(refs_on(asked(visitor, query))) == 2


def test_a_long_question_is_cut_and_says_so(app: Flask, visitor: FlaskClient) -> None:
    publish(app, NURLAN)
    page = asked(visitor, "Nurlan Example " + "word " * 600)
    assert "only its first 200 characters were looked for" in page
    assert "word " * 45 not in page


def test_an_address_that_is_shared_says_only_what_was_asked(app: Flask, visitor: FlaskClient) -> None:
    publish(app, NURLAN)
    page = visitor.get("/profiles?q=nurlan&status=&from=65&year=&activity=").text
    assert '<link rel="canonical" href="https://localhost/profiles?q=nurlan&amp;from=65">' in page


HOSTILE = ["伊", "' OR 1=1 --", 'NEAR("a" b)*', "%_%", "<script>alert(1)</script>", "{{7*7}}", "\u202eقلب", "🙂" * 50,
           "\x01\x02", "a" * 190, "ى" * 150, "a b c d e f g h i j k l m n", "@65", "\ufffd", "1" * 100]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[ascii(query)[:24] for query in HOSTILE])
def test_any_string_is_answered_in_time_and_stays_text(app: Flask, visitor: FlaskClient, query: str) -> None:
    publish(app, NURLAN)
    started = time.process_time()
    page = asked(visitor, query)
    assert time.process_time() - started < 2
    assert "<script>alert" not in page


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%C3%28"])
def test_half_a_surrogate_and_broken_bytes_are_answered(visitor: FlaskClient, raw: str) -> None:
    assert visitor.get(f"/profiles?q={raw}").status_code < 500
