"""Opening a case: one name is enough, and who it may be is asked before, so that nobody is written down twice."""

from collections.abc import Sequence

from flask import redirect, url_for
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
from campaign.staff.starting import NewCaseForm
from campaign.web.forms import page


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
