"""How the text of a setting is read. Each reader raises ValueError with what the text must be."""

import re
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import limits
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LARGEST_NUMBER = 10**12
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# What hosts hand out and libraries write, by what it means here; the driver is always psycopg.
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2")
SQLITE = ("sqlite", "sqlite+pysqlite")
A_DATABASE = "an address such as postgresql://user:password@host/name or sqlite:////folder/file, or the path of a file"
# A name, or an address in digits. A dot before it would mean every host below it.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:]+\]")
ONION = re.compile(r"[a-z2-7]{56}\.onion")
# What RFC 2606 keeps for examples: nobody reads what is sent there.
EXAMPLE = re.compile(r"(?:^|[@/.:])(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)(?:[:/?]|$)", re.IGNORECASE)


def words(text: str) -> tuple[str, ...]:
    """Return the words between the commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def languages(text: str) -> tuple[str, ...]:
    """Return codes of languages, the first one the campaign's own."""
    codes = words(text)
    if not codes or len(set(codes)) < len(codes):
        raise ValueError("at least one language, and each once: en, ug, zh-Hans")
    return codes


def edges(text: str) -> frozenset[str]:
    """Return the edges between the commas."""
    return frozenset(words(text))


def token(text: str) -> str:
    """Return a bearer token (RFC 6750), "" for none."""
    if not re.fullmatch(r"[A-Za-z0-9._~+/-]*=*", text):
        raise ValueError("a bearer token, without spaces")
    return text


def switch(text: str) -> bool:
    """Return whether a switch is on: nothing but 0 and 1 says so."""
    if text not in {"0", "1"}:
        raise ValueError("0 or 1")
    return text == "1"


def folder(text: str) -> Path | None:
    """Return a folder by its whole path, None for none."""
    return Path(text).resolve() if text else None


def address(text: str) -> str:
    """Return an address of the web without its last slash."""
    try:
        is_whole = text.startswith(("https://", "http://")) and urlsplit(text).hostname
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError("an address such as https://names.example")
    return text.rstrip("/")


def site(text: str) -> str:
    """Return an address of the web, "" for none."""
    return address(text) if text else ""


def number(text: str) -> int:
    """Return a number."""
    if not text.isdecimal() or len(text) > 12:
        raise ValueError(f"a whole number below {LARGEST_NUMBER:,}")
    return int(text)


def number_or_none(text: str) -> int | None:
    """Return a number, None for none."""
    return number(text) if text else None


def port(text: str) -> int:
    """Return a port, 0 for none."""
    if not text.isdecimal() or len(text) > 5 or int(text) > 65_535:
        raise ValueError("a port from 1 to 65535, or 0 for none")
    return int(text)


def mail_host(text: str) -> str:
    """Return the host of a mail server, "" for none."""
    if text and not (is_host(text) or is_numeric(text)):
        raise ValueError("a host alone, without scheme and port: mail.example.org")
    return text


def security(text: str) -> str:
    """Return how a mail server is spoken to."""
    if text not in {"starttls", "tls", "none"}:
        raise ValueError("starttls, tls or none")
    return text


def three_numbers(text: str) -> tuple[int, ...]:
    """Return three numbers."""
    found = words(text)
    if len(found) != 3 or not all(one.isdecimal() and len(one) < 5 for one in found):
        raise ValueError("three numbers, such as 7,5,6")
    return tuple(int(one) for one in found)


def zone(text: str) -> str:
    """Return a time zone."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a zone such as Europe/Berlin") from error
    return text


def level(text: str) -> str:
    """Return how much is written to the log."""
    if text not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return text


def reach(text: str) -> str:
    """Return for how much of a domain https is asked for."""
    if text not in {"host", "subdomains", "preload"}:
        raise ValueError("host, subdomains or preload")
    return text


def letters(text: str) -> str:
    """Return the letters before the digits of a reference."""
    if not re.fullmatch("[A-Za-z]{1,8}", text):
        raise ValueError("one to eight letters from A to Z")
    return text


def rate(text: str) -> str:
    """Return a rate that the limits know."""
    try:
        limits.parse(text)
    except ValueError as error:
        raise ValueError("a rate such as 300 per minute") from error
    return text


def database(text: str) -> str:
    """Return the address of a database as `postgresql://...` or `sqlite:///` and a whole path; "" for none."""
    scheme, is_address, rest = text.partition("://")
    if not is_address:
        return f"sqlite:///{Path(text).resolve()}" if text.startswith(("/", "./", "../")) else _no_database(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise ValueError(A_DATABASE) from error
    if scheme in SQLITE and url.database and not url.host and not url.database.startswith((":", "file:")):
        _, _, query = rest.partition("?")
        return f"sqlite:///{Path(url.database).resolve()}" + (f"?{query}" if query else "")
    if scheme not in POSTGRESQL:
        raise ValueError(A_DATABASE)
    if find_spec("psycopg") is None:
        raise ValueError("an address of SQLite while psycopg is not installed: pip install 'psycopg[binary]'")
    return f"postgresql://{rest}"


def _no_database(text: str) -> str:
    if text:
        raise ValueError(A_DATABASE)
    return ""


def host(text: str) -> str:
    """Return a host alone, in small letters of ASCII, as browsers send it; "" for none."""
    if text and not (is_host(text) and text.isascii() and text == text.lower()):
        raise ValueError("a host alone, in small letters, without scheme and port: desk.example.org")
    return text


def hosts(text: str) -> tuple[str, ...]:
    """Return hosts between commas, each as browsers send it."""
    return tuple(host(one) for one in words(text))


def onion(text: str) -> str:
    """Return an onion address of version 3, "" for none."""
    if text and not ONION.fullmatch(text):
        raise ValueError("56 letters and digits and .onion, in small letters, without scheme")
    return text


def is_numeric(host: str) -> bool:
    """Whether a host is an address of numbers, no name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_host(text: str) -> bool:
    """Whether a text is one whole host: no scheme, no port, no asterisk."""
    return HOST.fullmatch(text) is not None


def is_example(contact: str) -> bool:
    """Whether a contact is missing or one of those that stand in examples."""
    return not contact or EXAMPLE.search(contact) is not None
