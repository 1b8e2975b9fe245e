"""The form of what the columns of a list mean: from a map to its controls, and from what was chosen back to a map."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.cases.classification import fields_of
from campaign.cases.file import CaseFile
from campaign.dates.calendars import LABELS
from campaign.dates.columns import Reading
from campaign.imports.mapping import BadMap, Map, Split
from campaign.imports.mapping.stated import OFFERED, PARTS, STATUS_FIELDS
from campaign.imports.targets import NAME_PARTS, TARGETS
from campaign.sheets import Sheet
from campaign.staff.fields import options
from campaign.staff.imports import further_form
from campaign.vocabulary.people import LANGUAGE
from campaign.vocabulary.table import Vocabulary
from campaign.web.forms import DeskForm

LONG = Length(max=200, message="At most 200 letters.")
ORDERS = {"": "As written", "day": "The day comes first", "month": "The month comes first"}
SPLITS = {
    ",": "At the comma",
    ";": "At the semicolon",
    "/": "At the slash",
    "|": "At the bar",
    " ": "At the first space",
    "()": "What is in brackets, apart",
}
NONE = SelectChoice("", "None")
TITLES = {
    "source": "Source of the whole list",
    "status": "Situation of everybody in it, where a row says nothing of its own",
    "consent": "Consent of everybody in it",
    "risk": "Risk of everybody in it",
}
BY_OFFICERS = frozenset({"consent", "risk"})


class ChangedMeanwhile(BadMap):
    """Somebody else changed the map since the page was drawn."""


def _targets() -> list[SelectChoice]:
    return [SelectChoice(one.code, one.label, optgroup=one.group) for one in TARGETS.values()]


def _terms(vocabulary: Vocabulary, nothing: str = "") -> list[SelectChoice]:
    none = [("", nothing)] if nothing else []
    return options([*none, *((term.code, term.label) for term in vocabulary)])


def _ticks(label: str, choices: Sequence[SelectChoice] = ()) -> SelectMultipleField:
    return SelectMultipleField(
        label, choices=list(choices), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        validate_choice=bool(choices),
    )  # fmt: skip


class ColumnForm(DeskForm):
    """What one column means; of dates, how they are written."""

    target = SelectField("Means", choices=_targets())
    order = SelectField("Day or month first", choices=options(ORDERS.items()))
    calendar = SelectField("Calendar", choices=options([("", "As written"), *LABELS.items()]))


class BaseForm(DeskForm):
    """What the columns mean, which of them are joined or taken apart, and what names the list and its rows."""

    base = HiddenField()
    deed = HiddenField()
    columns = FieldList(FormField(ColumnForm))
    further = FieldList(FormField(further_form.FurtherForm))
    scheme = StringField("Name of the list", [Length(max=40, message="At most 40 letters.")])
    tag = StringField("Tag for all its cases", [LONG])
    as_of = StringField("Made or last changed", [LONG], description="A year or a month: ages are counted from then.")
    language = SelectField(
        "Language of the list", choices=_terms(LANGUAGE, "Several, or not known"), validate_choice=False
    )
    key = _ticks("Columns that number its rows")
    gathers = BooleanField("A person may have several rows, such as one a year")
    join_parts = _ticks("Columns to join, in their order")
    join_name = StringField("Called", [LONG])
    split_column = SelectField("Column to take apart", validate_choice=False, choices=[])
    split_at = SelectField("Where", choices=options(SPLITS.items()))
    split_into = StringField("Into columns called (with commas between)", [LONG])
    map_name = StringField("Keep this map as", [Length(max=80, message="At most 80 letters.")])
    saved = SelectField("Take a map that was kept", validate_choice=False, choices=[])


def _control(part: str, name: str) -> Field:
    kind = PARTS.get(part, CaseFile)
    field = {one.name: one for one in fields_of(kind)}[STATUS_FIELDS.get(name, name) if part == "status" else name]
    vocabulary = field.mark.vocabulary
    if vocabulary is None:
        return StringField(field.label, [LONG])
    if isinstance(OFFERED[part][name], list):
        return _ticks(field.label, _terms(vocabulary))
    return SelectField(field.label, choices=_terms(vocabulary, "Not stated"))


ColumnsForm = cast(
    type[BaseForm],
    type(
        "ColumnsForm",
        (BaseForm,),
        {f"{part}_{name}": _control(part, name) for part, names in OFFERED.items() for name in names},
    ),
)


def digest(text: str) -> str:
    """Return what a page keeps of the map that it was drawn from, to notice that somebody changed it meanwhile."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def form_of(chosen: Map, text: str, table: Sheet, *, saved: list[str], is_officer: bool) -> BaseForm:
    """Return the form as it was sent, or filled from a map; `text` is the map as it is kept."""
    form = ColumnsForm(data=_filled(chosen, text, table))
    headers = list(chosen.columns)
    named = options((header, header) for header in headers)
    form.key.choices, form.join_parts.choices, form.split_column.choices = named, named, [NONE, *named]
    further_form.offer(form.further, table)
    form.saved.choices = [NONE, *options((name, name) for name in saved)]
    if not is_officer:
        for part in BY_OFFICERS:
            for name in OFFERED[part]:
                delattr(form, f"{part}_{name}")
    return form


