"""What must not start: a sentence, with what to do, for each setting that would endanger people or can't work."""

import os
import pwd
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from campaign import secret_files, shared_files
from campaign.read_setting import is_example, is_host

if TYPE_CHECKING:
    from campaign.settings import Settings

HERE = {"localhost", "127.0.0.1", "::1"}
EDGES = ("public", "staff", "partners")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SENDER = re.compile(r"[^@\s<>]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")  # address of a mailbox, without a name beside it
UNNAMED = "Kept Names"  # the name of a campaign for which none is set


def faults_of(settings: "Settings") -> Iterator[str]:
    """Yield a sentence, with what to do, for whatever would endanger people or can't work."""
    unknown = settings.edges - set(EDGES)
    if unknown or not settings.edges:
        yield f"CAMPAIGN_EDGES names {sorted(unknown)}; it takes any of {', '.join(EDGES)}."
    if not settings.hosts or "*" in settings.hosts:
        yield "CAMPAIGN_HOSTS must name the hosts this site answers to: without them it would answer to any."
    for host in settings.hosts:
        if host != "*" and not is_host(host):
            yield f"CAMPAIGN_HOSTS names {host!r}; it takes whole names such as names.example, without scheme or port."
    if settings.staff_host and "staff" in settings.edges and settings.staff_host not in settings.hosts:
        yield f"CAMPAIGN_HOSTS does not name CAMPAIGN_STAFF_HOST, {settings.staff_host}: add it there."
    if settings.primary and "staff" in settings.edges:
        yield "CAMPAIGN_PRIMARY is for a replica, and this process has the desk: take it out."
    for host in settings.mirrors:
        if host in settings.hosts or host == settings.staff_host:
            yield f"CAMPAIGN_MIRRORS names {host}, which CAMPAIGN_HOSTS has too: a mirror has no desk. Name it once."
    yield from _faults_of_folders(settings)
    if settings.register and settings.register.is_relative_to(settings.home):
        yield "CAMPAIGN_REGISTER lies inside CAMPAIGN_HOME: who changes one would change both. Name another place."
    if settings.register and settings.register.is_dir():
        yield f"CAMPAIGN_REGISTER, {settings.register}, is a folder. Name a file."
    if settings.public_group:
        yield from shared_files.faults_of_group(settings.public_group)
        if "staff" in settings.edges and settings.media.is_relative_to(settings.home):
            yield (
                "CAMPAIGN_PUBLIC_GROUP lets a group read CAMPAIGN_MEDIA, which lies inside CAMPAIGN_HOME, where nobody "
                "else may enter. Name a folder outside."
            )
    if settings.smtp_host and "staff" in settings.edges:
        yield from _faults_of_mail(settings)
    yield from _faults_of_public_database(settings)
    if settings.production:
        yield from _faults_of_production(settings)


def _faults_of_folders(settings: "Settings") -> Iterator[str]:
    """Yield a sentence for each folder that is none, or in which this process can't write what it must."""
    is_desk, database = "staff" in settings.edges, settings.database_file
    written = [("HOME", settings.home)]
    if is_desk:
        written += [
            # Once they are made they are only read: most units have the folder without leave to write.
            *([] if os.path.exists(settings.keys_made) else [("KEYS", settings.keys)]),
            ("MEDIA", settings.media),
            *([("DATABASE_URL", database.parent)] if database else []),
        ]
    # Path.exists raises where the folder is closed to this user; this answers False.
    elif os.path.exists(settings.home / "secrets" / "session.key"):
        written = []
    if settings.catalogues and not settings.catalogues.is_dir():
        yield f"CAMPAIGN_CATALOGUES, {settings.catalogues}, is no folder. Name a folder, or nothing."
    told: set[Path] = set()
    for name, path in written:
        there = nearest(path)
        if not (is_writable(path) or there in told):
            told.add(there)
            fault = _not_written(path) if there.is_dir() else f"{there} is no folder. Name a folder."
            yield f"CAMPAIGN_{name}: {fault}"
    if is_desk and database and database.is_dir():
        yield f"CAMPAIGN_DATABASE_URL names {database}, a folder. Name a file."
    elif is_desk and database and database.exists() and not os.access(database, os.W_OK):
        yield f"CAMPAIGN_DATABASE_URL: {_not_written(database)}"


def _faults_of_public_database(settings: "Settings") -> Iterator[str]:
    """Yield a sentence where the public file can't be what it is for: read by another user, beside the database."""
    path = settings.public_database
    if path is None:
        return
    if "staff" not in settings.edges:
        yield (
            "CAMPAIGN_PUBLIC_DATABASE is written by the desk. A public process reads it as its database: "
            f"CAMPAIGN_DATABASE_URL=sqlite:///{path}"
        )
    elif settings.database_file is None:
        yield (
            "CAMPAIGN_PUBLIC_DATABASE is for SQLite. On PostgreSQL a role reads the public tables: "
            "flask database grant-public ROLE"
        )
    elif path.is_relative_to(settings.home):
        yield f"CAMPAIGN_PUBLIC_DATABASE, {path}, lies inside CAMPAIGN_HOME, where nobody else may enter. Name another."
    elif path == settings.database_file:
        yield "CAMPAIGN_PUBLIC_DATABASE names the desk's own database. Name another file."
    elif path.is_dir():
        yield f"CAMPAIGN_PUBLIC_DATABASE, {path}, is a folder. Name a file."
    elif not is_writable(path.parent):
        yield f"CAMPAIGN_PUBLIC_DATABASE: {_not_written(path.parent)}"


