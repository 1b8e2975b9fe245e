"""`flask init`: makes a home, or brings it up to date. Running it twice does no harm."""

from collections.abc import Sequence

import click
import flask_migrate
from flask import Flask
from flask.cli import with_appcontext

from campaign.database import db, reading
from campaign.ledger import listing
from campaign.web import keyring, settings


def make_home() -> str:
    """Make the home's folders, secrets and database; return a sentence on each that says where."""
    here = settings()
    for folder in ("secrets", "media"):
        (here.home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    if "staff" in here.edges:
        _ = keyring().fernet, keyring().index_key
        here.keys_made.touch(mode=0o600)
    flask_migrate.upgrade()
    if listing.is_unindexed():
        listing.rebuild()
        db.session.commit()
    return f"Home {here.home}, keys {here.keys}, database {db.engine.url.render_as_string(hide_password=True)}."


@click.command("init")
@click.option("--team", type=click.Choice(["small"]), help="Invite a team: five people who can do everything by two.")
@click.argument("addresses", nargs=-1)
@with_appcontext
def init(team: str | None, addresses: tuple[str, ...]) -> None:
    """Make this home: secrets, keys, database. Twice is fine.

    With --team small, invite the five people of ADDRESSES, in this order: administrator and editor, administrator and
    publisher, safety officer and editor, safety officer and publisher, editor and translator.
    """
    click.echo(make_home())
    if "staff" in settings().edges:
        people(team, addresses)


def people(team: str | None, addresses: Sequence[str]) -> None:
    """Invite a team where one is asked for, and say of which roles there are too few."""
    # A process of the public edge alone must not load accounts.
    from campaign.accounts import invitations, teams
    from campaign.commands.proof import operator

    if team:
        try:
            invited = teams.assemble(team, addresses, actor=operator())
        except invitations.Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.session.commit()
        for account, link in invited:
            click.echo(f"{account.email} is invited as {', '.join(sorted(account.role_codes))}:\n{link}")
    with reading():
        short = teams.shortages()
    for sentence in short:
        click.echo(f"Warning: {sentence}", err=True)


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(init)
