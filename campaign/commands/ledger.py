"""`flask ledger ...`: check what was published, derive the lists anew, take everything public into a file."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from campaign.commands.expecting import expecting, faults_of_expected
from campaign.database import db, reading
from campaign.ledger import bodies, reader, remains, writer
from campaign.ledger.models import Entry
from campaign.ledger.verification import verify as walk

group = AppGroup("ledger", help="Check, reindex and export what was published.")


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command()
@expecting
def verify(expect: tuple[int, str] | None) -> None:
    """Check entries, bodies, lists and (by CAMPAIGN_REGISTER) the end of the ledger; status 1 where one was changed."""
    with reading():
        found, end = walk(), writer.end(db.session())
        faults = found.faults + faults_of_expected("entry", expect, Entry.number, Entry.chain)
        db.session.rollback()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{found.entry_count} entries verified, {found.body_count} bodies, chain ends {found.chain[:16]}.")
    click.echo(f"To ask for it another day, note: --expect {end.number} {end.chain[:16]}")
    if not found.is_listing_compared:
        click.echo("Lists were made by another version and not compared with the bodies. Type: flask init", err=True)
    if faults:
        click.echo(f"{len(faults)} faults: stop publishing and compare with a backup.", err=True)
        sys.exit(1)


@group.command()
def reindex() -> None:
    """Derive the lists and the index anew from what was published. Can be run at any time, any number of times."""
    count = writer.rebuild()
    db.session.commit()
    remains.remove()
    click.echo(f"{count} public profiles listed, as of entry {reader.head()}.")


@group.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace the file if there is one.")
def export(path: Path, yes: bool) -> None:
    """Write every public document to PATH, one a line, as they were published."""
    if path.exists() and not yes:
        raise click.ClickException(f"{path} is there already; --yes replaces it.")
    partial = path.with_name(f"{path.name}.part")
    count = 0
    with partial.open("wb") as file:
        for batch in bodies.every_batch(db.engine):
            file.writelines(body + b"\n" for body in batch)
            count += len(batch)
    partial.replace(path)
    click.echo(f"{count} documents written to {path}.")
