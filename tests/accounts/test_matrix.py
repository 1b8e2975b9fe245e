"""Who may open what: every address outside the public edge stands in this table, or the test fails. [24]"""

import re

import pytest
from flask import Flask

from campaign.accounts.permissions import PERMISSIONS, Action, Role
from campaign.web.marks import ANYONE, SIGNED_IN, mark_of
from tests.cast import Browser, Cast

TABLE: dict[str, str] = {
    "static": ANYONE,
    "font": ANYONE,
    "healthz": ANYONE,
    "readyz": ANYONE,
    "accounts.sign_in": ANYONE,
    "accounts.second_step": ANYONE,
    "accounts.set_up": ANYONE,
    "accounts.invitation": ANYONE,
    "accounts.ask_passkey": ANYONE,
    "accounts.offer_passkey": ANYONE,
    "accounts.sheet": ANYONE,
    "accounts.sheet_passkey": ANYONE,
    "accounts.me": SIGNED_IN,
    "accounts.stay": SIGNED_IN,
    "accounts.new_passkey": SIGNED_IN,
    "accounts.remove_passkey": SIGNED_IN,
    "accounts.new_sheet": SIGNED_IN,
    "accounts.command": SIGNED_IN,
    "accounts.prove": SIGNED_IN,
    "accounts.password": SIGNED_IN,
    "accounts.second_factor": SIGNED_IN,
    "accounts.recovery_codes": SIGNED_IN,
    "accounts.end_session": SIGNED_IN,
    "accounts.read_notices": SIGNED_IN,
    "accounts.vouching_page": SIGNED_IN,
    "accounts.vouch": SIGNED_IN,
    "accounts.sign_out": SIGNED_IN,
    "accounts.people": Action.MANAGE_ACCOUNTS,
    "accounts.invite": Action.MANAGE_ACCOUNTS,
    "accounts.person": Action.MANAGE_ACCOUNTS,
    "accounts.change_person": Action.MANAGE_ACCOUNTS,
    "accounts.change_roles": Action.MANAGE_ACCOUNTS,
    "accounts.new_link": Action.MANAGE_ACCOUNTS,
    "accounts.reset": Action.MANAGE_ACCOUNTS,
    "accounts.answer": Action.MANAGE_ACCOUNTS,
    "staff.emergency": SIGNED_IN,
    "staff.take_down": SIGNED_IN,
    "staff.desk": Action.OPEN_DESK,
    "staff.cases": Action.READ_CASE,
    "staff.reviews": Action.READ_CASE,
    "staff.together": Action.READ_CASE,
    "staff.confirming": Action.CONFIRM_SAFETY,
    "staff.confirm_ticked": Action.CONFIRM_SAFETY,
    "staff.settle_case_looks": Action.EDIT_CASE,
    "staff.view": Action.READ_CASE,
    "staff.history": Action.READ_CASE,
    "staff.difference": Action.READ_CASE,
    "staff.preview": Action.READ_CASE,
    "staff.picture": Action.READ_CASE,
    "staff.put_back": Action.READ_CASE,
    "staff.new": Action.CREATE_CASE,
    "staff.likely": Action.CREATE_CASE,
    "staff.ask_likely_new": Action.CREATE_CASE,
    "staff.likely_as_typed": Action.EDIT_CASE,
    "staff.ask_likely": Action.EDIT_CASE,
    "staff.tell_apart_as_typed": Action.EDIT_CASE,
    "staff.not_the_same": Action.READ_CASE,
    "staff.edit": Action.EDIT_CASE,
    "staff.here": Action.EDIT_CASE,
    "staff.left": Action.EDIT_CASE,
    "staff.keep_unsaved": Action.OPEN_DESK,
    "staff.unsaved": Action.OPEN_DESK,
    "staff.unsaved_of": Action.OPEN_DESK,
    "staff.compare_unsaved": Action.OPEN_DESK,
    "staff.throw_away": Action.OPEN_DESK,
    "staff.restore": Action.EDIT_CASE,
    "staff.access": Action.RESTRICT_CASE,
    "staff.change_access": Action.RESTRICT_CASE,
    "staff.conflicts": Action.EDIT_CASE,
    "staff.decide_conflict": Action.EDIT_CASE,
    "staff.comments": Action.READ_CASE,
    "staff.comment": Action.COMMENT_CASE,
    "staff.mark_comment_closed": Action.COMMENT_CASE,
    "staff.embargo": Action.READ_CASE,
    "staff.lift_embargo": Action.READ_CASE,
    "staff.keys": Action.OPEN_DESK,
    "staff.duty_page": Action.OPEN_DESK,
    "staff.see_to_urgent": Action.OPEN_DESK,
    "staff.give_duty": Action.MANAGE_SETTINGS,
    "staff.take_duty": Action.MANAGE_SETTINGS,
    "staff.images": Action.EDIT_CASE,
    "staff.suggest_places": Action.EDIT_CASE,
    "staff.suggest_facilities": Action.EDIT_CASE,
    "staff.facilities": Action.IMPORT_CASES,
    "staff.submit": Action.SUBMIT_CASE,
    "staff.take_back": Action.SUBMIT_CASE,
    "staff.approve": Action.READ_CASE,
    "staff.ask_changes": Action.READ_CASE,
    "staff.decisions_of": Action.SIGN_SECOND,
    "staff.decide": Action.SIGN_SECOND,
    "staff.countersign": Action.SIGN_SECOND,
    "staff.take_back_decision": Action.SIGN_SECOND,
    "staff.guests_of": Action.CONFIRM_SAFETY,
    "staff.ask_guest": Action.CONFIRM_SAFETY,
    "staff.guest_requests": Action.MANAGE_ACCOUNTS,
    "staff.imports": Action.OPEN_UPLOAD,
    "staff.bring_in": Action.IMPORT_CASES,
    "staff.import_sheet": Action.OPEN_UPLOAD,
    "staff.import_columns": Action.OPEN_UPLOAD,
    "staff.import_map": Action.OPEN_UPLOAD,
    "staff.import_rows": Action.OPEN_UPLOAD,
    "staff.import_page": Action.OPEN_UPLOAD,
    "staff.import_report": Action.OPEN_UPLOAD,
    "staff.settle_looks": Action.IMPORT_CASES,
    "staff.drop_upload": Action.OPEN_UPLOAD,
    "staff.undo_import": Action.UNDO_IMPORT,
    "staff.recheck_list": Action.PUBLISH,
    "staff.agree_guest": Action.MANAGE_ACCOUNTS,
    "staff.emergency_stops": Action.PUT_BACK,
    "staff.stop_many": Action.PAUSE_MANY,
    "staff.ask_to_lift_stop": Action.PUT_BACK,
    "staff.lift_stop": Action.PUT_BACK,
    "staff.own_word": Action.EDIT_CASE,
    "staff.take_away": Action.READ_CASE,
    "staff.publish": Action.PUBLISH,
    "staff.withdraw": Action.WITHDRAW,
    "staff.pause": Action.PAUSE,
    "staff.pause_by_reference": Action.PAUSE,
    "staff.pause_made": Action.PAUSE,
    "staff.undo_pause": Action.PAUSE,
    "staff.say_why_paused": Action.PAUSE,
    "staff.looked_at_pauses": Action.PAUSE_MANY,
    "staff.ask_return": Action.READ_CASE,
    "staff.approve_and_keep": Action.PUBLISH,
    "staff.answer_limit": Action.READ_CASE,
    "staff.kept_back": Action.CONFIRM_SAFETY,
    "staff.leave_out": Action.CONFIRM_SAFETY,
    "staff.consent_form": Action.READ_CONFIDENTIAL,
    "staff.consent_form_file": Action.READ_CONFIDENTIAL,
    "staff.confirm_consent": Action.CONFIRM_SAFETY,
    "staff.sign_consent": Action.SIGN_SECOND,
    "staff.assess_risk": Action.CONFIRM_SAFETY,
}


