"""What a campaign may set, as one table: name, default, sentence. The only reader of the environment.

Every setting is read from CAMPAIGN_<NAME>. What is unsafe is refused at start, by name, with what to do.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import limits

WEAKEST = 32  # characters of a secret
EDGES = ("public", "staff", "partners")


class Setting(NamedTuple):
    """One row of the table: what it is called, what it is when nobody says, what it does."""

    name: str
    default: str
    sentence: str


TABLE = (
    Setting("HOME", "instance", "Folder for the database, media and secrets."),
    Setting("DATABASE_URL", "", "Database address; empty means SQLite in the home folder."),
    Setting("KEYS", "", "Folder of the encryption keys; empty means HOME/keys. In production: outside HOME."),
    Setting("EDGES", "public,staff,partners", "Which edges this process serves: any of public, staff, partners."),
    Setting("PRODUCTION", "0", "1 asks for everything that an open network needs: strict secrets, https, hosts."),
    Setting("HOSTS", "localhost,127.0.0.1", "Host names this site answers to, separated by commas."),
    Setting("TRUSTED_PROXIES", "0", "How many proxies of ours pass visitors on, each adding to X-Forwarded-For."),
    Setting("ADDRESS", "http://127.0.0.1:5000", "Address of the site for the world, without a final slash."),
    Setting("NAME", "Kept Names", "Name of the campaign, shown on every page."),
    Setting("STRAPLINE", "People detained, by name", "One line that says what the campaign does."),
    Setting("CONTACT", "mailto:contact@example.org", "Where people write about security and corrections."),
    Setting("PROFILED", "0", "How many people the campaign has profiled in all; 0 leaves the number out."),
    Setting("REF_PREFIX", "FXD", "Letters before the five digits of a reference."),
    Setting("TIMEZONE", "UTC", "Time zone of embargoes and of 'today'."),
    Setting("TRUST_SHELL", "0", "1 lets commands act for an account without its code; refused in production."),
    Setting("SWEEP_SECONDS", "60", "How often the staff process asks for expired consents; 0 leaves it to cron."),
    Setting("MAX_PHOTO_BYTES", "15000000", "Largest picture that may be uploaded, in bytes."),
    Setting("VISITOR_RATE", "300 per minute", "How often one address may search, or ask for what is not kept."),
    Setting("PARTNER_RATE", "600 per minute", "How often one address may ask the JSON."),
    Setting("LOG_LEVEL", "INFO", "How much is written to the log: DEBUG, INFO, WARNING."),
)


class Unsafe(Exception):
    """A setting that would endanger people; says what to do. The process ends with status 2."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process, read once."""

    home: Path
    keys: Path
    database_url: str
    edges: frozenset[str]
    production: bool
    hosts: tuple[str, ...]
    trusted_proxies: int
    address: str
    name: str
    strapline: str
    contact: str
    profiled: int
    ref_prefix: str
    timezone: str
    trust_shell: bool
    sweep_seconds: int
    max_photo_bytes: int
    visitor_rate: str
    partner_rate: str
    log_level: str

    @property
    def is_demonstration(self) -> bool:
        """Whether this home is a demonstration: it says so from its first byte or never (`flask demo`)."""
        return (self.home / "DEMONSTRATION").exists()

    @property
    def keys_made(self) -> Path:
        """The file that says that this home's keys were made: from then on they must be there."""
        return self.home / "secrets" / "keys-made"

    def secret(self, name: str) -> str:
        """Return a secret of this home, made on first use with mode 0600. Production refuses weak and open ones."""
        path = self.home / "secrets" / name
        value = secret_file(path)
        if self.production:
            refuse_weak(path)
        return value


