"""The gazetteer as this process holds it now: the shipped places, and the campaign's own sheet in its home folder.

The sheet is looked at once a request, so that every worker of every edge (the public one too, which may run without a
case table) knows a new place as soon as it is written, without a restart.
"""

import hashlib
import logging
import os
from functools import cache
from importlib import resources
from pathlib import Path

from flask import current_app, g, has_app_context

from campaign.places.gazetteer import BadPlace, Gazetteer
from campaign.places.place import Place
from campaign.places.sheets import read_places

SHIPPED = ("region.tsv", "towns.tsv", "elsewhere.tsv")
OWN = "places.csv"

log = logging.getLogger(__name__)
Stamp = tuple[int, int, int]
_held: dict[Path, tuple[Stamp, Gazetteer]] = {}


def gazetteer() -> Gazetteer:
    """Return every place known now; the same throughout a request. Outside an application only the shipped ones."""
    if not has_app_context():
        return shipped()
    held: Gazetteer | None = g.get("gazetteer")
    if held is None:
        settings = current_app.extensions.get("settings")
        held = g.gazetteer = shipped() if settings is None else of_home(settings.home)
    return held


@cache
def shipped() -> Gazetteer:
    """Return the shipped places, read once: the region's units and towns, China's provinces, countries people fled to.

    Source: GeoNames (CC BY 4.0); codes GB/T 2260.
    """
    folder = resources.files(__package__) / "data"
    sheets = [read_places((folder / name).read_text(encoding="utf-8").splitlines()) for name in SHIPPED]
    refused = [fault for sheet in sheets for fault in sheet.refused]
    assert not refused, refused
    return Gazetteer(place for sheet in sheets for place in sheet.places)


def of_home(home: Path) -> Gazetteer:
    """Return the shipped places with those of a home folder's sheet, read again whenever the file is another one."""
    path = home / OWN
    stamp = _stamp(path)
    if stamp is None:
        return shipped()
    held = _held.get(path)
    if held is None or held[0] != stamp:
        held = _held[path] = (stamp, _with_own(path))
    return held[1]


def own_places(home: Path) -> list[Place]:
    """Return the campaign's own places as its sheet has them, [] where it has none."""
    path = home / OWN
    return read_places(path.read_text("utf-8-sig").splitlines()).places if path.exists() else []


def places_digest() -> str:
    """Return a digest of every place known now: the shipped tables and the sheet of this home."""
    read = hashlib.sha256()
    for name in SHIPPED:
        read.update((resources.files(__package__) / "data" / name).read_bytes())
    own = current_app.extensions["settings"].home / OWN
    read.update(own.read_bytes() if own.exists() else b"")
    return read.hexdigest()[:16]


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _with_own(path: Path) -> Gazetteer:
    """Read what can be read. A sheet damaged by hand is told of in the log, and no page fails by it."""
    try:
        sheet = read_places(path.read_text("utf-8-sig").splitlines())
        for fault in sheet.refused:
            log.error("%s, row %d is not read: %s", path.name, fault.row, fault.reason)
        return shipped().extended(sheet.places)
    except (OSError, UnicodeDecodeError, BadPlace) as error:
        log.error("%s is not read, only the shipped places are known: %s", path.name, error)
        return shipped()
