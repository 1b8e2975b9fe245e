"""Likely the same: who else a case may be, with what speaks for and against it; and that two cases are two people.

One rule: the desk offers and remembers, people decide. Nothing is merged here.
"""

from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db, only_reads
from campaign.intake import apart
from campaign.intake.duplicates import Candidate
from campaign.intake.likely import likely_same, told_apart
from campaign.intake.traits import traits_of
from campaign.staff.desk import blueprint
from campaign.staff.loading import case_or_404


class Panel(NamedTuple):
    """What the page of a case says: who it may be, and who it is known not to be."""

    likely: list[Candidate[Case]]
    apart: list[Case]


def panel_of(case: Case, file: CaseFile) -> Panel:
    """Return who a case is likely the same as and who it was told apart from, as far as the reader may see them."""
    return Panel(likely_as(case, file), told_apart(case, me()))


def likely_as(case: Case, file: CaseFile) -> list[Candidate[Case]]:
    """Return who a case may be were this its file, as far as the reader may see them."""
    return likely_same(traits_of(file, case.ref), me(), case=case)


def likely_for(name: str) -> list[Candidate[Case]]:
    """Return who somebody of this name may be, before a case is opened."""
    named = CaseFile(names=[Name(text=name)])
    return likely_same(traits_of(named), me()) if name.strip() else []


@blueprint.app_template_global()
def may_decide(case: Case, other: Case) -> bool:
    """Whether the reader may say that two cases are two people; where one is restricted, a safety officer does."""
    if case.is_restricted or other.is_restricted:
        return may(me(), Action.RESTRICT_CASE, case) and may(me(), Action.RESTRICT_CASE, other)
    return may(me(), Action.EDIT_CASE, case) or may(me(), Action.RESTRICT_CASE, case)


def refuse_decision(case: Case, other: Case) -> None:
    """End the request where two cases are one, or where the reader may not say that they are two people."""
    if other.id == case.id:
        abort(400)
    if not may_decide(case, other):
        abort(403)


@blueprint.post("/likely")
@only_reads
@requires(Action.CREATE_CASE)
def likely() -> str:
    """Answer who the name typed so far may be, as a piece of a page."""
    return render_template("staff/likely.html", likely=likely_for(request.form.get("name", "")), case=None)


@blueprint.post("/cases/<ref>/not-the-same")
@requires(Action.READ_CASE)
def not_the_same(ref: str) -> Response:
    """Remember that two cases are two people, or take that back. Both must exist for who says so."""
    case, other = case_or_404(ref), case_or_404(request.form.get("other", ""))
    refuse_decision(case, other)
    if request.form.get("take_back"):
        apart.take_back(case, other, by=me())
        flash(f"{other.ref} may be offered as the same person again.")
    else:
        apart.tell_apart(case, other, by=me(), reason=request.form.get("reason", "").strip()[:2000])
        flash(f"Remembered: {case.ref} and {other.ref} are two people. Nobody is asked again.")
    db.session.commit()
    if request.form.get("from") == "imports":
        return redirect(url_for("staff.conflicts", after=request.form.get("after") or None, _anchor="pairs"))
    return redirect(url_for("staff.view", ref=case.ref, _anchor="likely"))
