"""deploy/replica in a scratch root: a machine with the public site and nothing of a desk, and what it refuses."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from campaign import settings
from tests import needs
from tests.deploy.conftest import NAMED, installed, played

SOURCE = "host=203.0.113.5 dbname=byname user=byname_replica"
ASKED = (*NAMED, "--from", SOURCE, "--primary", "https://names.kept-names.cc")
MIRROR = ("other.kept-names.cc", "--address", "https://names.kept-names.cc")


def written(root: Path) -> dict[str, str]:
    found = re.findall(r'^(CAMPAIGN_\w+)="(.*)"$', (root / "etc/byname/public.env").read_text(), re.MULTILINE)
    return dict(found)


def replica(root: Path, archive: Path, *words: str) -> str:
    ran = played("replica", root, *words, "--archive", archive)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.usefixtures("_in_memory")
def test_a_replica_has_the_site_and_nothing_of_a_desk(scratch: Path, release: Path) -> None:
    said = replica(scratch, release, *ASKED)
    assert f"not run in a scratch root: as_superuser replica setup --from {SOURCE} --slot byname_replica" in said
    here = settings.read(written(scratch))
    assert (here.production, here.edges, here.primary) == (True, {"public", "partners"}, "https://names.kept-names.cc")
    assert (here.hosts, here.mirrors) == (("names.kept-names.cc",), ())
    units = sorted(path.name for path in (scratch / "etc/systemd/system").glob("byname*"))
    assert units == ["byname-.service.d", "byname-public.service", "byname-public.service.d", "byname.target"]
    assert not (scratch / "etc/byname/desk.env").exists()
    again = replica(scratch, release, *ASKED)
    assert "Settings kept" in again
    assert "--anew" not in again
    assert "--apply --anew" in replica(scratch, release, *ASKED, "--anew")


@pytest.mark.usefixtures("_in_memory")
def test_a_mirror_has_a_name_of_its_own_and_tells_the_main_one(scratch: Path, release: Path) -> None:
    replica(scratch, release, *MIRROR, *ASKED[1:])
    here = settings.read(written(scratch))
    assert (here.address, here.hosts) == ("https://names.kept-names.cc", ("names.kept-names.cc",))
    assert here.mirrors == ("other.kept-names.cc",)


def test_its_proxy_leads_to_the_site_alone(scratch: Path, release: Path) -> None:
    caddy = shutil.which("caddy") or needs.lacking("Caddy")
    replica(scratch, release, *ASKED)
    file = scratch / "etc/caddy/Caddyfile"
    text = file.read_text()
    assert "names.kept-names.cc {" in text
    assert set(re.findall(r"127\.0\.0\.1:\d+", text)) == {"127.0.0.1:5001"}
    assert "desk" not in text.replace("the desk elsewhere", "")
    home = {"XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch), "PATH": "/usr/bin:/bin"}
    command = [caddy, "validate", "--adapter", "caddyfile", "--config", file]
    ran = subprocess.run(command, env=home, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr


def test_another_release_copies_anew(scratch: Path, release: Path) -> None:
    replica(scratch, release, *ASKED)
    (scratch / "opt/byname/current").unlink()
    (scratch / "opt/byname/current").symlink_to("releases/0.9")
    assert "--apply --anew" in replica(scratch, release, *ASKED)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (NAMED, "How is the primary's database reached?"),
        ((*ASKED[:1], "--from", SOURCE), "What is the campaign called"),
        (("https://names.cc", *ASKED[1:]), "https://names.cc is no host"),
        ((*ASKED, "--desk", "a.cc"), "There is no option --desk."),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_is_laid(
    scratch: Path, release: Path, words: tuple[str, ...], said: str
) -> None:
    ran = played("replica", scratch, *words, "--archive", release)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert not (scratch / "opt").exists()


def test_a_machine_with_the_desk_becomes_no_replica(scratch: Path, release: Path) -> None:
    installed(scratch, release)
    ran = played("replica", scratch, *ASKED, "--archive", release)
    assert (ran.returncode, "This machine has the desk." in ran.stderr) == (2, True)
