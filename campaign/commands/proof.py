"""Proof from the shell: the code of who a command acts for, and who runs it."""

import getpass

import click

from campaign.accounts import factors
from campaign.accounts.models import Account
from campaign.database import db
from campaign.web import settings


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
