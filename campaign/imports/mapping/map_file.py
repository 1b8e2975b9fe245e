"""The file of a map: TOML, read strictly.

One rule: a slip is refused by name. A column that the sheet has not, a target, section or key that nobody knows: each
is named, with what there is and what is nearest.
"""

import difflib
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from campaign.dates import edtf
from campaign.dates.calendars import CALENDARS
from campaign.dates.columns import Reading
from campaign.imports.mapping import further
from campaign.imports.mapping.further import Further
from campaign.imports.mapping.headers import meanings
from campaign.imports.mapping.maps import BRACKETS, BadMap, Map, Split
from campaign.imports.mapping.proposing import column_by_column, completed
from campaign.imports.mapping.stated import PARTS, check_part
from campaign.imports.targets import TARGETS
from campaign.sheets import Sheet

ROWS: Final = ("key", "person", "scheme", "tag", "as_of", "language")
FILE: Final = ("sheet", "encoding")
SECTIONS: Final = ("columns", "join", "split", "dates", "rows", "sheets", "file", "decisions", *PARTS, "status")
SPLIT_KEYS: Final = ("at", "into")
DATE_KEYS: Final = ("day_first", "calendar")
SHEET_KEYS: Final = ("as", "column", "number")
MOST_NAMED: Final = 40  # columns that a sentence names


def parsed(text: str, sheet: Sheet, file_name: str = "") -> Map:
    """Return the map that a TOML text states, columns it leaves out as proposed. Raises BadMap, naming each slip."""
    stated = _loaded(text)
    splits = {header: _split(header, value) for header, value in stated.get("split", {}).items()}
    joins = {made: _texts(f"[join] “{made}”", value) for made, value in stated.get("join", {}).items()}
    made = [*(piece for split in splits.values() for piece in split.into), *joins]
    _check_columns(stated, splits, joins, sheet, made)
    return _map(stated, splits, joins, sheet, file_name)


def file_stated(text: str) -> dict[str, str | None]:
    """Return which sheet and encoding a map's text names, None where it names none. Raises BadMap."""
    file = _loaded(text).get("file", {})
    return {name: str(file.get(name, "")) or None for name in FILE}


def decisions(text: str) -> dict[str, str]:
    """Return what a map's text decides of rows, by their keys (imports.steps). Raises BadMap."""
    decided = _loaded(text).get("decisions", {})
    if not all(isinstance(choice, str) for choice in decided.values()):
        raise BadMap("[decisions] has a choice in quotes for each row, as the report offers them.")
    return dict(decided)


def _loaded(text: str) -> dict[str, Any]:
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMap(f"The map is no TOML: {error}.") from error
    _check_keys(stated)
    return stated


def _map(
    stated: Mapping[str, Any],
    splits: dict[str, Split],
    joins: dict[str, tuple[str, ...]],
    sheet: Sheet,
    file_name: str,
) -> Map:
    proposed = column_by_column(sheet, file_name)
    columns, rows, file = stated.get("columns", {}), stated.get("rows", {}), stated.get("file", {})
    names = ("scheme", "tag", "as_of", "language")
    texts: dict[str, Any] = {name: str(rows.get(name, getattr(proposed, name))) for name in names}
    texts |= {name: str(file.get(name, "")) for name in FILE}
    texts |= {part: dict(stated.get(part, {})) for part in (*PARTS, "status")}
    made = (*(piece for split in splits.values() for piece in split.into), *joins)
    person = tuple(rows.get("person", ()))
    key = person or tuple(rows.get("key", proposed.key))
    chosen = replace(
        proposed,
        columns={**proposed.columns, **{name: _by_its_name(name) for name in made}, **columns},
        key=key,
        gathers=bool(person),
        splits=splits,
        joins=joins,
        further=further.proposed(sheet, key) | _further(stated.get("sheets", {}), sheet, key),
        dates={column: _date_answer(column, answer) for column, answer in stated.get("dates", {}).items()},
        remarks={},
        **texts,
    )
    _check_targets(columns, chosen)
    chosen, whole = completed(chosen, sheet, frozenset(columns)), completed(proposed, sheet)
    # Of what a person changed there is nothing to remark.
    same = {name for name, target in chosen.columns.items() if whole.columns.get(name) == target}
    kept = {name: said for name, said in whole.remarks.items() if name in same}
    return replace(chosen, remarks=kept | chosen.remarks)


def _further(stated: Mapping[str, Any], sheet: Sheet, key: tuple[str, ...]) -> dict[str, Further]:
    """Return the further sheets that a map states; what it does not say of their columns is looked for."""
    others = {other.name: other for other in sheet.others}
    _refuse_unknown("sheet", stated, others, "in [sheets]")
    return {name: _one_further(name, value, sheet, others[name], key) for name, value in stated.items()}


def _one_further(name: str, value: Any, sheet: Sheet, other: Sheet, key: tuple[str, ...]) -> Further:
    where = f"[sheets] “{name}”"
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()) or "as" not in value:
        raise BadMap(f'{where}: write {{as = "relative", column = "_parent_index", number = "_index"}}.')
    _refuse_unknown("key", value, SHEET_KEYS, f"in {where}")
    _refuse_unknown("kind", [value["as"]], further.KINDS, f"in {where}")
    if value["as"] == "ignore":
        return Further("ignore")
    column, number = further.link_of(sheet, other, key) or ("", "")
    column, number = value.get("column") or column, value.get("number") or number
    if not column or not number:
        raise BadMap(f"{where}: say whose its rows are: its column, and the one of the list that has the same number.")
    _refuse_missing(f"sheets] “{name}” [column", [column], other.headers)
    _refuse_missing(f"sheets] “{name}” [number", [number], sheet.headers)
    return Further(value["as"], column, number)


