"""What a command says of input that it can't work with."""

import getpass
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from campaign.accounts import factors
from campaign.accounts.models import Account
from campaign.database import db, is_rivalry
from campaign.formats import UnreadableDocument
from campaign.web.context import settings


class BadInput(click.ClickException):
    """What was given can't be worked with: its own words alone, and exit code 2 as for wrong arguments."""

    exit_code = 2


def prove(account: Account) -> None:
    """Ask for the account's code on the terminal; with CAMPAIGN_TRUST_SHELL=1 the shell is believed."""
    if settings().trust_shell:
        return
    code = click.prompt(f"Code of {account.email}", hide_input=True, err=True)
    try:
        is_right = factors.take_code(account, code)
    except factors.TooOften as error:
        raise click.ClickException("Too many wrong codes. Wait a quarter of an hour.") from error
    # A code taken stays taken, and a failure stays counted, whatever the command does next.
    db.session.commit()
    if not is_right:
        raise click.ClickException("This code does not hold. Nothing was done.")


def operator() -> str:
    """Return the operating system's name of who runs this command, for the audit log."""
    return f"shell:{getpass.getuser()}"


def account_by_email(email: str) -> Account:
    """Return the account with an address, case aside; it may be one that was only invited. Refuses an unknown one."""
    account = db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {email}. Invite one: flask accounts invite {email} --role ...")
    return account


class Group(AppGroup):
    """A group whose commands end with what to do where somebody else was first, or the database takes nothing."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ClickException for what a second try may mend."""
        try:
            return super().invoke(ctx)
        except UnreadableDocument as fault:
            raise click.ClickException(f"{fault} Nothing of this was written.") from fault
        except IntegrityError as error:
            if not is_rivalry(error):
                raise
            raise click.ClickException(
                "Somebody else wrote the same at the same moment. Nothing of this was written: run it again."
            ) from error
        except OperationalError as error:
            raise click.ClickException(
                "The database takes nothing at the moment: somebody writes something large, its disk is full, or it is "
                "away. Nothing of this was written: run it again."
            ) from error
