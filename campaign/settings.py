"""What a campaign may set, as one table: name, default, sentence. The only reader of the environment.

Every setting is read from CAMPAIGN_<NAME>. What is unsafe is refused at start, by name, with what to do.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import limits

WEAKEST = 32  # characters of a secret
EDGES = ("public", "staff", "partners")


class Unsafe(Exception):
    """A setting that would endanger people; says what to do. The process ends with status 2."""


class Setting(NamedTuple):
    """One row of the table: what it is when nobody says, what it does, how its text is read, what it is called.

    `read` raises ValueError with what the text must be.
    """

    default: str
    sentence: str
    read: Callable[[str], object] = str
    name: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _languages(text: str) -> tuple[str, ...]:
    codes = _words(text)
    if not codes or len(set(codes)) < len(codes):
        raise ValueError("at least one language, and each once: en, ug, zh-Hans")
    return codes


def _edges(text: str) -> frozenset[str]:
    return frozenset(_words(text))


def _is_one(text: str) -> bool:
    return text == "1"


def _folder(text: str) -> Path | None:
    return Path(text).resolve() if text else None


def _address(text: str) -> str:
    return text.rstrip("/")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("a whole number")
    return int(text)


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a zone such as Europe/Berlin") from error
    return text


def _rate(text: str) -> str:
    try:
        limits.parse(text)
    except ValueError as error:
        raise ValueError("a rate such as 300 per minute") from error
    return text


@dataclass(frozen=True)
class Settings:
    """The settings of one process, read once: the table. A field is read from CAMPAIGN_<ITS NAME>."""

    home: Annotated[Path, Setting("instance", "Folder for the database, media and secrets.", _folder)]
    database_url: Annotated[str, Setting("", "Database address; empty means SQLite in the home folder.")]
    keys: Annotated[
        Path, Setting("", "Folder of the encryption keys; empty means HOME/keys. In production: outside HOME.", _folder)
    ]
    edges: Annotated[
        frozenset[str],
        Setting("public,staff,partners", "Which edges this process serves: any of public, staff, partners.", _edges),
    ]
    production: Annotated[
        bool, Setting("0", "1 asks for everything that an open network needs: strict secrets, https, hosts.", _is_one)
    ]
    hosts: Annotated[
        tuple[str, ...], Setting("localhost,127.0.0.1", "Host names this site answers to, separated by commas.", _words)
    ]
    trusted_proxies: Annotated[
        int, Setting("0", "How many proxies of ours pass visitors on, each adding to X-Forwarded-For.", _number)
    ]
    address: Annotated[
        str, Setting("http://127.0.0.1:5000", "Address of the site for the world, without a final slash.", _address)
    ]
    name: Annotated[str, Setting("Kept Names", "Name of the campaign, shown on every page.")]
    strapline: Annotated[str, Setting("People detained, by name", "One line that says what the campaign does.")]
    contact: Annotated[str, Setting("mailto:contact@example.org", "Where people write about security and corrections.")]
    press_contact: Annotated[
        str, Setting("", "Telephone and address for the press; these alone may stand in a public text.")
    ]
    profiled: Annotated[
        int, Setting("0", "How many people the campaign has profiled in all; 0 leaves the number out.", _number)
    ]
    languages: Annotated[
        tuple[str, ...],
        Setting("en", "Languages of the public pages, the campaign's own first: en, ug, zh-Hans.", _languages),
    ]
    catalogues: Annotated[
        Path | None,
        Setting("", "Folder of message catalogues of the campaign's own; looked into before the program's.", _folder),
    ]
    ref_prefix: Annotated[str, Setting("FXD", "Letters before the five digits of a reference.")]
    timezone: Annotated[str, Setting("UTC", "Time zone of embargoes and of 'today'.", _zone)]
    trust_shell: Annotated[
        bool, Setting("0", "1 lets commands act for an account without its code; refused in production.", _is_one)
    ]
    sweep_seconds: Annotated[
        int, Setting("60", "How often the staff process asks for expired consents; 0 leaves it to cron.", _number)
    ]
    max_photo_bytes: Annotated[int, Setting("15000000", "Largest picture that may be uploaded, in bytes.", _number)]
    visitor_rate: Annotated[
        str, Setting("300 per minute", "How often one address may search, or ask for what is not kept.", _rate)
    ]
    partner_rate: Annotated[str, Setting("600 per minute", "How often one address may ask the JSON.", _rate)]
    log_level: Annotated[str, Setting("INFO", "How much is written to the log: DEBUG, INFO, WARNING.")]

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


TABLE = tuple(
    one.__metadata__[0]._replace(name=name.upper())
    for name, one in get_type_hints(Settings, include_extras=True).items()
)


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
    value = {row.name.lower(): _read(row, given.get(f"CAMPAIGN_{row.name}", row.default).strip()) for row in TABLE}
    home = value["home"]
    value["keys"] = value["keys"] or home / "keys"
    value["database_url"] = value["database_url"] or f"sqlite:///{home / 'campaign.sqlite'}"
    settings = Settings(**value)
    refuse_what_is_unsafe(settings)
    return settings


def _read(row: Setting, text: str) -> Any:
    try:
        return row.read(text)
    except ValueError as error:
        raise Unsafe(f"CAMPAIGN_{row.name} is {text!r}; it must be {error}.") from error


def refuse_what_is_unsafe(settings: Settings) -> None:
    """Raise Unsafe, saying what to do, where a setting is unknown or would endanger people."""
    unknown = settings.edges - set(EDGES)
    if unknown or not settings.edges:
        raise Unsafe(f"CAMPAIGN_EDGES names {sorted(unknown)}; it takes any of {', '.join(EDGES)}.")
    if not settings.hosts or "*" in settings.hosts:
        raise Unsafe("CAMPAIGN_HOSTS must name the hosts this site answers to: without them it would answer to any.")
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
