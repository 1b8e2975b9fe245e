"""The edit form between case file and page: filled from the file or as it was sent, parsed back onto the file.

Rows come and go by buttons (edit_rows). What the case file itself refuses is put beside its controls.

Two rules: what the form does not show, and what nobody touched, stays byte for byte as it was; what was sent comes back
with the page, whatever became of it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from flask import render_template
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, Form, FormField, SelectMultipleField

from campaign.accounts.guards import me
from campaign.cases import revisions
from campaign.cases.checks import Problem
from campaign.cases.classification import Field, fields_of, redact
from campaign.cases.dates import doubts
from campaign.cases.file import CaseFile, new_id
from campaign.cases.models import Case
from campaign.clock import today
from campaign.dates.edtf import PartialDate
from campaign.dates.parse import read
from campaign.duplicates.search import Candidate
from campaign.duplicates.traits import TYPED_IN
from campaign.staff.edit_rows import RemovedRows, add_rows, gone_in, lists_of, put_back, without_removed, written
from campaign.staff.fields import AnswerField, offer, words_of
from campaign.staff.forms import SaveForm, file_form
from campaign.staff.lookup_fields import find_listed
from campaign.staff.sections import SECTIONS
from campaign.text import entered
from campaign.unsaved import presence
from campaign.unsaved.models import Unsaved
from campaign.vocabulary.people import LANGUAGE, SCRIPT
from campaign.web.forms import DeskForm, Wrong, controls_of


def mark_problems(form: Form, problems: Iterable[Problem]) -> list[Wrong]:
    """Put what the case file itself refuses beside its controls, and return it for the summary."""
    controls = {str(one.id): one for one in controls_of(form)}
    found = []
    for problem in problems:
        anchor = form_id_of(form, problem.path)
        control = controls.get(anchor)
        if control is not None and not isinstance(control, FieldList | FormField):
            control.errors = [*control.errors, problem.sentence]
        found.append(Wrong(anchor, control.label.text if control is not None else "", problem.sentence))
    return found


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
    if words == _sent(words_of(base)):
        return base
    return read(words, today=today()) if words else PartialDate()


def _text(typed: str | None, base: str) -> str:
    text = _sent(typed or "")
    return base if text == _sent(base) else text


def _sent(text: str) -> str:
    """Return a text as a form sends it: browsers make line ends CR LF, and it comes in its normal form."""
    return entered(text).replace("\r\n", "\n").strip()


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


class Sheet(NamedTuple):
    """The form, what stands around it, the file from which its editor started, and whether it shows C fields.

    `gone` are rows that were removed and can be put back.
    """

    form: DeskForm
    save: SaveForm
    base: CaseFile
    confidential: bool
    gone: Sequence[RemovedRows] = ()

    def filled(self) -> CaseFile:
        """Return the file that the form describes now."""
        return file_of(self.form, self.base)

    def offer(self, file: CaseFile) -> None:
        """Give every control that chooses within a file what its reader may see of it."""
        offer(controls_of(self.form), redact(file, may_read_confidential=self.confidential))


def sheet_of(case: Case, *, confidential: bool) -> Sheet:
    """Return the form of a case as it was saved last."""
    file = revisions.head(case)
    form = file_form(confidential=confidential)(None, obj=file)
    return Sheet(form, SaveForm(None, version=case.version), file, confidential)


def sent_sheet(case: Case, *, confidential: bool) -> Sheet:
    """Return the form of a case as this request sent it. Raises NoSuchRevision."""
    return sheet_from(case, SaveForm().sent, confidential=confidential)


def sheet_from(case: Case, typed: MultiDict[str, str], *, confidential: bool) -> Sheet:
    """Return the form of a case as it was sent or kept, by its names and values. Raises NoSuchRevision."""
    save, form = SaveForm(typed), file_form(confidential=confidential)(typed)
    return Sheet(form, save, revisions.at(case, save.base_version), confidential, gone_in(typed))


def changed_sheet(case: Case, sheet: Sheet, typed: MultiDict[str, str]) -> tuple[Sheet, str]:
    """Return the form with the rows that its buttons add, remove or put back, and the id of the place to look at."""
    changed, at = put_back(typed)
    if not at:
        changed, at = without_removed(sheet.form, typed, sheet.filled())
    if at:
        # Read anew, so that rows are counted on the page as they will be when it is sent.
        return sheet_from(case, changed, confidential=sheet.confidential), at
    return sheet, add_rows(sheet.form, typed)


def with_confidential(case: Case, sheet: Sheet, typed: MultiDict[str, str]) -> Sheet:
    """Return the form with its C fields as they are in the file, and all else as it was typed."""
    whole = sheet_from(case, typed, confidential=True)
    _fill(whole.form, sheet.form, sheet.filled())
    return whole


def _fill(whole: Form, typed: Form, file: msgspec.Struct) -> None:
    """Fill the controls that the form as it was typed has not from the file; rows are those that were typed."""
    as_typed: dict[str, Any] = {control.short_name: control for control in typed}
    for control in whole:
        name = control.short_name
        other = as_typed.get(name)
        if other is None:
            control.process(None, getattr(file, name))
        elif isinstance(control, FormField):
            _fill(control.form, other.form, getattr(file, name))
        elif isinstance(control, FieldList):
            for mine, theirs, row in zip(control, other, getattr(file, name), strict=True):
                _fill(mine.form, theirs.form, row)


def settle(sheet: Sheet) -> list[Wrong]:
    """Put what is doubtful about the dates beside its controls: it may be saved, and has to be settled later."""
    return mark_problems(sheet.form, doubts(sheet.base))


def page_of(
    case: Case,
    sheet: Sheet,
    *,
    at: str = "",
    wrongs: Sequence[Wrong] = (),
    likely: Sequence[Candidate[Case]] | None = None,
    told: str = "",
    kept: Sequence[Unsaved] = (),
) -> str:
    """Return the page: at the place `at`, with what is wrong, and who the case may be (None where nobody asked).

    `kept` is unsaved work of the reader in this form, in other tabs.
    """
    sheet.offer(sheet.filled())
    find_listed(controls_of(sheet.form))
    for rows in lists_of(sheet.form):
        rows.gone = [(n, one) for n, one in enumerate(sheet.gone) if one.rows == rows.name]  # type: ignore[attr-defined]
    likeness = {"likely": likely, "told": told, "compared": " ".join(TYPED_IN)}
    words = {**sheet._asdict(), **likeness, "case": case, "sections": SECTIONS, "wrongs": wrongs, "at": at}
    words |= {"kept": kept, "present": presence.others(case.id, me().id)}
    words |= {"lists": (SCRIPT, LANGUAGE), "carried": [written(one) for one in sheet.gone]}
    return render_template("staff/edit.html", **words)