def _not_written(path: Path) -> str:
    user = user_of_process()
    deed = "write" if path.exists() else "make"
    return f"the user {user} can't {deed} {path}. Let it: chown -R {user} {nearest(path)}, or name another place."


def user_of_process() -> str:
    """Return the name of the user of this process, or their number where the machine has no name for it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"{os.geteuid()}"


def nearest(path: Path) -> Path:
    """Return a path itself where it is there, otherwise the nearest folder above it that is."""
    return next(one for one in (path, *path.parents) if one.exists())


def is_writable(path: Path) -> bool:
    """Whether this process may write into a folder, or make it where nothing is."""
    there = nearest(path)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _faults_of_mail(settings: "Settings") -> Iterator[str]:
    """Yield what keeps mails from being sent, or would let others read them on the way."""
    if not SENDER.fullmatch(settings.smtp_sender):
        yield f"CAMPAIGN_SMTP_SENDER is {settings.smtp_sender!r}. Name an address: desk@names.org."
    if settings.smtp_port == 0:
        yield "CAMPAIGN_SMTP_PORT is 0. Name the port of the mail server: 587, or 465 with tls."
    if settings.smtp_security == "none" and settings.smtp_host not in LOOPBACK:
        yield f"CAMPAIGN_SMTP_SECURITY is none, and {settings.smtp_host} is another machine. Name starttls or tls."
    path = settings.smtp_password_file
    if bool(settings.smtp_user) != bool(path):
        yield "CAMPAIGN_SMTP_USER and CAMPAIGN_SMTP_PASSWORD_FILE go together: set both, or neither."
    if path and not os.access(path, os.R_OK):
        yield f"CAMPAIGN_SMTP_PASSWORD_FILE: the user {user_of_process()} can't read {path}. Let it."
    elif path and not path.is_file():
        yield f"CAMPAIGN_SMTP_PASSWORD_FILE, {path}, is no file. Name one that holds the password alone."
    elif path:
        yield from secret_files.open_to_others(path)


def _faults_of_production(settings: "Settings") -> Iterator[str]:
    if settings.purge_address.startswith("http://") and urlsplit(settings.purge_address).hostname not in HERE:
        yield "CAMPAIGN_PURGE_ADDRESS must begin with https://: CAMPAIGN_PURGE_TOKEN is sent there."
    if settings.trust_shell:
        yield "CAMPAIGN_TRUST_SHELL=1 is refused in production: commands must ask for a code."
    if settings.keys.is_relative_to(settings.home) and "staff" in settings.edges:
        yield "CAMPAIGN_KEYS lies inside CAMPAIGN_HOME: a seized disk must not carry both. Name another folder."
    if settings.is_demonstration:
        yield "This home is a demonstration; production needs a home of its own."
    if not settings.address.startswith("https://"):
        yield "CAMPAIGN_ADDRESS must begin with https:// in production."
    if urlsplit(settings.address).hostname not in settings.hosts:
        yield f"CAMPAIGN_HOSTS does not name the host of CAMPAIGN_ADDRESS, {settings.address}."
    if settings.name == UNNAMED:
        yield f"CAMPAIGN_NAME is not set, so pages would bear the name {UNNAMED!r}. Name the campaign."
    if is_example(settings.contact):
        yield f"CAMPAIGN_CONTACT is {settings.contact!r}, an example. Name an address that the campaign reads."
    yield from open_paths(settings)
    if not secret_files.is_in_memory(Path(gettempdir())):
        yield (
            f"TMPDIR, {gettempdir()}, lies on a disk, where parts of what is sent could stay in clear. Name a folder "
            "in memory: TMPDIR=/dev/shm."
        )
    for name in ("session.key", "session-before.key"):
        if (path := settings.home / "secrets" / name).exists():
            yield from secret_files.faults_of(path)
    if "staff" in settings.edges:
        yield from faults_of_keys(settings)


def open_paths(settings: "Settings") -> Iterator[str]:
    """Yield a sentence for each folder of a home, and its database, that is open to more than it should."""
    media, database = settings.home / "media", settings.database_file
    for path in (settings.home, media, settings.backups, settings.home / "secrets", media / "vault", media / "uploads"):
        yield from secret_files.open_to_others(path)
    yield from _open_to_more_than_a_group(settings.media, settings.public_group)
    if settings.register:
        yield from secret_files.open_to_others(settings.register)
    is_desks = "staff" in settings.edges
    for file, group in (
        (database, "" if is_desks else settings.public_group),
        (settings.public_database, settings.public_group),
    ):
        for end in ("", "-wal", "-shm") if file else ():
            yield from _open_to_more_than_a_group(Path(f"{file}{end}"), group)


def _open_to_more_than_a_group(path: Path, group: str) -> Iterator[str]:
    closed = shared_files.NOT_FOR_OTHERS if group else secret_files.OWNER_ALONE
    yield from secret_files.open_to_others(path, closed)


def faults_of_keys(settings: "Settings") -> Iterator[str]:
    """Yield a sentence where the keys that a home was made with are missing, or others can read or guess them."""
    found = sorted(settings.keys.glob("*.key"))
    names = {path.name for path in found}
    has_content_key = any(name.startswith("content-") for name in names)
    if settings.keys_made.exists() and not (has_content_key and "index.key" in names):
        yield f"CAMPAIGN_KEYS, {settings.keys}, lacks this home's keys. Bring them back; new ones open nothing."
    yield from secret_files.open_to_others(settings.keys)
    for path in found:
        yield from secret_files.faults_of(path)
