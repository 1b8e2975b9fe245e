"""Rows that come and go without script: the buttons add-<list> and remove-<list>-<n> send the form and redraw it."""

from collections.abc import Iterator, Mapping

import msgspec
from wtforms import FieldList, Form

from campaign.web.forms import controls_of

MOST_ROWS = 300


def is_row_button(typed: Mapping[str, str]) -> bool:
    """Say whether a button of a row was pressed, and not the one that saves."""
    return any(name.startswith(("add-", "remove-")) for name in typed)


def change_rows(form: Form, typed: Mapping[str, str]) -> str:
    """Add or remove the rows that buttons ask for; return the id of the place to look at, "" for none."""
    at = ""
    for rows in list(_lists(form)):
        if f"add-{rows.name}" in typed and len(rows.entries) < MOST_ROWS:
            entry = rows.append_entry(_empty(rows))
            at = str(entry.id)
        for entry in list(rows.entries):
            if f"remove-{entry.name}" in typed:
                rows.entries.remove(entry)
                at = str(rows.id)
    return at


def _empty(rows: FieldList) -> msgspec.Struct:  # type: ignore[type-arg]
    """Return a row as the file's type has it before anybody fills it, with an id of its own."""
    struct: type[msgspec.Struct] = rows.unbound_field.args[0].struct
    return struct()


def _lists(form: Form) -> Iterator[FieldList]:  # type: ignore[type-arg]
    return (control for control in controls_of(form) if isinstance(control, FieldList))
