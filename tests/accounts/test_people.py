"""The administrators' pages as somebody with a browser meets them. [n]: row of security.md."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.cast import HOST, Browser, Cast, Member


@pytest.fixture
def ben(cast: Cast) -> Member:
    """A second administrator."""
    return cast("Ben", "administrator")


def is_in(member: Member) -> bool:
    return member.get("/staff/me").status_code == 200


def page_of(member: Member) -> str:
    return f"/staff/people/{member.account_id}"


def test_a_disabled_account_is_out_on_its_next_request_until_it_is_enabled(ada: Member, edo: Member) -> None:  # [11]
    ada.posts(page_of(edo), {"deed": "disable"})
    assert not is_in(edo)
    assert "disabled" in ada.get("/staff/people").text
    ada.posts(page_of(edo), {"deed": "enable"})
    assert "Enable this account" not in ada.get(page_of(edo)).text


def test_a_role_that_an_administrator_changes_acts_on_the_next_request(ada: Member, edo: Member) -> None:  # [11]
    assert edo.get("/staff/cases/new").status_code == 200
    assert ada.posts(f"{page_of(edo)}/roles", {"roles": ["viewer"]}).status_code == 302
    assert edo.get("/staff/cases/new").status_code == 403
    assert "changed your roles: viewer" in edo.get("/staff/cases").text


def test_an_administrator_signs_somebody_out_everywhere(ada: Member, edo: Member) -> None:  # [12]
    assert "Signed in once" in ada.get(page_of(edo)).text
    ada.posts(page_of(edo), {"deed": "end_sessions"})
    assert not is_in(edo)
    assert "Signed in nowhere" in ada.get(page_of(edo)).text


def test_a_safety_officer_is_made_by_two_and_may_act_at_once(ada: Member, ben: Member, edo: Member) -> None:
    ada.posts(f"{page_of(edo)}/roles", {"roles": ["editor", "safety_officer"]})
    assert "waits for a second administrator" in ada.get(page_of(edo)).text
    assert "You proposed this" in ada.get("/staff/people").text
    assert ada.posts("/staff/people/proposals/1", {"deed": "agree"}).status_code == 409
    assert "safety officer" not in edo.get("/staff/me").text
    assert ben.posts("/staff/people/proposals/1", {"deed": "agree"}).status_code == 302
    assert "safety officer" in edo.get("/staff/me").text
    assert ben.posts("/staff/people/proposals/1", {"deed": "agree"}).status_code == 404


def test_a_proposal_can_be_put_away(ada: Member, ben: Member, edo: Member) -> None:
    ada.posts(f"{page_of(edo)}/roles", {"roles": ["editor", "publisher"]})
    ben.posts("/staff/people/proposals/1", {"deed": "decline"})
    assert "proposes" not in ada.get("/staff/people").text.partition("<table")[0].partition('id="proposals"')[2]
    assert "publisher" not in edo.get("/staff/me").text


def test_an_administrator_finds_no_button_on_their_own_account(ada: Member) -> None:
    page = ada.get(page_of(ada)).text
    assert "This is you" in page
    assert "Disable" not in page
    assert ada.posts(page_of(ada), {"deed": "disable"}).status_code == 409
    assert is_in(ada)


def invited(ada: Member, **fields: object) -> str:
    """Return the page that answers an invitation."""
    return ada.posts("/staff/people/invite", fields).text


def link_on(page: str) -> str:
    found = re.search(rf"{HOST}(/staff/invitation/[\w-]+)", page)
    assert found is not None
    return found[1]


def test_a_link_is_shown_once_and_leads_in(app: Flask, ada: Member) -> None:  # [22]
    link = link_on(invited(ada, email="nour@example.org", name="Nour", roles=["viewer"]))
    newcomer = Browser(app, app.response_class, use_cookies=True)
    assert "nour@example.org" in newcomer.get(link).text
    page = ada.get("/staff/people").text
    assert "invited, has not signed in yet" in page
    assert link not in page


def test_a_new_link_ends_the_one_before(app: Flask, ada: Member) -> None:  # [22]
    first = link_on(invited(ada, email="nour@example.org", roles=["viewer"]))
    second = link_on(ada.posts("/staff/people/2/link").text)
    newcomer = Browser(app, app.response_class, use_cookies=True)
    assert [newcomer.get(link).status_code for link in (first, second)] == [410, 200]


def test_an_invitation_keeps_what_was_typed_and_says_what_is_wrong(ada: Member, edo: Member) -> None:
    wrong = invited(ada, email="no address", name="Nour", roles=["editor"])
    assert "is not an e-mail address" in wrong
    assert 'value="Nour"' in wrong
    assert re.search(r'checked[^>]*value="editor"|value="editor"[^>]*checked', wrong)
    assert "has come already" in invited(ada, email=edo.email, roles=["viewer"])
    assert "no second one could agree" in invited(ada, email="pia@example.org", roles=["publisher"])
    assert "pia@example.org" not in ada.get("/staff/people").text


@pytest.mark.parametrize("path", ["/staff/people/invite", "/staff/people/2"])
def test_accounts_are_changed_after_a_fresh_code_only(ada: Member, edo: Member, path: str) -> None:  # [17]
    token = ada.token_on("/staff/people")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert ada.get("/staff/people").status_code == 200
        asked = ada.get(path)
        sent = ada.post(
            page_of(edo), data={"csrf_token": token, "deed": "disable"}, headers={"Referer": f"{HOST}{path}"}
        )
    assert (asked.status_code, asked.location.rstrip("?")) == (302, f"/staff/prove?next={path}")
    assert (sent.status_code, 'name="proof-code"' in sent.text) == (403, True)
    assert is_in(edo)


def test_nobody_else_opens_the_pages_of_accounts(edo: Member, sana: Member, ada: Member) -> None:
    for member in (edo, sana):
        assert member.get("/staff/people").status_code == 403
        assert member.posts(page_of(ada), {"deed": "disable"}).status_code == 403
        assert "/staff/people" not in member.get("/staff/cases").text


def test_the_pages_of_accounts_name_no_case(ada: Member, edo: Member) -> None:
    edo.posts("/staff/cases/new", {"name": "Gulnar Tashova"})
    for path in ("/staff/people", page_of(edo), "/staff/me"):
        page = ada.get(path).text
        assert "Gulnar" not in page
        assert "/staff/cases" not in page
    assert ada.get("/staff/cases").status_code == 403


def test_a_notice_waits_on_every_page_until_it_is_read(ada: Member, ben: Member, edo: Member) -> None:
    ada.posts(f"{page_of(edo)}/roles", {"roles": ["editor", "publisher"]})
    for path in ("/staff/people", "/staff/me", "/staff/keys"):
        assert "Answer under People" in ben.get(path).text
        assert "Answer under People" not in ada.get(path).text
    answer = ben.posts("/staff/me/notices/read", {"until": "1"})
    assert answer.status_code == 302
    assert "Answer under People" not in ben.get("/staff/people").text


def test_a_notice_that_came_after_the_page_stays(ada: Member, edo: Member) -> None:
    ada.posts(f"{page_of(edo)}/roles", {"roles": ["viewer"]})
    assert 'name="until" value="1"' in edo.get("/staff/me").text
    ada.posts(f"{page_of(edo)}/roles", {"roles": ["contributor"]})
    edo.posts("/staff/me/notices/read", {"until": "1"})
    page = edo.get("/staff/me").text
    assert "your roles: contributor" in page
    assert "your roles: viewer" not in page
