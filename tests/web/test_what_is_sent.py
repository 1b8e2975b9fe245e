"""Whatever is sent to the desk is answered in the 400s at most: numbers of any length, moments, bodies of any kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.web.marks import MOST_DIGITS, whole_number
from tests.cast import HOST, Browser, Member
from tests.web.walking import Sample, a_sample, addresses

GIANTS = ("9" * 10, "9" * 19, "9" * 5000, "-1", "1e9", "٣٤", "²", "0x10", "1_000", "", " 7", "2147483648", "१२३")
MOMENTS = (
    "9999-12-31T23:59:59-23:59_1",
    "0001-01-01T00:00:00+23:59_1",
    "9999-12-31T23:59:59_1",
    "2026-01-01T00:00:00+00:00_" + "9" * 30,
    "2026-01-01T00:00:00+00:00_٣",
    "2026-W01-1T00:00:00+00:00_1",
    "_",
    "T_1",
    "0000-00-00_1",
)


@pytest.fixture
def everybody(app, cast) -> Member:
    from campaign.accounts.permissions import Role

    return cast("Everybody", *Role)


@pytest.fixture
def sample(app) -> Sample:
    return a_sample(app)


@given(st.text(max_size=30) | st.integers().map(str) | st.from_regex(r"\A[0-9]{1,20}\Z"))
def test_a_number_that_was_sent_is_nothing_or_one_that_a_database_takes(text: str) -> None:
    found = whole_number(text)
    assert found is None or (0 <= found < 10**MOST_DIGITS and found == int(text))


@pytest.mark.parametrize("text", ["2147483648", "9" * 5000, "²"])
def test_no_number_in_a_form_makes_a_view_fall(everybody: Member, sample: Sample, text: str) -> None:
    names = ("version", "account", "until", "count", "base_version", "seen_version", "roles", "deed", "page")
    for endpoint, path in addresses(everybody.application, sample, "POST"):
        if path.startswith("/staff") and endpoint not in {"accounts.sign_out", "accounts.end_session"}:
            answer = everybody.posts(path, dict.fromkeys(names, text))
            assert answer.status_code < 500, (endpoint, answer.status_code)


@pytest.mark.parametrize("text", [*MOMENTS, *GIANTS, "0.9999_" + "9" * 20, "inf_1", "nan_1"])
def test_no_number_or_moment_in_a_query_makes_a_list_fall(everybody: Member, sample: Sample, text: str) -> None:
    reading = {
        "staff.cases",
        "staff.reviews",
        "staff.difference",
        "staff.history",
        "staff.conflicts",
        "staff.facilities",
    }
    found = 0
    for endpoint, path in addresses(everybody.application, sample, "GET"):
        for name in ("after", "before", "owner", "number") if endpoint in reading else ():
            with everybody.get(path, query_string={name: text}) as answer:
                assert answer.status_code < 500, (path, name)
            found += 1
    assert found >= 20


def test_no_giant_number_in_a_query_makes_any_page_fall(everybody: Member, sample: Sample) -> None:
    names = ("after", "before", "version", "limit", "at", "page", "about", "next")
    for _, path in addresses(everybody.application, sample, "GET"):
        with everybody.get(path, query_string=dict.fromkeys(names, "9" * 400)) as answer:
            assert answer.status_code < 500 or path == "/readyz", path


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/sign-in/code", "/staff/invitation/x", "/staff/prove"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 5000),
        ("application/json", b'{"email":5}'),
        ("application/problem+json; charset=utf-8", b"{}"),
        ("text/plain", b"email=a"),
        ("application/xml", b"<email/>"),
        ("application/x-msgpack", b"\x80"),
        ("", b"email=a"),
        ("nonsense", b"email=a"),
    ],
)
def test_a_body_that_is_no_form_is_refused_as_such(app, path: str, kind: str, body: bytes) -> None:
    stranger = Browser(app, app.response_class, use_cookies=True)
    answer = stranger.post(path, data=body, headers={"Content-Type": kind, "Referer": f"{HOST}/staff/"})
    assert answer.status_code == 415


def test_a_form_of_either_kind_is_read_and_an_address_that_takes_none_says_so(app) -> None:
    stranger = Browser(app, app.response_class, use_cookies=True)
    token = stranger.token_on("/staff/sign-in")
    fields = {"csrf_token": token, "email": "a@example.org", "password": "wrong"}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        assert stranger.post("/staff/sign-in", data=fields, content_type=kind).status_code == 422
    assert stranger.post("/staff/sign-in").status_code == 400
    assert stranger.post("/healthz", data=b"{}", content_type="application/json").status_code == 405
