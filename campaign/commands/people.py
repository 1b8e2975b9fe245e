"""Who acts on the command line: found by address, refused by name."""

import click
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.database import db


def account_by_email(email: str) -> Account:
    """Return the account with an address, case aside; it may be one that was only invited. Refuses an unknown one."""
    account = db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {email}. Invite one: flask accounts invite {email} --role ...")
    return account
