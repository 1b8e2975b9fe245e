"""What each row of a list would do, and what a person decides of it; then all rows, or the chosen ones, are written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from campaign.accounts.guards import freshly, me
from campaign.accounts.permissions import Action, requires
from campaign.database import db
from campaign.imports import plans, record, uploads
from campaign.imports.models import Import, ImportRow
from campaign.imports.plans import Planned
from campaign.imports.steps import LEAVE_OUT, SOMEBODY_ELSE
from campaign.staff.desk import blueprint
from campaign.staff.imports.bringing import import_or_404
from campaign.staff.words import field_at
from campaign.staff.words import in_words as value_in_words
from campaign.web.forms import DeskForm, done, page
from campaign.web.marks import whole_number

A_PAGE = 25
RUNNING = ("planning", "writing", "undoing")
OUTCOMES = {
    "created": "new cases",
    "updated": "change a case that is known",
    "asked": "may be somebody known",
    "refused": "are not taken",
    "unchanged": "say nothing new",
}
OF_A_ROW = {
    "created": "A new case",
    "updated": "Changes a case",
    "asked": "Waits for a person",
    "refused": "Not taken",
    "unchanged": "Says nothing new",
}
NO_CHOICE = ""
CAME_FROM = "/came_from"
# What the program fills by itself, or says of a row rather than of the person.
UNTOLD = re.compile(r"^citations/|/(id|script|is_preferred|fingerprint|format)$|_(id|by)$")


class RowsForm(DeskForm):
    """What is decided of the rows of one page; its other controls are one or two for each row."""

    deed = HiddenField()
    every = HiddenField()


class Shown(NamedTuple):
    """A row as the page shows it."""

    row: ImportRow
    plan: Planned | None
    changes: list[tuple[str, str, str]]


@blueprint.route("/imports/<int:number>/rows", methods=["GET", "POST"])
@requires(Action.OPEN_UPLOAD)
@freshly
def import_rows(number: int) -> ResponseReturnValue:
    """Show what each row would do; keep what is decided of those that need a look."""
    one = import_or_404(number)
    if one.stage in RUNNING:
        return page("staff/imports/running.html", one=one, then=url_for("staff.import_rows", number=number))
    if one.stage != "planned":
        return redirect(
            url_for("staff.import_columns" if one.stage == "mapped" else "staff.import_page", number=number)
        )
    form = RowsForm()
    if form.validate_on_submit():
        return _decided(one, form)
    uploads.record_opening(one, by=me())
    db.session.commit()
    outcome = request.args.get("outcome", "")
    after = whole_number(request.args.get("after", "")) or 0
    rows = [Shown(row, plan, list(_changes(plan))) for row, plan in plans.page(
        one, outcome=outcome if outcome in OUTCOMES else "", after=after, limit=A_PAGE
    )]  # fmt: skip
    words = {"counts": plans.counts(one), "outcomes": OUTCOMES, "of_a_row": OF_A_ROW, "outcome": outcome}
    more = rows[-1].row.number if len(rows) == A_PAGE else None
    return page("staff/imports/rows.html", one=one, form=form, rows=rows, more=more, **words, choices=_choices)


def _choices(plan: Planned) -> list[tuple[str, str]]:
    """Return what may be decided of a row: what is asked of it, else that it is somebody new, or left out."""
    asked = [(choice.choice, choice.sentence) for choice in plan.choices]
    given = {choice for choice, _ in asked}
    others = [(SOMEBODY_ELSE, "Somebody new: a case of its own"), (LEAVE_OUT, "Leave this row out")]
    return [*asked, *((choice, words) for choice, words in others if choice not in given)]


def _decided(one: Import, form: RowsForm) -> ResponseReturnValue:
    """Keep the decisions and ticks of a page; a decision asks for a new plan. Raises Refused."""
    sent = form.sent
    shown = {row.number: row for row in plans.kept(one).values() if f"row-{row.number}" in sent}
    ticked = {number for number in shown if f"write-{number}" in sent}
    plans.choose(one, ticked, is_chosen=True)
    plans.choose(one, set(shown) - ticked, is_chosen=False)
    made = dict(_decisions(shown, sent, form.every.data or ""))
    if made:
        record.decide(one, made, by=me())
        record.ask(one, "planning", by=me())
        return done("Decided. The rows are being read again.", "staff.import_rows", number=one.id)
    if form.deed.data == "write":
        record.ask(one, "writing", by=me())
        return done("It is being written. You may leave this page.", "staff.import_page", number=one.id)
    return done("Kept.", "staff.import_rows", number=one.id, **_place())


def _place() -> dict[str, str]:
    return {name: request.args[name] for name in ("outcome", "after") if name in request.args}


def _decisions(rows: Mapping[int, ImportRow], sent: Mapping[str, str], every: str) -> Iterator[tuple[str, str]]:
    """Yield what was decided otherwise than before; `every` holds for each row of the page that is asked about."""
    for number, row in rows.items():
        plan = plans.plan_of(row)
        if plan is None:
            continue
        choice = sent.get(f"choice-{number}", plan.decided)
        if every in {SOMEBODY_ELSE, LEAVE_OUT} and row.outcome == "asked" and not choice:
            choice = every
        if choice != plan.decided and choice in {NO_CHOICE, *(code for code, _ in _choices(plan))}:
            yield plan.row_key, choice


def _changes(plan: Planned | None) -> Iterator[tuple[str, str, str]]:
    """Yield (label, before, after) of what a row fills or changes; of a note the column that it comes from."""
    changes = [one for one in plan.changes if not UNTOLD.search(one.path)] if plan else []
    columns = {one.path.removesuffix(CAME_FROM): str(one.after) for one in changes if one.path.endswith(CAME_FROM)}
    for change in changes:
        before, after = in_words(change.path, change.before), in_words(change.path, change.after)
        if change.path.endswith(CAME_FROM) or not (after or before):
            continue
        column = columns.get(change.path.rpartition("/")[0])
        yield f"Note from “{column}”" if column else _short(change.label), before, after


def _short(label: str) -> str:
    """Return a label without the list that it stands in: "Name" for "Names, Name", "Events, Date" for a date there."""
    return ", ".join(label.split(", ")[1:][-2:]) or label


def in_words(path: str, value: Any) -> str:
    """Return a value of a case file as a plan keeps it, in words: of a date what was written, of a code its label."""
    if isinstance(value, Mapping):
        if "written" in value:
            return str(value["written"] or value.get("edtf", ""))
        parts = (
            in_words(f"{path}/{name}", each) for name, each in value.items() if not UNTOLD.search(f"{path}/{name}")
        )
        return ", ".join(filter(None, parts))
    if isinstance(value, list):
        return "; ".join(filter(None, (in_words(path, each) for each in value)))
    return value_in_words(field_at(path), value) if isinstance(value, str | bool) else str(value or "")