def confidential_rules(app: Flask) -> list[tuple[str, str, frozenset[str]]]:
    """Return (endpoint, an address that fits it, methods) for everything outside the public edge."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(("public.", "partners.")):
            address = re.sub(r"<int:[^>]+>", "1", rule.rule)
            found.append((rule.endpoint, re.sub(r"<[^>]+>", "FXD-00000", address), frozenset(rule.methods or ())))
    return found


def test_every_address_outside_the_public_edge_stands_in_the_table(app: Flask) -> None:
    carried = {endpoint: mark_of(app, endpoint) for endpoint, _, _ in confidential_rules(app)}
    assert carried == TABLE


def test_a_visitor_opens_nothing_of_the_desk(app: Flask) -> None:
    visitor = Browser(app, app.response_class, use_cookies=True)
    for endpoint, address, methods in confidential_rules(app):
        if TABLE.get(endpoint) != ANYONE and "GET" in methods:
            answer = visitor.get(address)
            assert answer.status_code == 302, address
            assert "/staff/sign-in" in answer.location, address


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_table_allows_and_nothing_else(app: Flask, cast: Cast, role: Role) -> None:
    member = cast("Somebody", role.value)
    token = member.token_on("/staff/me")
    for endpoint, address, methods in confidential_rules(app):
        if TABLE.get(endpoint) in {ANYONE, SIGNED_IN, None}:
            continue
        is_allowed = role in PERMISSIONS[Action(TABLE[endpoint])]
        answer = member.get(address) if "GET" in methods else member.post(address, data={"csrf_token": token})
        assert (answer.status_code != 403) is is_allowed, (endpoint, answer.status_code)
        assert answer.status_code < 500, (endpoint, answer.status_code)
