"""Every save of a case: the list, what changed between any two, and making an earlier one the newest again."""

from flask import render_template, request
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions, workflow
from campaign.cases.difference import differences
from campaign.publishing import door
from campaign.staff.changes import sides_of
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404, reads_confidential, rights
from campaign.staff.people import names_of
from campaign.staff.reading import as_read
from campaign.staff.starting import RestoreForm
from campaign.staff.words import accounts_in
from campaign.web.forms import done


@blueprint.get("/cases/<ref>/history")
@requires(Action.READ_CASE)
def history(ref: str) -> str:
    """List the revisions, newest first, and the steps of their reviews."""
    case = case_or_404(ref)
    saves, reviews = revisions.history(case), workflow.reviews(case)
    people = names_of([*(save.author_id for save in saves), *(review.reviewer_id for review in reviews)])
    return render_template("staff/history.html", case=case, saves=saves, reviews=reviews, people=people, **rights(case))


@blueprint.get("/cases/<ref>/difference")
@requires(Action.READ_CASE)
def difference(ref: str) -> str:
    """Show what changed from one revision to another, field by field."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    after = request.args.get("after", default=case.version, type=int)
    before = request.args.get("before", default=max(after - 1, 1), type=int)
    files = revisions.several(case, {before, after, case.version})
    whole, newest = (files[before], files[after]), files[case.version]
    read = [as_read(case, file, newest=newest, confidential=confidential) for file in whole]
    shown = differences(read[0], read[1])
    people = names_of(accounts_in(*read))
    told = [(one, *sides_of(one, read[0], read[1], people)) for one in shown]
    hidden = len(differences(*whole)) - len(shown)
    saves = revisions.history(case)
    words = {
        "told": told,
        "hidden": hidden,
        "before": before,
        "after": after,
        "saves": saves,
        "confidential": confidential,
    }
    return render_template("staff/difference.html", case=case, **words, **rights(case))


@blueprint.post("/cases/<ref>/restore")
@requires(Action.EDIT_CASE)
def restore(ref: str) -> Response:
    """Make an earlier revision the newest again, as a new one; consents, risks and contacts stay as they are."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    number = RestoreForm().number.data or 0
    door.restore(case, number, by=me(), reason=f"Revision {number} restored")
    return done(f"Revision {number} is the newest again, as revision {case.version}.", "staff.view", ref=ref)
