"""The two mails, taken by a real mail server: to whom, when, how often; nobody is named, and nothing else leaves."""

import os
import re
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from campaign import outbound
from campaign.accounts import duty
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action
from campaign.clock import now
from campaign.database import db
from campaign.doctor import mails, urgent
from campaign.doctor.models import Mail
from campaign.publishing import holds, pausing, sweep
from tests.accounts.test_duty import on_the_list
from tests.doctor.certificates import LONG, Authority
from tests.doctor.conftest import Asked, Sends
from tests.doctor.mail_server import PASSWORD, USER, Mailbox, receiving
from tests.publishing.desk import Desk, staffed
from tests.web import processes

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
EVERY_DAY = "0123456"


def paused(desk: Desk) -> str:
    """Pause somebody public; return the reference."""
    case = desk.public()
    pausing.pause(case, by=desk.edo, reason="The family was visited.")
    db.session.commit()
    return case.ref


def able() -> list[str]:
    """Return the addresses of who can put a profile back."""
    return sorted(one.email for one in duty.who_can(Action.PUT_BACK))


@both
def test_who_is_on_duty_is_told_at_once_and_all_after_a_quarter_of_an_hour(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    dora = on_the_list("Dora", "viewer", EVERY_DAY, "00:00", "06:00")
    paused(desk)
    assert (mails.wake(), mailbox.to) == (1, [dora.email])
    assert "You are told because you are on duty now." in mailbox.texts[dora.email]
    for minutes in (1, 13):
        early.shift(timedelta(minutes=minutes))
        assert mails.wake() == 0
    early.shift(timedelta(minutes=1))
    mailbox.came.clear()
    assert mails.wake() == len(able()) > 1
    assert mailbox.to == able()
    assert mails.wake() == 0


@both
def test_without_anybody_on_duty_all_who_can_deal_with_it_are_told_once(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    paused(desk)
    mails.wake()
    early.shift(timedelta(hours=1))
    mails.wake()
    assert mailbox.to == able()
    assert "nobody is on duty now" in mailbox.texts[able()[0]]


def test_what_no_sweep_told_in_time_is_told_as_one_matter(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    sofi = on_the_list("Sofi", "safety_officer", EVERY_DAY, "00:00", "06:00")
    paused(desk)
    urgent.note()
    db.session.commit()
    early.shift(timedelta(minutes=20))
    mails.wake()
    text = mailbox.texts[sofi.email]
    assert "- 1 profile was paused." in text
    assert text.count("You are told because") == 2


def test_nobody_else_is_told_once_somebody_sees_to_it(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    on_the_list("Dora", "viewer", EVERY_DAY, "00:00", "06:00")
    paused(desk)
    mails.wake()
    (matter,) = urgent.matters()
    assert urgent.see_to(matter.key, by=desk.sana)
    db.session.commit()
    early.shift(timedelta(hours=1))
    assert mails.wake() == 0


def test_what_was_dealt_with_wakes_nobody_and_wakes_anew_when_it_is_back(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    hold, _ = holds.pause_many("everything", "", by=desk.sana, reason="A raid.")
    db.session.commit()
    told = mails.wake()
    for hours, expected in ((0.5, 0), (2.5, told)):
        hold.lifted_at = now()
        db.session.commit()
        assert mails.wake() == 0
        early.shift(timedelta(hours=hours))
        hold.lifted_at = None
        db.session.commit()
        assert mails.wake() == expected, "within an hour it is the same; later it is another"


def test_a_mail_names_nobody_and_leads_to_the_desk_alone(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk
) -> None:
    ref = paused(desk)
    mails.wake()
    names = [word for one in db.session.scalars(select(Account)) for word in (one.name, one.email) if word]
    for addresses, message in mailbox.came:
        whole = message.as_string()
        assert [ref in whole, "family" in whole, len(addresses)] == [False, False, 1]
        others = [name for name in names if name.casefold() not in addresses[0]]
        assert [name for name in others if re.search(rf"\b{re.escape(name)}\b", whole)] == []
        assert re.findall(r"https?://\S+", whole) == ["https://localhost/staff/duty"]
        assert message["Message-ID"].endswith("@names.example>")
    assert mailbox.greetings == {"names.example"}


@both
def test_two_processes_that_sweep_send_one_mail(early: time_machine.Traveller, mailbox: Mailbox, desk: Desk) -> None:
    paused(desk)
    assert sweep.take_lease(mails.LEASE, "another")
    assert mails.wake() == 0
    assert not sweep.keep_lease(mails.LEASE, "a third", ends=True)
    assert mails.wake() == 0
    assert sweep.keep_lease(mails.LEASE, "another", ends=True)
    assert mails.wake() == len(able())
    assert mails.wake() == 0


def test_a_mail_server_that_is_away_stops_nothing_and_is_told_by_the_doctor(
    early: time_machine.Traveller, port: int, desk: Desk, asked: Asked
) -> None:
    paused(desk)
    assert mails.wake() == 0
    (found,) = asked("mail")
    assert found.wrong == f"{len(able())} mails were not sent: no connection to the mail server: Connection refused."
    assert not found.is_red
    for _ in range(2):
        early.shift(timedelta(minutes=10))
        mails.wake()
    assert [one.is_red for one in asked("mail")] == [True]
    with receiving(port) as mailbox:
        assert mails.wake() == 0, "not tried again in the same minutes"
        early.shift(timedelta(minutes=10))
        assert mails.wake() == len(able())
    assert mailbox.to == able()
    assert asked("mail") == []


def test_a_fault_is_forgotten_once_nothing_is_due_any_more(
    early: time_machine.Traveller, desk: Desk, asked: Asked
) -> None:
    paused(desk)
    for _ in range(4):
        mails.wake()
        early.shift(timedelta(minutes=10))
    assert [one.is_red for one in asked("mail")] == [True]
    urgent.see_to("pause", by=desk.sana)
    db.session.commit()
    early.shift(timedelta(hours=1))
    mails.wake()
    assert asked("mail") == []


def test_a_server_that_never_answers_is_waited_for_no_longer_than_the_table_says(
    early: time_machine.Traveller, port: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "SECONDS", 0.3)
    paused(desk)
    with socket.create_server(("127.0.0.1", port)):
        assert mails.wake() == 0
    (fault,) = set(db.session.scalars(select(Mail.fault)))
    assert fault == "the mail server did not answer in time, or closed the connection"


def test_one_address_that_is_refused_keeps_nobody_else_from_being_told(
    early: time_machine.Traveller, mailbox: Mailbox, desk: Desk, asked: Asked
) -> None:
    paused(desk)
    first, *others = able()
    mailbox.refuses.add(first)
    assert mails.wake() == len(others)
    assert mailbox.to == others
    for _ in range(4):
        early.shift(timedelta(minutes=10))
        mails.wake()
    (found,) = asked("mail")
    assert (found.wrong, found.is_red) == ("The mail server refuses the address of one account.", False)
    assert {row.fault for row in db.session.scalars(select(Mail)) if row.fault} == {
        "the mail server refused the recipient (550)"
    }


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mails_go_sealed_and_signed_in(
    sends: Sends, port: int, authority: Authority, tmp_path: Path, security: str
) -> None:
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n")
    with receiving(port, certificate=authority.certify("localhost", LONG), is_tls=security == "tls") as mailbox:
        app = sends(smtp_security=security, smtp_user=USER, smtp_password_file=password)
        with app.app_context():
            on_the_list("Dora", "viewer", EVERY_DAY, "00:00", "00:00")
            paused(staffed())
            assert mails.wake() >= 1
    assert mailbox.was_sealed == {True}


def test_a_server_that_nobody_vouches_for_is_told_nothing(
    sends: Sends, port: int, tmp_path: Path, early: time_machine.Traveller
) -> None:
    foreign = Authority(tmp_path, now())
    app = sends(smtp_security="starttls")
    with receiving(port, certificate=foreign.certify("localhost", LONG)) as mailbox, app.app_context():
        on_the_list("Dora", "viewer", EVERY_DAY, "00:00", "00:00")
        paused(staffed())
        assert mails.wake() == 0
        faults = set(db.session.scalars(select(Mail.fault)))
    assert mailbox.came == []
    assert [one.startswith("the certificate of the mail server: ") for one in faults] == [True]


def test_nothing_is_sent_where_no_server_is_named(well: Flask, mailbox: Mailbox, asked: Asked) -> None:
    with well.app_context():
        paused(staffed())
        assert mails.wake() == 0
        assert [one.seen_by_id for one in urgent.matters()] == [None]
    assert mailbox.came == []
    (found,) = asked("waking")
    assert (found.wrong, found.is_red) == ("Nobody is woken by an urgent removal.", False)


def test_with_a_server_the_doctor_says_in_which_hours_nobody_is_on_duty(sends: Sends, asked: Asked) -> None:
    app = sends()
    assert asked("waking")[0].wrong == "Nobody is on duty in the next seven days."
    with app.app_context():
        on_the_list("Sana", "safety_officer", EVERY_DAY, "08:00", "07:00")
        db.session.commit()
    assert re.match(
        r"For [67] hours of the next seven days nobody is on duty, first from \w+ 07:00\.", asked("waking")[0].wrong
    )
    with app.app_context():
        on_the_list("Pia", "publisher", EVERY_DAY, "07:00", "08:00")
        db.session.commit()
    assert asked("waking") == []


@both
def test_the_command_that_sweeps_sends_them_though_it_is_guarded(mailbox: Mailbox, sends: Sends) -> None:
    """In a process of `flask` nothing connects but by a setting of the table."""
    app = sends()
    here = app.extensions["settings"]
    with app.app_context():
        on_the_list("Dora", "viewer", EVERY_DAY, "00:00", "00:00")
        paused(staffed())
    given = {"HOME": here.home, "REGISTER": here.register, "DATABASE_URL": here.database_url,
             "SMTP_HOST": "localhost", "SMTP_PORT": here.smtp_port,
             "SMTP_SECURITY": "none", "SMTP_SENDER": "desk@names.example"}  # fmt: skip
    environment = {**os.environ, **{f"CAMPAIGN_{name}": f"{value}" for name, value in given.items()}}
    command = [sys.executable, "-m", "flask", "sweep", "--once"]
    ran = subprocess.run(command, cwd=processes.ROOT, env=environment, check=False, capture_output=True, text=True)
    # The command lives on the machine's own day: for it the clock may have been set back.
    assert (ran.returncode, "NotAsked" in ran.stderr) == (0, False)
    assert "dora@example.org" in mailbox.to
    assert mailbox.texts["dora@example.org"].startswith("Urgent at the desk:")
