"""What names a row of a sheet again in the next one: its number, else its cells, else who it tells of.

A number belongs to a list. A column that only counts the rows ("No", "#", 1 to n) is no number of anybody: it moves
when a row is inserted. Such a column is left aside, and its list is recognised by cells and by person.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from campaign.imports.draft import clean
from campaign.imports.mapping import Map, arranged
from campaign.imports.mapping.looks import like_an_identity_number
from campaign.imports.steps import HIDDEN, UNNUMBERED
from campaign.imports.targets import NAMES
from campaign.sheets import Sheet
from campaign.text import folded
from campaign.web.context import keyring

# Headers that say a place in the list, in the languages of the field; letters and signs alone.
COUNTS = re.compile(
    r"(?i)^(no|nr|n|nº|n°|num|nos|#|№|№ п/?п|п/?п|s ?/? ?no?|s ?/ ?n|sr ?no|sl ?no|serial( no| number)?"
    r"|row( no| number)?|line( no| number)?|index|序号|序號|م|ت|رقم تسلسلي|الرقم التسلسلي|ردیف|رديف|تر"
    r"|sıra( no)?|т/?б|р/?с)\.?:?$"
)
NUMBERS = re.compile(r"(?i)case|ref|record|file|regist|\bid\b|编号|編號|编码|номер дела")  # a register's own number
FEWEST = 3  # numbers in order under any header; of fewer, only the header tells
WHO = (*sorted(NAMES), "birth", "gender", "ethnicity", "home_town")  # what tells a person from others
TELLING = "birth"  # without it beside a name, namesakes could not be told apart


def counting_columns(sheet: Sheet, mapping: Map) -> frozenset[str]:
    """Return the headers of the columns that only count the rows."""
    return frozenset(header for header in sheet.headers if _only_counts(header, sheet.column(header), mapping))


def _only_counts(header: str, cells: list[str], mapping: Map) -> bool:
    if mapping.columns.get(header, "note") not in {"id", "note"} or not all(map(_is_place, cells[:2])):
        return False
    places = [int(cell) for cell in map(str.strip, cells) if _is_place(cell)]
    if len(places) < 0.9 * len(cells) or any(one >= other for one, other in pairwise(places)):
        return False
    if COUNTS.match(" ".join(header.replace("_", " ").split())):
        return places[-1] - places[0] < 2 * len(cells) + 2
    is_unbroken = places[0] in {0, 1} and places[-1] - places[0] == len(places) - 1
    return is_unbroken and len(places) >= FEWEST and not NUMBERS.search(header.replace("_", " "))


def _is_place(cell: str) -> bool:
    return cell.strip().isdecimal() and len(cell.strip()) < 8


def without(mapping: Map, headers: frozenset[str]) -> Map:
    """Return a map in which some columns say nothing and name nobody."""
    if not headers:
        return mapping
    columns = mapping.columns | dict.fromkeys(headers, "ignore")
    key = () if headers & set(mapping.key) else mapping.key
    return replace(mapping, columns=columns, key=key)


def cells_key(cells: Mapping[str, str], but: frozenset[str]) -> str:
    """Return the key of a row that no number names: a keyed hash of its cells, in whatever order they stand.

    Cells of the headers in `but`, which number the row, are left aside, empty ones too.
    """
    said = sorted((header, value) for header, raw in cells.items() if header not in but and (value := clean(raw)))
    return UNNUMBERED + keyring().token("\x1f".join(f"{header}\x1e{value}" for header, value in said))


def hidden(key: str) -> str:
    """Return a key as it is kept: a part of it that looks like the number of somebody's papers as a keyed hash."""
    return "|".join(map(_hidden, key.split("|")))


def _hidden(part: str) -> str:
    return HIDDEN + keyring().token(f"paper {part}") if like_an_identity_number(part) else part


def who(cells: Mapping[str, str], mapping: Map) -> dict[str, str]:
    """Return by target what a row says of who its person is: names, birth, gender, people, home town; folded."""
    said: dict[str, list[str]] = {}
    for _, target, raw in arranged(cells, mapping):
        if target in WHO and (value := clean(raw)):
            said.setdefault(target, []).append(folded(value))
    return {target: " / ".join(sorted(values)) for target, values in said.items()}


def tells_who(said: Mapping[str, str]) -> str:
    """Return what finds a person again without a number, "" where a row says too little of who it is."""
    if not said.keys() & NAMES or TELLING not in said:
        return ""
    return "\x1f".join(f"{target}\x1e{said[target]}" for target in WHO if target in said)


def agree(cells: Mapping[str, str], before: Mapping[str, str], mapping: Map) -> bool:
    """Whether two readings under one number are surely one person's: one name, and nothing of them that differs."""
    one, other = who(cells, mapping), who(before, mapping)
    names = [{target: said for target, said in side.items() if target in NAMES} for side in (one, other)]
    is_same = bool(names[0]) and names[0] == names[1]
    is_same = is_same and all(one[target] == other[target] for target in one.keys() & other.keys())
    return is_same and (not _changes(cells, before) or say_as_much(cells, before, mapping))


def say_as_much(cells: Mapping[str, str], before: Mapping[str, str], mapping: Map) -> bool:
    """Whether two readings both say a birth, or neither does, and then so of a home town.

    Namesakes of two lists may have one number: where one reading says less, a person decides about a change.
    """
    one, other = who(cells, mapping), who(before, mapping)
    telling = TELLING if TELLING in one.keys() | other.keys() else "home_town"
    return (telling in one) == (telling in other)


def _changes(cells: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether a cell that both readings fill says something else."""
    both = ((clean(cells[header]), clean(before[header])) for header in cells.keys() & before.keys())
    return any(now and then and now != then for now, then in both)
