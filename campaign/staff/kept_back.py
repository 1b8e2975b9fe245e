"""The page of what keeps a case back because somebody like its person was withdrawn: a safety officer decides.

Telling the two apart is done on the page of the case; here it is decided that the case may go all the same.
"""

from flask import abort, request
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries, revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.publishing import withdrawn
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.web.forms import DeskForm, done, page


class LetGoForm(DeskForm):
    """Because of whom a case waited, and why it may go."""

    other = HiddenField()
    reason = TextAreaField(
        "Why it may be published all the same",
        description="Stays sealed at the desk.",
        validators=[DataRequired("Say why; it stays at the desk."), Length(max=10_000)],
    )


@blueprint.route("/cases/<ref>/kept-back", methods=["GET", "POST"])
@requires(Action.CONFIRM_SAFETY)
def kept_back(ref: str) -> Response | tuple[str, int]:
    """Show because of whom a case waits, and take the decision that it need not."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    found, form = because_of(case, revisions.head(case)), LetGoForm()
    if request.method == "POST" and form.other.data not in found:
        abort(404)
    if form.validate_on_submit():
        withdrawn.let_go(case, form.other.data or "", by=me(), reason=form.reason.data or "")
        return done("Decided. That alone publishes nothing.", "staff.view", ref=ref, _anchor="gate")
    return page("staff/kept_back.html", case=case, found=found, form=form)


def because_of(case: Case, file: CaseFile) -> dict[str, Case | None]:
    """Return those because of whom a case waits, by reference, with their cases; None for one that was erased.

    Only for whoever decides it; a case that they may not see is left out, as if it were not there.
    """
    if not may(me(), Action.CONFIRM_SAFETY, case):
        return {}
    refs = withdrawn.kept_back_by(case, file)
    seen = {ref: queries.by_ref(ref, me()) for ref in refs}
    return {ref: one for ref, one in seen.items() if one is not None or queries.any_by_ref(ref) is None}
