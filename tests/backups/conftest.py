"""Homes as `flask init` makes them, on both databases, with keys of two people; and empty ones to put copies into."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from campaign.settings import read
from tests import cluster, tables

IDENTITY = re.compile(r"AGE-SECRET-KEY-1\w+")
Start = Callable[..., "Home"]


@dataclass
class Home:
    """One installation: its application, its keys outside the home, and the private keys on its two sheets."""

    app: Flask
    folder: Path
    sheets: list[str] = field(default_factory=list)

    def flask(self, *words: object, typed: str = "") -> Result:
        """Run a command of the installation."""
        return self.app.test_cli_runner().invoke(args=[str(word) for word in words], input=typed)

    def done(self, *words: object, typed: str = "") -> str:
        """Run a command that must succeed; return what it said."""
        ran = self.flask(*words, typed=typed)
        assert ran.exit_code == 0, (ran.output, ran.exception)
        return ran.output

    def refused(self, *words: object, typed: str = "") -> str:
        """Run a command that must be refused; return what it said."""
        ran = self.flask(*words, typed=typed)
        assert ran.exit_code in {1, 2}, ran.output
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return ran.output

    def copies(self) -> list[Path]:
        """Return every copy, the oldest first."""
        return sorted((self.folder / "home" / "backups").glob("copy-*.age"))


@pytest.fixture(params=["sqlite", "postgres"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Start an installation in a folder of its own, empty, with the keys and register of `like` where it is given."""
    begun: list[Flask] = []

    def one(name: str, *, like: Home | None = None, **given: str) -> Home:
        folder = tmp_path / name
        url = ""
        if request.param == "postgres":
            url = cluster.empty_database(request.getfixturevalue("cluster_folder"))
        whose = like.folder if like else folder
        environment = {
            "CAMPAIGN_HOME": str(folder / "home"),
            "CAMPAIGN_KEYS": str(whose / "keys"),
            "CAMPAIGN_REGISTER": str(whose / "register"),
            "CAMPAIGN_DATABASE_URL": url,
            "CAMPAIGN_ADDRESS": "https://localhost",
            "CAMPAIGN_SWEEP_SECONDS": "0",
        }
        begun.append(create_app(read({**environment, **given})))
        begun[-1].config["PREFERRED_URL_SCHEME"] = "https"
        return Home(begun[-1], folder, like.sheets if like else [])

    yield one
    for app in begun:
        tables.close(app)


@pytest.fixture
def desk(start: Start) -> Home:
    """An installation whose copies two people can open."""
    home = start("first")
    home.done("init")
    home.sheets = IDENTITY.findall(home.done("backup", "keys"))
    return home
