"""Finding a case: the worklist, narrowed in every way that a case's row allows, or searched; the reviews that wait."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import finding, queries
from campaign.cases.models import Case
from campaign.search import BEST
from campaign.staff.desk import blueprint
from campaign.staff.loading import record_readings
from campaign.staff.narrowing import BOXES, STATES, Narrowing, narrowing, owners
from campaign.staff.people import names_of
from campaign.vocabulary import STATUS

PAGE = 50


@blueprint.get("/")
@requires(Action.READ_CASE)
def desk() -> Response:
    """Lead to the worklist: the desk begins there."""
    return redirect(url_for("staff.cases"))


@blueprint.get("/cases")
@requires(Action.READ_CASE)
def cases() -> str:
    """Show the cases that the account may see: last changed first, or those that answer to words, the best first."""
    narrowed = narrowing(request.args, me())
    shown = _found(narrowed) if narrowed.words else _listed(narrowed)
    people = names_of(case.owner_id for case in shown["cases"])
    words = {"narrowed": narrowed, "told": narrowed.in_words(me()), "owners": owners(me()), "people": people}
    return render_template("staff/worklist.html", **shown, **words, states=STATES, statuses=STATUS, boxes=BOXES)


def _listed(narrowed: Narrowing) -> dict[str, Any]:
    page = queries.worklist(me(), narrowed.filter, after=_after(request.args.get("after", "")), limit=PAGE)
    count = queries.count(me(), narrowed.filter)
    return {"cases": page.cases, "count": count, "next": _next(page, narrowed)}


def _found(narrowed: Narrowing) -> dict[str, Any]:
    """Return the cases that answer to the words, at most BEST, with why; where none does, those with nearest names."""
    answer = finding.search(narrowed.words, me(), narrowed.filter)
    found = finding.cases_of([one.docid for one in answer.found[:BEST]])
    near = finding.cases_of([one.docid for one in answer.near])
    reasons = finding.reasons(answer, [case.id for case in found])
    mentioned = _mentioning(narrowed.words)
    return {"cases": found, "count": len(answer.found), "near": near, "reasons": reasons, "mentioned": mentioned}


def _mentioning(words: str) -> list[Case]:
    """Return the cases that mention a relative or witness of this name; each find is a reading, and is recorded."""
    if not may(me(), Action.READ_CONFIDENTIAL):
        return []
    mentioning = queries.mentioning(words, me())
    queries.load_members(mentioning)
    found = [case for case in mentioning if may(me(), Action.READ_CONFIDENTIAL, case)]
    record_readings(found)
    return found


@blueprint.get("/reviews")
@requires(Action.READ_CASE)
def reviews() -> Response:
    """Lead to the cases that wait for a second person."""
    return redirect(url_for("staff.cases", state="in_review"))


def _after(key: str) -> tuple[datetime, int] | None:
    """Return where a page starts. A key that this page did not make is a bad request."""
    if not key:
        return None
    moment, _, number = key.rpartition("_")
    try:
        after = datetime.fromisoformat(moment)
    except ValueError:
        abort(400)
    if after.tzinfo is None or not (number.isdecimal() and len(number) < 10):
        abort(400)
    return after, int(number)


def _next(page: queries.Page, narrowed: Narrowing) -> str:
    if page.after is None:
        return ""
    key = f"{page.after[0].isoformat()}_{page.after[1]}"
    return url_for("staff.cases", _external=False, after=key, **narrowed.typed)
