"""deploy/update in a scratch root, with the data of an earlier release: forward, or as it was before."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from campaign import secret_files
from campaign.accounts.models import Account
from campaign.cases.queries import any_by_ref
from campaign.database import db
from campaign.ledger.writer import Listing
from campaign.publishing import door
from campaign.settings import read
from tests import tables
from tests.deploy.conftest import archive_of, fresh, installed, played, typed
from tests.homes import loading

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def machine(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with an installation of 1.0 on SQLite, and in it the people of an earlier release."""
    root = fresh(tmp_path_factory.mktemp("updated"))
    installed(root, release, "--database", "sqlite")
    lib = root / "var/lib/byname"
    for folder in (lib / "home", lib / "keys"):
        shutil.rmtree(folder)
    loading.load("0016", lib / "home")
    (lib / "home/keys").rename(lib / "keys")
    (lib / "home/DEMONSTRATION").unlink(missing_ok=True)
    secret_files.close(lib / "home")
    typed(root, "init")
    return root


@pytest.fixture
def home(machine: Path) -> Iterator[Path]:
    """The home of that installation; afterwards 1.0 runs again, which is the same code."""
    yield machine / "var/lib/byname/home"
    use(machine, "1.0")


def use(root: Path, version: str) -> None:
    """Let a release be the one that runs, and no other be there."""
    (root / "opt/byname/current").unlink()
    (root / "opt/byname/current").symlink_to(f"releases/{version}")
    for folder in (root / "opt/byname/releases").iterdir():
        if folder.name != version:
            shutil.rmtree(folder)


def dumped(home: Path) -> list[str]:
    """Return every row of a home's database, as SQL."""
    with sqlite3.connect(home / "campaign.sqlite") as connection:
        return list(connection.iterdump())


def settings_of(root: Path, **changes: str | None) -> str:
    """Return both files of settings, after changing some lines of them to what an earlier release had."""
    for file in ("desk.env", "public.env"):
        path = root / "etc/byname" / file
        lines = dict(line.split("=", 1) for line in path.read_text().splitlines() if line.startswith("CAMPAIGN_"))
        lines |= {name: value for name, value in changes.items() if value is not None and name in lines}
        path.write_text("".join(f"{name}={lines[name]}\n" for name in lines if changes.get(name, "") is not None))
    return "".join((root / "etc/byname" / file).read_text() for file in ("desk.env", "public.env"))


BEFORE_THE_WALL = {"CAMPAIGN_MEDIA": None, "CAMPAIGN_PUBLIC_GROUP": None, "CAMPAIGN_PUBLIC_DATABASE": None}


def state(root: Path) -> tuple[str, list[str], list[str]]:
    """Return which release runs, and what of an update is left."""
    lib = root / "var/lib/byname"
    left = [sorted(path.name for path in (lib / folder).iterdir()) for folder in ("update", "door")]
    return (root / "opt/byname/current").readlink().name, left[0], left[1]


def break_the_schema(tree: Path) -> None:
    """Plant a migration that fails half way."""
    versions = tree / "migrations/versions"
    head = max(path.name[:4] for path in versions.glob("0*.py"))
    (versions / "9999_half.py").write_text(
        "from alembic import op\n"
        f'revision, down_revision = "9999", "{head}"\n'
        'def upgrade():\n    op.execute("CREATE TABLE half (a INTEGER)")\n    op.execute("nonsense")\n'
    )


