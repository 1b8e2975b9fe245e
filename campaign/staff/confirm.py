"""Confirmations by a safety officer: a consent, a second signature, a risk assessment. Two short acts on a case too.

Each confirmation is in the officer's own name, on the revision that they read. The short acts are what came of asking
somebody who was released for their own word, and removing a part of what is public.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from flask import abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.models import Case
from campaign.clock import today
from campaign.dates.edtf import PartialDate
from campaign.publishing import decisions, door
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.staff.short_forms import NoteForm, VersionForm
from campaign.web.forms import done, page


@blueprint.route("/cases/<ref>/own-word", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def own_word(ref: str) -> Response | tuple[str, int]:
    """Write down what became of asking somebody who is free for their own word."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    form = NoteForm()
    if form.validate_on_submit():
        decisions.answer(case, form.note.data or "", by=me())
        return done("Saved. Enter a consent of their own among the consents.", "staff.view", ref=ref)
    return page("staff/own_word.html", case=case, form=form)


@blueprint.post("/cases/<ref>/take-away")
@requires(Action.READ_CASE)
def take_away(ref: str) -> Response:
    """Publish what the file no longer says: a part of what is public, for which nobody is asked."""
    door.take_away(case_or_404(ref), by=me())
    return done("Removed, with every earlier version that had it.", "staff.view", ref=ref)


R = TypeVar("R", Consent, Risk)


@blueprint.post("/cases/<ref>/consents/<row_id>/confirm")
@requires(Action.CONFIRM_SAFETY)
def confirm_consent(ref: str, row_id: str) -> Response:
    """Confirm a consent as it stands; from now on it clears what it says."""
    case = case_or_404(ref)
    mark = {"confirmed_by": me().id, "confirmed_on": _day(today())}
    return _saved(case, "Consent confirmed", lambda file: {"consents": _marked(file.consents, row_id, mark)})


@blueprint.post("/cases/<ref>/consents/<row_id>/sign")
@requires(Action.SIGN_SECOND)
def sign_consent(ref: str, row_id: str) -> Response:
    """Give the second signature that public interest needs."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    mark = {"second_signature": me().id}
    return _saved(case, "Signed as the second person", lambda file: {"consents": _marked(file.consents, row_id, mark)})


@blueprint.post("/cases/<ref>/risks/<row_id>/assess")
@requires(Action.CONFIRM_SAFETY)
def assess_risk(ref: str, row_id: str) -> Response:
    """Confirm the assessment of a risk as it is written."""
    case = case_or_404(ref)
    mark = {"assessed_by": me().id, "assessed_on": _day(today())}
    return _saved(case, "Risk assessed", lambda file: {"risks": _marked(file.risks, row_id, mark)})


def _marked(rows: list[R], row_id: str, mark: Mapping[str, object]) -> list[R]:
    if row_id not in {row.id for row in rows}:
        abort(404)
    return [msgspec.structs.replace(row, **mark) if row.id == row_id else row for row in rows]


def _saved(case: Case, reason: str, change: Callable[[CaseFile], dict[str, object]]) -> Response:
    """Save the mark on the revision that the officer read: what changed since is not confirmed unseen."""
    version = VersionForm().version.data or 0
    read = revisions.at(case, version)
    if version != case.version:
        flash(f"{case.ref} was saved since you opened it. Read it again, then confirm.", "problem")
        return redirect(url_for("staff.view", ref=case.ref))
    file = msgspec.structs.replace(read, **change(read))
    door.save(case, file, by=me(), base_version=version, reason=reason)
    return done(f"{reason}.", "staff.view", ref=case.ref)


def _day(day: datetime.date) -> PartialDate:
    return PartialDate(edtf=day.isoformat(), earliest=day, latest=day)
