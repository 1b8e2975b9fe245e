"""The page of one case: what is known, what may leave, what is public now, and the one next act."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions, workflow
from campaign.cases.models import Case
from campaign.ledger.documents import Profile
from campaign.publishing import asking, cord, embargoes, gate, preview
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
from campaign.web.forms import DeskForm


class Beside(NamedTuple):
    """The public column: what is public now, what would be otherwise, what stays behind."""

    public_now: Profile | None
    lines: list[Line]
    withheld: tuple[Withheld, ...]


@blueprint.route("/cases/<ref>", methods=["GET", "POST"])
@requires(Action.READ_CASE)
def view(ref: str) -> str:
    """Show a case; its C fields only where they were asked for, and then the reading is recorded."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    return render_template("staff/case.html", **shown(case, confidential=confidential))


def shown(case: Case, *, confidential: bool, sent: Mapping[str, DeskForm] | None = None) -> dict[str, object]:
    """Return all that the page of a case shows; `sent` are those of its forms that come back with errors."""
    whole = revisions.head(case)
    lines = gate.check(asking.question_of(case, whole))
    file = as_read(case, whole, confidential=confidential)
    beside = public_column(case)
    return {
        "case": case,
        "revision": revisions.revision(case, case.version),
        "file": file,
        "confidential": confidential,
        "closed_count": confidential_count(whole),
        **rights(case),
        "parts": parts_of(file, lines),
        "gate": lines,
        "panel": panel_of(case, whole),
        "next": next_act(case, lines, me(), is_same=is_public_as_it_stands(beside)),
        "public": beside,
        **steps_of(case),
        "holds": cord.pulled(case.ref),
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


def steps_of(case: Case) -> dict[str, object]:
    """Return the steps of the reviews so far, and who took them."""
    reviews = workflow.reviews(case)
    return {"reviews": reviews, "people": names_of(review.reviewer_id for review in reviews)}


def public_column(case: Case) -> Beside | str:
    """Return what is public and what would be, or the sentence that says why that can't be told."""
    try:
        found = preview.preview(case)
        return Beside(found.public_now, lines_of(found), found.withheld)
    except CannotProject as refusal:
        return str(refusal)


def is_public_as_it_stands(beside: Beside | str) -> bool:
    """Whether what is public is what would leave now."""
    return isinstance(beside, Beside) and beside.public_now is not None and not beside.lines
