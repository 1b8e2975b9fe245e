"""What a campaign may set, as one table: name, default, sentence. The only reader of the environment.

Every setting is read from CAMPAIGN_<NAME>. What is unsafe is refused at start: all of it at once, by name, with what
to do.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints
from urllib.parse import urlsplit

from campaign import read_setting as a  # the text of a setting is read as a folder, a number, a switch ...
from campaign.read_setting import is_numeric
from campaign.secret_files import secret_file
from campaign.settings_faults import UNNAMED, faults_of

PREFIX = "CAMPAIGN_"


class Unsafe(Exception):
    """What would endanger people, a sentence each that says what to do. The process ends with status 2."""


class Setting(NamedTuple):
    """One row of the table: what it is when nobody says, what it does, how its text is read, what it is called.

    `read` raises ValueError with what the text must be.
    """

    default: str
    sentence: str
    read: Callable[[str], object] = str
    name: str = ""
    is_secret: bool = False  # its text may hold a password, and is never quoted


@dataclass(frozen=True)
class Settings:
    """The settings of one process, read once: the table. A field is read from CAMPAIGN_<ITS NAME>."""

    home: Annotated[Path, Setting("instance", "Folder for the database, media and secrets.", a.folder)]
    database_url: Annotated[
        str, Setting("", "Database address; empty means SQLite in the home folder.", a.database, is_secret=True)
    ]
    keys: Annotated[
        Path,
        Setting("", "Folder of the encryption keys; empty means HOME/keys. In production: outside HOME.", a.folder),
    ]
    media: Annotated[
        Path, Setting("", "Folder of the pictures that pages show; empty means HOME/media/public.", a.folder)
    ]
    public_database: Annotated[
        Path | None,
        Setting(
            "", "SQLite: a file of the public tables, for a public process of another user; empty: none.", a.folder
        ),
    ]
    public_group: Annotated[
        str, Setting("", "Group of this machine that may read the two above; empty: nobody but their owner.")
    ]
    register: Annotated[
        Path | None,
        Setting(
            "",
            "File outside HOME: what a restore must not bring back, and where both logs end; empty: none.",
            a.folder,
        ),
    ]
    backups: Annotated[Path, Setting("", "Folder of sealed copies; empty means HOME/backups.", a.folder)]
    backup_keep: Annotated[
        tuple[int, ...], Setting("7,5,6", "Of how many days, weeks and months a copy is kept.", a.three_numbers)
    ]
    backup_erased_days: Annotated[
        int, Setting("30", "Days after an erasure until every copy made before it is removed.", a.number)
    ]
    backup_command: Annotated[
        str,
        Setting("", "Command that carries copies off this machine: run with put FILE, or remove NAME; empty: none."),
    ]
    edges: Annotated[
        frozenset[str],
        Setting("public,staff,partners", "Which edges this process serves: any of public, staff, partners.", a.edges),
    ]
    production: Annotated[
        bool, Setting("0", "1 asks for everything that an open network needs: strict secrets, https, hosts.", a.switch)
    ]
    hosts: Annotated[
        tuple[str, ...],
        Setting("localhost,127.0.0.1", "Host names this site answers to, separated by commas.", a.words),
    ]
    mirrors: Annotated[
        tuple[str, ...],
        Setting("", "Further host names of the public pages, without the desk, separated by commas.", a.hosts),
    ]
    onion: Annotated[str, Setting("", "Onion address (version 3) of the public pages; empty: none.", a.onion)]
    trusted_proxies: Annotated[
        int, Setting("0", "How many proxies of ours pass visitors on, each adding to X-Forwarded-For.", a.number)
    ]
    address: Annotated[
        str, Setting("http://127.0.0.1:5000", "Address of the site for the world, without a final slash.", a.address)
    ]
    staff_host: Annotated[
        str,
        Setting(
            "",
            "The one host of the desk, to which passkeys are bound for good; empty: that of CAMPAIGN_ADDRESS.",
            a.host,
        ),
    ]
    strict_transport: Annotated[
        str,
        Setting(
            "host", "Who is asked for by https alone: host, subdomains, preload (lists in browsers, for good).", a.reach
        ),
    ]
    name: Annotated[str, Setting(UNNAMED, "Name of the campaign, shown on every page; production asks for it.")]
    strapline: Annotated[str, Setting("People detained, by name", "One line that says what the campaign does.")]
    contact: Annotated[str, Setting("mailto:contact@example.org", "Where people write about security and corrections.")]
    press_contact: Annotated[
        str, Setting("", "Telephone and address for the press; these alone may stand in a public text.")
    ]
    profiled: Annotated[
        int, Setting("0", "How many people the campaign has profiled in all; 0 leaves the number out.", a.number)
    ]
    languages: Annotated[
        tuple[str, ...],
        Setting("en", "Languages of the public pages, the campaign's own first: en, ug, zh-Hans.", a.languages),
    ]
    catalogues: Annotated[
        Path | None,
        Setting("", "Folder of message catalogues of the campaign's own; looked into before the program's.", a.folder),
    ]
    ref_prefix: Annotated[str, Setting("FXD", "Letters before the five digits of a reference.", a.letters)]
    timezone: Annotated[str, Setting("UTC", "Time zone of embargoes and of 'today'.", a.zone)]
    trust_shell: Annotated[
        bool, Setting("0", "1 lets commands act for an account without its code; refused in production.", a.switch)
    ]
    sweep_seconds: Annotated[
        int, Setting("60", "How often the staff process asks for expired consents; 0 leaves it to cron.", a.number)
    ]
    max_photo_bytes: Annotated[int, Setting("15000000", "Largest picture that may be uploaded, in bytes.", a.number)]
    visitor_rate: Annotated[
        str,
        Setting("300 per minute", "How often one address may ask for what is not kept; a search counts five.", a.rate),
    ]
    partner_rate: Annotated[str, Setting("600 per minute", "How often one address may ask the JSON.", a.rate)]
    deaf_after: Annotated[
        int | None,
        Setting(
            "",
            "Minutes without word from the desk until public pages answer 503; empty: 60 on a copy of the public "
            "tables, never on the desk's own database; 0: never.",
            a.number_or_none,
        ),
    ]
    primary: Annotated[
        str,
        Setting(
            "", "On a replica: address of the site that its pictures are taken from, by digest; empty: none.", a.site
        ),
    ]
    purge_address: Annotated[
        str,
        Setting(
            "",
            "Address of a CDN that is told, after something was taken away, what to let go: POST of JSON, files or "
            "purge_everything, as Cloudflare takes it; empty: none.",
            a.site,
        ),
    ]
    purge_token: Annotated[
        str, Setting("", "What CAMPAIGN_PURGE_ADDRESS knows us by: sent as a bearer token.", a.token, is_secret=True)
    ]
    ask_outside: Annotated[
        bool, Setting("0", "1 lets flask doctor ask the site from outside each time: TLS, Host, headers.", a.switch)
    ]
    smtp_host: Annotated[
        str, Setting("", "Mail server for two mails that name nobody; empty: nobody is woken.", a.mail_host)
    ]
    smtp_port: Annotated[int, Setting("587", "Port of the mail server.", a.port)]
    smtp_security: Annotated[
        str, Setting("starttls", "How it is spoken to unread: starttls or tls; none: on this machine.", a.security)
    ]
    smtp_user: Annotated[str, Setting("", "User at the mail server; empty: it asks for none.")]
    smtp_password_file: Annotated[
        Path | None, Setting("", "File that holds that user's password, its owner's alone.", a.folder)
    ]
    smtp_sender: Annotated[str, Setting("", "Address that the two mails come from.")]
    metrics_port: Annotated[
        int, Setting("0", "First port on 127.0.0.1 for figures (Prometheus), one a process; 0: none.", a.port)
    ]
    log_level: Annotated[str, Setting("INFO", "How much is written to the log: DEBUG, INFO, WARNING.", a.level)]

    @property
    def is_demonstration(self) -> bool:
        """Whether this home is a demonstration: it says so from its first byte or never (`flask demo`)."""
        return (self.home / "DEMONSTRATION").exists()

    @property
    def keys_made(self) -> Path:
        """The file that says that this home's keys were made: from then on they must be there."""
        return self.home / "secrets" / "keys-made"

    @property
    def database_file(self) -> Path | None:
        """The file of the database, None where it is a server's."""
        found = re.fullmatch(r"sqlite:///([^?]+)(?:\?.*)?", self.database_url)
        return Path(found[1]) if found else None

    @property
    def every_host(self) -> tuple[str, ...]:
        """Every host that is answered: those that are named, mirrors, the onion address."""
        return (*self.hosts, *self.mirrors, *([self.onion] if self.onion else []))

    @property
    def mirror_addresses(self) -> tuple[str, ...]:
        """The addresses of the mirrors, without a final slash: their hosts, with the scheme of the site."""
        return tuple(f"{urlsplit(self.address).scheme}://{host}" for host in self.mirrors)

    @property
    def is_carried_by_others(self) -> bool:
        """Whether pages reach visitors through the machines of others, which see who asks: a CDN, a second proxy."""
        return bool(self.purge_address) or self.trusted_proxies > 1

    @property
    def desk_host(self) -> str:
        """The host of the desk, which is also what passkeys are bound to (the RP ID of WebAuthn)."""
        return self.staff_host or urlsplit(self.address).hostname or ""

    @property
    def desk_address(self) -> str:
        """The address of the desk, without a final slash: its host, with the scheme and port of the site."""
        site = urlsplit(self.address)
        port = f":{site.port}" if site.port else ""
        return f"{site.scheme}://{self.staff_host}{port}" if self.staff_host else f"{site.scheme}://{site.netloc}"

    @property
    def has_passkeys(self) -> bool:
        """Whether browsers make passkeys for the desk: it has a name, no number, and is reached safely."""
        is_safe = self.address.startswith("https://") or self.desk_host == "localhost"
        return is_safe and not is_numeric(self.desk_host)

    def secret(self, name: str) -> str:
        """Return a secret of this home, made on first use with mode 0600."""
        return secret_file(self.home / "secrets" / name)


