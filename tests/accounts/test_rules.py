"""What holds without signing in: passwords, the permission table, where one is led on to, forms without a token."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.accounts import credentials
from campaign.accounts.guards import safe_next
from campaign.accounts.models import Account
from campaign.accounts.permissions import PERMISSIONS, Action, Role, may
from tests.cast import Browser, Member

PERSON = Account(email="rosa.larkin@example.org", name="Rosa Larkin")


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("fourteen chars", False),
        ("aaaaaaaaaaaaaaaaaaaa", False),
        ("passwordpassword", False),
        ("p4$$w0rdp4$$w0rd", False),
        ("rosa.larkin.example.org", False),
        ("Kept Names campaign 1", False),
        ("tangerine ladder quiet orbit", True),
        ("çay içtik bahçede 7 güvercin", True),
        ("x9$ tangerine ladder quiet orbit " * 3, True),
        ("tangerine ladder quiet orbit " * 5, False),
    ],
)
def test_passwords_are_taken_by_length_and_guessability(app: Flask, password: str, is_taken: bool) -> None:  # [18]
    with app.app_context():
        assert (credentials.refusal(password, PERSON) == "") is is_taken


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil",
        "/\t/evil",
        "///evil",
        "http:evil",
        "/staff/../evil",
        "/profiles",
    ],
)
def test_nobody_is_led_on_to_another_place(target: str) -> None:  # [28]
    assert safe_next(target) == "/staff/"


def test_one_is_led_back_to_where_one_wanted() -> None:
    assert safe_next("/staff/cases?state=draft") == "/staff/cases?state=draft"


@given(st.text(max_size=40))
def test_wherever_one_is_led_lies_under_staff(target: str) -> None:  # [28]
    assert safe_next(target).startswith("/staff")


def case(**facts: object) -> SimpleNamespace:
    plain = {"owner_id": 9, "submitted_at": None, "is_restricted": False}
    return SimpleNamespace(**{**plain, "named_ids": frozenset(), "guest_ids": frozenset(), **facts})


def holder(*roles: Role, number: int = 1) -> SimpleNamespace:
    return SimpleNamespace(id=number, roles=frozenset(roles), suspended_at=None, is_emergency=False)


def test_every_action_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Action)


def test_an_administrator_reads_no_case_by_virtue_of_it() -> None:
    about_cases = [action for action in Action if action.startswith(("case:", "profile:"))]
    assert not any(may(holder(Role.ADMINISTRATOR), action) for action in about_cases)


def test_a_restricted_case_exists_only_for_who_is_named_on_it() -> None:
    hidden = case(is_restricted=True, named_ids=frozenset({2}))
    everything = holder(*Role, number=1)
    assert not any(may(everything, action, hidden) for action in Action)
    assert may(holder(Role.EDITOR, number=2), Action.READ_CASE, hidden)


def test_a_contributor_works_on_their_own_cases_only() -> None:
    assert may(holder(Role.CONTRIBUTOR, number=9), Action.EDIT_CASE, case())
    assert not may(holder(Role.CONTRIBUTOR, number=1), Action.EDIT_CASE, case())
    assert may(holder(Role.EDITOR), Action.EDIT_CASE, case())


def test_a_publisher_reads_what_was_ever_submitted_and_nothing_else() -> None:
    assert not may(holder(Role.PUBLISHER), Action.READ_CASE, case())
    drafted_anew = case(state="draft", submitted_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert may(holder(Role.PUBLISHER), Action.READ_CASE, drafted_anew)


def test_a_viewer_reads_no_confidential_field() -> None:
    assert not may(holder(Role.VIEWER), Action.READ_CONFIDENTIAL, case())


def test_a_form_without_its_token_is_refused(app: Flask, edo: Member) -> None:  # [27]
    assert edo.post("/staff/sign-out").status_code == 400
    assert edo.get("/staff/me").status_code == 200


def test_a_form_from_another_site_is_refused(edo: Member) -> None:  # [27]
    token = edo.token_on("/staff/me")
    answer = edo.post("/staff/sign-out", data={"csrf_token": token}, headers={"Referer": "https://evil.example/"})
    assert answer.status_code == 400


def test_the_cookie_is_bound_to_this_host_and_no_script_reads_it(app: Flask) -> None:  # [7]
    answer = Browser(app, app.response_class, use_cookies=True).get("/staff/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie, part
    assert "Domain" not in cookie


def test_no_page_outside_the_desk_sets_a_cookie(app: Flask) -> None:  # [7]
    browser = Browser(app, app.response_class, use_cookies=True)
    for path in ("/healthz", "/nowhere", "/static/site.css"):
        answer = browser.get(path)
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path


def test_pages_of_the_desk_are_not_kept_by_browsers(edo: Member) -> None:
    assert edo.get("/staff/me").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "password",
    [
        "4@8({[<369|!1$5+7%2z" * 6,
        "4@8({[<3690|!1$5+7%2zaebcgilostxz" * 4,
        "l1|!7" * 25,
        "ab" * 64,
        "ﷺ" * 128,
        "1!|l7+t" * 18,
        "qazwsxedc" * 14,
    ],
)
def test_no_password_takes_a_second_to_judge(app: Flask, password: str) -> None:
    with app.app_context():
        began = time.process_time()
        credentials.refusal(password, PERSON)
        assert time.process_time() - began < 1


@given(st.text("4@8({[<3690|!1$5+7%2abcdefgilostxz ", min_size=15, max_size=128))
@settings(max_examples=25)
def test_what_is_judged_of_a_password_is_bounded(password: str) -> None:
    judged = credentials._judged(password)
    assert len(judged) <= credentials.JUDGED
    assert len(set(judged) & credentials.LEET) <= credentials.MOST_LEET
    assert [a == b or a in credentials.LEET for a, b in zip(password, judged, strict=False)].count(False) == 0
