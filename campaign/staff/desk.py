"""The desk's blueprint, and what a refusal looks like at it: a sentence, and the way back."""

import re

from flask import Blueprint, Response, current_app, make_response, render_template, request

from campaign.accounts.guards import me
from campaign.accounts.roles import in_words
from campaign.cases import queries
from campaign.cases import refusals as cases
from campaign.cases.filters import Filter
from campaign.database import db
from campaign.publishing import refusals as publishing
from campaign.staff.sections import section_of

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
# Row ids and positions: nothing to a reader.
_ROW = re.compile(r"[0-9a-f]{8}|[0-9]+")
FORBIDDEN = (publishing.NotAllowed, publishing.OwnWork, publishing.NotConfirmed, cases.OwnWork)


@blueprint.errorhandler(cases.Refused)
@blueprint.errorhandler(publishing.Refused)
def refused(refusal: Exception) -> Response:
    """Answer what a room refuses: 404 for what is not there, 403 for who may not, 409 for not now. Nothing is kept."""
    db.session.rollback()
    status = 403 if isinstance(refusal, FORBIDDEN) else 404 if isinstance(refusal, cases.NoSuchRevision) else 409
    page = render_template("staff/refused.html", sentence=str(refusal), ref=(request.view_args or {}).get("ref"))
    return make_response(page, status)


@blueprint.app_template_global("endpoints")
def endpoints() -> set[str]:
    """Return what this process serves, so that the rail links to no room that is missing."""
    return set(current_app.view_functions)


@blueprint.app_template_global("review_count")
def review_count() -> int:
    """Return how many cases wait for a second person, of those that whoever asks may see."""
    return queries.count(me(), Filter(state="in_review"))


@blueprint.app_template_filter("fact")
def fact(path: str) -> str:
    """Return the path of a published fact in words, row ids left out: "Episodes, start"."""
    steps = [step.replace("_", " ") for step in path.split("/") if not _ROW.fullmatch(step)]
    words = ", ".join(steps)
    return words[:1].upper() + words[1:]


blueprint.add_app_template_global(section_of, "section_of")
blueprint.add_app_template_filter(in_words, "role")
