"""Consents at the desk: what waits, who confirms alone, what is on file; each through the desk's own forms."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.audit.log import AuditRow
from campaign.cases.file import CaseFile
from campaign.clock import today
from campaign.database import db
from campaign.media.copies import vault
from campaign.publishing.consent.scopes import in_force
from campaign.publishing.consent.standing import is_assessed, is_confirmed
from tests.staff.conftest import Person
from tests.staff.writing import COMPLETE, head, written

NAME = ["store", "publish_name"]
BROTHER = {
    "consents-1-id": "c0000002",
    "consents-1-giver": "Polat Sadirov",
    "consents-1-giver_kind": "relative",
    "consents-1-basis": "family",
    "consents-1-how": "call",
    "consents-1-scopes": NAME,
    "consents-1-state": "given",
}


@pytest.fixture
def olga(signed_in: Callable[..., Person]) -> Person:
    """Somebody who edits and is a safety officer."""
    return signed_in("Olga Ärkin", "editor", "safety_officer")


def scopes(app: Flask, ref: str) -> frozenset[str]:
    with app.app_context():
        return in_force(head(app, ref), today()).scopes


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def confirms(officer: Person, ref: str, row: str) -> None:
    page = officer.posts(f"/cases/{ref}", 200, confidential="1").text
    officer.posts(f"/cases/{ref}/consents/{row}/confirm", version=version_of(page))


def two_words(edo: Person, sana: Person) -> str:
    """Return a case of which the mother allows the story and the brother does not, both confirmed."""
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | BROTHER)
    confirms(sana, ref, "c0000002")
    return ref


def test_an_editor_does_not_leave_out_the_narrower_word(app: Flask, edo: Person, sana: Person) -> None:
    ref = two_words(edo, sana)
    assert scopes(app, ref) == set(NAME)
    typed = edo.typed(ref, confidential=True)
    without = {name: value for name, value in typed.items() if not name.startswith("consents-1-")}
    assert "stays in the case" in edo.posts(f"/cases/{ref}/edit", 422, **without).text
    edo.posts(f"/cases/{ref}/edit", **typed | {"consents-1-outside_reach": "y"})
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"consents-1-giver": "Polat Sadırov"})
    assert scopes(app, ref) == set(NAME)


def test_a_corrected_spelling_takes_nothing_down_and_waits_for_an_officer(
    app: Flask, edo: Person, sana: Person
) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"consents-0-giver": "Orunjan Sadyrova"})
    assert scopes(app, ref) == {*NAME, "publish_story"}
    kept, waiting = head(app, ref).consents
    assert (kept.giver, is_confirmed(kept), is_confirmed(waiting)) == ("Orunjan Sadirova", True, False)
    page = sana.posts(f"/cases/{ref}", 200, confidential="1").text
    assert "A change of the consent of Orunjan Sadyrova waits beside it" in page
    assert "<del><bdi>Orunjan Sadirova</bdi></del> <ins><bdi>Orunjan Sadyrova</bdi></ins>" in page
    confirms(sana, ref, waiting.id)
    assert [row.giver for row in head(app, ref).consents] == ["Orunjan Sadyrova"]


def test_an_officer_leaves_a_change_out(app: Flask, edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"risks-0-to": "interviewer"})
    kept, waiting = head(app, ref).risks
    assert (kept.to, is_assessed(kept)) == ("person", True)
    version = version_of(sana.posts(f"/cases/{ref}", 200, confidential="1").text)
    edo.posts(f"/cases/{ref}/waiting/{waiting.id}/leave-out", 403, version=version)
    sana.posts(f"/cases/{ref}/waiting/{kept.id}/leave-out", 404, version=version)
    sana.posts(f"/cases/{ref}/waiting/{waiting.id}/leave-out", version=version)
    assert head(app, ref).risks == [kept]


def test_what_an_officer_obtained_counts_once_a_second_person_has_signed(
    app: Flask, olga: Person, sana: Person, noor: Person
) -> None:
    ref = olga.opens_case("Mahire Bulaqbeg")
    olga.posts(f"/cases/{ref}/edit", **olga.typed(ref, confidential=True) | COMPLETE)
    answer = olga.posts(f"/cases/{ref}/consents/c0000001/confirm", version=2)
    assert "counts once a second officer" in olga.client.get(answer.location).text
    assert scopes(app, ref) == frozenset()
    assert "waits for a second signature" in olga.sees(f"/cases/{ref}")
    page = noor.sees(f"/cases/{ref}/decisions")
    noor.posts(f"/cases/{ref}/consents/c0000001/sign", 403, version=version_of(page))
    noor.posts(f"/cases/{ref}/consents/c0000001/sign", version=version_of(page), called_back="y")
    assert scopes(app, ref) == {*NAME, "publish_story"}
    assert head(app, ref).consents[0].called_back
    olga.posts(f"/cases/{ref}/consents/c0000001/sign", 403, version=4)
    sana.posts(f"/cases/{ref}/consents/c0000001/confirm", version=4)
    assert head(app, ref).consents[0].confirmed_by == sana.id


def test_a_second_officer_signs_without_calling_back_and_who_wrote_does_not_sign(
    app: Flask, olga: Person, sana: Person, edo: Person
) -> None:
    ref = olga.opens_case("Mahire Bulaqbeg")
    olga.posts(f"/cases/{ref}/edit", **olga.typed(ref, confidential=True) | COMPLETE)
    olga.posts(f"/cases/{ref}/consents/c0000001/confirm", version=2)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "Botanist"})
    edo.posts(f"/cases/{ref}/consents/c0000001/sign", 403, version=4, called_back="y")
    sana.posts(f"/cases/{ref}/consents/c0000001/sign", version=4)
    assert scopes(app, ref) == {*NAME, "publish_story"}


@pytest.mark.parametrize("words", ["Olga Ärkin", "by telephone, olga ärkin and Edo", "olga ärkin@example.org"])
def test_who_is_named_as_having_obtained_it_needs_a_second(app: Flask, olga: Person, edo: Person, words: str) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    typed = edo.typed(ref, confidential=True) | COMPLETE | {"consents-0-obtained_by": words}
    edo.posts(f"/cases/{ref}/edit", **typed)
    olga.posts(f"/cases/{ref}/consents/c0000001/confirm", version=2)
    assert head(app, ref).consents[0].needs_second
    assert scopes(app, ref) == frozenset()


def attach(who: Person, ref: str, version: int, content: bytes, name: str, status: int = 302) -> str:
    line = 'Content-Disposition: form-data; name="{}"'.format
    parts = [f"{line(key)}\r\n\r\n{value}" for key, value in (("csrf_token", who.client.token()), ("version", version))]
    parts.append(f'{line("file")}; filename="{name}"\r\nContent-Type: text/html\r\n\r\n')
    before = "".join(f"--parts\r\n{part}\r\n" for part in parts).removesuffix("\r\n")
    answer = who.client.post(
        f"/staff/cases/{ref}/consents/c0000001/form",
        data=before.encode() + content + b"\r\n--parts--\r\n",
        content_type="multipart/form-data; boundary=parts",
    )
    assert answer.status_code == status, answer.text
    return answer.text


def test_who_obtained_it_confirms_alone_with_the_form_on_file(app: Flask, olga: Person) -> None:
    ref = olga.opens_case("Mahire Bulaqbeg")
    olga.posts(f"/cases/{ref}/edit", **olga.typed(ref, confidential=True) | COMPLETE)
    attach(olga, ref, 2, b"signed by hand", "../Розписка мами.pdf\u202e")
    olga.posts(f"/cases/{ref}/consents/c0000001/confirm", version=3)
    row = head(app, ref).consents[0]
    assert (row.form_name, is_confirmed(row), row.needs_second) == ("Розписка мами.pdf", True, False)
    assert scopes(app, ref) == {*NAME, "publish_story"}


def test_a_form_lies_sealed_and_is_given_back_as_it_was_and_logged(
    app: Flask, edo: Person, sana: Person, pia: Person, vito: Person
) -> None:
    ref = written(edo, sana)
    secret = b"<script>her-own-hand</script>" * 1000
    attach(edo, ref, 4, secret, "a.html")
    waiting: CaseFile = head(app, ref)
    assert (len(waiting.consents), waiting.consents[0].form, is_confirmed(waiting.consents[0])) == (2, "", True)
    row = waiting.consents[1]
    address = f"/staff/cases/{ref}/consents/{row.id}/form/file"
    before = readings(app)
    given = edo.client.get(address)
    assert given.data == secret
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.mimetype == "application/octet-stream"
    assert readings(app) == before + 1
    for stranger in (pia, vito):
        assert stranger.client.get(address).status_code in (403, 404)
    with app.app_context():
        sealed = b"".join(path.read_bytes() for path in vault().root.rglob("*") if path.is_file())
    assert b"her-own-hand" not in sealed


def readings(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditRow).where(AuditRow.action == "case.confidential_read")).all())


def test_what_is_empty_or_too_large_is_refused_and_nothing_is_kept(app: Flask, edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    assert "empty" in attach(edo, ref, 4, b"", "a.pdf", 422)
    assert attach(edo, ref, 4, b"x" * (25 * 1024 * 1024 + 1), "a.pdf", 422)
    attach(edo, ref, 3, b"stale", "a.pdf")
    with app.app_context():
        assert list(vault().names()) == []


def test_a_limit_in_words_is_quoted_to_who_reviews_and_publishes_alone_and_logged(
    app: Flask, edo: Person, sana: Person, noor: Person, pia: Person, vito: Person
) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    typed = edo.typed(ref, confidential=True) | COMPLETE | {"consents-0-limits": "Do not name her town."}
    edo.posts(f"/cases/{ref}/edit", **typed)
    sana.posts(f"/cases/{ref}/consents/c0000001/confirm", version=2)
    sana.posts(f"/cases/{ref}/risks/d0000001/assess", version=3)
    edo.posts(f"/cases/{ref}/submit")
    before = readings(app)
    for nobody in (edo, vito, sana):
        assert "her town" not in nobody.sees(f"/cases/{ref}")
    assert readings(app) == before
    for reader in (noor, pia):
        page = reader.sees(f"/cases/{ref}")
        assert "Do not name her town." in page
        assert "Orunjan" not in page
    assert readings(app) == before + 2
    vito.posts(f"/cases/{ref}/limits/c0000001", 403, note="Fine.")
    edo.posts(f"/cases/{ref}/limits/c0000001", 403, note="Fine.")
    noor.posts(f"/cases/{ref}/limits/c0000001", note="It is not named.")
    noor.posts(f"/cases/{ref}/approve", version=5, would_neighbour_know="no")
    pia.posts(f"/cases/{ref}/publish", kind="update")


def test_pictures_comments_and_forms_ask_the_case_of_who_has_a_role_on_others(
    edo: Person, sana: Person, signed_in: Callable[..., Person]
) -> None:
    both = signed_in("Both", "viewer", "contributor")
    ref = written(edo, sana)
    both.sees(f"/cases/{ref}")
    both.sees(f"/cases/{ref}/images", 403)
    both.sees(f"/cases/{ref}/consents/c0000001/form", 403)
    both.posts(f"/cases/{ref}/comments", 403, body="Hello", path="")
    own = both.opens_case("Nigar Anarbagh")
    both.sees(f"/cases/{own}/images")
