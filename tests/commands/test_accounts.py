"""`flask accounts`, `init`, `keys` and `serve` as somebody at a terminal meets them."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from campaign.accounts.models import Account, Notice
from campaign.audit.log import AuditRow
from campaign.commands.serve import is_loopback
from campaign.database import db
from campaign.settings import read
from tests.cast import HOST, Browser, Cast, Member, believing_the_shell, signed_cookie


def run(app: Flask, *words: str) -> tuple[int, str]:
    """Run a command; return its status and everything it printed."""
    result = app.test_cli_runner().invoke(args=list(words))
    return result.exit_code, result.output


def test_inviting_twice_keeps_one_account_and_ends_the_first_link(app: Flask) -> None:
    first = run(app, "accounts", "invite", "Ida@Example.org", "--role", "editor")[1].split()[-1]
    second = run(app, "accounts", "invite", "ida@example.org", "--role", "publisher")[1].split()[-1]
    browser = Browser(app, app.response_class, use_cookies=True)
    assert browser.get(first.removeprefix(HOST)).status_code == 410
    assert browser.get(second.removeprefix(HOST)).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(Account)).one().role_codes == {"editor", "publisher"}


@pytest.mark.parametrize("address", ["nobody", "@example.org", "a b@example.org", ""])
def test_what_is_no_address_is_not_invited(app: Flask, address: str) -> None:
    status, words = run(app, "accounts", "invite", address, "--role", "viewer")
    assert status == 1
    assert "is not an e-mail address" in words


def test_the_list_says_who_can_sign_in(app: Flask, edo: Member) -> None:
    run(app, "accounts", "invite", "ida@example.org", "--role", "viewer")
    assert run(app, "accounts", "list")[1].splitlines()[:2] == [
        "edo@example.org\teditor\tready",
        "ida@example.org\tviewer\tinvited",
    ]


def test_starting_factors_anew_ends_sessions_and_tells_person_and_administrators(
    app: Flask, edo: Member, ada: Member
) -> None:
    assert run(app, "accounts", "reset-factors", edo.email)[0] == 1
    assert edo.get("/staff/me").status_code == 200
    assert run(app, "accounts", "reset-factors", edo.email, "--yes")[0] == 0
    assert edo.get("/staff/me").status_code == 302
    with app.app_context():
        assert set(db.session.scalars(select(Notice.account_id))) == {edo.account_id, ada.account_id}
    assert "were reset from the shell" in ada.get("/staff/me").text


def test_a_second_administrator_once_there_gives_a_role_only_together(app: Flask, ada: Member, cast: object) -> None:
    run(app, "accounts", "invite", "second@example.org", "--role", "administrator")
    status, words = run(app, "accounts", "invite", "third@example.org", "--role", "publisher")
    assert status == 1
    assert "two administrators" in words
    assert run(app, "accounts", "invite", "third@example.org", "--role", "contributor")[0] == 0


def test_nobody_agrees_at_the_shell_to_a_role_of_their_own(app: Flask, ada: Member, cast: Cast) -> None:
    cast("Ben", "administrator")
    words = ("accounts", "invite", ada.email, "--role", "publisher", "--by", ada.email, "--by", "ben@example.org")
    status, said = run(app, *words)
    assert status == 1
    assert "two administrators" in said


def test_a_disabled_account_is_out_at_once_and_back_when_enabled(app: Flask, edo: Member) -> None:  # [11]
    for _ in range(2):
        assert run(app, "accounts", "disable", "Edo@Example.org")[0] == 0
    assert edo.get("/staff/me").status_code == 302
    assert "edo@example.org\teditor\tdisabled" in run(app, "accounts", "list")[1]
    assert run(app, "accounts", "invite", edo.email, "--role", "editor")[0] == 1
    status, words = run(app, "accounts", "enable", edo.email)
    assert (status, words) == (0, "edo@example.org is open again as editor.\n")
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action.in_(["account.disabled", "account.enabled"])))
        assert [row.actor.partition(":")[0] for row in rows] == ["shell", "shell"]


@pytest.mark.parametrize("verb", ["disable", "enable"])
def test_an_account_that_is_not_there_is_neither_disabled_nor_enabled(app: Flask, verb: str) -> None:
    status, words = run(app, "accounts", verb, "nobody@example.org")
    assert status == 1
    assert "There is no account nobody@example.org" in words


def test_after_one_rotation_sessions_hold_and_after_two_they_do_not(app: Flask, home: object) -> None:  # [41]
    with app.test_request_context(base_url=HOST) as context:
        context.session["kept"] = "yes"
        cookie = signed_cookie(app)

    def reads() -> object:
        fresh = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": HOST}))
        headers = {"Cookie": f"{fresh.config['SESSION_COOKIE_NAME']}={cookie}"}
        with fresh.test_request_context(base_url=HOST, headers=headers) as context:
            return context.session.get("kept")

    assert run(app, "keys", "rotate")[0] == 0
    assert reads() == "yes"
    assert run(app, "keys", "rotate")[0] == 0
    assert reads() is None


def test_what_an_older_key_sealed_stays_readable(app: Flask) -> None:  # [41]
    sealed = app.extensions["keyring"].seal(b"words")
    run(app, "keys", "rotate")
    assert app.extensions["keyring"].unseal(sealed) == b"words"


@pytest.mark.parametrize(
    ("host", "is_ours"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_only_this_machine_counts_as_loopback(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours


def test_an_open_address_is_refused_outside_production(app: Flask) -> None:
    status, words = run(app, "serve", "--host", "0.0.0.0")
    assert status == 1
    assert "CAMPAIGN_PRODUCTION=1" in words


def test_inviting_who_has_come_ends_their_sessions_and_tells_them(app: Flask, edo: Member, ada: Member) -> None:
    with app.app_context():
        db.session.get_one(Account, edo.account_id).password_hash = "kept"
        db.session.commit()
    assert run(app, "accounts", "invite", edo.email, "--role", "viewer")[0] == 0
    assert edo.get("/staff/me").status_code == 302
    with app.app_context():
        told = db.session.execute(select(Notice.account_id, Notice.sentence)).all()
        assert {number for number, _ in told} == {edo.account_id, ada.account_id}
        assert all("can be set anew" in sentence for _, sentence in told)


def test_a_reset_of_a_role_by_two_is_agreed_by_two_and_opens_with_a_code(app: Flask, ada: Member, cast: Cast) -> None:
    edo, ben = cast("Edo", "editor"), cast("Ben", "administrator")
    believing_the_shell(app)
    words = ("accounts", "reset-factors", edo.email, "--yes")
    for by in ((), ("--by", ada.email), ("--by", ada.email, "--by", ada.email), ("--by", ben.email, "--by", edo.email)):
        status, said = run(app, *words, *by)
        assert (status, "two administrators" in said) == (1, True), by
    assert edo.get("/staff/me").status_code == 200
    status, said = run(app, *words, "--by", ada.email, "--by", ben.email)
    assert (status, "opens only with a code" in said) == (0, True)
    link = re.search(rf"{HOST}(/staff/invitation/[\w-]+)", said)
    assert link is not None
    assert run(app, "accounts", "hand-over", edo.email, "--by", ada.email)[0] == 1
    code = run(app, "accounts", "hand-over", edo.email, "--by", ben.email)[1].split()[-1]
    person = Browser(app, app.response_class, use_cookies=True)
    fields = {"name": "Edo", "password": "tangerine ladder quiet 41 orbit"}
    for wrong in ("", "AAAA-BBBB-CCCC", code[:-1]):
        assert person.posts(link[1], {**fields, "handed": wrong}).status_code == 422
    assert person.posts(link[1], {**fields, "handed": code}).status_code == 302


def test_eight_wrong_codes_for_a_link_make_it_wait(app: Flask, ada: Member, cast: Cast) -> None:
    edo = cast("Edo", "editor")
    said = run(app, "accounts", "reset-factors", edo.email, "--yes")[1]
    link = re.search(rf"{HOST}(/staff/invitation/[\w-]+)", said)
    assert link is not None
    person = Browser(app, app.response_class, use_cookies=True)
    fields = {"name": "Edo", "password": "tangerine ladder quiet 41 orbit", "handed": "AAAA-BBBB-CCCC"}
    assert [person.posts(link[1], fields).status_code for _ in range(9)] == [422] * 8 + [429]


def test_the_desk_hands_over_codes_and_vouches(app: Flask, ada: Member, cast: Cast) -> None:
    ben = cast("Ben", "administrator")
    assert "Ben" in ada.get("/staff/people/invite").text
    page = ada.posts("/staff/people/invite", {"email": "nour@example.org", "name": "Nour", "roles": ["editor"]}).text
    assert "opens only with a code" in page
    link = re.search(rf"{HOST}(/staff/invitation/[\w-]+)", page)
    assert link is not None
    assert "Nour" not in ada.get("/staff/me/vouching").text
    assert ben.posts("/staff/people/proposals/1", {"deed": "agree"}).location == "/staff/me/vouching"
    shown = ben.posts("/staff/me/vouching/3", {"deed": "hand_over"}).text
    code = re.search(r">([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})<", shown)
    assert code is not None
    assert code[1] not in ben.get("/staff/me/vouching").text
    person = Browser(app, app.response_class, use_cookies=True)
    assert "Ben" in person.get(link[1]).text
    fields = {"name": "Nour", "password": "tangerine ladder quiet 41 orbit", "handed": code[1].lower()}
    assert person.posts(link[1], fields).status_code == 302
    # A viewer whom one alone lets in is listed, with who can end it, and vouched for at the desk.
    page = ada.posts("/staff/people/invite", {"email": "vic@example.org", "name": "Vic", "roles": ["viewer"]}).text
    assert "let in by you alone" in page
    link = re.search(rf"{HOST}(/staff/invitation/[\w-]+)", page)
    assert link is not None
    person.posts(link[1], {"name": "Vic", "password": "tangerine ladder quiet 41 orbit"})
    assert "Ada alone let Vic in. Ben can end it" in ada.get("/staff/people").text
    assert ada.posts("/staff/me/vouching/4", {"deed": "vouch"}).status_code == 409
    assert ben.posts("/staff/me/vouching/4", {"deed": "vouch"}).status_code == 302
    assert "alone let Vic in" not in ada.get("/staff/people").text
