"""Import of the campaign's own places: a sheet checked row by row, then kept in the home folder for every process.

One rule: a sheet is taken as a whole or not at all, and the file is replaced in one step, so that no reader ever
meets half of it.
"""

import csv
import fcntl
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from campaign.names.scripts import script_of
from campaign.places.current import COLUMNS, OWN, Remark, own_places, place_of, shipped
from campaign.places.gazetteer import Gazetteer
from campaign.places.index import KINDS, Place
from campaign.places.scanning import fold, lexicon

LONGEST_NAME = 120
FAR = 6.0  # degrees: no county of the region reaches so far from its prefecture's seat
_COLUMN_OF = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "uyghur", "Hani": "chinese"}
_ALSO_CALLED = {"name": "names", "latitude": "lat", "longitude": "lon", "lng": "lon", "id": "code"}
_NAME_COLUMNS = ("names", "latin", "uyghur", "cyrillic", "chinese")


class Extension(msgspec.Struct, frozen=True):
    """What a sheet would do: places that are new, that change, that are there just so, and the rows refused.

    `remarks` are doubts that refuse nothing. With a refused row nothing of the sheet is taken.
    """

    added: list[Place]
    changed: list[Place]
    unchanged: list[Place]
    refused: list[Remark]
    remarks: list[Remark]


def checked(rows: Iterable[tuple[int, Mapping[str, str]]], own: Iterable[Place]) -> Extension:
    """Return what a sheet's rows (their number in the file, cells by header) would do to the campaign's own places.

    `own` are the campaign's places so far. A row may lie in a shipped place, in one of them or in another row.
    """
    before = {place.code: place for place in own}
    found = Extension([], [], [], [], [])
    numbered = [(number, _with_script_columns(row)) for number, row in rows]
    known = shipped().extended(before.values())
    taken: dict[str, Place] = {}
    for number, row in _wider_first(numbered):
        try:
            place = _place(row, known, taken)
        except ValueError as fault:
            found.refused.append(Remark(number, str(fault)))
            continue
        taken[place.code] = place
        old = before.get(place.code)
        (found.added if old is None else found.unchanged if old == place else found.changed).append(place)
        found.remarks.extend(Remark(number, words) for words in _doubts(place, known))
    found.refused.sort(key=lambda remark: remark.row)
    return found


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Let one process at a time extend the places of a home folder."""
    with (home / f".{OWN}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(home: Path, extension: Extension) -> Path:
    """Write the campaign's places with those of an extension, in one step; return the file."""
    places = {place.code: place for place in own_places(home)}
    places |= {place.code: place for place in (*extension.added, *extension.changed)}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(place) for place in places.values())
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=home, prefix=f".{OWN}.", delete=False) as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(home / OWN)
    return home / OWN


def _with_script_columns(row: Mapping[str, str]) -> dict[str, str]:
    """Return the row with each name in the column of the script it is written in, wherever it stood."""
    cells = {_ALSO_CALLED.get(header.strip().casefold(), header.strip().casefold()): cell.strip()
             for header, cell in row.items()}  # fmt: skip
    names = [name.strip() for column in _NAME_COLUMNS for name in cells.pop(column, "").split(";") if name.strip()]
    for name in dict.fromkeys(names):
        column = _COLUMN_OF.get(script_of(name), "")
        cells[column] = f"{cells[column]};{name}" if cells.get(column) else name
    return cells


def _wider_first(rows: list[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    """Put a row whose parent is a row of the sheet behind that one; a ring of parents stays as it is."""
    waiting, placed, done = list(rows), [], set[str]()
    codes = {row.get("code", "") for _, row in rows}
    while waiting:
        ready = [one for one in waiting if one[1].get("parent", "") not in codes - done] or waiting
        placed += ready
        done |= {row.get("code", "") for _, row in ready}
        waiting = [one for one in waiting if one not in ready]
    return placed


def _place(row: dict[str, str], known: Gazetteer, taken: Mapping[str, Place]) -> Place:
    """Return the place of a row. Raises ValueError with a sentence for whoever wrote the sheet."""
    code = row.get("code", "")
    if code in shipped():
        raise ValueError(f"The code {code!r} is that of {shipped().words(code)}. Take another, such as x-{code}.")
    if code in taken:
        raise ValueError(f"The code {code!r} stands in the sheet twice.")
    if not code.isprintable() or " " in code:
        raise ValueError(f"The code {code!r} holds a space or a character that can't be seen.")
    if row.get(""):
        raise ValueError(f"{row['']!r} is no name in Latin, Cyrillic, Arabic or Chinese letters.")
    place = place_of(row | _levels(row) | {"parent": _parent(row.get("parent", ""), known, taken)})
    _check_names(place)
    if (place.lat is None) != (place.lon is None):
        raise ValueError("Of the coordinates only one is given. Give lat and lon, or neither.")
    parent = taken.get(place.parent) or known.by_code(place.parent)
    if parent.depth >= place.depth:
        raise ValueError(
            f"A {place.level} can't lie in {parent.names()[0]} ({parent.code}), which is a {parent.level}."
        )
    return place


def _levels(row: Mapping[str, str]) -> dict[str, str]:
    """A village is a kind of town, a district of county: the kind alone says the level where it can be only one."""
    said = row.get("level", "").casefold()
    levels = [level for level, kinds in KINDS.items() if said in kinds]
    if said in KINDS or len(levels) != 1:
        return {}
    return {"level": levels[0], "kind": row.get("kind") or said}


def _parent(said: str, known: Gazetteer, taken: Mapping[str, Place]) -> str:
    """Return the code of a parent, given by code, or by a name that only one place bears so far."""
    if not said:
        raise ValueError("The row does not say what the place lies in. Give the parent's code or name.")
    if said in known or said in taken:
        return said
    hits = [hit.place.code for hit in known.find(said) if hit.how == "exact"]
    one = known.by_words(said) or (hits[0] if len(hits) == 1 else "")
    if not one and hits:
        raise ValueError(f"The parent {said!r} may be {' or '.join(f'{known.words(c)} = {c}' for c in hits)}.")
    if not one:
        raise ValueError(f"The parent {said!r} is neither a code nor a name of a place that is known.")
    return one


def _check_names(place: Place) -> None:
    for name in place.names():
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise ValueError(f"The name {name[:40]!r} is longer than {LONGEST_NAME} letters or can't be printed.")


def _doubts(place: Place, known: Gazetteer) -> Iterator[str]:
    for name in place.names():
        others = [code for code in known.index.exact(fold(name)) if code != place.code]
        if others:
            yield f"{name!r} is also a name of {', '.join(map(known.words, others[:3]))}: forms will ask which."
        if fold(name) in lexicon():
            yield f"{name!r} is also a word for a kind of place; it is found only with its parent beside it."
    seat = known.by_code(place.parent) if place.parent in known else None
    if seat and None not in (place.lat, place.lon, seat.lat, seat.lon):
        far = max(abs((place.lat or 0) - (seat.lat or 0)), abs((place.lon or 0) - (seat.lon or 0)))
        if far > FAR and place.depth > known.by_code(place.parent).depth > 1:
            yield f"It lies {far:.0f} degrees from {known.words(place.parent)}. Are lat and lon in the right columns?"


def _cells(place: Place) -> list[object]:
    return [_cell(getattr(place, column)) for column in COLUMNS]


def _cell(value: object) -> object:
    return ";".join(value) if isinstance(value, tuple) else "" if value is None else value
