"""The one page of an emergency session, which a code opened where a passkey is due: it takes down, and reads nothing.

A case is found by its reference or by a name, and shown as its name and whether it is public. Who may see it, and take
it down, is asked as ever; what is withdrawn here is held down besides, and counts as a pause.
"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from campaign.accounts.guards import in_emergency, me, signed_in
from campaign.accounts.permissions import Action, first_page, may
from campaign.cases.index import TABLES
from campaign.cases.models import Case
from campaign.cases.queries import by_ref, cases_of, search_filter_of
from campaign.database import db
from campaign.names.reading import forms
from campaign.publishing import door
from campaign.publishing.eligibility import is_listed
from campaign.publishing.errors import Refused
from campaign.publishing.holds import active
from campaign.publishing.pausing import pause
from campaign.search.by_name import by_name
from campaign.search.finding import NEAR
from campaign.search.query import LONGEST
from campaign.staff.desk import blueprint
from campaign.web.forms import DeedForm, DeskForm, done, page

MOST = 20
REASON = "In an emergency session, without a passkey."


class FindForm(DeskForm):
    """Whom to take down: a reference, or a name."""

    q = StringField("Name or reference", [Length(max=LONGEST, message="This is too long.")])


@blueprint.get("/emergency")
@in_emergency
@signed_in
def emergency() -> ResponseReturnValue:
    """Find a case by its reference or a name."""
    if not me().is_emergency:
        return redirect(first_page(me()))
    form = FindForm(request.args)
    words = (form.q.data or "").strip()
    found = _found(words) if words and form.validate() else []
    return page("staff/emergency.html", form=form, words=words, found=[(case, public_state(case)) for case in found])


@blueprint.route("/emergency/<ref>", methods=["GET", "POST"])
@in_emergency
@signed_in
def take_down(ref: str) -> ResponseReturnValue:
    """Pause a profile, or withdraw it, after a look at whose it is."""
    if not me().is_emergency:
        return redirect(first_page(me()))
    case = by_ref(ref, me()) or abort(404)
    if request.method == "POST":
        try:
            words = _take_down(case, is_withdrawal=DeedForm().deed.data == "withdraw")
        except Refused as refusal:
            db.session.rollback()
            flash(str(refusal), "problem")
            return redirect(url_for("staff.take_down", ref=ref))
        return done(words, "staff.emergency")
    able = {action.name.lower(): may(me(), action, case) for action in (Action.PAUSE, Action.WITHDRAW)}
    able["withdraw"] = able["withdraw"] and able["pause"] and is_listed(case.ref)
    return render_template("staff/take_down.html", case=case, state=public_state(case), able=able)


def _take_down(case: Case, *, is_withdrawal: bool) -> str:
    if is_withdrawal:
        door.withdraw(case, by=me(), reason=REASON)
    pause(case, by=me(), reason=REASON)
    return f"{case.ref} is {'withdrawn' if is_withdrawal else 'paused'}. It takes two people to bring it back."


def _found(words: str) -> list[Case]:
    """Return the cases of a reference or a name that somebody may see, the nearest name first; by nothing else."""
    exact = by_ref(words, me())
    if exact is not None:
        return [exact]
    hits = by_name(TABLES, forms(words), allowed=search_filter_of(me()), session=db.session())
    return cases_of([hit.docid for hit in hits if hit.score >= NEAR][:MOST])


def public_state(case: Case) -> str:
    """Return what the public may see of a case, in a word or two."""
    return "Public" if is_listed(case.ref) else "Paused" if active(case.ref) else "Not public"
