"""Possible duplicates: who else a case may be, with what speaks for and against it.

One rule: the desk offers, people decide. Nothing is merged here.
"""

from typing import NamedTuple

from flask import abort, render_template

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import only_reads
from campaign.duplicates.search import Candidate, compared, likely_same
from campaign.duplicates.traits import traits_of
from campaign.staff.desk import blueprint
from campaign.staff.forms import NewCaseForm


class Panel(NamedTuple):
    """What the page of a case says: who it may be, and who it is known not to be."""

    likely: list[Candidate[Case]]
    apart: list[Case]


def panel_of(case: Case, file: CaseFile) -> Panel:
    """Return who a case is likely the same as and who it was told apart from, as far as the reader may see them."""
    likely, apart_from_it = compared(traits_of(file, case.ref), me(), case)
    restricted = [other for other in (*(one.key for one in likely), *apart_from_it) if other.is_restricted]
    queries.load_members(restricted)
    return Panel(likely, apart_from_it)


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
    return render_template("staff/likely.html", likely=likely_for(NewCaseForm().name.data or ""), case=None)