def _filled(chosen: Map, text: str, table: Sheet) -> dict[str, Any]:
    columns = [
        {"target": target, "order": _order(chosen.dates.get(header)), "calendar": _calendar(chosen.dates.get(header))}
        for header, target in chosen.columns.items()
    ]
    plain = {name: getattr(chosen, name) for name in ("scheme", "tag", "as_of", "language", "gathers")}
    parts = {
        f"{part}_{name}": getattr(chosen, part).get(name, [] if isinstance(example, list) else "")
        for part, names in OFFERED.items()
        for name, example in names.items()
    }
    return {
        "base": digest(text),
        "columns": columns,
        "further": further_form.filled(chosen, table),
        "key": list(chosen.key),
        **plain,
        **parts,
    }


def _order(answer: Reading | None) -> str:
    return "" if answer is None or answer.day_first is None else "day" if answer.day_first else "month"


def _calendar(answer: Reading | None) -> str:
    return answer.calendar if answer else ""


def parts_of(form: BaseForm) -> Iterator[tuple[str, str, list[Field]]]:
    """Yield each part that may be stated for the whole list: its name, its title, its controls."""
    for part, names in OFFERED.items():
        controls = [form[f"{part}_{name}"] for name in names if f"{part}_{name}" in form]
        if controls:
            yield part, TITLES[part], controls


def chosen_of(form: BaseForm, before: Map, text: str, table: Sheet) -> Map:
    """Return the map that a form states, made of the one it was drawn from. Raises BadMap.

    What a safety officer stated stays as it was where the form does not offer it.
    """
    headers = list(before.columns)
    if form.base.data != digest(text) or len(form.columns) != len(headers):
        raise ChangedMeanwhile("Somebody changed what the columns mean since you opened this page. Look again.")
    columns = {header: entry.form.target.data for header, entry in zip(headers, form.columns, strict=True)}
    dates = {header: answer for header, entry in zip(headers, form.columns, strict=True) if (answer := _answer(entry))}
    stated: dict[str, Any] = {part: _stated(form, part, getattr(before, part)) for part in OFFERED}
    plain: dict[str, Any] = {name: (form[name].data or "").strip() for name in ("scheme", "tag", "as_of", "language")}
    plain["further"] = dict(further_form.chosen_of(form.further, before, table))
    key = tuple(header for header in headers if header in (form.key.data or ()))
    chosen = replace(before, columns=columns, dates=dates, key=key, gathers=form.gathers.data and bool(key), **plain)
    return _rearranged(replace(chosen, **stated), form)


def _answer(entry: Any) -> Reading | None:
    order, calendar = entry.form.order.data, entry.form.calendar.data
    return Reading(None if not order else order == "day", calendar) if order or calendar else None


def _stated(form: BaseForm, part: str, before: dict[str, Any]) -> dict[str, Any]:
    offered = [name for name in OFFERED[part] if f"{part}_{name}" in form]
    if not offered:
        return before
    said = {name: form[f"{part}_{name}"].data for name in offered}
    return {name: value for name, value in {**before, **said}.items() if value}


def _rearranged(chosen: Map, form: BaseForm) -> Map:
    """Return a map with the columns joined or taken apart that the pressed button says."""
    deed, _, place = (form.deed.data or "").partition(":")
    if deed == "join":
        return _joined(chosen, form)
    if deed == "split":
        return _parted(chosen, form)
    if deed == "unmake":
        made = dict(enumerate(chosen.columns)).get(int(place) if place.isdecimal() else -1, "")
        return _unmade(chosen, made)
    return chosen


def _joined(chosen: Map, form: BaseForm) -> Map:
    parts = tuple(header for header in chosen.columns if header in (form.join_parts.data or ()))
    name = " ".join((form.join_name.data or "").split()) or " + ".join(parts)
    if len(parts) < 2:
        raise BadMap("Tick at least two columns that belong together.")
    if name in chosen.columns:
        raise BadMap(f"There is a column “{name}” already. Give the joined one another name.")
    target = next((chosen.columns[part] for part in parts if chosen.columns[part] != "note"), "note")
    target = "name" if target in NAME_PARTS else target
    return replace(chosen, joins={**chosen.joins, name: parts}, columns={**chosen.columns, name: target})


def _parted(chosen: Map, form: BaseForm) -> Map:
    header, into = form.split_column.data, tuple(filter(None, map(str.strip, (form.split_into.data or "").split(","))))
    if header not in chosen.columns or len(into) < 2:
        raise BadMap("Choose the column to take apart, and name the columns that it becomes, with commas between.")
    if taken := [name for name in into if name in chosen.columns]:
        raise BadMap(f"There is a column “{taken[0]}” already. Give the new one another name.")
    pieces = dict.fromkeys(into, "note")
    return replace(
        chosen, splits={**chosen.splits, header: Split(form.split_at.data, into)}, columns={**chosen.columns, **pieces}
    )


def _unmade(chosen: Map, made: str) -> Map:
    """Return a map without a column that was made of others; of one that was taken apart, without all its pieces."""
    splits = {header: split for header, split in chosen.splits.items() if made not in split.into}
    gone = {made} | {piece for split in chosen.splits.values() if made in split.into for piece in split.into}
    joins = {name: parts for name, parts in chosen.joins.items() if name != made}
    columns = {header: target for header, target in chosen.columns.items() if header not in gone}
    dates = {header: answer for header, answer in chosen.dates.items() if header not in gone}
    return replace(chosen, splits=splits, joins=joins, columns=columns, dates=dates)
