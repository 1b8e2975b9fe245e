"""The gazetteer in force: the shipped sheets and the campaign's own sheet of the same columns, read and cached."""

import csv
import hashlib
import logging
import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
from flask import current_app, g, has_app_context

from campaign.places.gazetteer import BadPlace, Gazetteer
from campaign.places.index import KINDS, LEVELS, Place

COLUMNS = (
    "code",
    "level",
    "kind",
    "parent",
    "uyghur",
    "cyrillic",
    "chinese",
    "pinyin",
    "latin",
    "lat",
    "lon",
    "geonames",
)
_MAX_CODE_LENGTH = 32
SHIPPED = ("region.tsv", "towns.tsv", "elsewhere.tsv")
OWN = "places.csv"
log = logging.getLogger(__name__)
Stamp = tuple[int, int, int]
_held: dict[Path, tuple[Stamp, Gazetteer]] = {}


class Remark(msgspec.Struct, frozen=True):
    """A row that was refused or doubted: its number (the first after the header is 2), and why, as a sentence."""

    row: int
    reason: str


class PlaceSheet(msgspec.Struct, frozen=True):
    """What a sheet of places held: the good rows, and each refused one with its reason."""

    places: list[Place]
    refused: list[Remark]


def rows_of(lines: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV, `;` or tab-separated text by lower-case header, cells stripped, none missing."""
    text = list(lines)
    head = text[0].lstrip("\ufeff") if text else ""
    delimiter = max("\t;,", key=head.count)
    reader = csv.reader([head, *text[1:]], delimiter=delimiter)
    header = [name.strip().casefold() for name in next(reader, [])]
    return [dict(zip(header, [c.strip() for c in row] + [""] * len(header), strict=False)) for row in reader if row]


def read_places(lines: Iterable[str]) -> PlaceSheet:
    """Return the places of a sheet whose header has the names of COLUMNS, in any order.

    Several names in a cell are parted by `;`, the preferred one first. Only code, level and one name are
    needed. A bad row is refused with its reason and the rest is read; a later row of the same code is refused.
    """
    places: dict[str, Place] = {}
    refused: list[Remark] = []
    for number, row in enumerate(rows_of(lines), start=2):
        try:
            place = place_of(row)
            if place.code in places:
                raise ValueError(f"The code {place.code!r} stands in the sheet twice.")
            places[place.code] = place
        except ValueError as fault:
            refused.append(Remark(number, str(fault)))
    return PlaceSheet(list(places.values()), refused)


def place_of(row: Mapping[str, str]) -> Place:
    """Return the place of a row by the names of COLUMNS. Raises ValueError, with a sentence, for a bad one."""
    level = row.get("level", "").casefold()
    if level not in LEVELS:
        raise ValueError(f"The level {level!r} is none of {', '.join(LEVELS)}.")
    kind = row.get("kind", "").casefold() or level
    if kind not in KINDS[level]:
        raise ValueError(f"A place of the level {level} cannot be of the kind {kind!r}.")
    code = row.get("code", "")
    if not code or len(code) > _MAX_CODE_LENGTH:
        raise ValueError(f"The code {code!r} is empty or longer than {_MAX_CODE_LENGTH} characters.")
    place = Place(
        code=code,
        level=level,
        kind=kind,
        parent=row.get("parent", ""),
        uyghur=_names(row, "uyghur"),
        cyrillic=_names(row, "cyrillic"),
        chinese=_names(row, "chinese"),
        pinyin=row.get("pinyin", ""),
        latin=_names(row, "latin"),
        lat=degrees(row, "lat", 90),
        lon=degrees(row, "lon", 180),
        geonames=row.get("geonames", ""),
    )
    if not any(place.names()):
        raise ValueError(f"The place {code!r} has no name.")
    return place


def _names(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(name for name in map(str.strip, row.get(column, "").split(";")) if name)


def degrees(row: Mapping[str, str], column: str, limit: int) -> float | None:
    """Return a coordinate of a row, None for an empty cell; raises ValueError beyond `limit` degrees."""
    text = row.get(column, "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"{text!r} in the column {column} is not a number of degrees.") from None
    if not -limit <= value <= limit:
        raise ValueError(f"{text!r} in the column {column} lies beyond {limit} degrees.")
    return value


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
