"""Edit view of a case, under an optimistic lock: a stale save is settled field by field (three-way merge).

What two people changed at once is shown as before, theirs and mine, and the editor chooses.
One rule: whatever happens (an error, somebody else's save, a row more), everything typed comes back.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import StringField

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.checks import Stale, Unsound, new_problems
from campaign.cases.classification import Visibility
from campaign.cases.file import CaseFile
from campaign.cases.merge import Conflict, Side
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing import door
from campaign.publishing.door import Saved
from campaign.publishing.errors import NotConfirmed
from campaign.staff import rescue
from campaign.staff.case_access import allow, case_or_404, names_of, reads_confidential, record_reading
from campaign.staff.desk import blueprint
from campaign.staff.edit_form import (
    Sheet,
    changed_sheet,
    form_id_of,
    mark_problems,
    page_of,
    sent_sheet,
    settle,
    sheet_from,
    sheet_of,
    with_confidential,
)
from campaign.staff.edit_rows import is_row_button
from campaign.staff.forms import SaveForm
from campaign.staff.likely_duplicates import likely_as
from campaign.staff.unsaved import rows_of, taken_up
from campaign.staff.words import accounts_in, field_at, in_words
from campaign.unsaved import keeping, presence
from campaign.web.forms import Wrong, controls_of, wrongs_of

PREFIX, THIRD = "choice-", "third-"
ALSO_CONFIDENTIAL = "also-confidential"  # the button that shows the C fields beside what was typed
HIDDEN = "Confidential. Open the case with its confidential fields to read it."


class OpenConflict(NamedTuple):
    """A conflict of one field, in words; an empty side says that the row was removed or the field emptied.

    `third` is the control in which another text than both can be written, with what the editor typed; "" for none.
    """

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    third: str = ""
    typed: str = ""


def open_conflicts(stale: Stale, sheet: Sheet) -> list[OpenConflict]:
    """Return the conflicts in which the editor chooses a side. What they may not read is named and not shown."""
    people = names_of(accounts_in(stale.before, stale.theirs, stale.mine))
    controls = {str(one.id): one for one in controls_of(sheet.form)}
    found = []
    for one in stale.conflicts:
        told = OpenConflict(f"{PREFIX}{one.path}", one.label, *_sides(one, sheet.confidential, people))
        control = controls.get(form_id_of(sheet.form, one.path))
        if isinstance(control, StringField) and one.mine is not None:
            told = told._replace(third=f"{THIRD}{one.path}", typed=sheet.form.sent.get(control.name, ""))
        found.append(told)
    return found


def with_third_texts(case: Case, sheet: Sheet) -> Sheet:
    """Return the form with the texts that the editor wrote in place of both sides of a conflict."""
    typed = MultiDict(sheet.form.sent)
    for name, side in sheet.form.sent.items():
        path = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and side == "third" and (control := form_id_of(sheet.form, path)):
            typed[control] = typed.get(f"{THIRD}{path}", "")
    return sheet_from(case, typed, confidential=sheet.confidential)


class MeanwhileSave(NamedTuple):
    """A save since the editor began: by whom, when, and why."""

    by: str
    at: datetime
    reason: str


def saves_since(case: Case, base_version: int) -> list[MeanwhileSave]:
    """Return who saved a case since a revision, the first first."""
    found = [one for one in revisions.history(case) if one.number > base_version]
    people = names_of(one.author_id for one in found)
    named = ((people.get(one.author_id, "somebody who left"), one.at, one.reason) for one in reversed(found))
    return [MeanwhileSave(*one) for one in named]


def _sides(one: Conflict, confidential: bool, people: Mapping[int, str]) -> tuple[str, str, str]:
    if one.visibility is Visibility.CONFIDENTIAL and not confidential:
        return HIDDEN, HIDDEN, HIDDEN
    field = field_at(one.path)
    before, theirs, mine = (in_words(field, value, people) for value in (one.before, one.theirs, one.mine))
    return before, theirs, mine


def chosen_sides(typed: Mapping[str, str]) -> dict[str, Side]:
    """Return which side the editor chose for each path."""
    chosen: dict[str, Side] = {}
    for name, side in typed.items():
        if name.startswith(PREFIX) and side in {"theirs", "mine", "third"}:
            chosen[name.removeprefix(PREFIX)] = "theirs" if side == "theirs" else "mine"
    return chosen


@blueprint.route("/cases/<ref>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def edit(ref: str) -> Response | tuple[str, int] | str:
    """Change a case's content; every save is a new revision."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    confidential = reads_confidential(case)
    if request.method == "GET":
        return _opened(case, confidential=confidential)
    return _posted(case, sent_sheet(case, confidential=confidential))


