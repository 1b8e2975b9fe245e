"""Columns that together are one fact: the parts of a name, in the order of the language, and places told in several.

A name in Latin letters beside one in the letters of the language are two names of one person, each joined by itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from campaign.imports.mapping import looks
from campaign.imports.mapping.headers import meanings
from campaign.imports.mapping.maps import Map
from campaign.imports.targets import NAME_PARTS, TARGETS
from campaign.sheets import Sheet

FAMILY_FIRST: Final = frozenset({"zh", "ru", "kk"})
_IN_WHOLE = "The whole name is in “{}”: kept as notes."


def with_joins(chosen: Map, sheet: Sheet, stated: frozenset[str] = frozenset()) -> Map:
    """Return a map in which columns of one name, or of one target that is joined, are one column.

    What a person `stated` of a column, and joins that they stated, stay as they are.
    """
    columns, remarks, joins = dict(chosen.columns), dict(chosen.remarks), dict(chosen.joins)
    free = [header for header in sheet.headers if header not in chosen.used]
    for parts in _by_script([header for header in free if columns[header] in NAME_PARTS], sheet):
        _settle_bare(parts, columns, sheet, stated)
        whole = _whole_name(parts, columns, sheet)
        if whole and not stated & {*parts}:
            columns |= dict.fromkeys(parts, "note")
            remarks |= dict.fromkeys(parts, _IN_WHOLE.format(whole))
            continue
        _join(_in_order(parts, columns, chosen.language), "name", columns, joins)
    for code, target in TARGETS.items():
        several = [header for header in free if columns[header] == code and target.may_be_joined]
        if len(several) > 1 and code not in NAME_PARTS:
            _join(several, code, columns, joins)
    return replace(chosen, columns=columns, remarks=remarks, joins=joins)


def _join(parts: Sequence[str], target: str, columns: dict[str, str], joins: dict[str, tuple[str, ...]]) -> None:
    if len(parts) == 1:
        columns[parts[0]] = target
        return
    made = " + ".join(parts)
    joins[made] = tuple(parts)
    columns[made] = target


def _by_script(parts: Sequence[str], sheet: Sheet) -> list[list[str]]:
    """Return parts of names by the script of their cells; one without cells goes with the first."""
    found: dict[str, list[str]] = {}
    scripts = {part: looks.script(looks.sample(sheet.column(part))) for part in parts}
    for part in sorted(parts, key=lambda part: not scripts[part]):
        home = scripts[part] or next(iter(found), "")
        found.setdefault(home, []).append(part)
    return [[part for part in parts if part in group] for group in found.values()]


def _settle_bare(parts: list[str], columns: dict[str, str], sheet: Sheet, stated: frozenset[str]) -> None:
    """Take a column "Name" beside one of family names for given names, and the other way round.

    "Nom" beside "Prénom" is the family's name, "Adı" beside "Soyadı" the person's own.
    """
    lacking = {"name_given", "name_family"} - {columns[part] for part in parts}
    script = looks.script(looks.sample(sheet.column(parts[0])))
    bare = [
        header
        for header in sheet.headers
        if columns[header] == "name"
        and header not in stated
        and meanings(header).concepts <= {"name", "language"}
        and looks.script(looks.sample(sheet.column(header))) == script
    ]
    if len(lacking) == 1 and len(bare) == 1 and not _holds(bare[0], parts, sheet):
        columns[bare[0]] = lacking.pop()
        parts.append(bare[0])
        parts.sort(key=sheet.headers.index)


def _whole_name(parts: Sequence[str], columns: dict[str, str], sheet: Sheet) -> str:
    names = (header for header in sheet.headers if columns[header] == "name")
    return next((header for header in names if _holds(header, parts, sheet)), "")


def _holds(header: str, parts: Sequence[str], sheet: Sheet) -> bool:
    """Whether the cells of a column hold those of the parts, row by row, mostly."""
    rows = zip(sheet.column(header), *(sheet.column(part) for part in parts), strict=True)
    compared = [
        all(part.strip().casefold() in whole.casefold() for part in some)
        for whole, *some in rows
        if whole.strip() and any(part.strip() for part in some)
    ]
    return bool(compared) and sum(compared) > len(compared) / 2


def _in_order(parts: Sequence[str], columns: dict[str, str], language: str) -> list[str]:
    order = ["name_family", "name_given", "name_patronymic"] if language in FAMILY_FIRST else list(NAME_PARTS)
    return sorted(parts, key=lambda part: order.index(columns[part]))
