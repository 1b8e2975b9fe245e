"""`flask replica ...`: let another machine serve what is public, from a database that holds nothing else."""

import re
import time

import click
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from campaign import schema
from campaign.commands.group import BadInput, Group
from campaign.database import db
from campaign.ledger import grants, replication
from campaign.ledger.grants import Refused
from campaign.web.context import settings

LONGEST_COPY = 3600.0  # seconds; of 100,000 people it takes minutes
SLOT = re.compile(r"[a-z_][a-z0-9_]{0,62}")
group = Group("replica", help="Let another machine serve what is public.")


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command()
@click.option("--role", help="At the primary: the role by which replicas read. On the replica: that of its site.")
@click.option("--from", "source", help="On the replica: how the primary's database is reached, as libpq writes it.")
@click.option("--slot", default="byname_replica", show_default=True, help="Name of this replica at the primary.")
@click.option("--apply", "is_applied", is_flag=True, help="Do it instead of printing the statements.")
@click.option("--anew", is_flag=True, help="On the replica: drop what it has and copy it again.")
def setup(role: str | None, source: str | None, slot: str, is_applied: bool, anew: bool) -> None:
    """Publish the public tables (at the primary, --role), or follow them (on the replica, --from).

    Prints the statements for psql; does them with --apply. Type it at the primary first, and again on both sides after
    each update: on the replica with --anew.
    """
    if db.engine.dialect.name != "postgresql":
        raise BadInput("Replicas need PostgreSQL on both machines: CAMPAIGN_DATABASE_URL names another database.")
    if not SLOT.fullmatch(slot):
        raise BadInput("--slot takes small letters of ASCII, digits and underscores.")
    try:
        if "staff" in settings().edges:
            primary(_given(role, "--role ROLE", "This is the primary"), is_applied=is_applied)
        else:
            source = _given(source, "--from 'host=... dbname=... user=...'", "This is a replica, for it serves no desk")
            follow(source, slot, role, is_applied=is_applied, anew=anew)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@group.command()
def pictures() -> None:
    """On a replica: take the pictures that lack from the primary, drop those that no page shows. Its site does so too.

    Ends with status 1 where some lack still.
    """
    if not settings().primary:
        raise BadInput("CAMPAIGN_PRIMARY is not set: name the address of the primary's site.")
    from campaign.public.pictures import follow_once  # not at the top: no other command needs the pages

    found = follow_once()
    if found is None:
        click.echo("The site is at it; nothing was done here.")
        return
    click.echo(f"Pictures: {found.taken} taken, {found.dropped} dropped, {found.lacking} lack still.")
    if found.lacking:
        raise click.ClickException("The primary did not give all of them; the log says why.")


def _given(value: str | None, option: str, why: str) -> str:
    if not value:
        raise BadInput(f"{why}: say {option}.")
    return value


def primary(role: str, *, is_applied: bool) -> None:
    """Publish the public tables, or print how."""
    session = db.session()
    others = list(replication.by_superuser(role, session))
    if others:
        click.echo("-- As superuser of the primary; then restart PostgreSQL and give the role a password: \\password")
        for statement in others:
            click.echo(f"{statement};")
    if not is_applied:
        click.echo("-- As owner of the tables:")
        for statement in replication.by_owner(role, session):
            click.echo(f"{statement};")
        return
    replication.apply_on_primary(role, session)
    session.commit()
    click.echo(f"-- {len(replication.replicated())} tables are published; {role} reads them and no other.")


def follow(source: str, slot: str, role: str | None, *, is_applied: bool, anew: bool) -> None:
    """Make the public tables alone, let a role read them and subscribe to the primary's, or print how."""
    statement = replication.subscription(source, slot)
    if not is_applied:
        click.echo("-- This command makes the public tables with --apply. Then, as superuser of the replica:")
        click.echo(f"{statement};")
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        replication.refuse_cases(connection)
        if anew:
            _forget(connection)
        _make_tables(connection)
        if role:
            grants.apply(role, db.session())
            db.session.commit()
        if replication.subscriptions(connection):
            click.echo("It follows the primary already.")
        elif not replication.may_subscribe(connection):
            raise Refused(f"The public tables are there. Now, as superuser of this server, in psql:\n{statement};")
        else:
            _try(connection, statement)
            _wait(connection, slot)


def _forget(connection: Connection) -> None:
    for name in replication.subscriptions(connection):
        try:
            _try(connection, f"DROP SUBSCRIPTION {name}")
        except Refused:
            # The primary is away, or came back from a copy and knows nothing of this replica.
            for statement in replication.forgetting(name):
                _try(connection, statement)
            click.echo(f"The primary did not let go of {name}. If it says below that there is one already, type there:")
            click.echo(f"SELECT pg_drop_replication_slot('{name}');")
    replication.drop_tables(connection)


def _make_tables(connection: Connection) -> None:
    home, newest = schema.revision_of(connection), schema.of_code()[0]
    if not replication.has_tables(connection):
        with db.engine.begin() as all_at_once:
            replication.make_tables(all_at_once)
        click.echo(f"{len(replication.replicated())} public tables made, and no other.")
    elif home != newest:
        raise Refused(f"The tables here have schema {home}, this code needs {newest}. Stop the site and type --anew.")


def _try(connection: Connection, statement: str) -> None:
    try:
        connection.execute(text(statement.replace(":", "\\:")))
    except (OperationalError, ProgrammingError) as error:
        # PostgreSQL's words name its servers and slots, and no row.
        raise Refused(f"PostgreSQL refuses it: {str(error.orig).splitlines()[0]}") from error


def _wait(connection: Connection, slot: str) -> None:
    """Return once every table is copied: before that lists may show what another table knows to be gone."""
    deadline, told = time.monotonic() + LONGEST_COPY, -1
    while (left := replication.unfinished(connection, slot)) and time.monotonic() < deadline:
        if left != told:
            click.echo(f"{left} tables are still being copied.", err=True)
            told = left
        time.sleep(0.2)
    if left:
        raise Refused("The tables are still being copied. Start the site once pg_subscription_rel says 'r' of each.")
    click.echo("Everything is copied. Start the site here; flask doctor says whether it hears the desk.")
