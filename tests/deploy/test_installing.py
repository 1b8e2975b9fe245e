"""deploy/install in a scratch root: what it lays, what it refuses, and that twice is fine."""

import hashlib
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from bench import reference
from campaign import settings
from campaign.database import public_tables
from campaign.ledger import models as ledger_models
from tests.deploy.conftest import NAMED, OS_RELEASE, ROOT, installed, played, typed

DESK = "etc/byname/desk.env"
PUBLIC = "etc/byname/public.env"


def written(root: Path, file: str) -> dict[str, str]:
    """Return the settings of a file as systemd reads them."""
    return dict(re.findall(r'^(CAMPAIGN_\w+)="(.*)"$', (root / file).read_text(), re.MULTILINE))


def laid(root: Path) -> dict[str, str]:
    """Return every file of a root with its digest and mode, but for what a database writes as it is read."""
    return {
        str(path.relative_to(root)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mode:o}"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and "sqlite" not in path.name and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("told", ['ID=ubuntu\nVERSION_ID="24.04"\n', OS_RELEASE.format(11), ""])
def test_another_system_is_refused_in_one_sentence(scratch: Path, release: Path, told: str) -> None:
    (scratch / "etc" / "os-release").write_text(told)
    ran = played("install", scratch, *NAMED, "--archive", release)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Byname installs itself on Debian 12 or 13 alone")
    assert ran.stderr.count("\n") == 1
    assert not (scratch / "opt").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("names.kept-names.cc",), "What is the campaign called, and where do people write to?"),
        (("https://names.cc", *NAMED[1:]), "https://names.cc is no host"),
        ((*NAMED, "--desk", "names.kept-names.cc"), "The desk needs a host of its own"),
        ((*NAMED, "--database", "mysql"), "--database takes postgresql or sqlite."),
        ((*NAMED[:2], 'Valley "Names"', *NAMED[3:]), "can hold no quotes"),
        ((*NAMED, "--dekst"), "There is no option --dekst."),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_is_laid(
    scratch: Path, release: Path, words: tuple[str, ...], said: str
) -> None:
    ran = played("install", scratch, *words, "--archive", release)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert not (scratch / "opt").exists()


