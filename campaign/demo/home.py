"""The accounts and the home folder of the demonstration: marked as one from its first byte, or never."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import inspect

from campaign import schema
from campaign.accounts import entry, invitations
from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.database import db
from campaign.demo.reading import PUBLIC_ONCE, people
from campaign.settings import TABLE, Settings, usual_database, usual_media

MARK = "DEMONSTRATION"
WORDS = "Everybody in this home is invented. It is a demonstration and can never become anything else.\n"
SEEDED = "SEEDED"
LOOPBACK = "127.0.0.1"
# What any command leaves in a home that it only looked at.
LEFT_BY_LOOKING = {"secrets", "secrets/session.key"}


class NotEmpty(Exception):
    """A folder that holds something that is not a demonstration; the sentence says what to do."""


def home_of(settings: Settings) -> Path:
    """Return where the demonstration lives: the home that was named, or `demo` inside the default one."""
    default = next(row.default for row in TABLE if row.name == "HOME")
    return settings.home / "demo" if settings.home == Path(default).resolve() else settings.home


def claim(home: Path) -> None:
    """Write into an empty home that it is a demonstration; one that is already stays as it is. Raises NotEmpty."""
    if (home / MARK).exists():
        return
    found = {str(path.relative_to(home)) for path in home.rglob("*")} if home.exists() else set()
    if found - LEFT_BY_LOOKING:
        raise NotEmpty(f"{home} holds something that is not a demonstration. Name an empty folder in CAMPAIGN_HOME.")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / MARK).write_text(WORDS)


def clear_unfinished(home: Path) -> None:
    """Take out what a seeding that was cut short left behind. Touches nothing but a demonstration."""
    if not (home / MARK).exists() or is_seeded(home):
        return
    for path in home.glob("campaign.sqlite*"):
        path.unlink()
    shutil.rmtree(home / "media", ignore_errors=True)


def demonstration_settings(settings: Settings, port: int) -> Settings:
    """Return the settings of the demonstration: its own home and keys, on loopback, nothing of production.

    Its database is SQLite in that home, unless another one is named.
    """
    home = home_of(settings)
    is_named = settings.database_url != usual_database(settings.home)
    return replace(
        settings,
        home=home,
        keys=home / "keys",
        media=usual_media(home),
        public_database=None,
        public_group="",
        database_url=settings.database_url if is_named else usual_database(home),
        edges=frozenset({"public", "staff", "partners"}),
        production=False,
        hosts=("localhost", LOOPBACK),
        address=f"http://{LOOPBACK}:{port}",
        trust_shell=False,
        profiled=sum(person.stage in PUBLIC_ONCE for person in people()),
    )


def is_seeded(home: Path) -> bool:
    """Whether the invented campaign is in there whole."""
    return (home / SEEDED).exists()


def note_seeded(home: Path) -> None:
    """Keep that the invented campaign is in there, so that the next run changes nothing."""
    (home / SEEDED).write_text("")


def refuse_another_database(settings: Settings) -> None:
    """Raise NotEmpty where the database is not that of this demonstration: one with tables, or an empty second one."""
    has_tables = schema.of_home() is not None or inspect(db.engine).has_table("ledger_entry")
    if has_tables == is_seeded(settings.home):
        return
    where = db.engine.url.render_as_string(hide_password=True)
    if has_tables:
        raise NotEmpty(f"{where} holds something already. Name an empty database in CAMPAIGN_DATABASE_URL.")
    raise NotEmpty(f"{where} is empty, the demonstration in {settings.home} lies in another one. Name that, or a home.")


DOMAIN = "demo.example"
NAMES = {
    Role.VIEWER: "Vera Viewer",
    Role.CONTRIBUTOR: "Cem Contributor",
    Role.EDITOR: "Edda Editor",
    Role.TRANSLATOR: "Timur Translator",
    Role.PUBLISHER: "Petra Publisher",
    Role.SAFETY_OFFICER: "Samir Safety",
    Role.ADMINISTRATOR: "Ada Administrator",
}


@dataclass(frozen=True)
class Cast:
    """Those who do the work of the demonstration."""

    editor: Account
    publisher: Account
    safety_officer: Account
    contributor: Account
    translator: Account


def cast() -> Cast:
    """Make an account for every role that has none yet, and return those who work."""
    made = {role: _account(role) for role in Role}
    return Cast(
        editor=made[Role.EDITOR],
        publisher=made[Role.PUBLISHER],
        safety_officer=made[Role.SAFETY_OFFICER],
        contributor=made[Role.CONTRIBUTOR],
        translator=made[Role.TRANSLATOR],
    )


def address_of(role: Role) -> str:
    """Return the e-mail address of the demonstration's account for a role."""
    return f"{role.value}@{DOMAIN}"


def sign_in_paths() -> dict[Role, str]:
    """Return, for each role, the path that signs its account in from this machine, without a second factor."""
    return {role: entry.demonstration_link(_account(role)) for role in Role}


def _account(role: Role) -> Account:
    account = invitations.account_for(address_of(role), name=f"{NAMES[role]} (demonstration)")
    invitations.grant(account, [role])
    return account
