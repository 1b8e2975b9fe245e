"""`flask audit ...`: check that nobody changed the record of who did what; look through what one account did."""

import sys
from datetime import timedelta

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.audit import log
from campaign.audit.log import AuditRow, record
from campaign.clock import now, zone
from campaign.commands.expecting import expecting, faults_of_expected
from campaign.commands.group import Group
from campaign.commands.operators import operator
from campaign.database import db, reading

group = Group("audit", help="Check the record of who did and who read what.")


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command()
@expecting
def verify(expect: tuple[int, str] | None) -> None:
    """Check every row against the keyed chain, and (by CAMPAIGN_REGISTER) its end; status 1 where one was changed."""
    with reading():
        found, end = log.verify(), log.end(db.session())
        faults = found.faults + faults_of_expected("audit row", expect, log.AuditRow.number, log.AuditRow.chain)
        db.session.rollback()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{found.row_count} rows verified, chain ends {found.chain}.")
    click.echo(f"To ask for it another day, note: --expect {end.number} {end.chain[:16]}")
    if faults:
        sys.exit(1)


@group.command("of")
@click.argument("email")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far back.")
@with_appcontext
def deeds_of(email: str, days: int) -> None:
    """Print what an account did and which confidential fields it opened, oldest first: times, deeds, references.

    For a device that was lost, or somebody who left. No content is shown; that it was asked is recorded.
    """
    with reading():
        account = db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
        if account is None:
            raise click.ClickException(f"There is no account {email}. flask accounts list shows all.")
        asked = AuditRow.actor_id == account.id, AuditRow.at >= now() - timedelta(days=days)
        rows = db.session.scalars(select(AuditRow).where(*asked).order_by(AuditRow.number)).all()
        for row in rows:
            click.echo(f"{row.at.astimezone(zone()):%Y-%m-%d %H:%M}  {row.action}  {row.subject}".rstrip())
        number = account.id
        db.session.rollback()
    click.echo(f"{len(rows)} deeds in {days} days, by the campaign's clock ({zone().key}).", err=True)
    record("audit.looked_through", by=None, actor=operator(), subject=f"account:{number}", details={"days": days})
    db.session.commit()