def test_an_archive_that_is_not_what_its_sum_says_is_refused(scratch: Path, release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "fetched"
    shutil.copytree(release.parent, folder)
    with (folder / release.name).open("ab") as archive:
        archive.write(b"more")
    ran = played("install", scratch, *NAMED, "--archive", folder / release.name)
    assert ran.returncode == 2
    assert "is not what SHA256SUMS says" in ran.stderr
    (folder / "SHA256SUMS").unlink()
    assert "lies no SHA256SUMS" in played("install", scratch, *NAMED, "--archive", folder / release.name).stderr
    assert not (scratch / "opt").exists()


@pytest.mark.long
@pytest.mark.usefixtures("_in_memory")
def test_a_home_on_sqlite_is_ready_to_be_served_and_twice_changes_nothing(scratch: Path, release: Path) -> None:
    said = installed(scratch, release, "--database", "sqlite")
    desk, public = (settings.read(written(scratch, file)) for file in (DESK, PUBLIC))
    assert (desk.production, desk.staff_host, desk.name) == (True, "desk.names.kept-names.cc", "Valley Names")
    lib = scratch / "var/lib/byname"
    assert (public.edges, public.home, public.media) == ({"public", "partners"}, lib / "public", desk.media)
    assert public.database_url == f"sqlite:///{desk.public_database}"
    with sqlite3.connect(lib / "shown/public.sqlite") as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert ledger_models.Entry.__tablename__ in tables
    assert tables == set(public_tables())
    assert {path.name: path.stat().st_mode & 0o777 for path in (scratch / "var/lib/byname").iterdir()} == {
        "home": 0o700, "keys": 0o700, "register": 0o700, "backups": 0o700, "public": 0o700, "update": 0o700,
        "door": 0o755, "shown": 0o750,
    }  # fmt: skip
    assert {(scratch / file).stat().st_mode & 0o777 for file in (DESK, PUBLIC)} == {0o640}
    assert "0 entries verified" in typed(scratch, "ledger", "verify")
    assert not (scratch / "etc/systemd/system/byname-public.service.d").exists()
    assert "not run in a scratch root: systemctl restart byname.target" in said
    assert "https://desk.names.kept-names.cc/staff" in said
    with (scratch / DESK).open("a") as file:
        file.write('CAMPAIGN_TIMEZONE="Europe/Berlin"\n')
    before = laid(scratch)
    ran = played("install", scratch, "names.kept-names.cc", "--database", "sqlite", "--archive", release)
    assert ran.returncode == 0, ran.stderr
    assert "Settings kept" in ran.stdout
    assert "Put aside" not in ran.stdout
    assert laid(scratch) == before


def test_on_postgresql_the_public_site_has_a_user_a_role_and_a_home_of_its_own(scratch: Path, release: Path) -> None:
    said = installed(scratch, release, "--desk", "inside.kept-names.cc")
    desk, public = written(scratch, DESK), written(scratch, PUBLIC)
    assert desk["CAMPAIGN_STAFF_HOST"] == "inside.kept-names.cc"
    assert desk["CAMPAIGN_DATABASE_URL"] == "postgresql://byname@/byname?host=/run/postgresql"
    assert public["CAMPAIGN_DATABASE_URL"] == "postgresql://byname-public@/byname?host=/run/postgresql"
    assert public["CAMPAIGN_HOME"] != desk["CAMPAIGN_HOME"]
    assert "CAMPAIGN_KEYS" not in public
    assert not (scratch / "etc/systemd/system/byname-public.service.d").exists()
    proxy = (scratch / "etc/caddy/Caddyfile").read_text()
    assert re.findall(r"^([\w.-]+\.\w+) \{$", proxy, re.MULTILINE) == ["names.kept-names.cc", "inside.kept-names.cc"]
    assert "names.example" not in proxy
    assert "not run in a scratch root: as_postgres psql" in said


def test_what_somebody_wrote_for_the_proxy_is_put_aside(scratch: Path, release: Path) -> None:
    own = scratch / "etc/caddy/Caddyfile"
    own.parent.mkdir()
    own.write_text("another.site {\n}\n")
    assert "Put aside" in installed(scratch, release, "--tls", "internal")
    assert own.with_name("Caddyfile.before-byname").read_text() == "another.site {\n}\n"
    assert "\ttls internal\n" in own.read_text()


def test_the_example_of_settings_is_that_of_the_code() -> None:
    assert (ROOT / "deploy/byname.env.example").read_text() == reference.environment(), "Run `make docs`."


def test_every_service_is_closed_off_and_run_by_one_of_two_users() -> None:
    units = sorted((ROOT / "deploy/units").glob("byname-*.service"))
    users = {unit.stem: re.findall(r"^User=(.+)$", unit.read_text(), re.MULTILINE) for unit in units}
    assert users == {
        "byname-backup": ["byname"], "byname-carry": ["byname"], "byname-desk": ["byname"],
        "byname-public": ["byname-public"], "byname-sweep": ["byname"],
    }  # fmt: skip
    # One group for all of them: of the desk's files it reads what is laid out for it, and their modes close the rest.
    groups = {group for unit in units for group in re.findall(r"^Group=(.+)$", unit.read_text(), re.MULTILINE)}
    assert groups == {"byname-public"}
    shared = (ROOT / "deploy/units/byname-.service.d/sandbox.conf").read_text().splitlines()
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "IPAddressDeny=any"} <= set(shared)
    # A unit that said one of them again would take it from the shared file.
    said = [line.partition("=")[0] for unit in units for line in unit.read_text().splitlines()]
    loosened = {line.partition("=")[0] for line in shared if "=" in line} - {"PartOf", "Environment"}
    assert loosened.isdisjoint(said)


def test_no_unit_but_the_desks_may_write_into_the_folder_of_keys() -> None:
    units = {path.name: path.read_text() for path in (ROOT / "deploy/units").glob("*.service")}
    written = {name: set(re.findall(r"/var/lib/byname/(\w+)", " ".join(re.findall("ReadWritePaths=.*", text))))
               for name, text in units.items()}  # fmt: skip
    assert [name for name, folders in written.items() if "keys" in folders] == ["byname-desk.service"]
