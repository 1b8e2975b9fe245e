"""Rows of the edit form come and go by its buttons, without script: add-<list>, remove-<list>-<n>, back-<k>.

A removed row stays in the page, to be put back until the page is left. A source takes along the citations that lean
on it, and says which facts they were of.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, HiddenField, StringField

from campaign.cases.file import CaseFile
from campaign.staff.fields import fact_words
from campaign.web.forms import controls_of

MOST_ROWS = 300
GONE = "gone"  # the hidden controls that hold what was removed
LONGEST = 70
BUTTONS = ("add-", "remove-", "back-")


class RemovedRows(msgspec.Struct, frozen=True):
    """Rows that were removed together, the first of them by a button; `facts` are those that lost their source."""

    rows: str
    words: str
    facts: tuple[str, ...]
    parts: tuple["Part", ...]


class Part(msgspec.Struct, frozen=True):
    """One row as the form sent it: its list, its place, the id of the row that it stands in, its controls."""

    rows: str
    place: int
    within: str
    controls: tuple[tuple[str, str], ...]


def is_row_button(typed: Mapping[str, str]) -> bool:
    """Say whether a button of a row was pressed, and not the one that saves."""
    return any(name.startswith(BUTTONS) for name in typed)


def gone_in(typed: MultiDict[str, str]) -> list[RemovedRows]:
    """Return the removed rows that a form carries; what is none of them is left out."""
    found = []
    for text in typed.getlist(GONE):
        try:
            found.append(msgspec.json.decode(text, type=RemovedRows))
        except msgspec.DecodeError:
            continue
    return found


def written(gone: RemovedRows) -> str:
    """Return a removed row as the page carries it."""
    return msgspec.json.encode(gone).decode()


def put_back(typed: MultiDict[str, str]) -> tuple[MultiDict[str, str], str]:
    """Return what was typed with the rows put back that a button asks for, and the id of their list; "" for none."""
    gone = gone_in(typed)
    asked = next((name.removeprefix("back-") for name in typed if name.startswith("back-")), "")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else len(gone)
    if number >= len(gone):
        return typed, ""
    found, at = MultiDict(typed), ""
    for part in gone[number].parts:
        rows = _list_of(part, found)
        found = _with_room(found, rows, part.place)
        for control, value in part.controls:
            found.add(f"{rows}-{part.place}-{control}", value)
        at = at or rows
    found.setlist(GONE, [written(one) for n, one in enumerate(gone) if n != number])
    return found, at


def _list_of(part: Part, typed: MultiDict[str, str]) -> str:
    """Return what the list of a removed row is called now: rows above the one that it stands in may have gone too."""
    if not part.within:
        return part.rows
    above = next((name for name, value in typed.items() if name.endswith("-id") and value == part.within), "")
    return f"{above.removesuffix('-id')}-{part.rows.rpartition('-')[2]}" if above else part.rows


def _with_room(typed: MultiDict[str, str], rows: str, place: int) -> MultiDict[str, str]:
    """Return what was typed with the rows of a list from a place on moved down by one."""
    numbered = re.compile(rf"{re.escape(rows)}-(\d+)-")
    moved: MultiDict[str, str] = MultiDict()
    for name, value in typed.items(multi=True):
        at = numbered.match(name)
        is_below = at is not None and int(at[1]) >= place
        moved.add(f"{rows}-{int(at[1]) + 1}-{name[at.end() :]}" if at and is_below else name, value)
    return moved


def without_removed(form: Form, typed: MultiDict[str, str], file: CaseFile) -> tuple[MultiDict[str, str], str]:
    """Return what was typed without the rows that buttons remove, which it carries on, and the id of their list.

    `file` is what the form says: its facts are named where a source takes their citations along.
    """
    found, at = MultiDict(typed), ""
    for rows in lists_of(form):
        for entry in rows:
            if f"remove-{entry.name}" in typed:
                along = _citations_of(form, entry.form["id"].data) if rows.name == "sources" else []
                facts = tuple(fact_words(file, one.form["fact"].data) for one in along if one.form["fact"].data)
                parts = tuple(_part(str(one.name), typed) for one in (entry, *along))
                found.add(GONE, written(RemovedRows(str(rows.name), _words(entry.form), facts, parts)))
                for one in (entry, *along):
                    _drop(found, str(one.name))
                at = str(rows.id)
    return found, at


def add_rows(form: Form, typed: MultiDict[str, str]) -> str:
    """Add the rows that buttons ask for; return the id of the place to look at, "" for none."""
    at = ""
    for rows in list(lists_of(form)):
        if f"add-{rows.name}" in typed and len(rows.entries) < MOST_ROWS:
            at = str(rows.append_entry(_empty(rows)).id)
    return at


def _part(name: str, typed: MultiDict[str, str]) -> Part:
    rows, _, place = name.rpartition("-")
    above = rows.rpartition("-")[0]
    controls = tuple(
        (one.removeprefix(f"{name}-"), value) for one, value in typed.items(multi=True) if one.startswith(f"{name}-")
    )
    return Part(rows, int(place), typed.get(f"{above}-id", "") if above else "", controls)


def _drop(typed: MultiDict[str, str], name: str) -> None:
    for one in [one for one in typed if one.startswith(f"{name}-")]:
        typed.poplist(one)


def _citations_of(form: Form, source_id: str) -> list[Any]:
    citations: Any = form["citations"]
    return [one for one in citations if source_id and one.form["source_id"].data == source_id]


def _words(form: Form) -> str:
    """Return what a row is known by: the first words that somebody typed in it."""
    texts = (one for one in controls_of(form) if isinstance(one, StringField) and not isinstance(one, HiddenField))
    said = [str(one.data) for one in texts if isinstance(one.data, str) and one.data.strip()]
    return ", ".join(said[:2])[:LONGEST]


def _empty(rows: "FieldList[Any]") -> msgspec.Struct:
    """Return a row as the file's type has it before anybody fills it, with an id of its own."""
    struct: type[msgspec.Struct] = rows.unbound_field.args[0].struct
    return struct()


def lists_of(form: Form) -> "Iterator[FieldList[Any]]":
    """Yield every list of rows of a form, at every depth."""
    return (control for control in controls_of(form) if isinstance(control, FieldList))
