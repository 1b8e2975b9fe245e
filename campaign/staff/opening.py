"""Opening a case: one name is enough, and who it may be is asked before, so that nobody is written down twice."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.permissions import Action, requires
from campaign.cases.file import CaseFile, Name
from campaign.database import db
from campaign.publishing import door
from campaign.staff.desk import blueprint
from campaign.staff.likeness import likely_for
from campaign.staff.loading import me
from campaign.staff.mending import wrongs_of
from campaign.staff.starting import NewCaseForm


@blueprint.route("/cases/new", methods=["GET", "POST"])
@requires(Action.CREATE_CASE)
def new() -> Response | tuple[str, int] | str:
    """Open a case with a name; where somebody like that is known, ask once whether it is somebody else."""
    form = NewCaseForm(request.form)
    if request.method == "GET" or not form.validate():
        page = render_template("staff/new.html", form=form, wrongs=wrongs_of(form), likely=[])
        return (page, 422) if request.method == "POST" else page
    name = (form.name.data or "").strip()
    if request.form.get("anyway", "").strip() != name and (likely := likely_for(name)):
        return render_template("staff/new.html", form=form, wrongs=[], likely=likely)
    file = CaseFile(names=[Name(text=name, is_preferred=True)])
    case = door.create(file, by=me(), reason=form.reason.data or "Opened")
    db.session.commit()
    return redirect(url_for("staff.edit", ref=case.ref))
