"""What waits to be looked at of one case after imports: each cell with what is said of it, until it is settled."""

from typing import NamedTuple

from flask import redirect, url_for
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import Case
from campaign.imports import looks
from campaign.imports.models import ImportLook, Settled
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.web.forms import DeedForm, done
from campaign.web.marks import whole_number

MOST = 200
SETTLED: dict[str, Settled] = {"seen": "seen", "entered": "entered"}


class Waits(NamedTuple):
    """What waits of a case: what can be settled here, and how many disputed cells are decided one by one."""

    looks: list[ImportLook]
    conflict_count: int


class LooksForm(DeedForm):
    """The ticked things; `deed` says how they were settled."""

    look = SelectMultipleField(validate_choice=False)


def waits_of(case: Case) -> Waits:
    """Return what waits to be looked at of a case."""
    found = [look for look, _ in looks.waiting(me(), case_id=case.id, limit=MOST)]
    cells = [look for look in found if look.kind != "conflict"]
    return Waits(cells, len(found) - len(cells))


@blueprint.post("/cases/<ref>/looks")
@requires(Action.EDIT_CASE)
def settle_case_looks(ref: str) -> Response:
    """Settle what somebody looked at: seen, or entered in the case."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    form = LooksForm()
    numbers = {whole_number(value) for value in form.look.data or []}
    ours = {look.id for look in waits_of(case).looks} & numbers
    how = SETTLED.get(form.deed.data or "", "seen")
    if not ours:
        return redirect(url_for("staff.view", ref=ref, _anchor="looks"))
    count = looks.settle_many(ours, by=me(), how=how)
    return done(f"{count} settled.", "staff.view", ref=ref, _anchor="looks")
