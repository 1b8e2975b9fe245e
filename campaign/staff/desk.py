"""The blueprint of the staff edge, its error handler, template globals and the list of keyboard shortcuts.

A refusal is a sentence and the way back. The shortcuts have a page of their own for browsers without script; with
script `?` shows the same list at once.
"""

import re

from flask import Blueprint, Response, current_app, make_response, render_template, request

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, in_words, may, requires
from campaign.audit import registering
from campaign.cases import checks as case_errors
from campaign.database import db
from campaign.doctor import results
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import public_file
from campaign.publishing import errors as publishing_errors
from campaign.staff.sections import section_of
from campaign.web.context import settings

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
# Row ids and positions: nothing to a reader.
_ROW = re.compile(r"[0-9a-f]{8}|[0-9]+")
FORBIDDEN = (
    publishing_errors.NotAllowed,
    publishing_errors.OwnWork,
    publishing_errors.NotConfirmed,
    case_errors.OwnWork,
)
MISSING = (case_errors.NoSuchRevision, publishing_errors.NoSuchRow)


@blueprint.errorhandler(case_errors.Refused)
@blueprint.errorhandler(publishing_errors.Refused)
def refused(refusal: Exception) -> Response:
    """Answer what a room refuses: 404 for what is not there, 403 for who may not, 409 for not now. Nothing is kept."""
    db.session.rollback()
    status = 403 if isinstance(refusal, FORBIDDEN) else 404 if isinstance(refusal, MISSING) else 409
    page = render_template("staff/refused.html", sentence=str(refusal), ref=(request.view_args or {}).get("ref"))
    return make_response(page, status)


@blueprint.app_template_global("endpoints")
def endpoints() -> set[str]:
    """Return what this process serves, so that the rail links to no room that is missing."""
    return set(current_app.view_functions)


@blueprint.app_template_global("register_is_behind")
def register_is_behind() -> bool:
    """Return whether the register lacks a line: a restore would not know of a removal. Told on the first page."""
    return settings().register is not None and registering.is_behind()


@blueprint.app_template_global("public_file_is_behind")
def public_file_is_behind() -> bool:
    """Return whether the public site's file could not be brought up, so that it shows nothing: the first page tells."""
    return public_file.is_behind()


@blueprint.app_template_filter("fact")
def fact(path: str) -> str:
    """Return the path of a published fact in words, row ids left out: "Episodes, start"."""
    steps = [step.replace("_", " ") for step in path.split("/") if not _ROW.fullmatch(step)]
    words = ", ".join(steps)
    return words[:1].upper() + words[1:]


@blueprint.app_template_global("doctor_diagnoses")
def doctor_diagnoses() -> list[Diagnosis]:
    """Return what the doctor found last, for who can see to it; nothing for everybody else."""
    return [diagnosis for _, diagnosis in results.kept()] if may(me(), Action.MANAGE_SETTINGS) else []


blueprint.add_app_template_global(section_of, "section_of")
blueprint.add_app_template_filter(in_words, "role")

KEYS = (
    ("/", "to the search"),
    ("j", "to the next row of a list"),
    ("k", "to the row before"),
    ("Enter", "open the row"),
    ("e", "edit the case"),
    ("s", "save, or the one act of the page"),
    ("Esc", "out of a field, so that keys act again"),
    ("?", "all keys"),
)


@blueprint.get("/keys")
@requires(Action.OPEN_DESK)
def keys() -> str:
    """Show every key and what it does."""
    return render_template("staff/keys.html")


blueprint.add_app_template_global(KEYS, "desk_keys")  # type: ignore[arg-type]  # any value may be a global
