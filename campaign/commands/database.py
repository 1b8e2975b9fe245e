"""`flask database ...`: who else may read of it what is public, and its way from SQLite to PostgreSQL."""

import sys

import click
from flask import Flask
from tqdm import tqdm

from campaign.backups import moving
from campaign.commands.group import BadInput, Group
from campaign.database import db, public_tables, reading
from campaign.ledger import grants

group = Group("database", help="Let others read what is public of the database; move it to PostgreSQL.")


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command("grant-public")
@click.argument("role")
@click.option("--apply", "is_applied", is_flag=True, help="Run the statements instead of printing them.")
def grant_public(role: str, is_applied: bool) -> None:
    """Let ROLE of PostgreSQL read the public tables, and nothing else; prints the statements that do so.

    Type it again after each update: a new release may have a further public table.
    """
    if db.engine.dialect.name != "postgresql":
        raise BadInput("SQLite has no roles. Another user reads a file with the public tables alone: docs/operate.md.")
    session = db.session()
    if not is_applied:
        for statement in grants.statements(role, session):
            click.echo(f"{statement};")
        return
    try:
        grants.apply(role, session)
    except grants.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    session.commit()
    click.echo(f"{role} reads {len(public_tables())} tables and no other.")


@group.command()
@click.argument("url")
def copy(url: str) -> None:
    """Copy this home's SQLite database into an empty one of PostgreSQL: every row, in one transaction, compared.

    Stop the desk first: what is written here afterwards is not there. URL is postgresql://user:password@host/name; with
    a password, set PGPASSWORD instead, for everybody on the machine can read the words of a command.
    """
    try:
        with reading():
            total = moving.row_count()
            db.session.rollback()
        with tqdm(desc="rows", total=total, file=sys.stderr, disable=None) as bar:
            moved = moving.move(url, bar.update)
    except moving.NotMoved as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        db.session.rollback()
    click.echo(
        f"{moved.row_count} rows of {moved.table_count} tables are there as they are here, by their digests; the "
        f"ledger ends with {moved.ledger}, the audit with {moved.audit}, by the same chains.\n"
        "Next: name that database in CAMPAIGN_DATABASE_URL, take CAMPAIGN_PUBLIC_DATABASE out, type flask init and "
        "flask doctor, start. Keep the file of SQLite until then; afterwards destroy it: it holds what is confidential."
    )
