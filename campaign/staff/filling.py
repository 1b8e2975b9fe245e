"""What was typed into the form, as a case file: on top of the file that the editor started from.

One rule: what the form does not show, and what nobody touched, stays byte for byte as it was.
"""

import re
from typing import Any, TypeVar

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, SelectMultipleField

from campaign.cases.classification import Field, fields_of
from campaign.cases.file import CaseFile, new_id
from campaign.clock import today
from campaign.dates import PartialDate, read
from campaign.staff.controls import AnswerField, words_of

S = TypeVar("S", bound=msgspec.Struct)
_ID = re.compile(r"[0-9a-f]{8}")


def file_of(form: Form, base: CaseFile) -> CaseFile:
    """Return the file that the form describes, made from `base`."""
    return _struct(form, base)


def _struct(form: Form, base: S) -> S:
    changes = {}
    for field in fields_of(type(base)):
        if field.name in form:
            changes[field.name] = _field(field, form[field.name], getattr(base, field.name))
    return msgspec.structs.replace(base, **changes)


def _field(field: Field, control: Any, base: Any) -> Any:
    if isinstance(control, FieldList):
        return _rows(field, control, base)
    if isinstance(control, FormField):
        return _struct(control.form, base)
    if not control.raw_data and not isinstance(control, BooleanField | SelectMultipleField):
        # A box that is not ticked is not sent; any other control that was not sent is not touched.
        return base
    if isinstance(control, AnswerField):
        return control.answer
    if isinstance(base, PartialDate):
        return _date((control.data or "").strip(), base)
    if field.type == list[str]:
        chosen = list(control.data or [])
        return base if set(chosen) == set(base) and len(chosen) == len(base) else chosen
    return _text(control.data, base) if field.type is str else control.data


def _rows(field: Field, control: Any, base: list[Any]) -> list[Any]:
    assert field.struct is not None
    known = {row.id: row for row in base}
    rows = []
    for entry in control:
        typed = entry.form["id"].data or ""
        row_id = typed if _ID.fullmatch(typed) else new_id()
        row = known.pop(row_id, None) or field.struct(id=row_id)
        rows.append(_struct(entry.form, row))
    return rows


def _date(words: str, base: PartialDate) -> PartialDate:
    if words == words_of(base):
        return base
    return read(words, today=today()) if words else PartialDate()


def _text(typed: str | None, base: str) -> str:
    # Browsers send line ends as CR LF; that alone is no change.
    text = (typed or "").replace("\r\n", "\n").strip()
    return base if text == base.replace("\r\n", "\n").strip() else text


def form_id_of(form: Form, path: str) -> str:
    """Return the HTML id of the control at a path of the file, or of the nearest thing around it; "" for none."""
    here: Any = form
    found = ""
    for step in path.split("/"):
        if isinstance(here, FieldList):
            here = next((entry for entry in here if entry.form["id"].data == step), None)
        else:
            inner = here.form if isinstance(here, FormField) else here
            here = inner[step] if isinstance(inner, Form) and step in inner else None
        if here is None:
            return found
        found = str(here.id)
    return found
