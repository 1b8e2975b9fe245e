"""security.md 51: what may be set and how; whatever else is set is refused by name, before anything is made."""

import re
from pathlib import Path

import pytest

from campaign.settings import Unsafe, read


def refused(home: Path, words: str, **given: str) -> None:
    """Assert that nothing would start with these settings, and that a sentence says why."""
    with pytest.raises(Unsafe, match=re.escape(words)):
        read({"CAMPAIGN_HOME": str(home), **{f"CAMPAIGN_{name}": value for name, value in given.items()}})
    assert not home.exists()


@pytest.mark.parametrize("switch", ["PRODUCTION", "TRUST_SHELL"])
@pytest.mark.parametrize("text", ["true", "yes", "on", "no", "", "01", "\u0661", "2"])
def test_a_switch_is_0_or_1(home: Path, switch: str, text: str) -> None:
    refused(home, f"CAMPAIGN_{switch} is {text!r}; it must be 0 or 1", **{switch: text})


def test_a_switch_that_cant_be_read_does_not_hide_what_production_asks_for(home: Path) -> None:
    refused(home, "must begin with https://", PRODUCTION="true")


MISTYPED = {
    "PRODUCTON": "PRODUCTION", "KEY": "KEYS", "DATABASE": "DATABASE_URL", "MAX_PHOTO_SIZE": "MAX_PHOTO_BYTES",
    "production": "PRODUCTION", "TRUSTED_PROXY": "TRUSTED_PROXIES", "HOST": "HOSTS", "": "",
}  # fmt: skip


@pytest.mark.parametrize("name", MISTYPED)
def test_a_name_that_is_no_setting_is_refused_with_the_nearest(home: Path, name: str) -> None:
    refused(home, f"CAMPAIGN_{name} is no setting. Is CAMPAIGN_{MISTYPED[name]}", **{name: "1"})


CONTACTS = ["", "mailto:contact@example.org", "someone@example.com", "https://example.net/write", "desk@names.example",
            "mailto:a@b.invalid", "https://www.EXAMPLE.org", "mailto:root@localhost"]  # fmt: skip


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_that_nobody_reads_is_refused_in_production(home: Path, contact: str) -> None:
    refused(home, f"CAMPAIGN_CONTACT is {contact!r}, an example", PRODUCTION="1", CONTACT=contact)
    assert read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_CONTACT": contact}).contact == contact


@pytest.mark.parametrize("contact", ["mailto:desk@kept-names.cc", "https://testimony.org/write", "a@examples.org"])
def test_a_contact_that_only_looks_like_one_is_taken(home: Path, contact: str) -> None:
    with pytest.raises(Unsafe) as refusal:
        read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_PRODUCTION": "1", "CAMPAIGN_CONTACT": contact})
    assert "CAMPAIGN_CONTACT" not in str(refusal.value)


HOSTS = [".example", ".names.example", "*.names.example", "https://names.example", "names.example:443",
         "names.example.", "a b"]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_means_many_is_refused(home: Path, host: str) -> None:
    refused(home, f"CAMPAIGN_HOSTS names {host!r}; it takes whole names", HOSTS=f"names.example,{host}")


@pytest.mark.parametrize("host", ["names.example", "127.0.0.1", "[::1]", "исмлар.example", "a-b_c.onion"])
def test_a_whole_host_is_taken(home: Path, host: str) -> None:
    assert read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_HOSTS": host}).hosts == (host,)


HERE = Path.cwd()
DATABASES = {
    "postgres://ada:pw@db.example:5433/names": "postgresql://ada:pw@db.example:5433/names",
    "postgresql://db.example/names?sslmode=require": "postgresql://db.example/names?sslmode=require",
    "postgresql+psycopg://ada@/names?host=/run/pg": "postgresql://ada@/names?host=/run/pg",
    "postgresql+psycopg2://db.example/names": "postgresql://db.example/names",
    "sqlite:////srv/names.sqlite": "sqlite:////srv/names.sqlite",
    "sqlite:///names.sqlite?timeout=5": f"sqlite:///{HERE}/names.sqlite?timeout=5",
    "sqlite+pysqlite:////srv/names.sqlite": "sqlite:////srv/names.sqlite",
    "/srv/names.sqlite": "sqlite:////srv/names.sqlite",
    "./names.sqlite": f"sqlite:///{HERE}/names.sqlite",
}


@pytest.mark.parametrize("text", DATABASES)
def test_an_address_of_a_database_is_read_in_every_usual_form(home: Path, text: str) -> None:
    given = read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_DATABASE_URL": text, "CAMPAIGN_EDGES": "public"})
    assert given.database_url == DATABASES[text]
    assert (given.database_file is None) is given.database_url.startswith("postgresql")


NO_DATABASES = ["mysql://ada:secret@db/names", "postgres://ada:secret@db:port/names", "sqlite://", "sqlite:///:memory:",
                "names.sqlite", "sqlite:///file:secret?mode=ro", "host=db password=secret", "postgresql:/ada:secret@db",
                "://secret", "sqlite://ada:secret@host/file"]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATABASES)
def test_what_is_no_address_of_a_database_is_refused_without_its_password(home: Path, text: str) -> None:
    with pytest.raises(Unsafe, match="CAMPAIGN_DATABASE_URL can't be read; it must be an address such as") as refusal:
        read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_DATABASE_URL": text})
    assert "secret" not in str(refusal.value)


WRONG = {
    "SWEEP_SECONDS": "9" * 5000, "DATABASE_URL": "mysql://here", "ADDRESS": "https://[::1", "LOG_LEVEL": "LOUD",
    "REF_PREFIX": "F 1", "TRUSTED_PROXIES": "-1", "VISITOR_RATE": "many", "EDGES": "palace",
}  # fmt: skip


def test_every_wrong_setting_is_told_at_once(home: Path) -> None:
    with pytest.raises(Unsafe) as refusal:
        read({"CAMPAIGN_HOME": str(home), **{f"CAMPAIGN_{name}": value for name, value in WRONG.items()}})
    told = str(refusal.value).splitlines()
    assert len(told) == len(WRONG)
    for name in WRONG:
        assert any(line.startswith(f"CAMPAIGN_{name} ") for line in told), name


APART = "{apart}/a.sqlite"
PUBLIC_DATABASES = {
    "inside the home": ({"PUBLIC_DATABASE": "{home}/public.sqlite"}, "lies inside CAMPAIGN_HOME"),
    "the desk's own": ({"DATABASE_URL": APART, "PUBLIC_DATABASE": APART}, "the desk's own database"),
    "a folder": ({"PUBLIC_DATABASE": "{apart}"}, "is a folder. Name a file."),
    "beside PostgreSQL": (
        {"PUBLIC_DATABASE": APART, "DATABASE_URL": "postgresql://a@b/c"},
        "database grant-public ROLE",
    ),
    "of a public process": ({"PUBLIC_DATABASE": APART, "EDGES": "public"}, f"CAMPAIGN_DATABASE_URL=sqlite:///{APART}"),
}


@pytest.mark.parametrize("which", PUBLIC_DATABASES)
def test_a_public_file_that_nobody_else_could_read_is_refused(home: Path, tmp_path: Path, which: str) -> None:
    given, words = PUBLIC_DATABASES[which]
    apart = tmp_path / "apart"
    apart.mkdir()
    named = {name: text.format(home=home, apart=apart) for name, text in given.items()}
    refused(home, words.format(apart=apart), **named)
