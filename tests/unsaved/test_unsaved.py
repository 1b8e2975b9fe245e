"""Nothing typed is lost: kept while it is typed, when a session ends, when a token is old; planted by nobody."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select

from campaign.accounts.models import SignInSession
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing import erase as erasing
from campaign.unsaved import keeping
from campaign.unsaved.models import Unsaved
from tests.staff.conftest import Opens, Person, controls
from tests.staff.test_edit import head

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
STORY = "She told it once, and will not tell it again: the garden, the two cars, the man with the list."
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def rows(app: Flask) -> list[tuple[str, bool]]:
    """Return what is kept: the page of each form, and whether it was sent without a session."""
    with app.app_context():
        found = db.session.execute(select(Unsaved.page, Unsaved.is_rescued).order_by(Unsaved.id)).all()
        return [(page, is_rescued) for page, is_rescued in found]


def ends_session(app: Flask, person: Person) -> None:
    with app.app_context():
        db.session.execute(delete(SignInSession).where(SignInSession.account_id == person.id))
        db.session.commit()


@both
def test_what_is_typed_is_kept_offered_and_gone_on_with(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": "botanist", "birth": "perhaps 1970", "origin_place": "Nowhere at all"}
    for words in ("bota", "botanist"):
        answer = edo.posts("/unsaved/keep", 200, **typed | {"occupation": words})
        assert re.fullmatch(r"Kept at \d\d:\d\d, not saved yet\.", answer.json["said"])
    assert rows(app) == [(f"/staff/cases/{ref}/edit", False)]
    page = edo.sees(f"/cases/{ref}/edit")
    assert "You have unsaved work from" in page
    assert controls(page)["occupation"] == ""
    on = edo.sees(re.search(rf"/staff(/cases/{ref}/edit\?unsaved=\d+)", page)[1])
    sent = controls(on)
    assert [sent[name] for name in ("occupation", "birth", "origin_place")] == [
        "botanist", "perhaps 1970", "Nowhere at all",
    ]  # fmt: skip
    edo.posts(f"/cases/{ref}/edit", **sent | {"origin_place": ""})
    assert (head(app, ref).occupation, rows(app)) == ("botanist", [])


@both
def test_a_session_that_ended_loses_nothing_and_plants_nothing(
    app: Flask, edo: Person, opens: Opens, case_of: Callable[[str], Case]
) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": STORY}
    ends_session(app, edo)
    answer = edo.posts(f"/cases/{ref}/edit", 302, **typed)
    assert answer.location == "/staff/sign-in?next=/staff/unsaved&kept=yes"
    assert "What you typed is kept" in edo.client.get(answer.location).text
    assert rows(app) == [(f"/staff/cases/{ref}/edit", True)]
    assert case_of(ref).version == 1
    with app.app_context():
        sealed = db.session.scalar(select(func.hex(Unsaved.typed)) if "sqlite" in str(db.engine.url) else select(1))
        assert STORY.encode().hex().upper() not in str(sealed)


def test_a_token_of_a_session_before_brings_it_back_to_save(
    app: Flask, signed_in: Callable[..., Person], opens: Opens
) -> None:
    edo = signed_in("Edith", "editor")
    ref = opens("Nigar Anarbag", by=edo)
    typed = edo.typed(ref) | {"occupation": STORY, "csrf_token": "of-before"}
    answer = edo.posts(f"/cases/{ref}/edit", 302, **typed)
    page = edo.client.get(answer.location, follow_redirects=True).text
    assert "You signed in again after this page was drawn" in page
    assert controls(page)["occupation"] == STORY
    edo.posts(f"/cases/{ref}/edit", **controls(page))
    assert (head(app, ref).occupation, rows(app)) == (STORY, [])


def test_it_is_kept_for_the_account_that_typed_it_alone(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": STORY, "csrf_token": "of-edo"}
    answer = noor.posts(f"/cases/{ref}/edit", 403, **typed)
    assert "typed by another account" in answer.text
    assert STORY not in noor.sees("/unsaved") + noor.sees(f"/cases/{ref}/edit") + answer.text
    with app.app_context():
        number = db.session.scalar(select(Unsaved.id))
    noor.sees(f"/unsaved/{number}", 404)
    noor.posts(f"/unsaved/{number}/throw-away", 404)
    assert STORY in edo.sees(f"/unsaved/{number}")


@pytest.mark.parametrize("ticket", ["", "forged", "old"])
def test_without_a_valid_ticket_nothing_is_stored_and_it_is_shown_back(
    app: Flask, edo: Person, opens: Opens, ticket: str
) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": STORY}
    ends_session(app, edo)
    sent = str(typed["ticket"])
    typed["ticket"] = {"": "", "forged": f"{sent[:-1]}{'A' if sent[-1] != 'A' else 'B'}", "old": sent}[ticket]
    later = datetime.now(UTC) + timedelta(hours=25 if ticket == "old" else 0)
    with time_machine.travel(later, tick=False):
        answer = edo.posts(f"/cases/{ref}/edit", 401, **typed)
    assert STORY in answer.text
    assert "Nothing was kept here" in answer.text
    assert rows(app) == []


def test_more_than_a_megabyte_is_shown_back_and_not_stored(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": "x" * 1_100_000}
    assert "more than 1 MB" in edo.posts("/unsaved/keep", 413, **typed).json["said"]
    ends_session(app, edo)
    edo.posts(f"/cases/{ref}/edit", 413, **typed)
    assert rows(app) == []


def test_one_row_a_ticket_however_often_it_is_sent(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref)
    ends_session(app, edo)
    for words in ("one", "two", "three"):
        edo.posts(f"/cases/{ref}/edit", 302, **typed | {"occupation": words})
    with app.app_context():
        kept = db.session.scalars(select(Unsaved)).all()
        assert [keeping.typed_in(row)["occupation"] for row in kept] == ["three"]


def test_two_tabs_of_one_case_are_kept_apart(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    first, second = edo.typed(ref) | {"occupation": "baker"}, edo.typed(ref) | {"occupation": "poet"}
    edo.posts("/unsaved/keep", 200, **first)
    edo.posts("/unsaved/keep", 200, **second)
    assert edo.sees(f"/cases/{ref}/edit").count("You have unsaved work from") == 2
    edo.posts(f"/cases/{ref}/edit", **first)
    assert edo.sees(f"/cases/{ref}/edit").count("You have unsaved work from") == 1


def test_consents_in_it_are_marked_and_read_only_by_who_may(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref, confidential=True) | {
        "consents-0-id": "c0000001", "consents-0-giver": "Orunjan Sadirova", "consents-0-state": "given",
    }  # fmt: skip
    edo.posts("/unsaved/keep", 200, **typed)
    page = edo.sees(re.search(r"/staff(/unsaved/\d+)\"", edo.sees("/unsaved"))[1])
    assert "Orunjan Sadirova" in page
    assert "consent or risk: read it again" in page
    assert "consents" not in str(head(app, ref).consents)


def test_confidential_fields_are_shown_beside_what_was_typed(edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref) | {"occupation": "botanist", "birth": "perhaps 1970", "also-confidential": "1"}
    page = edo.posts(f"/cases/{ref}/edit", 200, **typed).text
    sent = controls(page)
    assert (sent["confidential"], sent["occupation"], sent["birth"]) == ("1", "botanist", "perhaps 1970")
    assert 'id="part-consent"' in page
    more = edo.posts(f"/cases/{ref}/edit", 200, **sent | {"add-consents": "1"}).text
    assert "consents-0-giver" in controls(more)


def test_of_a_case_that_was_closed_to_its_writer_nothing_is_shown(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    edo.posts("/unsaved/keep", 200, **edo.typed(ref) | {"occupation": STORY})
    path = re.search(r"/staff(/unsaved/\d+)\"", edo.sees("/unsaved"))[1]
    assert "Nigar Anarbag" in edo.sees(path) + edo.sees("/unsaved")
    with app.app_context():
        db.session.query(Case).filter_by(ref=ref).one().is_restricted = True
        db.session.commit()
    edo.sees(path, 404)
    shown = edo.sees("/unsaved") + edo.sees("/")
    assert not any(words in shown for words in ("Nigar Anarbag", STORY, ref))
    assert "A case that you may open no more" in shown
    edo.posts(f"{path}/throw-away")
    assert rows(app) == []


def test_a_row_that_is_added_keeps_all_that_was_typed(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    edo.posts(f"/cases/{ref}/edit", 200, **edo.typed(ref) | {"occupation": "poet", "add-episodes": "1"})
    with app.app_context():
        assert keeping.typed_in(db.session.scalars(select(Unsaved)).one())["occupation"] == "poet"


def test_a_comment_sent_without_a_session_is_sent_once_more(
    app: Flask, signed_in: Callable[..., Person], opens: Opens
) -> None:
    edo = signed_in("Edith", "editor")
    ref = opens("Nigar Anarbag", by=edo)
    ticket = TICKET.search(edo.sees(f"/cases/{ref}/comments"))[1]
    answer = edo.posts(f"/cases/{ref}/comments", 302, body=STORY, csrf_token="of-before", ticket=ticket)
    page = edo.client.get(answer.location, follow_redirects=True).text
    assert STORY in page
    assert STORY not in edo.sees(f"/cases/{ref}/comments")


def test_a_new_case_that_is_typed_is_kept_too(app: Flask, edo: Person) -> None:
    typed = controls(edo.sees("/cases/new"), "form") | {"name": "Nigar Anarbag"}
    edo.posts("/unsaved/keep", 200, **typed)
    assert "A new case" in edo.sees("/unsaved")
    edo.posts("/cases/new", **typed)
    assert rows(app) == []


def test_erasure_reaches_what_everybody_typed(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    for person in (edo, noor):
        person.posts("/unsaved/keep", 200, **person.typed(ref) | {"occupation": STORY})
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
        erasing.erase_case(case, by=None, reason="asked")
        db.session.commit()
    assert rows(app) == []


def test_it_is_dropped_after_thirty_days(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    edo.posts("/unsaved/keep", 200, **edo.typed(ref) | {"occupation": STORY})
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False), app.app_context():
            keeping.drop_old()
        assert len(rows(app)) == left


@both
def test_each_is_told_who_else_has_the_case_open(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    assert "has this case open" not in edo.sees(f"/cases/{ref}/edit")
    assert "Edo</bdi></strong> has this case open since" in noor.sees(f"/cases/{ref}/edit")
    assert "Noor</bdi></strong> has this case open since" in edo.posts(f"/cases/{ref}/here", 200).text
    noor.posts(f"/cases/{ref}/left", 204)
    assert "has this case open" not in edo.posts(f"/cases/{ref}/here", 200).text
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=3), tick=False):
        assert "has this case open" not in noor.sees(f"/cases/{ref}/edit"), "edo's page says no more that it is open"


def test_typing_keeps_a_session_alive_and_a_poll_does_not(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag")
    typed = edo.typed(ref)
    start = datetime.now(UTC)
    with time_machine.travel(start + timedelta(minutes=20), tick=False):
        edo.posts("/unsaved/keep", 200, **typed)
    with time_machine.travel(start + timedelta(minutes=45), tick=False):
        polled = edo.client.post(
            f"/staff/cases/{ref}/here", data={"csrf_token": edo.client.token()}, headers={"X-Poll": "1"}
        )
        assert polled.status_code == 200
    with time_machine.travel(start + timedelta(minutes=55), tick=False):
        edo.posts(f"/cases/{ref}/here", 302)


def test_who_is_signed_out_is_told(app: Flask, edo: Person) -> None:
    ends_session(app, edo)
    answer = edo.client.get("/staff/cases")
    assert "You were signed out" in edo.client.get(answer.location).text
