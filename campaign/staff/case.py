"""The page of one case: what is known, what may leave, what is public now, and the one next act."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import Case
from campaign.database import only_reads
from campaign.ledger.documents import Profile
from campaign.publishing import asking, embargoes, gate, preview
from campaign.publishing.context import PublicationContext, context_of
from campaign.publishing.meta import Withheld
from campaign.publishing.refusals import CannotProject
from campaign.staff.comments import open_counts
from campaign.staff.desk import blueprint
from campaign.staff.leaving import Line, lines_of
from campaign.staff.likeness import panel_of
from campaign.staff.loading import case_or_404, reads_confidential, rights
from campaign.staff.moments import embargo_form
from campaign.staff.next_act import next_act
from campaign.staff.people import names_of
from campaign.staff.reading import as_read
from campaign.staff.sections import confidential_count, parts_of
from campaign.staff.starting import ApartForm, ApproveForm, NoteForm
from campaign.staff.words import accounts_in
from campaign.web.forms import DeskForm


class Beside(NamedTuple):
    """The public column: what is public now, what would be otherwise, what stays behind."""

    public_now: Profile | None
    lines: list[Line]
    withheld: tuple[Withheld, ...]


@blueprint.route("/cases/<ref>", methods=["GET", "POST"])
@only_reads
@requires(Action.READ_CASE)
def view(ref: str) -> str:
    """Show a case; its C fields only where they were asked for, and then the reading is recorded."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    return render_template("staff/case.html", **shown(case, confidential=confidential))


def shown(case: Case, *, confidential: bool, sent: Mapping[str, DeskForm] | None = None) -> dict[str, object]:
    """Return all that the page of a case shows; `sent` are those of its forms that come back with errors."""
    context = context_of(case)
    whole = context.publication.file
    lines = gate.check(asking.question_of(context))
    file = as_read(case, whole, newest=whole, confidential=confidential)
    beside = public_column(context.publication)
    people = names_of({*accounts_in(file), *(review.reviewer_id for review in context.reviews)})
    return {
        "case": case,
        "saved_at": context.saved_at,
        "file": file,
        "confidential": confidential,
        "closed_count": confidential_count(whole),
        **rights(case),
        "parts": parts_of(file, lines, people),
        "gate": lines,
        "panel": panel_of(case, whole),
        "next": next_act(context, lines, me(), is_same=is_public_as_it_stands(beside)),
        "public": beside,
        "reviews": context.reviews,
        "people": people,
        "holds": context.own_holds,
        "comment_counts": open_counts(case),
        "may_hold_back": embargoes.may_hold_back(case, me()),
        "forms": {
            "note": NoteForm(None),
            "approve": ApproveForm(None),
            "embargo": embargo_form(case),
            "apart": ApartForm(None),
            **(sent or {}),
        },
    }


def public_column(context: PublicationContext) -> Beside | str:
    """Return what is public and what would be, or the sentence that says why that can't be told."""
    try:
        found = preview.preview(context)
        return Beside(found.public_now, lines_of(found), found.withheld)
    except CannotProject as refusal:
        return str(refusal)


def is_public_as_it_stands(beside: Beside | str) -> bool:
    """Whether what is public is what would leave now."""
    return isinstance(beside, Beside) and beside.public_now is not None and not beside.lines
