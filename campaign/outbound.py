"""Connections to anywhere: one table of the settings that open one, and a guard that refuses every other.

A campaign's machine tells nobody anything unless its people have said so. Each row is off until its setting is given;
only a block of `through(NAME)` connects, and only this module makes sockets that do. In a process of `flask`, Python's
audit events (PEP 578) tell the guard of every connection and every question for a name, whichever library asks.
"""

import http.client
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from campaign.settings import Settings

SECONDS = 15.0  # for a connection, and for each answer on it
MOST_BYTES = 100_000  # of an answer, unless more is expected
CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
ASKS_FOR_A_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


class NotAsked(OSError):
    """Something wanted to reach another place than the settings name."""


class NotAnswered(OSError):
    """Another place answered what can't be read."""


class Answered(NamedTuple):
    """What another place answered: the status and the body."""

    status: int
    body: bytes


class Outbound(NamedTuple):
    """A setting by which this installation reaches another place: what goes there, and whether the setting is given.

    `by_library` is True where a library written in C or another program connects, which no audit event tells of.
    """

    carries: str
    is_on: Callable[[Settings], bool]
    by_library: bool = False


OUTBOUND: Mapping[str, Outbound] = {
    "DATABASE_URL": Outbound(
        "Everything, to the database's server.", lambda here: here.database_file is None, by_library=True
    ),
    "ASK_OUTSIDE": Outbound("Questions of a visitor, to the site's own address.", lambda here: here.ask_outside),
    "SMTP_HOST": Outbound("Two mails that name nobody, to a mail server.", lambda here: bool(here.smtp_host)),
    "BACKUP_COMMAND": Outbound(
        "Sealed copies and the sealed register, by a program of the campaign's own.",
        lambda here: bool(here.backup_command),
        by_library=True,
    ),
    "PURGE_ADDRESS": Outbound(
        "Public addresses of which something was taken away, to the campaign's CDN.",
        lambda here: bool(here.purge_address),
    ),
    "PRIMARY": Outbound(
        "Digests of pictures that public pages show, from a replica to the campaign's own site.",
        lambda here: bool(here.primary),
    ),
}
_open: ContextVar[str] = ContextVar("outbound", default="")
_guarded: set[str] = set()  # the hosts that may be asked for; the guard is set once there are some


def is_on(here: Settings, name: str) -> bool:
    """Whether a setting of the table lets this process reach another place."""
    return OUTBOUND[name].is_on(here)


@contextmanager
def through(here: Settings, name: str) -> Iterator[None]:
    """Let a block connect by a setting of the table. Raises NotAsked where the setting is not given."""
    if not is_on(here, name):
        raise NotAsked(f"CAMPAIGN_{name} is not set, so nothing is reached by it.")
    token = _open.set(name)
    try:
        yield
    finally:
        _open.reset(token)


def connect(here: Settings, name: str, host: str, port: int) -> socket.socket:
    """Return a connection to a host by a setting of the table. Raises NotAsked where it is not given, or OSError."""
    with through(here, name):
        return socket.create_connection((host, port), timeout=SECONDS)


def asked(
    here: Settings,
    name: str,
    url: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Answered:
    """Return what an address of the web answers, by a setting of the table; no redirection is followed.

    Raises NotAsked where the setting is not given, NotAnswered for what is no answer or a longer one, or OSError.
    """
    site = urlsplit(url)
    kind = http.client.HTTPSConnection if site.scheme == "https" else http.client.HTTPConnection
    connection = kind(site.hostname or "", site.port, timeout=SECONDS)
    with through(here, name):
        try:
            target = (site.path or "/") + (f"?{site.query}" if site.query else "")
            connection.request(method, target, body or None, dict(headers or {}))
            answer = connection.getresponse()
            content = answer.read(most_bytes + 1)
        except http.client.HTTPException as error:
            raise NotAnswered(type(error).__name__) from error
        finally:
            connection.close()
    if len(content) > most_bytes:
        raise NotAnswered(f"more than {most_bytes} bytes")
    return Answered(answer.status, content)


def guard(here: Settings) -> None:
    """Refuse, for the rest of this process, whatever no setting of the table asks for."""
    if not _guarded:
        sys.addaudithook(_refuse)
    _guarded.update({"localhost", ""}, _hosts_of_database(here))


def let_database(address: str) -> None:
    """Let this process ask for the host of another database, which somebody named at the shell to move to it."""
    _guarded.update(_hosts_of(address))


def _hosts_of_database(here: Settings) -> set[str]:
    return set() if here.database_file is not None else _hosts_of(here.database_url)


def _hosts_of(address: str) -> set[str]:
    """Return the hosts of a database's server: psycopg asks for their addresses before the driver connects."""
    url = make_url(address)
    asked = url.query.get("host", ())
    return {url.host or "", *((asked,) if isinstance(asked, str) else asked)}


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in CONNECTS:
        address = arguments[1]
        # A unix socket's address is a path; a packet without an address goes where its socket is connected already.
        if not isinstance(address, tuple) or _open.get():
            return
        raise NotAsked(f"{event}: no setting asks for a connection to another place")
    if event in ASKS_FOR_A_NAME and not _open.get():
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0] or "")
        if host not in _guarded and not _is_numeric(host):
            raise NotAsked(f"{event}: no setting asks for the address of another place")


def _is_numeric(host: str) -> bool:
    """Whether a host is an address of digits: looking at it asks nobody."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, ValueError):
            continue
        return True
    return False
