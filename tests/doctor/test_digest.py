"""The digest: once a day to each who has work at the desk, counts alone, of what they may see."""

from datetime import timedelta

import time_machine

from campaign.cases.workflow import submit
from campaign.database import db
from campaign.doctor import mails
from tests.accounts.test_duty import on_the_list
from tests.doctor.mail_server import Mailbox
from tests.doctor.test_mails import paused
from tests.publishing.desk import Desk


def test_the_digest_comes_once_a_day_to_each_with_what_they_may_see(mailbox: Mailbox, desk: Desk) -> None:
    with time_machine.travel("2026-11-30T06:59:00+00:00", tick=False) as clock:
        waiting = desk.opens()
        submit(waiting, by=desk.edo)
        db.session.commit()
        assert mails.wake() == 0
        clock.shift(timedelta(minutes=1))
        mails.wake()
        first = list(mailbox.came)
        clock.shift(timedelta(hours=16))
        mails.wake()
        assert mailbox.came == first
        clock.shift(timedelta(hours=8))
        mails.wake()
        assert len(mailbox.came) == 2 * len(first)
    text = mailbox.texts[desk.pia.email]
    assert {message["Subject"] for _, message in first} == {"The desk today"}
    assert "- 1 case waits for a review\n" in text
    assert waiting.ref not in text
    assert text.endswith("https://localhost/staff/\n")
    assert "red" not in text, "the doctor is for administrators"


def test_a_digest_counts_what_is_urgent_and_what_is_held(mailbox: Mailbox, desk: Desk) -> None:
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False):
        for _ in range(3):
            paused(desk)
        mails.wake()
    (text,) = [one.get_content() for to, one in mailbox.came if to == [desk.pia.email] and "today" in one["Subject"]]
    assert "- 3 urgent matters, seen to by nobody\r\n- 3 pauses and stops are in force\r\n" in text


def test_a_digest_tells_administrators_of_hours_without_duty_and_red_checks(mailbox: Mailbox, desk: Desk) -> None:
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False):
        on_the_list("Ada", "administrator", "0", "00:00", "00:00")
        db.session.commit()
        mails.wake()
    assert "- 144 hours of the next seven days without anybody on duty\n" in mailbox.texts["ada@example.org"]
