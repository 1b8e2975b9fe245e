"""`flask audit ...`: check that nobody changed the record of who did what."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from campaign.audit import log
from campaign.database import reading

group = AppGroup("audit", help="Check the record of who did and who read what.")


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command()
def verify() -> None:
    """Check every row against the keyed chain, and (by CAMPAIGN_REGISTER) its end; status 1 where one was changed."""
    with reading():
        found = log.verify()
    for fault in found.faults:
        click.echo(fault, err=True)
    click.echo(f"{found.row_count} rows verified, chain ends {found.chain}.")
    if found.faults:
        sys.exit(1)
