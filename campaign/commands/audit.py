"""`flask audit ...`: check that nobody changed the record of who did what."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from campaign.audit import log
from campaign.commands.expecting import expecting, faults_of_expected
from campaign.database import db, reading

group = AppGroup("audit", help="Check the record of who did and who read what.")


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
