"""Finding a case: the worklist, narrowed by state, owner, situation and words; the reviews that wait; a new case."""

from datetime import datetime
from typing import get_args

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case, State
from campaign.database import db
from campaign.publishing import door
from campaign.staff.desk import blueprint
from campaign.staff.loading import me, record_reading
from campaign.staff.mending import wrongs_of
from campaign.staff.people import names_of
from campaign.staff.starting import NewCaseForm
from campaign.vocabulary import STATUS

STATES: dict[State, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "changes_asked": "Changes asked for",
    "approved": "Approved",
}
PAGE = 50


@blueprint.get("/")
@requires(Action.READ_CASE)
def desk() -> Response:
    """Lead to the worklist: the desk begins there."""
    return redirect(url_for("staff.cases"))


@blueprint.get("/cases")
@requires(Action.READ_CASE)
def cases() -> str:
    """Show the cases that the account may see, last changed first."""
    narrowed = _narrowed()
    page = queries.worklist(me(), narrowed, after=_after(request.args.get("after", "")), limit=PAGE)
    count = queries.count(me(), narrowed)
    people = names_of(case.owner_id for case in page.cases)
    words = {
        "narrowed": narrowed,
        "states": STATES,
        "statuses": STATUS,
        "people": people,
        "mentioned": _mentioning(narrowed.words),
    }
    return render_template("staff/worklist.html", page=page, count=count, next=_next(page), **words)


def _mentioning(words: str) -> list[Case]:
    """Return the cases that mention a relative or witness of this name; each find is a reading, and is recorded."""
    if not words.strip() or not may(me(), Action.READ_CONFIDENTIAL):
        return []
    found = [case for case in queries.mentioning(words, me()) if may(me(), Action.READ_CONFIDENTIAL, case)]
    for case in found:
        record_reading(case)
    return found


@blueprint.get("/reviews")
@requires(Action.READ_CASE)
def reviews() -> Response:
    """Lead to the cases that wait for a second person."""
    return redirect(url_for("staff.cases", state="in_review"))


@blueprint.route("/cases/new", methods=["GET", "POST"])
@requires(Action.CREATE_CASE)
def new() -> Response | tuple[str, int] | str:
    """Open a case with a name; the rest is written on its own page."""
    form = NewCaseForm(request.form)
    if request.method == "POST" and form.validate():
        name = Name(text=(form.name.data or "").strip(), is_preferred=True)
        case = door.create(CaseFile(names=[name]), by=me(), reason=form.reason.data or "Opened")
        db.session.commit()
        return redirect(url_for("staff.edit", ref=case.ref))
    page = render_template("staff/new.html", form=form, wrongs=wrongs_of(form))
    return (page, 422) if request.method == "POST" else page


def _narrowed() -> queries.Filter:
    state = request.args.get("state", "")
    return queries.Filter(
        words=request.args.get("q", "").strip(),
        state=next((known for known in get_args(State) if known == state), None),
        status=request.args.get("status", ""),
        owner_id=me().id if request.args.get("owner") == "me" else None,
    )


def _after(key: str) -> tuple[datetime, int] | None:
    """Return where a page starts. A key that this page did not make is a bad request."""
    if not key:
        return None
    moment, _, number = key.rpartition("_")
    try:
        after = datetime.fromisoformat(moment)
    except ValueError:
        abort(400)
    if after.tzinfo is None or not (number.isdecimal() and len(number) < 18):
        abort(400)
    return after, int(number)


def _next(page: queries.Page) -> str:
    if page.after is None:
        return ""
    kept = {name: request.args.get(name) for name in ("q", "state", "status", "owner")}
    key = f"{page.after[0].isoformat()}_{page.after[1]}"
    return url_for("staff.cases", _external=False, after=key, **kept)
