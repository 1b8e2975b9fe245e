"""Names of the person: parts joined in the order of the map, other names, pseudonyms."""

from collections.abc import Iterable

from campaign.cases.file import Name
from campaign.imports.cells import READERS as CELLS
from campaign.imports.cells import UNKNOWN
from campaign.imports.draft import Draft
from campaign.imports.facts.words import comparable, parts
from campaign.names.scripts import script_of

OTHER_NAMES = frozenset({"alias", "pen"})


def name_part(draft: Draft, column: str, value: str) -> None:
    """Keep a part of the name until all are read."""
    if not UNKNOWN.match(value):
        draft.own.name_parts.append((column, value))


def alias(draft: Draft, column: str, value: str) -> None:
    """Read other names of the person; several stand between semicolons."""
    for text in parts(value):
        if not UNKNOWN.match(text):
            _add(draft, column, text)


def pseudonym(draft: Draft, column: str, value: str) -> None:
    """Read a pseudonym: another name of the person, and perhaps a sign that the real one is to stay unknown."""
    if not UNKNOWN.match(value):
        _add(draft, column, value)
        draft.warn(column, value, "A pseudonym: ask whether the real name may be public before anything leaves.")


def _add(draft: Draft, column: str, text: str) -> None:
    row = Name(id=draft.id_for(f"alias {column} {text}"), text=text, kind="alias", script=script_of(text))
    draft.file.names.append(row)
    draft.fill(f"names/{row.id}")


def put_names_together(draft: Draft) -> None:
    """Join the parts, one name for each script; put other names last, each once; prefer a full name."""
    for column, text in _joined(draft):
        if comparable(text) not in {comparable(row.text) for row in draft.file.names}:
            CELLS["name"](draft, column, text)
    if not draft.file.names:
        return
    ordered = sorted(draft.file.names, key=lambda row: row.kind in OTHER_NAMES)
    once: dict[str, Name] = {}
    for row in ordered:
        once.setdefault(comparable(row.text), row)
    kept = list(once.values())
    dropped = {f"names/{row.id}" for row in ordered} - {f"names/{row.id}" for row in kept}
    draft.cited = [path for path in draft.cited if path not in dropped]
    draft.file.names = kept
    _prefer_one(kept)
    if kept[0].kind in OTHER_NAMES:
        draft.warn("", kept[0].text, "Only another name or a pseudonym is in this row.")


def _joined(draft: Draft) -> Iterable[tuple[str, str]]:
    """Yield the name of each script with its columns."""
    order = list(draft.map.columns)
    by_script: dict[str, list[tuple[str, str]]] = {}
    for column, text in sorted(draft.own.name_parts, key=lambda part: order.index(part[0]) if part[0] in order else 0):
        by_script.setdefault(script_of(text), []).append((column, text))
    for some in by_script.values():
        yield " + ".join(column for column, _ in some), " ".join(text for _, text in some)


def _prefer_one(names: list[Name]) -> None:
    preferred = [row for row in names if row.is_preferred and row.kind not in OTHER_NAMES]
    for row in names:
        row.is_preferred = row is (preferred or names)[0]
