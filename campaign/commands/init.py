"""`flask init`: makes a home, or brings it up to date. Running it twice does no harm."""

import sys
from collections.abc import Callable, Sequence

import alembic.command
import click
from alembic.util import CommandError
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect
from tqdm import tqdm

from campaign import schema, secret_files, shared_files
from campaign.commands.group import BadInput, Command
from campaign.database import db, reading
from campaign.ledger import identity, public_file, pulse, remains, replication, writer
from campaign.media import copies
from campaign.web.context import keyring, settings

Tell = Callable[[str], object]


def silently(_line: str) -> None:
    """Tell nobody."""


def make_home(tell: Tell = silently) -> None:
    """Make the home's folders, secrets and database, or bring them up to date; `tell` is given a line on each step.

    Raises BadInput for a home that is newer than this code, ClickException where a migration is refused.
    """
    here = settings()
    for folder in ("secrets", "media"):
        (here.home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    if "staff" in here.edges:
        # A process of the public edge alone must not load the audit.
        from campaign.commands import own_keys

        own_keys.refuse_others()
        _ = keyring().fernet, keyring().index_key
        here.keys_made.touch(mode=0o600)
    if closed := secret_files.close(here.home):
        tell(f"{closed} files and folders of the home were open to others; now they are their owner's alone.")
    tell(f"Home {here.home}, keys {here.keys}, database {db.engine.url.render_as_string(hide_password=True)}.")
    if "staff" not in here.edges:
        make_public_tables(tell)
        return
    migrate(tell)
    if identity.make():
        db.session.commit()
        tell("The ledger was given its id.")
    rebuild_listing(tell)
    own_keys.note(tell)
    rebuild_cases(tell)
    seal_pictures(tell)
    close_mentions(tell)
    bring_public_file_up(tell)


def make_public_tables(tell: Tell) -> None:
    """Make the public tables and no other in an empty database; a process without the desk needs nothing else.

    Raises BadInput for a database that follows another one and has not its schema yet.
    """
    with reading(), db.engine.connect() as connection:
        is_empty = not inspect(connection).get_table_names()
    if is_empty:
        with db.engine.begin() as connection:
            replication.make_tables(connection)
        current_app.extensions["schema"].look_again()
        tell(f"Public tables made, schema {schema.of_code()[0]}, and no other.")
    elif schema.complaint():
        raise BadInput(
            f"This database has schema {schema.of_home()}, this code needs {schema.of_code()[0]}, and a process "
            "without the desk changes none. On a replica, type the line of deploy/replica again. Elsewhere the "
            "desk's own flask init does it."
        )
    else:
        tell("Public tables: up to date.")


def bring_public_file_up(tell: Tell) -> None:
    """Bring up the file that a public process of another user reads, where there is one."""
    path = settings().public_database
    if path is None or public_file.resting.get():
        return
    # Who reads it shows nothing without word from the desk.
    pulse.beat()
    db.session.commit()
    if not public_file.bring_up_all():
        raise click.ClickException(
            f"{path} could not be written; the log says why. Public pages show nothing until then."
        )
    tell(f"Public file {path}: up to date.")


def begin_register() -> None:
    """Begin the register where one is named and none is there: otherwise all that asks for it is red until a sweep."""
    # A process of the public edge alone must not load the audit.
    from campaign.audit import log

    path = settings().register
    if path is not None and not path.exists():
        log.note_ends()
        if path.exists():
            click.echo(f"Register {path} begun.")


def migrate(tell: Tell) -> None:
    """Bring the database to the schema of this code."""
    before, known = schema.of_home(), schema.of_code()
    if before is not None and before not in known:
        raise BadInput(schema.complaint())
    try:
        alembic.command.upgrade(current_app.extensions["migrate"].migrate.get_config(), "head")
    except CommandError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    current_app.extensions["schema"].look_again()
    tell(what_was_migrated(before, known))


def what_was_migrated(before: str | None, known: Sequence[str]) -> str:
    """Return a sentence on the step from a revision to the newest one."""
    if before is None:
        return f"Schema {known[0]} made."
    count = known.index(before)
    if not count:
        return f"Schema {before}: up to date."
    return f"Schema {before} brought to {known[0]} by {count} {'migration' if count == 1 else 'migrations'}."


def rebuild_listing(tell: Tell) -> None:
    """Rebuild the lists and the search of what is public, where they were made by something else than this code."""
    if not writer.is_due():
        db.session.rollback()
        tell("Lists and search of public profiles: up to date.")
        return
    count = writer.rebuild()
    db.session.commit()
    if count:
        remains.remove()
    tell(f"Lists and search of public profiles made anew: {count}.")


def rebuild_cases(tell: Tell) -> None:
    """Rebuild the lists and the search of the desk, where they were made by something else than this code."""
    # A process of the public edge alone must not load cases.
    from campaign.cases.reindexing import is_due, reindex

    if not is_due():
        db.session.rollback()
        tell("Lists and search of cases: up to date.")
        return
    with tqdm(desc="cases", file=sys.stderr, disable=None) as bar:
        count = reindex(bar.update)
    db.session.commit()
    tell(f"Lists and search of cases made anew: {count}.")


def seal_pictures(tell: Tell) -> None:
    """Seal the copies that homes of earlier releases keep in the public store alone; only what is shown stays there."""
    # A process of the public edge alone must not load the door.
    from campaign.publishing import pictures

    here = settings()
    shared_files.make_folder(here.media, here.public_group)
    sealed = copies.seal_all()
    moved = pictures.put_in_order()
    if here.public_group:
        shared_files.let_read_all(here.media, here.public_group)
    db.session.commit()
    tell(f"Copies of pictures: {sealed} sealed, {moved} moved.")


def close_mentions(tell: Tell) -> None:
    """Put keyed hashes in place of the words of facilities that earlier releases kept in the table of mentions."""
    # A process of the public edge alone must not load the door.
    from campaign.publishing import mentions

    count = mentions.close_words()
    db.session.commit()
    if count:
        remains.remove()
        tell(f"Words of facilities in the table of mentions closed: {count}.")


def refuse_what_is_not_ready() -> None:
    """Raise BadInput (exit status 2) for a home of another schema; warn of lists and search that are out of date."""
    if complaint := schema.complaint():
        raise BadInput(complaint)
    with reading():
        is_due = writer.is_due()
        db.session.rollback()
    if is_due:
        click.echo(
            "Warning: lists and search were made by an older version or other tables. Type: flask init", err=True
        )


@click.command("init", cls=Command)
@click.option("--team", type=click.Choice(["small"]), help="Invite a team: five people who can do everything by two.")
@click.argument("addresses", nargs=-1)
@with_appcontext
def init(team: str | None, addresses: tuple[str, ...]) -> None:
    """Make this home or bring it up to date: secrets, keys, database, lists, search. Twice is fine.

    With --team small, invite the five people of ADDRESSES, in this order: administrator and editor, administrator and
    publisher, safety officer and editor, safety officer and publisher, editor and translator.
    """
    make_home(click.echo)
    if "staff" in settings().edges:
        begin_register()
        people(team, addresses)
        keys_of_copies()
        if settings().production:
            say_what_is_next()


def people(team: str | None, addresses: Sequence[str]) -> None:
    """Invite a team where one is asked for, and say of which roles there are too few."""
    # A process of the public edge alone must not load accounts.
    from campaign.accounts import invitations
    from campaign.commands.operators import operator

    if team:
        try:
            invited = invitations.assemble(team, addresses, actor=operator())
        except invitations.Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.session.commit()
        for account, link in invited:
            click.echo(f"{account.email} is invited as {', '.join(sorted(account.role_codes))}:\n{link}")
    with reading():
        short = invitations.shortages()
    for sentence in short:
        click.echo(f"Warning: {sentence}", err=True)


def keys_of_copies() -> None:
    """Print the two sheets that open copies where somebody sits before a terminal, or say what to type."""
    # A process of the public edge alone must not load the audit.
    from campaign.backups import sealing
    from campaign.commands import backup

    if sealing.has_recipients() or not settings().production:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        backup.make_keys()
    else:
        # What is printed here may be kept in a log.
        click.echo("Warning: Nobody could open a backup yet. At a terminal, type: flask backup keys", err=True)


def say_what_is_next() -> None:
    """Say what a new home in production needs from here on."""
    # A process of the public edge alone must not load accounts.
    from campaign.accounts import invitations

    with reading():
        if invitations.account_count():
            return
    click.echo("Next:")
    click.echo("- Start the processes (deploy/install does): flask serve, and flask sweep where that does not sweep.")
    click.echo("- Invite five people: flask init --team small A B C D E (what each becomes: flask init --help)")
    click.echo("- Ask what is wrong, and what to type: flask doctor")


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(init)
