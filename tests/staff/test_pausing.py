"""A pause at the desk: one yes, what may be said with it and afterwards, an account that paused many."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import update

from campaign.accounts.models import SignInSession
from campaign.database import db
from campaign.publishing import holds
from tests.staff.conftest import Person
from tests.staff.test_thread import state
from tests.staff.writing import approved


def public(edo: Person, sana: Person, noor: Person, pia: Person) -> str:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    return ref


def test_one_yes_is_enough_for_whoever_reads_and_is_taken_back_with_one(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person, vito: Person
) -> None:
    ref = public(edo, sana, noor, pia)
    assert "Pause this page" in vito.sees(f"/cases/{ref}")
    vito.posts(f"/cases/{ref}/pause")
    assert state(app, ref) == "withdrawn"
    assert "Take it back" in vito.sees(f"/cases/{ref}/pause/made")
    assert "Take it back" not in edo.sees(f"/cases/{ref}/pause/made")
    edo.posts(f"/cases/{ref}/holds/1/undo", 409)
    vito.posts(f"/cases/{ref}/holds/1/undo")
    assert state(app, ref) == "public"


def test_the_reason_may_follow_and_is_asked_for(edo: Person, noor: Person, pia: Person, sana: Person) -> None:
    ref = public(edo, sana, noor, pia)
    edo.posts(f"/cases/{ref}/pause")
    assert "Why this was paused" in edo.sees(f"/cases/{ref}/pause/made")
    assert "Say why" in edo.posts(f"/cases/{ref}/holds/1/reason", 422, reason="").text
    edo.posts(f"/cases/{ref}/holds/1/reason", reason="Her uncle was visited")
    assert "Why this was paused" not in edo.sees(f"/cases/{ref}/pause/made")


def test_who_paused_four_in_a_day_can_only_pause_until_an_officer_has_looked(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    refs = [edo.opens_case(f"Mahire Bulaqbeg {letter}") for letter in "ABCDE"]
    for ref in refs[:4]:
        edo.posts(f"/cases/{ref}/pause")
    answer = edo.client.get(f"/staff/cases/{refs[4]}", base_url="https://localhost")
    assert (answer.status_code, answer.location) == (302, "/staff/pause")
    edo.posts(f"/cases/{refs[4]}/submit", 403)
    assert "nothing else" in edo.sees("/pause")
    lead = edo.client.get(f"/staff/pause?ref={refs[4].lower()}", base_url="https://localhost")
    assert lead.location == f"/staff/cases/{refs[4]}/pause"
    assert "no case with this reference" in edo.client.get("/staff/pause?ref=FXD-1", base_url="https://localhost").text
    assert "can do nothing else now" in sana.sees("/cords")
    with app.app_context():
        from campaign.publishing import pausing

        number = pausing.suspended()[0].id
    pia.posts(f"/pauses/{number}/looked", 403)
    sana.posts(f"/pauses/{number}/looked")
    edo.sees(f"/cases/{refs[4]}")


def test_from_the_fourth_in_a_day_a_withdrawal_without_a_fresh_code_is_a_pause(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    refs = [public(edo, sana, noor, pia) for _ in range(5)]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15), tick=False):
        for ref in refs[:3]:
            assert "this is a pause" not in pia.sees(f"/cases/{ref}/withdraw")
            pia.posts(f"/cases/{ref}/withdraw", reason="The family asked")
        assert "this is a pause" in pia.sees(f"/cases/{refs[3]}/withdraw")
        answer = pia.posts(f"/cases/{refs[3]}/withdraw", reason="The family asked")
        assert answer.location == f"/staff/cases/{refs[3]}/pause/made"
        assert state(app, refs[3]) == "withdrawn"
        assert holds_of(app, refs[:4]) == [0, 0, 0, 1]
        with_a_fresh_code(app, pia)
        pia.posts(f"/cases/{refs[4]}/withdraw", reason="The family asked")
        assert holds_of(app, refs) == [0, 0, 0, 1, 0]


def holds_of(app: Flask, refs: list[str]) -> list[int]:
    with app.app_context():
        return [len(holds.active(ref)) for ref in refs]


def with_a_fresh_code(app: Flask, person: Person) -> None:
    with app.app_context():
        theirs = SignInSession.account_id == person.id
        db.session.execute(update(SignInSession).where(theirs).values(proven_at=datetime.now(UTC)))
        db.session.commit()
