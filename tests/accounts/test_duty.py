"""The list of duty: whose hours run now, across midnight and changes of clocks; who gives them; where it is told."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from campaign.accounts import duty, duty_list
from campaign.accounts.invitations import Refused
from campaign.accounts.models import Account, DutyShift
from campaign.accounts.permissions import Action
from campaign.audit.log import AuditRow
from campaign.database import db
from tests.cast import Cast, Member, hired

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVERY_DAY = "0123456"
FIELDS = {"weekdays": ["0", "1", "2", "3", "4"], "starts": "22:00", "ends": "06:00", "zone": "europe/berlin"}


def shift(weekdays: str, starts: str, ends: str, zone: str = "UTC") -> DutyShift:
    begins, stops = time.fromisoformat(starts), time.fromisoformat(ends)
    return DutyShift(weekdays=weekdays, starts=begins, ends=stops, zone=zone)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("given", "moment", "is_on"),
    [
        (shift("0", "09:00", "17:00"), "2026-11-23T09:00", True),
        (shift("0", "09:00", "17:00"), "2026-11-23T16:59:59", True),
        (shift("0", "09:00", "17:00"), "2026-11-23T17:00", False),
        (shift("0", "09:00", "17:00"), "2026-11-24T12:00", False),
        # Across midnight the next day belongs to the day on which it began, and Sunday to Monday as any other.
        (shift("0", "22:00", "06:00"), "2026-11-24T05:59", True),
        (shift("0", "22:00", "06:00"), "2026-11-23T05:59", False),
        (shift("6", "22:00", "06:00"), "2026-11-23T05:59", True),
        (shift("0", "08:00", "08:00"), "2026-11-24T07:59", True),
        (shift("0", "08:00", "08:00"), "2026-11-24T08:00", False),
        # 22:00 in Almaty (UTC+5) is 17:00 UTC; 22:00 in Honolulu is 08:00 UTC of the next day.
        (shift("0", "22:00", "23:00", "Asia/Almaty"), "2026-11-23T17:30", True),
        (shift("0", "22:00", "23:00", "Pacific/Honolulu"), "2026-11-24T08:30", True),
        # The clocks of Berlin go back on 25 October 2026 at 01:00 UTC: the night is nine hours long.
        (shift("5", "22:00", "06:00", "Europe/Berlin"), "2026-10-24T20:00", True),
        (shift("5", "22:00", "06:00", "Europe/Berlin"), "2026-10-25T04:59", True),
        (shift("5", "22:00", "06:00", "Europe/Berlin"), "2026-10-25T05:00", False),
    ],
)
def test_whether_hours_are_running(given: DutyShift, moment: str, is_on: bool) -> None:
    assert duty.is_on(given, at(moment)) is is_on


def test_hours_that_a_change_of_clocks_leaves_out_are_not_there() -> None:
    """On 28 March 2027 clocks of Berlin go from 02:00 to 03:00."""
    left_out = shift("6", "02:00", "03:00", "Europe/Berlin")
    assert duty.spans(left_out, at("2027-03-27T00:00"), at("2027-03-29T00:00")) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            shift("01234", "22:00", "06:00", "Europe/Berlin"),
            "Monday to Friday, 22:00 to 06:00 the next day, Europe/Berlin",
        ),
        (shift("02", "09:00", "17:00"), "Monday, Wednesday, 09:00 to 17:00, UTC"),
        (shift(EVERY_DAY, "08:00", "08:00"), "Every day, from 08:00 for 24 hours, UTC"),
    ],
)
def test_hours_are_told_in_words(given: DutyShift, words: str) -> None:
    assert duty.in_words(given) == words


def test_a_zone_is_known_by_its_name_and_others_are_proposed() -> None:
    assert duty_list.zone_of(" europe/berlin ") == "Europe/Berlin"
    assert duty_list.zone_of("asia/ho chi minh") == "Asia/Ho_Chi_Minh"
    with pytest.raises(ValueError, match=r"Europe/Berln is no time zone\. Is Europe/Berlin"):
        duty_list.zone_of("Europe/Berln")
    with pytest.raises(ValueError, match="Write one such as"):
        duty_list.zone_of("../../etc/passwd")


@pytest.fixture
def noon() -> Iterator[None]:
    """A Monday at noon; the clock stands."""
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


def on_the_list(name: str, role: str, weekdays: str, starts: str, ends: str) -> Account:
    """Add somebody who has come and is given hours."""
    account, begins, stops = hired(name, role), time.fromisoformat(starts), time.fromisoformat(ends)
    account.totp_sealed = b"sealed"
    duty_list.add(account, weekdays=map(int, weekdays), starts=begins, ends=stops, zone="UTC", by=account)
    return account


@pytest.mark.usefixtures("db_session", "noon")
class TestWhoIsThere:
    """Who is on duty at noon on a Monday."""

    def test_gaps_of_the_week_are_counted_from_now(self) -> None:
        assert duty.cover() == duty.Cover(168, MONDAY_NOON)
        on_the_list("Sana", "safety_officer", EVERY_DAY, "08:00", "20:00")
        assert duty.cover() == duty.Cover(7 * 12, MONDAY_NOON + timedelta(hours=8))
        pia = on_the_list("Pia", "publisher", EVERY_DAY, "19:00", "08:00")
        assert duty.cover() == duty.Cover(0, None)
        pia.is_active = False
        assert duty.cover().empty_hours == 7 * 12

    def test_without_any_list_names_stand_alone(self) -> None:
        pia = hired("Pia", "publisher")
        assert duty.on_duty_ids() is None
        assert duty.on_duty() is None
        assert duty.with_duty([pia], duty.on_duty_ids()) == ["Pia"]

    def test_who_is_on_duty_comes_first_and_each_is_told_of(self) -> None:
        on_the_list("Bea", "publisher", "1", "08:00", "20:00")
        sana = on_the_list("Sana", "safety_officer", "0", "08:00", "20:00")
        assert duty.on_duty() == [sana]
        assert duty.able_in_words(Action.PUT_BACK) == "Sana (on duty now), Bea (not on duty now)"
        sana.is_active = False
        assert duty.on_duty() == []
        assert duty.able_in_words(Action.PAUSE_MANY) == "nobody"

    def test_nobody_is_given_hours_who_can_not_sign_in(self) -> None:
        pia = hired("Pia", "publisher")
        with pytest.raises(Refused, match="has not come yet"):
            duty_list.add(pia, weekdays=[0], starts=time(8), ends=time(9), zone="UTC", by=pia)


def test_an_administrator_gives_and_takes_hours_and_both_are_recorded(app: Flask, ada: Member, edo: Member) -> None:
    assert ada.posts("/staff/duty", {"account": edo.account_id, **FIELDS}).status_code == 302
    words = "Monday to Friday, 22:00 to 06:00 the next day, Europe/Berlin"
    assert words in edo.get("/staff/duty").text
    assert f"Ada put you on duty: {words}." in edo.get("/staff/me").text
    assert ada.posts("/staff/duty/1/take").status_code == 302
    assert "No hours were given to anybody yet." in edo.get("/staff/duty").text
    assert ada.posts("/staff/duty/1/take").status_code == 404
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action.startswith("duty."))).all()
        assert [(one.action, one.actor_id, one.subject) for one in rows] == [
            ("duty.given", ada.account_id, f"account:{edo.account_id}"),
            ("duty.taken", ada.account_id, f"account:{edo.account_id}"),
        ]
        hours = {"weekdays": "01234", "starts": "22:00", "ends": "06:00", "zone": "Europe/Berlin"}
        assert [json.loads(one.details) for one in rows] == [hours, hours]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("zone", "Mars/Olympus", "Mars/Olympus is no time zone."),
        ("weekdays", [], "Tick at least one day."),
        ("weekdays", ["9"], "is not a valid choice"),
        ("starts", "25:00", "Write an hour, such as 22:00."),
        ("starts", "", "Write an hour, such as 22:00."),
        ("account", "99999", "Not a valid choice"),
        ("account", "x", "Not a valid choice"),
    ],
)
def test_hours_that_are_none_are_refused_with_what_was_typed(ada: Member, name: str, value: object, words: str) -> None:
    answer = ada.posts("/staff/duty", {"account": ada.account_id, **FIELDS, name: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'name="ends" required type="time" value="06:00"' in answer.text


def test_nobody_else_gives_hours(edo: Member) -> None:
    assert edo.posts("/staff/duty", {"account": edo.account_id, **FIELDS}).status_code == 403
    assert "Give somebody hours" not in edo.get("/staff/duty").text


def test_lines_that_name_who_can_do_a_thing_say_whether_they_are_on_duty(app: Flask, ada: Member, cast: Cast) -> None:
    sana, pia = cast("Sana", "safety_officer"), cast("Pia", "publisher")
    page = "/staff/cords?reach=everything"
    sana.posts("/staff/cords", {"reach": "everything", "subject": "", "count": "0", "reason": "Raid"})
    assert "Can agree to lift it: <bdi>Pia, Sana</bdi>." in pia.get(page).text
    all_day = {"weekdays": list(EVERY_DAY), "starts": "00:00", "ends": "00:00", "zone": "UTC"}
    ada.posts("/staff/duty", {"account": sana.account_id, **all_day})
    assert "Can agree to lift it: <bdi>Sana (on duty now), Pia (not on duty now)</bdi>." in pia.get(page).text
    assert "<li><bdi>Sana, safety officer</bdi></li>" in pia.get("/staff/duty").text


def test_whoever_is_refused_is_told_who_is_on_duty(ada: Member, edo: Member, cast: Cast) -> None:
    sana = cast("Sana", "safety_officer")
    stop = {"reach": "everything", "subject": "", "count": "0", "reason": "Raid"}
    sana.posts("/staff/cords", stop)
    all_day = {"weekdays": list(EVERY_DAY), "starts": "00:00", "ends": "00:00", "zone": "UTC"}
    ada.posts("/staff/duty", {"account": sana.account_id, **all_day})
    refused = sana.posts("/staff/cords/1/return")
    assert refused.status_code == 409
    assert "On duty now: <bdi>Sana, safety officer</bdi>." in refused.text


def test_zones_are_there_on_a_machine_that_has_none() -> None:
    """A bare Debian 12 has no table of time zones."""
    ask = "import zoneinfo; print(len(zoneinfo.available_timezones()), zoneinfo.ZoneInfo('Asia/Urumqi'))"
    ran = subprocess.run(
        [sys.executable, "-c", ask], env={"PYTHONTZPATH": ""}, check=True, capture_output=True, text=True
    )
    count, name = ran.stdout.split()
    assert (int(count) > 400, name) == (True, "Asia/Urumqi")
