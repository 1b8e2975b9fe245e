"""The container files, read without building them: the settings of each process are taken, and what is copied is there.

Nothing here runs a container (docs/operate/how-it-was-tried.md says so).
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from campaign import settings
from tests.deploy.conftest import ROOT

COMPOSE = (ROOT / "deploy/compose.yaml").read_text()
CONTAINERFILE = (ROOT / "deploy/Containerfile").read_text()
# What the head of the file leaves to the campaign.
OWN = {
    "CAMPAIGN_ADDRESS": "https://names.kept-names.cc",
    "CAMPAIGN_STAFF_HOST": "desk.kept-names.cc",
    "CAMPAIGN_HOSTS": "names.kept-names.cc,desk.kept-names.cc",
    "CAMPAIGN_NAME": "Valley Names",
    "CAMPAIGN_CONTACT": "mailto:desk@kept-names.cc",
}
ALL_ELSE_THAT_MAY_BE_GIVEN = {"CAMPAIGN_PURGE_ADDRESS": "https://cdn.kept-names.cc", "CAMPAIGN_PURGE_TOKEN": "t0ken"}


def said_by_the_head() -> dict[str, str]:
    """Return the settings that the comment at the top of the file tells to set."""
    head = " ".join(re.findall(r"^# ?(.*)$", COMPOSE.partition("name: byname")[0], re.MULTILINE))
    step = head.partition("and set: ")[2].partition(" (each")[0]
    assert set(OWN) <= {f"CAMPAIGN_{name}" for name in re.findall(r"[A-Z_]{4,}", step)}
    return {f"CAMPAIGN_{name}": value for name, value in re.findall(r"([A-Z_]+)=([^\s,]+)", step)}


def environment(service: str, folder: Path) -> dict[str, str]:
    """Return what a service is given, its folders laid under another one and its group that of this process."""
    given = {**said_by_the_head(), **OWN, **ALL_ELSE_THAT_MAY_BE_GIVEN, **services()[service].get("environment", {})}
    given["CAMPAIGN_PUBLIC_GROUP"] = "root"
    return {name: value.replace("/var/lib/byname", str(folder)) for name, value in given.items()}


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return found


def mounted(service: str) -> dict[str, bool]:
    """Return the folders of a service, and whether it may write there."""
    parts = (one.split(":") for one in services()[service]["volumes"])
    return {part[1]: part[2:] != ["ro"] for part in parts}


@pytest.mark.usefixtures("_in_memory")
@pytest.mark.parametrize("service", ["desk", "sweep", "public", "init"])
def test_each_process_takes_its_settings_and_has_the_folders_that_they_name(service: str, tmp_path: Path) -> None:
    for name in ("home", "keys", "register", "shown", "public"):
        (tmp_path / name).mkdir(mode=0o700)
    here = settings.read(environment(service, tmp_path))
    assert here.production
    paths = [here.home, here.media, here.database_file, here.public_database]
    if "staff" in here.edges:
        paths += [here.keys, here.register]
    there = [Path(str(one).replace(str(tmp_path), "/var/lib/byname")) for one in paths if one]
    assert [one for one in there if not any(one.is_relative_to(at) for at in mounted(service))] == []


def test_the_site_is_given_nothing_of_the_desk(tmp_path: Path) -> None:
    here = settings.read(environment("public", tmp_path) | {"CAMPAIGN_PRODUCTION": "0"})
    assert here.edges == {"public", "partners"}
    assert (here.register, here.purge_token, here.smtp_host, here.backup_command) == (None, "", "", "")
    assert here.keys.is_relative_to(here.home)
    assert mounted("public") == {"/var/lib/byname/public": True, "/var/lib/byname/shown": False}
    # The notice to visitors says that a CDN sees them.
    assert here.is_carried_by_others


def test_the_sweep_only_reads_keys() -> None:
    may_write = {name: mounted(name)["/var/lib/byname/keys"] for name in ("desk", "sweep", "init")}
    assert may_write == {"desk": True, "sweep": False, "init": True}


def test_what_the_image_is_made_of_is_there() -> None:
    copied = [
        word for line in re.findall(r"^COPY (?!--)(.*)$", CONTAINERFILE, re.MULTILINE) for word in line.split()[:-1]
    ]
    assert "requirements.txt" in copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_user_of_the_site_is_the_images(tmp_path: Path) -> None:
    number = re.search(r"useradd --system --uid (\d+) --gid (\d+) \S+ \S+ byname-public", CONTAINERFILE)
    assert number
    assert services()["public"]["user"] == ":".join(number.groups())
