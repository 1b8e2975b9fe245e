"""Authentication on the command line: an account found by address and proven by a code, or refused in a sentence.

One rule: a command that acts in somebody's name (`--by`) asks `proven` for them, which records who typed it
(tests/commands/test_proof.py walks every such command).
"""

import getpass

import click
from sqlalchemy import func, select

from campaign.accounts import factors, passkeys
from campaign.accounts.forms import COMMANDS
from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.database import db
from campaign.web.context import settings


def account_by_email(email: str) -> Account:
    """Return the account with an address, case aside; it may be one that was only invited. Refuses an unknown one."""
    account = db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {email}. Invite one: flask accounts invite {email} --role ...")
    return account


def proven(email: str, deed: str, *, is_reset: bool = False) -> Account:
    """Return the account of an address once it has shown its code; the record keeps that, and who was at the shell.

    `deed` is the command in a word, such as "import": a row of accounts.forms.COMMANDS. With CAMPAIGN_TRUST_SHELL=1 no
    code is asked for. `is_reset` takes a code of their own of everybody (factors.take_for_command).
    """
    account = account_by_email(email)
    if not settings().trust_shell:
        _prove(account, deed, is_reset=is_reset)
    record(f"shell.{deed}", by=account.id, actor=operator())
    db.session.commit()
    return account


def _prove(account: Account, deed: str, *, is_reset: bool) -> None:
    is_shown = passkeys.is_due(account) and not is_reset
    where = f" for flask {COMMANDS[deed]} (the desk shows it: My account, Commands)" if is_shown else ""
    code = click.prompt(f"Code of {account.email}{where}", hide_input=True, err=True)
    try:
        is_right = factors.take_for_command(account, code, deed, is_reset=is_reset)
    except factors.TooOften as error:
        raise click.ClickException("Too many wrong codes. Wait a quarter of an hour.") from error
    factors.record_failures()
    # A code taken stays taken, and a failure stays counted, whatever the command does next.
    db.session.commit()
    if not is_right:
        raise click.ClickException("This code is not valid. Nothing was done.")


def operator() -> str:
    """Return the operating system's name of who runs this command, for the audit log."""
    return f"shell:{getpass.getuser()}"
