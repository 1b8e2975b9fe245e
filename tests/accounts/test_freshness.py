"""What cannot be undone asks for a fresh code, keeps what was typed, and delays no removal: row 17 of security.md."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask

from campaign.accounts import credentials
from campaign.accounts.guards import deed_of
from campaign.accounts.models import Account
from campaign.accounts.permissions import FRESH_FACTOR, Action, Role
from campaign.database import db
from campaign.web.context import keyring
from tests.cast import Cast, Member
from tests.web.walking import a_sample, addresses

SECRET = b"twenty bytes of chance"
# Which forms ask, beside those of one's own account: written out, so that one more or less is seen.
ASKING = {
    "staff.leave_out",
    "staff.kept_back",
    "staff.approve_and_keep",
    "accounts.invite",
    "accounts.change_person",
    "accounts.change_roles",
    "accounts.new_link",
    "accounts.reset",
    "accounts.answer",
    "staff.agree_guest",
    "staff.approve",
    "staff.ask_guest",
    "staff.ask_to_lift_stop",
    "staff.assess_risk",
    "staff.confirm_consent",
    "staff.confirm_ticked",
    "staff.countersign",
    "staff.decide",
    "staff.drop_upload",
    "staff.import_columns",
    "staff.import_rows",
    "staff.import_sheet",
    "staff.undo_import",
    "staff.give_duty",
    "staff.take_duty",
    "staff.embargo",
    "staff.lift_embargo",
    "staff.lift_stop",
    "staff.publish",
    "staff.put_back",
    "staff.sign_consent",
}
NEVER = {"staff.withdraw", "staff.pause", "staff.stop_many", "staff.take_away", "staff.take_back_decision"}


@pytest.fixture
def later() -> Iterator[time_machine.Traveller]:
    """A quarter of an hour after everybody signed in; the clock stands."""
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15), tick=False) as clock:
        yield clock


def with_authenticator(app: Flask, member: Member) -> Member:
    with app.app_context():
        db.session.get_one(Account, member.account_id).totp_sealed = keyring().seal(SECRET)
        db.session.commit()
    return member


def code() -> str:
    return credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()


def carried(page: str) -> list[tuple[str, str]]:
    """Return what a page sends again, names and values."""
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(unescape(name), unescape(value)) for name, value in hidden]


def sent_again(page: str, **more: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in [*carried(page), *more.items()]:
        fields.setdefault(name.replace("proof_", "proof-"), []).append(value)
    return fields


def test_the_forms_that_ask_are_those_of_the_table(app: Flask, cast: Cast) -> None:
    everybody, sample = cast("Everybody", *Role), a_sample(app)
    forms = [(endpoint, path) for endpoint, path in addresses(app, sample, "POST") if path.startswith("/staff")]
    with app.app_context():
        found = {endpoint for endpoint, _ in forms if deed_of(endpoint) in FRESH_FACTOR}
    assert found == ASKING
    token = everybody.token()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15)):
        for endpoint, path in forms:
            if endpoint in ASKING | NEVER:
                answer = everybody.post(path, data={"csrf_token": token, "reason": "a reason", "note": "a note"})
                is_asked = (answer.status_code, 'name="proof-code"' in answer.text) == (403, True)
                assert is_asked is (endpoint in ASKING), (endpoint, answer.status_code)


def test_nothing_that_takes_away_is_in_the_table() -> None:
    assert not FRESH_FACTOR & {Action.WITHDRAW, Action.PAUSE, Action.PAUSE_MANY, Action.RESTRICT_CASE}


@pytest.mark.parametrize("note", ["Ünïcödé ياخشى", "two\nlines", '"><script>', "  spaces  ", "0"])
def test_what_was_typed_waits_in_the_page_that_asks_and_is_sent_with_the_code(
    app: Flask, ada: Member, edo: Member, later: time_machine.Traveller, note: str
) -> None:
    path = f"/staff/people/{edo.account_id}/roles"
    with_authenticator(app, ada)
    typed = {"csrf_token": ada.token(), "roles": ["viewer", "contributor"], "note": note}
    asked = ada.post(path, data=typed)
    assert asked.status_code == 403
    assert {("roles", "viewer"), ("roles", "contributor"), ("note", note)} <= set(carried(asked.text))
    wrong = ada.post(path, data=sent_again(asked.text, proof_code="000000"))
    assert (wrong.status_code, "is not valid" in wrong.text) == (403, True)
    assert carried(wrong.text) == carried(asked.text)
    assert ada.post(path, data=sent_again(wrong.text, proof_code=code())).status_code == 302
    with app.app_context():
        assert db.session.get_one(Account, edo.account_id).role_codes == {"viewer", "contributor"}
    # For ten minutes nothing more is asked.
    assert ada.posts(path, {"roles": ["viewer"]}).status_code == 302
    later.shift(timedelta(minutes=11))
    assert ada.posts(path, {"roles": ["viewer"]}).status_code == 403


def test_a_code_that_proved_it_holds_for_nothing_else(
    app: Flask, ada: Member, edo: Member, later: time_machine.Traveller
) -> None:
    path, proof = f"/staff/people/{edo.account_id}", code()
    with_authenticator(app, ada)
    assert ada.posts(path, {"deed": "end_sessions", "proof-code": proof}).status_code == 302
    later.shift(timedelta(minutes=11))
    assert ada.posts(path, {"deed": "end_sessions", "proof-code": proof}).status_code == 403


def test_no_password_stands_in_the_page_that_asks(edo: Member, later: time_machine.Traveller) -> None:
    answer = edo.posts("/staff/me/password", {"password": "tangerine ladder quiet orbit", "code": "123456"})
    assert answer.status_code == 403
    assert "tangerine" not in answer.text
    assert "123456" not in answer.text


def test_too_many_wrong_proofs_wait_on_every_page(ada: Member, edo: Member, later: time_machine.Traveller) -> None:
    path = f"/staff/people/{edo.account_id}"
    statuses = [ada.posts(path, {"deed": "disable", "proof-code": "000000"}).status_code for _ in range(9)]
    assert statuses == [403] * 8 + [429]


def test_whoever_lacks_the_role_is_refused_and_not_asked(vera: Member, later: time_machine.Traveller) -> None:
    answer = vera.posts("/staff/cases/FXD-10000/publish")
    assert (answer.status_code, "proof-code" in answer.text) == (403, False)


def test_an_officer_restricts_at_once_and_opens_after_a_code(
    app: Flask, cast: Cast, edo: Member, later: time_machine.Traveller
) -> None:
    ref = re.search(r"[A-Z]+-\d{5}", edo.posts("/staff/cases/new", {"name": "Ana", "reason": "told"}).location)
    assert ref is not None
    ida = cast("Ida", "safety_officer")
    later.shift(timedelta(minutes=11))
    path = f"/staff/cases/{ref[0]}/access"
    assert ida.posts(path, {"deed": "restrict"}).status_code == 302
    assert ida.posts(path, {"deed": "lift"}).status_code == 403
    assert ida.posts(path, {"deed": "name", "account": str(edo.account_id)}).status_code == 403


def test_a_demonstration_asks_for_no_code_from_the_machine_itself(
    app: Flask, ada: Member, edo: Member, later: time_machine.Traveller
) -> None:
    (app.extensions["settings"].home / "DEMONSTRATION").touch()
    path = f"/staff/people/{edo.account_id}"
    asked = ada.posts(path, {"deed": "end_sessions"})
    assert (asked.status_code, "asks for no code" in asked.text) == (403, True)
    assert ada.post(path, data=sent_again(asked.text)).status_code == 302
