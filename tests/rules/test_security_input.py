"""security.md 35: nothing that is sent makes the program fall: over every route, every form, every described call.

Examples are derived from the code (`derandomize`), so that a failure today is the same one tomorrow.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app import create_app
from campaign.accounts.permissions import Role
from campaign.database import db
from campaign.ledger import writer
from campaign.settings import read
from campaign.web.limits import limiter
from tests import tables
from tests.cast import Browser, Cast, Member
from tests.ledger.samples import a_profile
from tests.web.walking import ENDING, Sample, a_sample, addresses

steady = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def partners(home: Path) -> Iterator[Flask]:
    """The partners' edge with people behind it."""
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "partners"}))
    tables.create(app)
    limiter.enabled = False
    with app.app_context():
        for ref in ("FXD-10001", "FXD-10002", "FXD-10003"):
            writer.append("publish", ref, a_profile(ref=ref))
        writer.append("withdraw", "FXD-10003")
        db.session.commit()
    yield app
    limiter.enabled = True
    tables.close(app)


@pytest.mark.long
def test_the_json_answers_as_it_describes_itself(partners: Flask) -> None:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", partners)
    operations = [found.ok() for found in description.get_all_operations()]
    # The description itself is the one address that is not called again.
    called = {operation.path for operation in operations} | {"/api/v1/openapi.json"}
    assert called == set(description.raw_schema["paths"])
    for operation in operations:
        wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        sent = operation.as_strategy() | wrong if list(operation.query) else operation.as_strategy()

        @settings(steady, max_examples=12)
        @given(case=sent)
        def call(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        call()
    one = description["/api/v1/profiles/{ref}"]["GET"]
    for ref, status in (("FXD-10001", 200), ("FXD-10003", 410), ("FXD-99999", 404)):
        case = one.Case(path_parameters={"ref": ref})
        answer = case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == status


@pytest.fixture
def sample(app: Flask) -> Iterator[Sample]:
    limiter.enabled = False
    yield a_sample(app)
    limiter.enabled = True


@pytest.fixture
def everybody(cast: Cast) -> Member:
    """One person with every role."""
    return cast("Omni", *[role.value for role in Role])


NASTY = ("", "\x00", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "ﷺ" * 40, "../../etc/passwd",
         "' OR 1=1 --", "{{7*7}}", "%00", "9" * 400, "-1", "1e309", "NaN", "0x10", "²", "2019-13-45", "true",
         "\u202eabc", "\r\nX-A: b", "a" * 20_000, "[]", "null", "FXD-00000", "1", "\ufffd", "\x7f\x1b[31m")  # fmt: skip
WORDS = st.sampled_from(NASTY) | st.text(max_size=40)
ARGUMENTS = st.sampled_from(["q", "after", "status", "place", "year", "state", "limit", "since", "next", "from", "to",
                             "confidential", "revision", "old", "new", "tag"]) | st.text(max_size=12)  # fmt: skip
QUERIES = st.dictionaries(ARGUMENTS, WORDS, max_size=4)


def paths(app: Flask, sample: Sample, method: str) -> list[str]:
    return sorted({path for _, path in addresses(app, sample, method)})


@pytest.mark.long
def test_no_query_breaks_any_address(app: Flask, sample: Sample, everybody: Member) -> None:
    @settings(steady, max_examples=180)
    @given(path=st.sampled_from(paths(app, sample, "GET")), query=QUERIES)
    def ask(path: str, query: dict[str, str]) -> None:
        answer = everybody.get(path, query_string=query)
        answer.close()
        # Nobody sweeps in a test, and /readyz says so.
        assert answer.status_code < 500 or path == "/readyz", (path, query)

    ask()


@pytest.mark.long
def test_no_argument_of_an_address_breaks_it(app: Flask, sample: Sample, everybody: Member) -> None:
    rules = sorted({rule.rule for rule in app.url_map.iter_rules() if rule.arguments and "GET" in rule.methods})

    @settings(steady, max_examples=100)
    @given(rule=st.sampled_from(rules), words=WORDS)
    def ask(rule: str, words: str) -> None:
        # A browser ends an address at these two.
        path = re.sub(r"<[^>]+>", words.replace("\\", "").replace("?", "").replace("#", "")[:900], rule)
        answer = everybody.get(path)
        answer.close()
        assert answer.status_code < 500, path

    ask()


@pytest.mark.parametrize("number", [2**31, 2**63, 10**400])
def test_a_number_that_no_database_knows_is_no_address(app: Flask, everybody: Member, number: int) -> None:
    token = everybody.token_on("/staff/me")
    rules = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert rules
    for rule in rules:
        path = re.sub(r"<int:[^>]+>", str(number), rule.rule)
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        answer = everybody.open(re.sub(r"<[^>]+>", "1", path), method=method, data={"csrf_token": token})
        assert answer.status_code == 404, path


@pytest.mark.long
def test_no_field_breaks_any_form(app: Flask, sample: Sample, everybody: Member) -> None:
    token, known = everybody.token_on("/staff/me"), fields_of(app, sample, everybody)
    posts = paths(app, sample, "POST")

    @settings(steady, max_examples=180)
    @given(
        path=st.sampled_from(posts),
        fields=st.dictionaries(st.sampled_from(known) | st.text(max_size=12), WORDS, max_size=8),
    )
    def send(path: str, fields: dict[str, str]) -> None:
        answer = everybody.post(path, data={**fields, "csrf_token": token})
        assert answer.status_code < 500, (path, fields)

    send()
    assert everybody.get("/staff/me").status_code == 200, f"a form ended the session: {ENDING} must name it"


def fields_of(app: Flask, sample: Sample, everybody: Member) -> list[str]:
    """Return the names of the controls of every form that anybody is shown."""
    names: set[str] = set()
    for path in paths(app, sample, "GET"):
        answer = everybody.get(path)
        if answer.mimetype == "text/html":
            names |= set(re.findall(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"', answer.text))
        answer.close()
    assert len(names) > 100
    return sorted(names - {"csrf_token"})


BODIES = [
    (b"\x00" * 100, "application/x-www-form-urlencoded"),
    (b"email=%ff%fe&password=%00", "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=1" % number for number in range(20_000)), "application/x-www-form-urlencoded"),
    (b"[" * 50_000, "application/json"),
    (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    (b"--x", "multipart/form-data"),
    (b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(6000)) + b"--x--",
     "multipart/form-data; boundary=x"),
    (b"a" * 2_000_001, "text/plain"),
    (b"x=1", "application/x-www-form-urlencoded; charset=utf-7"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_no_body_breaks_any_form(app: Flask, number: int, everybody: Member) -> None:
    body, kind = BODIES[number]
    for path in ("/staff/sign-in", "/staff/cases/new", "/staff/me/password", "/profiles", "/api/v1/profiles"):
        answer = everybody.post(path, data=body, content_type=kind)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)


def test_a_form_with_bytes_that_are_no_text_is_refused(app: Flask) -> None:
    visitor = Browser(app, app.response_class, use_cookies=True)
    token = visitor.token_on("/staff/sign-in")
    for field in (b"%ff", b"%00", b"%ed%a0%80"):
        body = b"csrf_token=" + token.encode() + b"&password=x&email=" + field
        answer = visitor.post("/staff/sign-in", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400, field


def test_a_mark_that_somebody_pasted_is_taken_as_typed(everybody: Member) -> None:
    answer = everybody.posts("/staff/cases/new", {"name": "Nurlan \ufffd", "reason": "Told"})
    assert answer.status_code == 302