TABLE = tuple(
    one.__metadata__[0]._replace(name=name.upper())
    for name, one in get_type_hints(Settings, include_extras=True).items()
)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that CAMPAIGN_* gives, defaults for the rest. Raises Unsafe with all that must not start."""
    given = os.environ if environment is None else environment
    faults, value = list(_unknown(given)), dict[str, Any]()
    for row in TABLE:
        text = given.get(PREFIX + row.name, row.default).strip()
        try:
            value[row.name.lower()] = row.read(text)
        except ValueError as error:
            what = "can't be read" if row.is_secret else f"is {text!r}"
            faults.append(f"{PREFIX}{row.name} {what}; it must be {error}.")
            # What else is wrong is told as well: as of production where it can't be read whether it is.
            value[row.name.lower()] = row.name == "PRODUCTION" or row.read(row.default)
    home = value["home"]
    value["keys"] = value["keys"] or home / "keys"
    value["media"] = value["media"] or usual_media(home)
    value["backups"] = value["backups"] or home / "backups"
    value["database_url"] = value["database_url"] or usual_database(home)
    settings = Settings(**value)
    faults += faults_of(settings)
    if faults:
        raise Unsafe("\n".join(faults))
    return settings


def usual_database(home: Path) -> str:
    """Return the address of the database of a home for which none is named."""
    return f"sqlite:///{home / 'campaign.sqlite'}"


def usual_media(home: Path) -> Path:
    """Return the folder of the pictures that pages show of a home for which none is named."""
    return home / "media" / "public"


def _unknown(given: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each CAMPAIGN_ name that is no setting: whoever mistypes one believes it to be set."""
    known = [PREFIX + row.name for row in TABLE]
    for name in sorted(given):
        if name.upper().startswith(PREFIX) and name not in known:
            nearest = get_close_matches(name.upper(), known, n=1, cutoff=0.0)[0]
            yield f"{name} is no setting. Is {nearest} meant? Correct its name or take it out."
