"""The question after a release, and taking a part away: two short acts on a case."""

from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.publishing import asked_anew, door
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404
from campaign.staff.starting import NoteForm
from campaign.web.forms import done, page


@blueprint.route("/cases/<ref>/own-word", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def own_word(ref: str) -> Response | tuple[str, int]:
    """Write down what became of asking somebody who is free for their own word."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    form = NoteForm()
    if form.validate_on_submit():
        asked_anew.answer(case, form.note.data or "", by=me())
        return done("Written down. A consent of their own is entered among the consents.", "staff.view", ref=ref)
    return page("staff/own_word.html", case=case, form=form)


@blueprint.post("/cases/<ref>/take-away")
@requires(Action.READ_CASE)
def take_away(ref: str) -> Response:
    """Publish what the file no longer says: a part of what is public, for which nobody is asked."""
    door.take_away(case_or_404(ref), by=me())
    return done("Taken away, with every earlier version that told it.", "staff.view", ref=ref)
