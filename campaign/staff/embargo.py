"""The embargo of a case: set, moved, lifted; its moment is written in the campaign's time zone."""

from flask import render_template
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.publishing import embargoes
from campaign.staff.case import shown
from campaign.staff.desk import blueprint
from campaign.staff.loading import case_or_404
from campaign.staff.moments import EmbargoForm
from campaign.web.forms import done

WAITS = "Under embargo. Approved, it goes out by itself at that moment, if every rule still holds."


@blueprint.post("/cases/<ref>/embargo")
@requires(Action.READ_CASE)
def embargo(ref: str) -> Response | tuple[str, int]:
    """Let a case wait until a moment; who may is asked of the verb."""
    case = case_or_404(ref)
    form = EmbargoForm()
    if form.validate():
        try:
            embargoes.wait(case, form.moment, by=me())
            return done(WAITS, "staff.view", ref=ref, _anchor="embargo")
        except embargoes.TooLate as refusal:
            form.until.errors = [str(refusal)]
    return render_template("staff/case.html", **shown(case, confidential=False, sent={"embargo": form})), 422


@blueprint.post("/cases/<ref>/embargo/lift")
@requires(Action.READ_CASE)
def lift_embargo(ref: str) -> Response:
    """End the wait; who may is asked of the verb."""
    case = case_or_404(ref)
    embargoes.lift(case, by=me())
    return done("The embargo is lifted. Nothing has left by that alone.", "staff.view", ref=ref, _anchor="embargo")
