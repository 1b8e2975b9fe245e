"""`flask restore`: a copy put back into an empty home, and nobody with it who was taken away since it was made."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from campaign import known_keys
from campaign.atomic_files import written
from campaign.audit import log
from campaign.backups import copies, restoring, sealing
from campaign.backups.archive import Manifest
from campaign.backups.database_copies import NotCopied
from campaign.commands.backup import asked_identity, manifest_in_words
from campaign.commands.init import bring_public_file_up, make_home
from campaign.commands.operators import operator
from campaign.database import db, reading
from campaign.demo.home import MARK, WORDS
from campaign.ledger import public_file, verification
from campaign.publishing import restoring as replaying
from campaign.web.context import settings

NEXT = """Next:
- The people: flask accounts confirm-people. All accounts are shut and all sessions ended until then.
- What of the profiles was stopped is lifted by two people, once the consent is entered anew.
- Start the processes, and write a copy at once: flask backup write"""


@click.command("restore")
@click.argument("path", metavar="COPY", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--register", "register_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register, as it is or as it was carried (register.age). By default that of CAMPAIGN_REGISTER.",
)  # fmt: skip
@click.option("--without-register", is_flag=True, help="There is none any more: the public edge stays shut.")
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with the key.")
@with_appcontext
def restore(path: Path, register_file: Path | None, without_register: bool, identity: Path | None) -> None:
    """Put a copy back into an empty home, and take away again whom the register says was taken away since."""
    chosen = register_file or settings().register
    if not without_register and (chosen is None or not chosen.exists()):
        raise click.ClickException(
            "Name the register: --register FILE. It knows who was taken away since the copy was made. If it is lost, "
            "say --without-register: then the public pages stay shut until somebody has looked."
        )
    try:
        manifest = put_back(
            path, asked_identity(identity) if identity else None, chosen if not without_register else None
        )
    except (restoring.Refused, sealing.NotOpened, NotCopied) as refusal:
        raise click.ClickException(f"Not restored: {refusal}") from refusal
    click.echo(f"Restored. {manifest_in_words(manifest)}\n{NEXT}")


def put_back(path: Path, key: sealing.Identity | None, register_file: Path | None) -> Manifest:
    """Put a copy back and replay the register; return the copy's manifest. Ends with status 1 where a chain is broken.

    Raises Refused, NotOpened, NotCopied.
    """
    restoring.refuse_used_home()
    key = key or asked_identity(None)
    manifest = copies.verify(path, key)
    click.echo(f"{path.name}: whole.")
    restoring.refuse_copy(manifest)
    # Nobody is shown of the copy before the register was followed.
    public_file.clear()
    with public_file.at_rest(), _plain_register(register_file, key) as register_path:
        restoring.put_back(path, key, manifest)
        if manifest.is_demonstration:
            (settings().home / MARK).write_text(WORDS)
        _bring_up()
        _replay(register_path, manifest)
    bring_public_file_up(click.echo)
    _verify_chains()
    return manifest


def _bring_up() -> None:
    """Bring the database that came back to the schema and the lists of this code."""
    if known_keys.is_noted():
        # Keys that were made after the copy belong here too.
        known_keys.note()
        db.session.commit()
    make_home(click.echo)


def _replay(register_path: Path | None, manifest: Manifest) -> None:
    """Do again what the register says was done after the copy, and record the restore."""
    report = replaying.replay(register_path, actor=operator())
    details = {
        "made_at": manifest.made_at.isoformat(),
        "ledger": manifest.ledger.number,
        "audit": manifest.audit.number,
    }
    log.record("backup.restored", by=None, actor=operator(), details=details)
    db.session.commit()
    replaying.finish(report)
    for line in report.lines():
        click.echo(line)


@contextmanager
def _plain_register(path: Path | None, key: sealing.Identity) -> Iterator[Path | None]:
    """Give the register as a plain file: where this installation keeps it, or for the time of the restore alone.

    Raises Refused where another register lies there already.
    """
    if path is None:
        yield None
        return
    content, place = _content_of(path, key), settings().register
    if place is not None and place.exists() and place.read_bytes() != content:
        raise restoring.Refused(
            f"Another register lies at {place}. Keep the longer of the two there, and name no other."
        )
    kept = place or copies.folder() / f".{os.urandom(8).hex()}.part"
    if not kept.exists():
        with written(kept) as out:
            out.write(content)
    try:
        yield kept
    finally:
        if kept != place:
            kept.unlink(missing_ok=True)


def _content_of(path: Path, key: sealing.Identity) -> bytes:
    if not path.read_bytes().startswith(sealing.HEADER):
        return path.read_bytes()
    with sealing.opening(path, key) as plain:
        return plain.read()


def _verify_chains() -> None:
    """Check both logs; end with status 1, each fault named, where one is not as it was."""
    with reading():
        # The lists are, byte for byte, those of the copy, or were made anew above.
        ledger, audit = verification.verify(are_lists_compared=False), log.verify()
        db.session.rollback()
    for fault in (*ledger.faults, *audit.faults):
        click.echo(fault, err=True)
    click.echo(f"{ledger.entry_count} entries of the ledger and {audit.row_count} rows of the audit verified.")
    if ledger.faults or audit.faults:
        click.echo("Restored, but not as it was: serve nothing before somebody has looked.", err=True)
        sys.exit(1)


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(restore)