def _opened(case: Case, *, confidential: bool) -> str:
    """Return the page of the case as it was saved last, or as it was left unsaved in another tab."""
    presence.note(case.id, me().id, beats=False)
    kept = rows_of(case)
    if found := taken_up(case, request.args.get("unsaved")):
        sheet, taken = found
        settle(sheet)
        others = [row for row in kept if row.id != taken.id]
        return page_of(case, sheet, likely=likely_as(case, sheet.filled()), kept=others)
    sheet = sheet_of(case, confidential=confidential)
    settle(sheet)
    return page_of(case, sheet, likely=likely_as(case, sheet.base), kept=kept)


def _posted(case: Case, sheet: Sheet) -> Response | tuple[str, int] | str:
    sent = sheet.form.sent
    if is_row_button(sent):
        changed, at = changed_sheet(case, sheet, sent)
        return _kept(case, page_of(case, changed, at=at))
    if ALSO_CONFIDENTIAL in sent and not sheet.confidential:
        allow(Action.READ_CONFIDENTIAL, case)
        record_reading(case)
        return _kept(case, page_of(case, with_confidential(case, sheet, sent), at="part-consent"))
    sheet = with_third_texts(case, sheet)
    mine = sheet.filled()
    sheet.offer(mine)
    if not (sheet.form.validate() & sheet.save.validate()):
        problems = mark_problems(sheet.form, new_problems(sheet.base, mine))
        return page_of(case, sheet, wrongs=[*wrongs_of(sheet.form), *problems]), 422
    try:
        saved = _saved(case, mine, sheet)
    except Unsound as refusal:
        db.session.rollback()
        return page_of(case, sheet, wrongs=mark_problems(sheet.form, refusal.problems)), 422
    except NotConfirmed as refusal:
        db.session.rollback()
        return page_of(case, sheet, wrongs=[Wrong("part-consent", "", str(refusal))]), 422
    except Stale as stale:
        db.session.rollback()
        words: dict[str, Any] = {"case": case, "conflicts": open_conflicts(stale, sheet), "seen": stale.version}
        words["saves"] = saves_since(case, sheet.save.seen_version.data or sheet.save.base_version)
        return _kept(case, render_template("staff/stale.html", **words, typed=sheet.form.sent)), 409
    return _after_save(case, saved)


def _saved(case: Case, mine: CaseFile, sheet: Sheet) -> Saved:
    save = sheet.save
    reason = (save.reason.data or "").strip()
    chosen: dict[str, Any] = {
        "choices": chosen_sides(sheet.form.sent),
        "seen_version": save.seen_version.data,
    }
    saved = door.save(case, mine, by=me(), base_version=save.base_version, reason=reason, **chosen)
    rescue.saved()
    presence.leave(case.id, me().id, db.session())
    db.session.commit()
    return saved


def _kept(case: Case, page: str) -> str:
    """Return the page that answers what was sent, once that is kept as unsaved work, where its form has a ticket."""
    if (ticket := rescue.own_ticket()) is not None:
        with suppress(keeping.TooLarge):
            keeping.keep(ticket, SaveForm().sent, target=request.path, case_id=case.id, session=db.session())
            db.session.commit()
    return page


def _after_save(case: Case, saved: Saved) -> Response:
    if saved.entry is None:
        flash(f"Saved as revision {saved.revision.number}. Nothing public has changed.")
    else:
        flash("Saved. What its consents no longer cover was removed from the public page at once.", "problem")
    return redirect(url_for("staff.view", ref=case.ref))
