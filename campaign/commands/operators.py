"""Authentication on the command line: an account found by address and proven by a code, or refused in a sentence."""

import getpass

import click
from sqlalchemy import func, select

from campaign.accounts import factors
from campaign.accounts.models import Account
from campaign.database import db
from campaign.web.context import settings


def account_by_email(email: str) -> Account:
    """Return the account with an address, case aside; it may be one that was only invited. Refuses an unknown one."""
    account = db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {email}. Invite one: flask accounts invite {email} --role ...")
    return account


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
        raise click.ClickException("This code is not valid. Nothing was done.")


def operator() -> str:
    """Return the operating system's name of who runs this command, for the audit log."""
    return f"shell:{getpass.getuser()}"
