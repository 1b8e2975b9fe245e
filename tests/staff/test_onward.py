"""From one case that waits for somebody to the next: after a review, an answer, a publication."""

from flask import Flask

from tests.staff.conftest import Opens, Person
from tests.staff.writing import approved, written


def test_a_review_leads_to_the_next_that_its_reviewer_may_review(
    edo: Person, noor: Person, sana: Person, opens: Opens
) -> None:
    own, first, second = opens("Semet Örükzar", by=noor), opens("Nigar Anarbag"), opens("Tursun Bulaq")
    for ref in (own, first, second):
        edo.posts(f"/cases/{ref}/submit")
    answer = noor.posts(f"/cases/{first}/approve", version=1, would_neighbour_know="no")
    assert answer.location.endswith(f"/staff/cases/{second}")
    assert f"{first}: Approved" in noor.client.get(answer.location).text
    answer = noor.posts(f"/cases/{second}/ask-changes", note="Where?")
    assert answer.location.endswith(f"/staff/cases/{second}")
    assert "Sent back" in noor.client.get(answer.location).text


def test_the_order_is_that_of_submission_and_begins_again(edo: Person, noor: Person, opens: Opens) -> None:
    refs = [opens(name) for name in ("Semet Örükzar", "Nigar Anarbag", "Tursun Bulaq")]
    for ref in refs:
        edo.posts(f"/cases/{ref}/submit")
    last = noor.posts(f"/cases/{refs[2]}/approve", version=1, would_neighbour_know="no")
    assert last.location.endswith(refs[0])


def test_a_publication_leads_to_the_next_preview_that_may_go_and_leaves_out_the_rest(
    app: Flask, edo: Person, noor: Person, sana: Person, pia: Person
) -> None:
    first, lacking, second = approved(edo, sana, noor), written(edo, sana), approved(edo, sana, noor)
    edo.posts(f"/cases/{lacking}/submit")
    answer = pia.posts(f"/cases/{first}/publish", kind="update")
    assert answer.location.endswith(f"/staff/cases/{second}/preview")
    assert second in pia.sees("/cases?unpublished=yes")
    assert first not in pia.sees("/cases?unpublished=yes")
    assert pia.posts(f"/cases/{second}/publish", kind="update").location.endswith(f"/staff/cases/{second}")


def test_what_was_withdrawn_is_not_led_to(app: Flask, edo: Person, noor: Person, sana: Person, pia: Person) -> None:
    first, second = approved(edo, sana, noor, "Semet Orukzar"), approved(edo, sana, noor)
    pia.posts(f"/cases/{first}/publish", kind="update")
    pia.posts(f"/cases/{first}/withdraw", reason="The family asked.")
    assert pia.posts(f"/cases/{second}/publish", kind="update").location.endswith(f"/staff/cases/{second}")