def test_a_release_that_holds_goes_on_and_nothing_is_left_lying(machine: Path, home: Path, tmp_path: Path) -> None:
    lib = machine / "var/lib/byname"
    settings_of(machine, **BEFORE_THE_WALL, CAMPAIGN_DATABASE_URL='""', CAMPAIGN_HOME=f'"{home}"')
    with sqlite3.connect(home / "campaign.sqlite") as connection:
        listed = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    assert listed in {7, 8}, "one is withdrawn by another test"
    ran = played("update", machine, "--archive", archive_of("1.1", tmp_path))
    assert ran.returncode == 0, ran.stderr
    said = settings_of(machine)
    assert f'CAMPAIGN_DATABASE_URL="sqlite:///{lib}/shown/public.sqlite"\n' in said
    assert f'CAMPAIGN_PUBLIC_DATABASE="{lib}/shown/public.sqlite"\n' in said
    assert said.count(f'CAMPAIGN_MEDIA="{lib}/shown/media"\n') == 2
    with sqlite3.connect(lib / "shown/public.sqlite") as connection:
        shown = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    assert shown == listed
    assert "Byname 1.1 runs; before it ran 1.0." in ran.stdout
    assert ran.stdout.index("Byname 1.1 runs") < ran.stdout.index(f"{listed} public profiles: ")
    assert state(machine) == ("1.1", [], [])
    assert "entries verified" in typed(machine, "ledger", "verify")
    assert (home / "campaign.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_release_that_fails_leaves_every_row_and_file_as_it_was(machine: Path, home: Path, tmp_path: Path) -> None:
    settings = settings_of(machine, **BEFORE_THE_WALL, CAMPAIGN_DATABASE_URL='""', CAMPAIGN_HOME=f'"{home}"')
    rows = dumped(home)
    media = sorted(path.relative_to(home) for path in (home / "media").rglob("*"))
    ran = played("update", machine, "--archive", archive_of("1.1", tmp_path, break_the_schema))
    assert ran.returncode == 1
    assert ran.stderr.endswith("Not updated: 1.0 goes on as before. What went wrong stands above.\n"), ran.stderr
    assert dumped(home) == rows
    assert settings_of(machine) == settings
    assert not list((machine / "var/lib/byname/shown").rglob("*.*"))
    assert sorted(path.relative_to(home) for path in (home / "media").rglob("*")) == media
    assert state(machine) == ("1.0", [], [])


def test_one_that_was_broken_off_is_told_and_put_back(machine: Path, home: Path, tmp_path: Path) -> None:
    rows = dumped(home)
    take_snapshot(machine)
    (machine / "var/lib/byname/door/closed").touch()
    with sqlite3.connect(home / "campaign.sqlite") as connection:
        connection.execute("CREATE TABLE half (a INTEGER)")
    archive = archive_of("1.1", tmp_path)
    assert "An update was broken off." in played("update", machine, "--archive", archive).stderr
    assert played("update", machine, "--back").returncode == 0
    assert dumped(home) == rows
    assert state(machine) == ("1.0", [], [])


def take_snapshot(root: Path) -> None:
    """Leave what an update leaves that is broken off after its snapshot."""
    lib = root / "var/lib/byname"
    register = lib / "register/register"
    shutil.copytree(lib / "home", lib / "update/snapshot/home")
    (lib / "update/snapshot/release").write_text("1.0\n")
    (lib / "update/snapshot/register-size").write_text(f"{register.stat().st_size if register.exists() else 0}\n")


def test_who_was_withdrawn_after_the_snapshot_does_not_come_back_with_it(machine: Path, home: Path) -> None:
    take_snapshot(machine)
    lib = machine / "var/lib/byname"
    environment = {"CAMPAIGN_HOME": home, "CAMPAIGN_KEYS": lib / "keys", "CAMPAIGN_REGISTER": lib / "register/register"}
    app = create_app(read({name: str(value) for name, value in environment.items()}))
    with app.app_context():
        ref = min(db.session.scalars(select(Listing.ref)))
        case = any_by_ref(ref)
        publisher = db.session.scalars(select(Account).where(Account.email == "publisher@demo.example")).one()
        assert case is not None
        door.withdraw(case, by=publisher, reason="She asked")
        db.session.commit()
    tables.close(app)
    ran = played("update", machine, "--back")
    assert ran.returncode == 0, ran.stderr
    assert f"Withdrawn again: 1: {ref}." in ran.stdout
    assert "entries verified" in ran.stdout
    assert state(machine) == ("1.0", [], [])
    with app.app_context():
        assert ref not in db.session.scalars(select(Listing.ref)).all()
    tables.close(app)


def test_no_release_goes_back_and_none_comes_twice(scratch: Path, release: Path, tmp_path: Path) -> None:
    older = archive_of("0.9", tmp_path)
    assert "Byname is not installed here." in played("update", scratch, "--archive", older).stderr
    installed(scratch, release)
    assert "0.9 is older than 1.0" in played("update", scratch, "--archive", older).stderr
    assert "1.0 is what runs already." in played("update", scratch, "--archive", release).stderr
    ran = played("install", scratch, "names.kept-names.cc", "--archive", older)
    assert "Installed is 1.0. To bring it to 0.9, type:" in ran.stderr
