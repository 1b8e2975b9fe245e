"""The whole thread at the desk: open, write, confirm, submit, approve, publish, withdraw, each by who may."""

from flask import Flask

from campaign.ledger import reader
from tests.staff.conftest import Person
from tests.staff.writing import approved, written


def state(app: Flask, ref: str) -> object:
    with app.app_context():
        return reader.state(ref)


def test_a_case_goes_from_a_name_to_the_public_and_back(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    ref = approved(edo, sana, noor)
    assert "An invented article" in pia.sees(f"/cases/{ref}/preview")
    pia.posts(f"/cases/{ref}/publish", kind="update")
    assert state(app, ref) == "public"
    assert "Version 1" in edo.sees(f"/cases/{ref}")
    pia.posts(f"/cases/{ref}/withdraw", 422, reason="")
    pia.posts(f"/cases/{ref}/withdraw", reason="The family asked")
    assert state(app, ref) == "withdrawn"


def test_nobody_approves_what_they_wrote(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    page = edo.posts(f"/cases/{ref}/approve", 403, version=4, would_neighbour_know="no")
    assert "wrote none of it" in page.get_data(as_text=True)


def test_an_approval_answers_whether_a_neighbour_would_know(edo: Person, noor: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    page = noor.posts(f"/cases/{ref}/approve", 422, version=4, note="Well done").get_data(as_text=True)
    assert "Answer the question" in page
    assert "Well done" in page


def test_what_was_saved_after_the_reviewer_read_it_is_not_approved(edo: Person, noor: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    noor.posts(f"/cases/{ref}/approve", 409, version=3, would_neighbour_know="no")


def test_asking_for_changes_says_which(edo: Person, noor: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    noor.posts(f"/cases/{ref}/ask-changes", 409, note=" ")
    noor.posts(f"/cases/{ref}/ask-changes", note="Which garden?")
    assert "Which garden?" in edo.sees(f"/cases/{ref}")


def test_what_the_gate_lacks_keeps_a_case_in(app: Flask, edo: Person, pia: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/submit")
    page = pia.posts(f"/cases/{ref}/publish", 409, kind="update").get_data(as_text=True)
    assert "can&#39;t be published yet" in page
    assert state(app, ref) == "unknown"


def test_whoever_edits_pauses_and_two_others_put_back(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    edo.posts(f"/cases/{ref}/pause", reason="Somebody called")
    assert state(app, ref) == "withdrawn"
    hold = "1"
    edo.posts(f"/cases/{ref}/holds/{hold}/ask-return")
    pia.posts(f"/cases/{ref}/holds/{hold}/return")
    assert "On hold since" not in edo.sees(f"/cases/{ref}")


def test_a_consent_withdrawn_in_the_form_takes_the_page_away_at_once(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"consents-0-state": "withdrawn"})
    assert state(app, ref) == "withdrawn"


def test_a_confirmation_of_what_changed_meanwhile_is_refused(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    answer = sana.posts(f"/cases/{ref}/consents/c0000001/confirm", version=1)
    assert "Read it again" in sana.client.get(answer.location, base_url="https://localhost").get_data(as_text=True)


def test_a_refusal_that_only_an_officer_may_end_keeps_what_was_typed(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"consents-0-state": "refused"})
    typed = edo.typed(ref, confidential=True) | {"consents-0-state": "given", "occupation": "botanist"}
    page = edo.posts(f"/cases/{ref}/edit", 422, **typed).get_data(as_text=True)
    assert "safety officer" in page
    assert 'value="botanist"' in page
