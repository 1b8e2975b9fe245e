"""Carrying copies and the register off this machine, by the campaign's own command; and forgetting them there.

    CAMPAIGN_BACKUP_COMMAND put FILE       brings a sealed file elsewhere, under its own name
    CAMPAIGN_BACKUP_COMMAND remove NAME    forgets a copy there

It is run without a shell and without this program's settings, keys or database; what it needs it brings itself. Off
unless set. The register goes sealed, each time that it has grown: it is what keeps a restore from bringing anybody
back, and is worth most when it is younger than every copy.
"""

import hashlib
import os
import shlex
import subprocess
from pathlib import Path

import msgspec

from campaign import outbound
from campaign.atomic_files import written
from campaign.backups import copies, sealing
from campaign.backups.copies import Known
from campaign.clock import now
from campaign.settings import PREFIX
from campaign.web.context import settings

REGISTER = "register.age"
MARK = "register.carried"  # the digest of the register that was carried last
LONGEST_SECONDS = 6 * 3600


class NotCarried(Exception):
    """The command failed, said in a sentence."""


def is_set() -> bool:
    """Whether there is a command to carry copies."""
    return bool(settings().backup_command)


def carry(known: Known) -> Known:
    """Bring a copy elsewhere, once; return what is known of it now. Raises NotCarried."""
    if known.carried_at is not None:
        return known
    _run("put", str(copies.folder() / known.name))
    carried = as_carried(known)
    copies.keep(carried)
    return carried


def as_carried(known: Known) -> Known:
    """Return what is known of a copy once it lies elsewhere."""
    return msgspec.structs.replace(known, carried_at=now())


def carry_register() -> bool:
    """Bring the register elsewhere where it has grown since the last time; return whether. Raises NotCarried."""
    path = settings().register
    if path is None or not path.exists():
        return False
    content = path.read_bytes()
    digest, mark = hashlib.sha256(content).hexdigest(), copies.folder() / MARK
    if mark.exists() and mark.read_text() == digest:
        return False
    with (
        written(copies.folder() / REGISTER) as out,
        sealing.sealing(out, sealing.recipients()) as plain,
    ):
        plain.write(content)
    _run("put", str(copies.folder() / REGISTER))
    with written(mark) as out:
        out.write(digest.encode())
    return True


def forget(known: Known) -> None:
    """Remove a copy here, and elsewhere where it was carried. Raises NotCarried: then the next prune tries again."""
    (copies.folder() / known.name).unlink(missing_ok=True)
    if known.carried_at is not None:
        if not is_set():
            raise NotCarried(f"{known.name} lies elsewhere, and no command is set to remove it there.")
        _run("remove", known.name)
    copies.forget(known)


def _run(*words: str) -> None:
    command = shlex.split(settings().backup_command)
    environment = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "FLASK_", "PG"))}
    try:
        with outbound.through(settings(), "BACKUP_COMMAND"):
            done = subprocess.run(  # noqa: S603 - no shell; whoever sets it runs this program
                [*command, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                timeout=LONGEST_SECONDS, check=False, cwd=copies.folder(),
            )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotCarried(f"{Path(command[0]).name} {words[0]} did not work: {error}.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        raise NotCarried(f"{Path(command[0]).name} {words[0]} ended with status {done.returncode}. {said[0]}".strip())