def secret_file(path: Path) -> str:
    """Return the text of a secret file, making it first where it is missing (mode 0600, folder 0700)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that CAMPAIGN_* gives, defaults for the rest. Raises Unsafe for what must not start."""
    given = os.environ if environment is None else environment
    value = {row.name: given.get(f"CAMPAIGN_{row.name}", row.default).strip() for row in TABLE}
    home = Path(value["HOME"]).resolve()
    keys = Path(value["KEYS"]).resolve() if value["KEYS"] else home / "keys"
    settings = Settings(
        home=home,
        keys=keys,
        database_url=value["DATABASE_URL"] or f"sqlite:///{home / 'campaign.sqlite'}",
        edges=frozenset(part.strip() for part in value["EDGES"].split(",") if part.strip()),
        production=value["PRODUCTION"] == "1",
        hosts=tuple(part.strip() for part in value["HOSTS"].split(",") if part.strip()),
        trusted_proxies=number("TRUSTED_PROXIES", value["TRUSTED_PROXIES"]),
        address=value["ADDRESS"].rstrip("/"),
        name=value["NAME"],
        strapline=value["STRAPLINE"],
        contact=value["CONTACT"],
        profiled=number("PROFILED", value["PROFILED"]),
        ref_prefix=value["REF_PREFIX"],
        timezone=value["TIMEZONE"],
        trust_shell=value["TRUST_SHELL"] == "1",
        sweep_seconds=number("SWEEP_SECONDS", value["SWEEP_SECONDS"]),
        max_photo_bytes=number("MAX_PHOTO_BYTES", value["MAX_PHOTO_BYTES"]),
        visitor_rate=value["VISITOR_RATE"],
        partner_rate=value["PARTNER_RATE"],
        log_level=value["LOG_LEVEL"],
    )
    refuse_what_is_unsafe(settings)
    return settings


def number(name: str, text: str) -> int:
    """Return a whole number that a setting states. Raises Unsafe, naming the setting, for anything else."""
    if not text.isdecimal():
        raise Unsafe(f"CAMPAIGN_{name} is {text!r}; it must be a whole number.")
    return int(text)


def refuse_what_is_unsafe(settings: Settings) -> None:
    """Raise Unsafe, saying what to do, where a setting is unknown or would endanger people."""
    unknown = settings.edges - set(EDGES)
    if unknown or not settings.edges:
        raise Unsafe(f"CAMPAIGN_EDGES names {sorted(unknown)}; it takes any of {', '.join(EDGES)}.")
    if not settings.hosts or "*" in settings.hosts:
        raise Unsafe("CAMPAIGN_HOSTS must name the hosts this site answers to: without them it would answer to any.")
    refuse_unknown_zone(settings.timezone)
    refuse_unknown_rate("VISITOR_RATE", settings.visitor_rate)
    refuse_unknown_rate("PARTNER_RATE", settings.partner_rate)
    if not settings.production:
        return
    if settings.trust_shell:
        raise Unsafe("CAMPAIGN_TRUST_SHELL=1 is refused in production: commands must ask for a code.")
    if settings.keys.is_relative_to(settings.home) and "staff" in settings.edges:
        raise Unsafe("CAMPAIGN_KEYS lies inside CAMPAIGN_HOME: a seized disk must not carry both. Name another folder.")
    if settings.is_demonstration:
        raise Unsafe("This home is a demonstration; production needs a home of its own.")
    if not settings.address.startswith("https://"):
        raise Unsafe("CAMPAIGN_ADDRESS must begin with https:// in production.")
    if urlsplit(settings.address).hostname not in settings.hosts:
        raise Unsafe(f"CAMPAIGN_HOSTS does not name the host of CAMPAIGN_ADDRESS, {settings.address}.")
    if "staff" in settings.edges:
        refuse_unsafe_keys(settings)


def refuse_unknown_zone(name: str) -> None:
    """Raise Unsafe for a time zone that nobody knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unsafe(f"CAMPAIGN_TIMEZONE is {name!r}; it must be a zone such as Europe/Berlin.") from error


def refuse_unknown_rate(name: str, text: str) -> None:
    """Raise Unsafe for a limit that would be none."""
    try:
        limits.parse(text)
    except ValueError as error:
        raise Unsafe(f"CAMPAIGN_{name} is {text!r}; it must be a rate such as 300 per minute.") from error


def refuse_unsafe_keys(settings: Settings) -> None:
    """Raise Unsafe where the keys that a home was made with are missing, or others can read or guess them."""
    found = sorted(settings.keys.glob("*.key"))
    names = {path.name for path in found}
    has_content_key = any(name.startswith("content-") for name in names)
    if settings.keys_made.exists() and not (has_content_key and "index.key" in names):
        raise Unsafe(f"CAMPAIGN_KEYS, {settings.keys}, lacks this home's keys. Bring them back; new ones open nothing.")
    for path in found:
        refuse_weak(path)


def refuse_weak(path: Path) -> None:
    """Raise Unsafe for a secret of fewer than 32 characters, or one that every user of the machine can read."""
    if len(path.read_text().strip()) < WEAKEST:
        raise Unsafe(f"{path} is weaker than {WEAKEST} characters. Put back the one that was made, or remove the file.")
    if path.stat().st_mode & 0o007:
        raise Unsafe(f"{path} can be read by everybody on this machine. Say: chmod 600 {path}")
