"""The pages on which a person does what the gate asks: decisions, guests, emergency stops, asking the released."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from campaign.audit.log import AuditRow
from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger import reader
from tests.staff.conftest import Person
from tests.staff.writing import approved, head, written


def public(edo: Person, sana: Person, noor: Person, pia: Person) -> str:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    return ref


def state(app: Flask, ref: str) -> str:
    with app.app_context():
        return reader.state(ref)


def audited(app: Flask, action: str) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditRow).where(AuditRow.action == action)).all())


def test_two_people_settle_between_relatives_on_the_page(
    app: Flask, edo: Person, sana: Person, noor: Person, vito: Person
) -> None:
    ref = written(edo, sana)
    page = f"/cases/{ref}/decisions"
    before = audited(app, "case.confidential_read")
    shown = sana.sees(page)
    assert audited(app, "case.confidential_read") == before + 1
    assert "Write a decision" in shown
    assert "Write a decision" not in noor.sees(page)
    vito.sees(page, 403)
    sana.posts(page, 422, kind="settlement", text="")
    sana.posts(page, kind="settlement", text="The mother speaks for her.", scopes=["store", "publish_name"])
    row = head(app, ref).decisions[0]
    assert "Sign as the second person" not in sana.sees(page)
    sana.posts(f"{page}/{row.id}/sign", 403)
    noor.posts(f"{page}/{row.id}/sign")
    assert "signed by two" in noor.sees(page)
    assert head(app, ref).decisions[0].second_by == noor.id
    # It lets less be public than the mother's word alone would: who is no officer can't undo that.
    noor.posts(f"{page}/{row.id}/take-back", 403)
    sana.posts(f"{page}/{row.id}/take-back")
    assert head(app, ref).decisions == []


def test_a_publisher_reads_only_the_decisions_that_a_publisher_signs(edo: Person, sana: Person, pia: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    for kind in ("settlement", "best_interests"):
        sana.posts(f"/cases/{ref}/decisions", kind=kind, text=f"words-of-a-{kind}", scopes=["store"])
    shown = pia.sees(f"/cases/{ref}/decisions")
    assert "words-of-a" in shown  # a publisher may be the second of these two
    assert "What the check found" not in shown
    assert "Orunjan" not in shown


def test_the_desk_says_who_could_review_and_two_appoint_a_guest(
    app: Flask, edo: Person, sana: Person, vito: Person, signed_in: Callable[..., Person]
) -> None:
    ada = signed_in("Ada", "administrator")
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    assert "Nobody is left" in sana.sees(f"/cases/{ref}/guests")
    vito.posts(f"/cases/{ref}/approve", 403, version=4, would_neighbour_know="no")
    sana.posts(f"/cases/{ref}/guests", account=vito.id)
    asked = ada.sees("/guests")
    assert "Vito" in asked
    assert ref not in asked
    guest = re.search(r"/guests/(\d+)/agree", asked)
    assert guest
    edo.posts(f"/guests/{guest[1]}/agree", 403)
    ada.posts(f"/guests/{guest[1]}/agree")
    assert "Nobody waits" in ada.sees("/guests")
    vito.posts(f"/cases/{ref}/approve", version=4, would_neighbour_know="no")
    assert audited(app, "review.guest_appointed") == 1


def test_an_emergency_stop_shows_list_and_count_first(
    app: Flask, edo: Person, sana: Person, noor: Person, pia: Person
) -> None:
    refs = [public(edo, sana, noor, pia) for _ in range(2)]
    edo.sees("/cords", 403)
    assert "Choose what to stop" not in pia.sees("/cords")
    shown = sana.sees("/cords?reach=everything")
    assert all(ref in shown for ref in refs)
    assert "2 pages will be taken down" in shown
    sana.posts("/cords", 409, reach="everything", count=1, reason="The site was attacked")
    sana.posts("/cords", 422, reach="everything", count=2, reason="")
    assert state(app, refs[0]) == "public"
    pia.posts("/cords", 403, reach="everything", count=2, reason="No")
    sana.posts("/cords", reach="everything", count=2, reason="The site was attacked")
    assert {state(app, ref) for ref in refs} == {"withdrawn"}
    hold = re.search(r"/cords/(\d+)/ask-return", sana.sees("/cords"))
    assert hold
    sana.posts(f"/cords/{hold[1]}/ask-return")
    sana.posts(f"/cords/{hold[1]}/return", 409)
    pia.posts(f"/cords/{hold[1]}/return")
    assert "In force now" not in sana.sees("/cords")


def test_who_is_free_is_asked_and_the_answer_is_written_down(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    typed = edo.typed(ref) | {
        "episodes-0-id": "90000001",
        "episodes-0-events-0-id": "e0000001",
        "episodes-0-events-0-type": "release",
        "episodes-0-events-0-date": "May 2021",
        "episodes-0-events-0-confidence": "single_source",
    }
    edo.posts(f"/cases/{ref}/edit", **typed)
    assert "asked by" in edo.sees(f"/cases/{ref}")
    assert "asked by" in edo.sees("/cases")
    edo.posts(f"/cases/{ref}/own-word", 409, note=" ")
    edo.posts(f"/cases/{ref}/own-word", note="Reached through a cousin: not now.")
    assert "asked by" not in edo.sees(f"/cases/{ref}")
    assert head(app, ref).notes[-1].text == "Reached through a cousin: not now."


def test_a_part_is_taken_away_by_one_person(
    app: Flask, edo: Person, sana: Person, noor: Person, pia: Person, vito: Person
) -> None:
    ref = public(edo, sana, noor, pia)
    typed = {name: value for name, value in edo.typed(ref).items() if not name.startswith("texts-0")}
    edo.posts(f"/cases/{ref}/edit", **typed)
    assert "Only remove" in edo.sees(f"/cases/{ref}/preview")
    vito.posts(f"/cases/{ref}/take-away", 403)
    edo.posts(f"/cases/{ref}/take-away")
    with app.app_context():
        profile = reader.profile(ref)
        assert profile is not None
        assert (profile.summary, profile.change.kind) == ([], "narrowing")


def test_an_editor_signs_public_interest_second_and_a_viewer_does_not(
    app: Flask, edo: Person, sana: Person, noor: Person, vito: Person
) -> None:
    ref = written(edo, sana)
    typed = edo.typed(ref, confidential=True) | {
        "consents-0-basis": "public_interest",
        "consents-0-giver_kind": "none_obtainable",
        "consents-0-reason": "Wrote to the family twice.",
    }
    edo.posts(f"/cases/{ref}/edit", **typed)
    waiting = head(app, ref).consents[1].id
    version = re.search(r'name="version" value="(\d+)"', noor.sees(f"/cases/{ref}/decisions"))
    assert version
    vito.posts(f"/cases/{ref}/consents/{waiting}/sign", 403, version=version[1])
    noor.posts(f"/cases/{ref}/consents/{waiting}/sign", version=version[1])
    assert head(app, ref).consents[1].second_signature == noor.id


def test_an_emergency_stop_of_a_place_suggests_and_refuses_words_that_it_does_not_know(
    edo: Person, sana: Person, noor: Person, pia: Person
) -> None:
    ref = public(edo, sana, noor, pia)
    for words in ("Nowhere at all", "653121/castle", "999999/prison"):
        page = sana.sees(f"/cords?reach=facility&subject={words}", 422)
        assert "No place of detention is called" in page, words
        assert "will be taken down" not in page
    assert "is no reference" in sana.sees("/cords?reach=relative&subject=Ghulja", 422)
    shown = sana.sees("/cords?reach=everything")
    assert ref in shown
    assert "Mahire Bulaqbeg" in shown


def test_who_restricts_a_case_is_offered_its_owner_and_writers_ticked(app: Flask, edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    page = sana.sees(f"/cases/{ref}/access")
    assert f'value="{edo.id}" checked' in page
    sana.posts(f"/cases/{ref}/access", deed="restrict", keep=[str(edo.id), "999999"])
    edo.sees(f"/cases/{ref}")
    other = written(edo, sana)
    sana.posts(f"/cases/{other}/access", deed="restrict")
    edo.sees(f"/cases/{other}", 404)


def test_a_relative_who_is_paused_is_told_of_in_one_neutral_sentence(
    app: Flask, edo: Person, sana: Person, noor: Person
) -> None:
    hidden, ref = written(edo, sana), approved(edo, sana, noor)
    sana.posts(f"/cases/{hidden}/access", deed="restrict")
    sana.posts(f"/cases/{hidden}/pause", reason="They were visited")
    row = {"relatives-0-id": "80000001", "relatives-0-relation": "sibling"}
    shown = {}
    for relative in (hidden, "FXD-00000"):
        edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | row | {"relatives-0-case_ref": relative})
        shown[relative] = edo.sees(f"/cases/{ref}").partition('id="gate"')[2].partition("</section>")[0]
    assert shown[hidden] == shown["FXD-00000"]
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"relatives-0-case_ref": hidden})
    edo.posts(f"/cases/{ref}/submit")
    noor.posts(f"/cases/{ref}/approve", version=head_version(app, ref), would_neighbour_know="no")
    page = edo.sees(f"/cases/{ref}")
    assert "waits for a safety officer" in page
    assert "Paused or stopped on" not in page


def head_version(app: Flask, ref: str) -> int:
    with app.app_context():
        case = db.session.scalar(select(Case).where(Case.ref == ref))
        assert case is not None
        return case.version
