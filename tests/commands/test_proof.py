"""A code typed on a terminal counts as one typed at the desk: it holds once, and wrong ones are counted.

Every command that acts in somebody's name asks that person for a code, and the record keeps who was at the shell.
"""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts import credentials, factors, invitations
from campaign.accounts.forms import COMMANDS
from campaign.accounts.models import LoginFailure
from campaign.accounts.permissions import Role
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.web.context import keyring

SECRET = b"twenty bytes of chance"
EMAIL, SECOND, OTHER = "pia@example.org", "sana@example.org", "nour@example.org"
SHEET = "Name;Gender\nMahire;f\n"
# What each command is called with besides `--by`; one that is missing here fails the walk.
WORDS: dict[str, list[str]] = {
    "accounts invite": ["cem@example.org", "--role", "editor", "--by", SECOND],
    "accounts reset-factors": [OTHER, "--yes", "--by", SECOND],
    "accounts hand-over": [OTHER],
    "accounts vouch": [OTHER],
    "cases import": ["SHEET"],
    "places facilities import": ["SHEET"],
    "publishing submit": ["--batch", "spring"],
    "publishing sign": ["--batch", "spring"],
    "publishing approve": ["--batch", "spring"],
    "publishing publish": ["--batch", "spring"],
    "publishing withdraw": ["FXD-00000", "--reason", "asked"],
    "publishing despite": ["FXD-00000", "FXD-00001", "--reason", "asked"],
    "publishing erase": ["FXD-00000", "--reason", "asked", "--yes"],
}


@pytest.fixture
def terminal(app: Flask) -> Flask:
    """A home with two who hold every role and an authenticator, and an editor; the shell is not trusted."""
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], trust_shell=False)
    with app.app_context():
        for email, roles in ((EMAIL, list(Role)), (SECOND, list(Role)), (OTHER, [Role.EDITOR])):
            person = invitations.account_for(email)
            invitations.grant(person, roles)
            person.totp_sealed = keyring().seal(SECRET)
        db.session.commit()
    return app


def types(terminal: Flask, code: str, *words: str) -> tuple[int, str]:
    """Withdraw a profile that nobody has, or run other words, with a code; return the status and what was said."""
    words = words or ("publishing", "withdraw", "FXD-00000", "--by", EMAIL, "--reason", "asked")
    ran = terminal.test_cli_runner().invoke(args=list(words), input=f"{code}\n{code}\n")
    return ran.exit_code, ran.output


def right_code() -> str:
    return credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()


def failures(terminal: Flask) -> int:
    with terminal.app_context():
        return db.session.scalar(select(func.count()).select_from(LoginFailure)) or 0


def acted(terminal: Flask) -> list[str]:
    """Return who acted in whose name, as the record says it."""
    with terminal.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action.startswith("shell.")))
        return [f"{row.actor.partition(':')[0]} for {row.actor_id}" for row in rows]


def commands_in_a_name(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the commands that take `--by`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_in_a_name(command, (*before, name))
        elif any("--by" in option.opts for option in command.params):
            yield " ".join((*before, name))


def words_of(terminal: Flask, name: str) -> list[str]:
    sheet: Path = terminal.extensions["settings"].home / "sheet.csv"
    sheet.write_text(SHEET, "utf-8")
    rest = [str(sheet) if word == "SHEET" else word for word in WORDS[name]]
    return [*name.split(), *rest, "--by", EMAIL]


def test_every_command_in_somebodys_name_asks_for_their_code_and_records_who_typed_it(terminal: Flask) -> None:
    names = list(commands_in_a_name(terminal.cli))  # type: ignore[arg-type]  # Flask's own group
    assert set(names) == set(WORDS)
    for hour, name in enumerate(names):
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=hour)):
            before = acted(terminal)
            status, said = types(terminal, "000000", *words_of(terminal, name))
            assert (status, "is not valid" in said) == (1, True), (name, said)
            assert acted(terminal) == before, name
            _, said = types(terminal, right_code(), *words_of(terminal, name))
            assert "is not valid" not in said, name
            assert "shell for 1" in acted(terminal)[len(before) :], (name, said)


def shown(terminal: Flask, email: str, deed: str) -> str:
    """Return the code that the desk shows somebody for a command."""
    with terminal.app_context():
        account = invitations.by_email(email)
        assert account is not None
        code = credentials.show_for_command(account.id, deed)
        db.session.commit()
    return code


def deed_of(name: str) -> str:
    return next(deed for deed, words in COMMANDS.items() if words == name)


def test_every_command_in_somebodys_name_stands_in_the_list_of_the_desk(terminal: Flask) -> None:
    assert sorted(COMMANDS.values()) == sorted(WORDS)


@pytest.mark.parametrize("name", sorted(set(WORDS) - {"accounts reset-factors"}))
def test_where_a_passkey_is_due_a_command_takes_the_code_that_the_desk_shows_for_it(terminal: Flask, name: str) -> None:
    deed = next(deed for deed, words in COMMANDS.items() if words == name)
    other = next(one for one in COMMANDS if one != deed)
    people = [EMAIL, SECOND] if "--by" in WORDS[name] else [EMAIL]
    words = words_of(terminal, name)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        assert "is not valid" in types(terminal, right_code(), *words)[1]
        assert "is not valid" in types(terminal, shown(terminal, EMAIL, other), *words)[1]
        typed = "\n".join(shown(terminal, email, deed) for email in people)
        assert "is not valid" not in terminal.test_cli_runner().invoke(args=words, input=typed + "\n").output
        assert "shell for 1" in acted(terminal)
        assert "is not valid" in terminal.test_cli_runner().invoke(args=words, input=typed + "\n").output


def test_when_the_host_of_the_desk_is_lost_two_begin_factors_anew_by_codes_of_their_own(terminal: Flask) -> None:
    words = words_of(terminal, "accounts reset-factors")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        status, said = types(terminal, right_code(), *words)
        assert (status, "/staff/invitation/" in said) == (0, True), said


def test_a_code_for_a_command_holds_for_ten_minutes(terminal: Flask) -> None:
    code = shown(terminal, EMAIL, "withdraw")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert "is not valid" in types(terminal, code)[1]
    code = shown(terminal, OTHER, "withdraw")
    assert "is not valid" in types(terminal, code)[1]
    assert "There is no case" in types(terminal, shown(terminal, EMAIL, "withdraw"))[1]


def test_a_right_code_holds_once(terminal: Flask) -> None:
    code = right_code()
    assert "There is no case" in types(terminal, code)[1]
    assert "is not valid" in types(terminal, code)[1]


def test_wrong_codes_are_counted_and_then_even_the_right_one_waits(terminal: Flask) -> None:
    for _ in range(factors.MOST_FAILURES):
        assert "is not valid" in types(terminal, "000000")[1]
    assert failures(terminal) == factors.MOST_FAILURES
    status, said = types(terminal, right_code())
    assert (status, "Too many wrong codes" in said) == (1, True)
