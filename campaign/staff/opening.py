"""Opening a case: one name is enough, and who it may be is asked before, so that nobody is written down twice."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db, only_reads
from campaign.intake.duplicates import Candidate
from campaign.publishing import door
from campaign.staff.desk import blueprint
from campaign.staff.likeness import likely_for
from campaign.staff.mending import wrongs_of
from campaign.staff.starting import NewCaseForm


@blueprint.route("/cases/new", methods=["GET", "POST"])
@requires(Action.CREATE_CASE)
def new() -> Response | tuple[str, int] | str:
    """Open a case with a name; where somebody like that is known, ask once whether it is somebody else."""
    form = NewCaseForm(request.form)
    if request.method == "GET" or not form.validate():
        return _page(form), 422 if request.method == "POST" else 200
    name = (form.name.data or "").strip()
    if request.form.get("anyway", "").strip() != name and (likely := likely_for(name)):
        return _page(form, likely)
    file = CaseFile(names=[Name(text=name, is_preferred=True)])
    case = door.create(file, by=me(), reason=form.reason.data or "Opened")
    db.session.commit()
    return redirect(url_for("staff.edit", ref=case.ref))


@blueprint.post("/cases/new/likely")
@only_reads
@requires(Action.CREATE_CASE)
def ask_likely_new() -> str:
    """Show the form as it was sent, with who somebody of this name may be. Nothing is opened."""
    form = NewCaseForm(request.form)
    return _page(form, likely_for(form.name.data or ""))


def _page(form: NewCaseForm, likely: Sequence[Candidate[Case]] | None = None) -> str:
    return render_template("staff/new.html", form=form, wrongs=wrongs_of(form), likely=likely)