def _by_its_name(made: str) -> str:
    return (*meanings(made).targets, "note")[0]


def _check_keys(stated: Mapping[str, Any]) -> None:
    """Refuse sections and keys that nobody knows, and values that are of no use there."""
    _refuse_unknown("section", stated, SECTIONS)
    for section, value in stated.items():
        if not isinstance(value, dict):
            raise BadMap(f"“{section}” is a section: write it as [{section}], with a line for each of its values.")
    _refuse_unknown("key", stated.get("rows", {}), ROWS, "in [rows]")
    _refuse_unknown("key", stated.get("file", {}), FILE, "in [file]")
    for name in ("key", "person"):
        _texts(f"[rows] {name}", stated.get("rows", {}).get(name, []))
    if as_of := stated.get("rows", {}).get("as_of"):
        try:
            edtf.parse(str(as_of))
        except ValueError as error:
            raise BadMap(f"[rows] as_of: no date could be read from “{as_of}”. Write it as 2021 or 2021-05.") from error
    for part in (*PARTS, "status"):
        check_part(part, stated.get(part, {}))


def _check_columns(
    stated: Mapping[str, Any],
    splits: Mapping[str, Split],
    joins: Mapping[str, tuple[str, ...]],
    sheet: Sheet,
    made: Collection[str],
) -> None:
    """Refuse columns that are not there, and made ones that are there already."""
    pieces = [piece for split in splits.values() for piece in split.into]
    rows = stated.get("rows", {})
    # A column that is empty this time is no slip; nothing of it is read.
    there = [*sheet.headers, *made, *sheet.unfilled]
    _refuse_missing("columns", stated.get("columns", {}), there)
    _refuse_missing("split", splits, sheet.headers)
    _refuse_missing("join", [part for parts in joins.values() for part in parts], [*sheet.headers, *pieces])
    _refuse_missing("dates", stated.get("dates", {}), there)
    _refuse_missing("rows", [*rows.get("key", ()), *rows.get("person", ())], sheet.headers)
    counted = Counter([*sheet.headers, *made])
    if twice := [name for name in made if counted[name] > 1]:
        raise BadMap(f"The map makes a column “{twice[0]}”, which is there already. Give it another name.")


def _check_targets(columns: Mapping[str, Any], chosen: Map) -> None:
    """Refuse targets that nobody knows, and two columns of a target that only one can have."""
    for column, target in columns.items():
        if target not in TARGETS:
            near = _nearest(str(target), TARGETS)
            raise BadMap(f"[columns] “{column}”: unknown target “{target}”{near}. Targets are: {', '.join(TARGETS)}.")
    stated = [column for column in columns if column not in chosen.used]
    for target in {str(columns[column]) for column in stated}:
        of_it = [column for column in stated if columns[column] == target]
        if len(of_it) > 1 and not TARGETS[target].may_be_several:
            names = " and ".join(f"“{column}”" for column in of_it)
            raise BadMap(f"[columns] {names} are all “{target}”; only one column can be. Join them, or choose one.")


def _refuse_unknown(what: str, given: Collection[str], known: Collection[str], where: str = "") -> None:
    for name in given:
        if name not in known:
            place = f" {where}" if where else ""
            sentence = f"The map has an unknown {what} “{name}”{place}{_nearest(name, known)}."
            raise BadMap(f"{sentence} It may have: {', '.join(known)}.")


def _refuse_missing(section: str, given: Collection[str], known: Collection[str]) -> None:
    missing = [name for name in dict.fromkeys(given) if name not in known]
    if not missing:
        return
    names = ", ".join(f"“{name}”{_nearest(name, known)}" for name in missing)
    there = ", ".join(f"“{header}”" for header in list(known)[:MOST_NAMED])
    more = " and more" if len(known) > MOST_NAMED else ""
    raise BadMap(f"[{section}] names columns that the sheet has not: {names}. Its columns are: {there}{more}.")


def _nearest(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    return f" (did you mean “{near[0]}”?)" if near else ""


def _texts(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadMap(f'{where} is a list of names of columns, such as ["First name", "Last name"].')
    return tuple(value)


def _split(header: str, value: Any) -> Split:
    example = f'[split] “{header}”: write {{at = ";", into = ["One", "Other"]}}, or at = "{BRACKETS}" for brackets.'
    if not isinstance(value, dict) or set(value) != set(SPLIT_KEYS) or not isinstance(value["at"], str):
        raise BadMap(example)
    into = _texts(f"[split] “{header}” into", value["into"])
    if not value["at"] or len(into) < 2 or len(set(into)) < len(into):
        raise BadMap(example)
    return Split(value["at"], into)


def _date_answer(column: str, value: Any) -> Reading:
    where = f"[dates] “{column}”"
    if not isinstance(value, dict):
        raise BadMap(f"{where}: write {{day_first = true}}, or {{calendar = ...}}.")
    _refuse_unknown("key", value, DATE_KEYS, f"in {where}")
    _refuse_unknown("calendar", [str(value.get("calendar") or CALENDARS[0])], CALENDARS, f"in {where}")
    if not isinstance(value.get("day_first"), bool | None):
        raise BadMap(f"{where}: day_first is true or false.")
    return Reading(**value)
