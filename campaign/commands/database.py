"""`flask database ...`: who else may read of it what is public."""

import click
from flask import Flask

from campaign.commands.group import BadInput, Group
from campaign.database import db, public_tables
from campaign.ledger import grants

group = Group("database", help="Let others read what is public of the database.")


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
