"""Every page of the desk, met by a browser as whoever may open it: silent towards others, whole, open to everyone.

One rule: an address that answers with a page stands in WALK; one that does not stands in NO_PAGE, with the reason.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pytest

from tests.browser.demonstration import NOBODY, Demonstration
from tests.browser.looking import barriers, faults, listen


class Stop(NamedTuple):
    """One stop of the walk: who comes, where to, and what the answer must be."""

    endpoint: str
    role: str
    path: str
    status: int = 200


WALK = (
    Stop("accounts.sign_in", NOBODY, "/staff/sign-in"),
    Stop("accounts.invitation", NOBODY, "/staff/invitation/{invitation}"),
    Stop("accounts.invitation", NOBODY, "/staff/invitation/used-long-ago", 410),
    Stop("accounts.demonstration", NOBODY, "{link}"),
    Stop("accounts.me", "editor", "/staff/me"),
    Stop("accounts.prove", "editor", "/staff/prove"),
    Stop("accounts.password", "editor", "/staff/me/password"),
    Stop("accounts.second_factor", "editor", "/staff/me/second-factor"),
    Stop("accounts.command", "editor", "/staff/me/command"),
    Stop("accounts.people", "administrator", "/staff/people"),
    Stop("accounts.invite", "administrator", "/staff/people/invite"),
    Stop("accounts.vouching_page", "administrator", "/staff/me/vouching"),
    Stop("accounts.person", "administrator", "/staff/people/{editor}"),
    Stop("accounts.person", "administrator", "/staff/people/{administrator}"),
    Stop("accounts.person", "administrator", "/staff/people/{newcomer}"),
    Stop("staff.desk", "editor", "/staff/"),
    Stop("staff.desk", "publisher", "/staff/"),
    Stop("staff.desk", "safety_officer", "/staff/"),
    Stop("staff.desk", "administrator", "/staff/"),
    Stop("staff.cases", "editor", "/staff/cases"),
    Stop("staff.cases", "editor", "/staff/cases?q=nobodyofthatname"),
    Stop("staff.cases", "publisher", "/staff/cases?state=in_review"),
    Stop("staff.cases", "safety_officer", "/staff/cases?ticked=all"),
    Stop("staff.cases", "publisher", "/staff/cases?unpublished=yes"),
    Stop("staff.confirming", "safety_officer", "/staff/confirming?consent=yes"),
    Stop("staff.confirming", "safety_officer", "/staff/confirming?ref={review}"),
    Stop("staff.new", "editor", "/staff/cases/new"),
    Stop("staff.view", "editor", "/staff/cases/{draft}"),
    Stop("staff.view", "editor", "/staff/cases/{draft}?confidential=1"),
    Stop("staff.view", "publisher", "/staff/cases/{review}"),
    Stop("staff.view", "editor", "/staff/cases/{public}"),
    Stop("staff.view", "safety_officer", "/staff/cases/{public}?confidential=1"),
    Stop("staff.view", "viewer", "/staff/cases/{gone}"),
    Stop("staff.view", "viewer", "/staff/cases/FXD-00000", 404),
    Stop("staff.edit", "editor", "/staff/cases/{public}/edit"),
    Stop("staff.edit", "editor", "/staff/cases/{public}/edit?confidential=1"),
    Stop("staff.edit", "viewer", "/staff/cases/{public}/edit", 403),
    Stop("staff.preview", "publisher", "/staff/cases/{review}/preview"),
    Stop("staff.preview", "publisher", "/staff/cases/{public}/preview"),
    Stop("staff.withdraw", "publisher", "/staff/cases/{public}/withdraw"),
    Stop("staff.pause", "editor", "/staff/cases/{public}/pause"),
    Stop("staff.pause_made", "editor", "/staff/cases/{public}/pause/made"),
    Stop("staff.pause_by_reference", "viewer", "/staff/pause"),
    Stop("staff.history", "editor", "/staff/cases/{public}/history"),
    Stop("staff.difference", "editor", "/staff/cases/{public}/difference?confidential=1"),
    Stop("staff.images", "editor", "/staff/cases/{public}/images"),
    Stop("staff.comments", "editor", "/staff/cases/{public}/comments"),
    Stop("staff.access", "safety_officer", "/staff/cases/{public}/access"),
    Stop("staff.decisions_of", "safety_officer", "/staff/cases/{public}/decisions"),
    Stop("staff.kept_back", "safety_officer", "/staff/cases/{review}/kept-back"),
    Stop("staff.guests_of", "safety_officer", "/staff/cases/{review}/guests"),
    Stop("staff.guest_requests", "administrator", "/staff/guests"),
    Stop("staff.recheck_list", "publisher", "/staff/recheck"),
    Stop("staff.own_word", "editor", "/staff/cases/{public}/own-word"),
    Stop("staff.emergency_stops", "safety_officer", "/staff/cords"),
    Stop("staff.facilities", "editor", "/staff/facilities"),
    Stop("staff.imports", "editor", "/staff/imports"),
    Stop("staff.imports", "safety_officer", "/staff/imports"),
    Stop("staff.conflicts", "editor", "/staff/imports/waiting"),
    Stop("staff.conflicts", "editor", "/staff/imports/waiting?after=0.6_1"),
    Stop("staff.keys", "translator", "/staff/keys"),
    Stop("staff.unsaved", "translator", "/staff/unsaved"),
    Stop("staff.duty_page", "translator", "/staff/duty"),
    Stop("staff.duty_page", "administrator", "/staff/duty"),
)
# Addresses that a browser asks for and that are no page of their own.
NO_PAGE = {
    "accounts.stay": "asked by a button: tests/browser/test_unsaved.py",
    "staff.unsaved_of": "leads to what is unsaved",
    "staff.compare_unsaved": "of what is unsaved: tests/browser/test_unsaved.py",
    "accounts.second_step": "after a password alone: tests/browser/test_way_in.py",
    "accounts.set_up": "after a password alone: tests/browser/test_way_in.py",
    "accounts.sheet": "after a password alone: tests/browser/test_passkeys.py",
    "accounts.sheet_passkey": "after a code of the printed sheet: tests/browser/test_passkeys.py",
    "accounts.new_passkey": "not on an address of numbers: tests/browser/test_passkeys.py",
    "staff.emergency": "after a code where a passkey is due: tests/browser/test_passkeys.py",
    "staff.take_down": "after a code where a passkey is due: tests/staff/test_emergency.py",
    "staff.reviews": "leads to the worklist",
    "staff.consent_form": "of a consent: tests/staff/test_consents.py",
    "staff.consent_form_file": "a file",
    "staff.import_sheet": "of an import: tests/browser/test_imports.py",
    "staff.import_columns": "of an import: tests/browser/test_imports.py",
    "staff.import_rows": "of an import: tests/browser/test_imports.py",
    "staff.import_page": "of an import: tests/browser/test_imports.py",
    "staff.undo_import": "of an import: tests/browser/test_imports.py",
    "staff.import_map": "a file",
    "staff.import_report": "a file",
    "staff.picture": "a picture",
    "staff.suggest_places": "a list for a field",
    "staff.suggest_facilities": "a list for a field",
}


# A page with its confidential fields holds all of the page without them: one of the two is examined.
EXAMINED = [stop for stop in WALK if f"{stop.path}?confidential=1" not in {other.path for other in WALK}]


def unwalked(endpoints: Iterable[str]) -> set[str]:
    """Return which pages of the desk nobody walks to."""
    ours = {name for name in endpoints if name.startswith(("staff.", "accounts."))}
    return ours - {stop.endpoint for stop in WALK} - set(NO_PAGE)


def answering(demonstration: Demonstration) -> set[str]:
    """Return the endpoints that answer to a GET."""
    return {rule.endpoint for rule in demonstration.app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_somebody_walks_to_every_page_of_the_desk(demonstration: Demonstration) -> None:
    assert unwalked(answering(demonstration)) == set()
    assert ({stop.endpoint for stop in WALK} | set(NO_PAGE)) - answering(demonstration) == set()


def test_a_page_that_nobody_walks_to_is_seen() -> None:
    assert unwalked(["staff.view", "public.home", "staff.something_new"]) == {"staff.something_new"}


@pytest.mark.parametrize("stop", WALK, ids=lambda stop: f"{stop.role} {stop.path}")
def test_a_page_of_the_desk_is_whole_asks_nobody_else_and_shuts_nobody_out(
    demonstration: Demonstration, stop: Stop
) -> None:
    page = demonstration.open(stop.role)
    heard = listen(page)
    answer = page.goto(demonstration.at(stop.path), wait_until="load")
    assert answer is not None
    assert answer.status == stop.status
    assert faults(page, heard, demonstration.address, answer) == []
    if stop in EXAMINED:
        assert barriers(page) == []
    page.close()


OFFENDER = """<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><h1>y</h1><img src="/static/site.css">
<p style="width: 3000px">wide</p><input><script>document.title = "y"</script>
<img src="http://other.example/x.png" alt=""><div><svg width="2000" height="1"></svg></div></main>"""


def test_the_walker_sees_an_offender(demonstration: Demonstration) -> None:
    page = demonstration.open("editor")
    policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'"
    headers = {"Content-Type": "text/html", "Content-Security-Policy": policy}
    page.route("**/staff/planted", lambda route: route.fulfill(body=OFFENDER, headers=headers))
    heard = listen(page)
    answer = page.goto(f"{demonstration.address}/staff/planted")
    assert answer is not None
    seen = " ".join(faults(page, heard, demonstration.address, answer))
    for words in ("2 h1", "inline style", "inline script", "other.example", "too wide at 390", "too wide at 1280"):
        assert words in seen, words
    assert {rule for _, rule, _ in barriers(page)} >= {"image-alt", "label"}
    page.close()
