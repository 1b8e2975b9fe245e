"""Opening a case with one name, and the check for possible duplicates of what is typed and not saved yet.

Who somebody may be is asked before a case is opened, so that nobody is written down twice. That two cases are two
people can be said on any page.
One rule: what was typed comes back with every page, and nothing of it is kept. Asking keeps no writer waiting.
"""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db, only_reads, reading
from campaign.duplicates import search
from campaign.duplicates.search import Candidate
from campaign.publishing import door
from campaign.staff.case import shown
from campaign.staff.case_access import allow, case_or_404, reads_confidential
from campaign.staff.desk import blueprint
from campaign.staff.edit_form import page_of, sent_sheet
from campaign.staff.forms import ApartForm, NewCaseForm, TypedApartForm
from campaign.staff.likely_duplicates import likely_as, likely_for, refuse_decision
from campaign.staff.rescue import saved
from campaign.web.forms import page


@blueprint.post("/cases/<ref>/likely")
@only_reads
@requires(Action.EDIT_CASE)
def likely_as_typed(ref: str) -> str:
    """Answer who the case may be as it is typed now, as a piece of a page."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    # Nothing confidential is compared: who asks while they type has read nothing that would be recorded.
    file = sent_sheet(case, confidential=False).filled()
    return render_template("staff/likely.html", likely=likely_as(case, file), case=case)


@blueprint.post("/cases/<ref>/edit/likely")
@only_reads
@requires(Action.EDIT_CASE)
def ask_likely(ref: str) -> str:
    """Show the form as it was sent, with who the case may be."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    return _asked(case, confidential=reads_confidential(case))


@blueprint.post("/cases/<ref>/edit/apart")
@requires(Action.EDIT_CASE)
def tell_apart_as_typed(ref: str) -> str:
    """Remember that the case and another are two people; show the form as it was sent."""
    case, other = allow(Action.EDIT_CASE, case_or_404(ref)), case_or_404(TypedApartForm().apart.data or "")
    refuse_decision(case, other)
    confidential = reads_confidential(case)
    search.tell_apart(case, other, by=me())
    db.session.commit()
    with reading():
        return _asked(case, confidential=confidential, told=f"Remembered: {case.ref} and {other.ref} are two people.")


@blueprint.post("/cases/<ref>/not-the-same")
@requires(Action.READ_CASE)
def not_the_same(ref: str) -> Response | tuple[str, int]:
    """Remember that two cases are two people, or take that back. Both must exist for who says so."""
    form = ApartForm()
    case, other = case_or_404(ref), case_or_404(form.other.data or "")
    refuse_decision(case, other)
    if not form.validate():
        return render_template("staff/case.html", **shown(case, confidential=False, sent={"apart": form})), 422
    if form.take_back.data:
        search.take_back(case, other, by=me())
        flash(f"{other.ref} may be offered as the same person again.")
    else:
        search.tell_apart(case, other, by=me(), reason=(form.reason.data or "").strip())
        flash(f"Remembered: {case.ref} and {other.ref} are two people. Nobody is asked again.")
    db.session.commit()
    if form.came_from.data == "imports":
        return redirect(url_for("staff.conflicts", after=form.after.data or None, _anchor="pairs"))
    return redirect(url_for("staff.view", ref=case.ref, _anchor="likely"))


def _asked(case: Case, *, confidential: bool, told: str = "") -> str:
    sheet = sent_sheet(case, confidential=confidential)
    return page_of(case, sheet, at="likely", likely=likely_as(case, sheet.filled()), told=told)


@blueprint.route("/cases/new", methods=["GET", "POST"])
@requires(Action.CREATE_CASE)
def new() -> Response | tuple[str, int]:
    """Open a case with a name; where somebody like that is known, ask once whether it is somebody else."""
    form = NewCaseForm()
    if not form.validate_on_submit():
        return _page(form)
    name = (form.name.data or "").strip()
    if (form.anyway.data or "").strip() != name and (likely := likely_for(name)):
        return _page(form, likely)
    file = CaseFile(names=[Name(text=name, is_preferred=True)])
    case = door.create(file, by=me(), reason=form.reason.data or "Opened")
    saved()
    db.session.commit()
    return redirect(url_for("staff.edit", ref=case.ref))


@blueprint.post("/cases/new/likely")
@only_reads
@requires(Action.CREATE_CASE)
def ask_likely_new() -> tuple[str, int]:
    """Show the form as it was sent, with who somebody of this name may be. Nothing is opened."""
    form = NewCaseForm()
    return _page(form, likely_for(form.name.data or ""))


def _page(form: NewCaseForm, likely: Sequence[Candidate[Case]] | None = None) -> tuple[str, int]:
    return page("staff/new.html", form=form, likely=likely)
