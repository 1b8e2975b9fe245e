"""The page of an emergency session: found by name or reference, taken down within limits, and nothing read. [16]"""

import pytest
from flask import Flask
from sqlalchemy import select, update

from campaign.accounts.invitations import notify
from campaign.accounts.models import SignInSession
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import pausing
from tests.staff.conftest import Opens, Person
from tests.staff.writing import approved


def by_a_code_alone(app: Flask, person: Person) -> Person:
    """Make somebody's session one that a code opened where a passkey is due."""
    with app.app_context():
        theirs = SignInSession.account_id == person.id
        db.session.execute(update(SignInSession).where(theirs).values(is_emergency=True))
        db.session.commit()
    return person


@pytest.fixture
def public(edo: Person, sana: Person, noor: Person, pia: Person) -> str:
    """The reference of a profile that is public."""
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    return ref


def state(app: Flask, ref: str) -> str:
    with app.app_context():
        return reader.state(ref)


@pytest.mark.parametrize("deed", ["pause", "withdraw"])
def test_a_publisher_takes_a_profile_down_with_one_press_and_a_yes(
    app: Flask, public: str, pia: Person, deed: str
) -> None:
    by_a_code_alone(app, pia)
    assert f"{public}, Public" in pia.sees(f"/emergency?q={public.lower()}")
    assert f"Yes, {deed} now" in pia.sees(f"/emergency/{public}")
    pia.posts(f"/emergency/{public}", deed=deed)
    assert state(app, public) == "withdrawn"
    # It is held down too: nobody publishes it again alone.
    assert f"{public}, Paused" in pia.sees(f"/emergency?q={public}")
    assert "withdraw now" not in pia.sees(f"/emergency/{public}")


@pytest.mark.parametrize("is_emergency", [False, True])
def test_a_refusal_names_who_could_but_not_to_a_session_that_a_stolen_code_opens(
    app: Flask, public: str, pia: Person, monkeypatch: pytest.MonkeyPatch, is_emergency: bool
) -> None:
    monkeypatch.setattr(pausing, "MOST_A_DAY", 0)
    if is_emergency:
        by_a_code_alone(app, pia)
        pia.posts(f"/emergency/{public}", deed="pause")
        page = pia.sees(f"/emergency/{public}")
    else:
        page = pia.posts(f"/cases/{public}/pause", 409).text
    assert "A safety officer can pause more" in page
    assert ("can pause more: Sana" in page) is not is_emergency


def test_whoever_has_no_share_in_a_case_finds_and_takes_down_nothing(
    app: Flask, public: str, opens: Opens, pia: Person, signed_in: object
) -> None:
    ada = by_a_code_alone(app, signed_in("Ada", "administrator"))  # type: ignore[operator]
    assert f"{public}," not in ada.sees(f"/emergency?q={public}")
    ada.sees(f"/emergency/{public}", 404)
    ada.posts(f"/emergency/{public}", 404, deed="withdraw")
    draft = opens("Zeynep Draft")
    by_a_code_alone(app, pia)
    assert draft not in pia.sees("/emergency?q=Zeynep Draft")
    assert state(app, public) == "public"


NAMES = ["Tursun Sample", "tursun sample", "Tursun Samplee", "تۇرسۇن سامپلې", "Турсун Сампле"]


@pytest.mark.parametrize("words", NAMES)
def test_a_case_is_found_by_its_name_in_any_spelling(app: Flask, opens: Opens, sana: Person, words: str) -> None:
    ref = opens("Tursun Sample")
    opens("Patime Other")
    page = by_a_code_alone(app, sana).sees(f"/emergency?q={words}")
    assert ref in page
    assert "Patime" not in page


OTHER = {"occupation": "Teacher", "employer": "Nine Rivers Bakery", "tags": ["artist"], "origin_words": "Near the aunt"}


def test_a_case_is_found_by_nothing_else_and_nothing_else_is_shown(app: Flask, opens: Opens, sana: Person) -> None:
    ref = opens("Tursun Sample", **OTHER)
    by_a_code_alone(app, sana)
    for words in ("teacher", "Nine Rivers Bakery", "artist", "bakery", "aunt", "%", "*", "FXD", "", " "):
        assert ref not in sana.client.get("/staff/emergency", query_string={"q": words}).text, words
    pages = sana.sees(f"/emergency?q={ref}") + sana.sees(f"/emergency/{ref}")
    assert "Tursun Sample" in pages
    assert [word for word in ("Teacher", "Bakery", "artist", "aunt") if word in pages] == []


def test_what_waits_for_somebody_is_not_shown(app: Flask, sana: Person) -> None:
    with app.app_context():
        notify(sana.id, "Words about a colleague")
        db.session.commit()
    assert "Words about a colleague" in sana.sees("/me")
    by_a_code_alone(app, sana)
    for path in ("/emergency", "/emergency?q=none", "/emergency/FXD-00000", "/nowhere"):
        assert "Words about a colleague" not in sana.client.get(f"/staff{path}").text


def test_the_limits_of_a_pause_hold_for_officers_too(app: Flask, opens: Opens, sana: Person, edo: Person) -> None:
    refs = [opens(f"Tursun Sample {number}") for number in range(pausing.MOST_A_DAY + 1)]
    by_a_code_alone(app, sana)
    for number, ref in enumerate(refs):
        assert ("has paused" in edo.sees("/me")) is (number > pausing.UNWATCHED_A_DAY)
        sana.posts(f"/emergency/{ref}", deed="pause")
    assert f"{refs[-2]}, Paused" in sana.sees(f"/emergency?q={refs[-2]}")
    assert f"{refs[-1]}, Not public" in sana.sees(f"/emergency?q={refs[-1]}")


def test_a_withdrawal_counts_as_a_pause(app: Flask, public: str, opens: Opens, pia: Person, edo: Person) -> None:
    by_a_code_alone(app, pia).posts(f"/emergency/{public}", deed="withdraw")
    with app.app_context():
        assert pausing.pauses_today(pia.id) == 1


def test_an_ordinary_session_is_led_to_the_desk(sana: Person) -> None:
    for path in ("/emergency", "/emergency/FXD-00000"):
        assert sana.client.get(f"/staff{path}").location == "/staff/"
    assert sana.client.posts("/staff/emergency/FXD-00000", {"deed": "pause"}).location == "/staff/"


def test_what_is_taken_down_is_recorded(app: Flask, public: str, pia: Person) -> None:
    by_a_code_alone(app, pia).posts(f"/emergency/{public}", deed="withdraw")
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.actor_id == pia.id, AuditRow.subject == public))
        assert {"profile.withdrawn", "cord.pulled"} <= {row.action for row in rows}
