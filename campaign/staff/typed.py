"""Who a case may be as it stands in the form, before anything of that is saved; and that two cases are two people.

One rule: what was typed comes back with every page, and nothing of it is kept. Asking keeps no writer waiting.
"""

from flask import render_template, request

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import Case
from campaign.database import db, only_reads, reading
from campaign.intake import apart
from campaign.staff.desk import blueprint
from campaign.staff.drawing import page_of, sent_sheet
from campaign.staff.likeness import likely_as, refuse_decision
from campaign.staff.loading import allow, case_or_404, reads_confidential


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
    case, other = allow(Action.EDIT_CASE, case_or_404(ref)), case_or_404(request.form.get("apart", ""))
    refuse_decision(case, other)
    confidential = reads_confidential(case)
    apart.tell_apart(case, other, by=me())
    db.session.commit()
    with reading():
        return _asked(case, confidential=confidential, told=f"Remembered: {case.ref} and {other.ref} are two people.")


def _asked(case: Case, *, confidential: bool, told: str = "") -> str:
    sheet = sent_sheet(case, confidential=confidential)
    return page_of(case, sheet, at="likely", likely=likely_as(case, sheet.filled()), told=told)
