"""Revision history: the list of saves, the difference between any two, and restoring an earlier one.

A difference is told in words: sources, facts, people and rows as they are called, never by id.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.audit import log
from campaign.cases import revisions, workflow
from campaign.cases.classification import Visibility, fields_of
from campaign.cases.diff import STAY, Change, differences
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.publishing import door
from campaign.staff.case_access import allow, as_read, case_or_404, names_of, reads_confidential, rights
from campaign.staff.desk import blueprint
from campaign.staff.fields import fact_words, facts, people, sources
from campaign.staff.forms import RestoreForm
from campaign.staff.words import NOBODY, accounts_in, field_at, in_words, named, visibility_at
from campaign.web.forms import done
from campaign.web.marks import whole_number

LONGEST = 500  # letters of a reason
EMPTY_ROW = "a row with nothing in it"


def sides_of(one: Change, before: CaseFile, after: CaseFile, accounts: Mapping[int, str] = NOBODY) -> tuple[str, str]:
    """Return both sides of a change as people read them; "" for a side that has nothing."""
    return _side(one, before, one.before, accounts), _side(one, after, one.after, accounts)


def _side(one: Change, file: CaseFile, value: Any, accounts: Mapping[int, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and _is_order(one):
        return ", then ".join(fact_words(file, f"{one.path}/{row_id}") for row_id in value)
    if value == one.path.rpartition("/")[2]:
        return EMPTY_ROW
    known = dict([*sources(file), *facts(file), *people(file)])
    if isinstance(value, list):
        value = [known.get(item, item) if isinstance(item, str) else item for item in value]
    elif isinstance(value, str):
        value = known.get(value, value)
    return in_words(field_at(one.path), value, accounts)


def _is_order(one: Change) -> bool:
    """Whether a change is that rows changed places: its values are then ids of rows."""
    field = field_at(one.path)
    return field is not None and field.shape == "rows"


@blueprint.get("/cases/<ref>/history")
@requires(Action.READ_CASE)
def history(ref: str) -> str:
    """List the revisions, newest first, and the steps of their reviews."""
    case = case_or_404(ref)
    saves, reviews = revisions.history(case), workflow.reviews(case)
    people = names_of([*(save.author_id for save in saves), *(review.reviewer_id for review in reviews)])
    words = {"saves": saves, "reviews": reviews, "people": people, "form": RestoreForm(None)}
    words["changed"] = _changed(case, confidential=may(me(), Action.READ_CONFIDENTIAL, case))
    return render_template("staff/history.html", case=case, **words, **rights(case))


def _revision(name: str, otherwise: int) -> int:
    """Return the number of a revision that the query names; no case has a revision 0."""
    asked = request.args.get(name)
    return otherwise if asked is None else whole_number(asked) or 0


@blueprint.get("/cases/<ref>/difference")
@requires(Action.READ_CASE)
def difference(ref: str) -> str:
    """Show what changed from one revision to another, field by field."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    after = _revision("after", case.version)
    before = _revision("before", max(after - 1, 1))
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
        "can_put_back": after == case.version and before < after,
        "stay": STAY,
        "form": RestoreForm(None, number=before),
    }
    return render_template("staff/difference.html", case=case, **words, **rights(case))


WHY = "Say why, in one line: whoever reads the history asks for it."


@blueprint.post("/cases/<ref>/restore")
@requires(Action.EDIT_CASE)
def restore(ref: str) -> Response:
    """Put an earlier revision back as a new one, or one field of it; consents, risks and contacts stay as they are."""
    case, form = allow(Action.EDIT_CASE, case_or_404(ref)), RestoreForm()
    number, reason, path = form.number.data or 0, (form.reason.data or "").strip(), form.path.data or ""
    if not reason or not form.validate():
        flash(WHY, "problem")
        return redirect(_page_of(ref, number, case.version) if path else url_for("staff.history", ref=ref))
    if not path:
        door.restore(case, number, by=me(), reason=f"Revision {number} put back: {reason}")
        return done(f"Revision {number} is the newest again, as revision {case.version}.", "staff.view", ref=ref)
    if field_at(path) is None:
        abort(400)
    if visibility_at(path) is Visibility.CONFIDENTIAL:
        allow(Action.READ_CONFIDENTIAL, case)
    told = f"{named(path)} put back as in revision {number}: {reason}"
    door.restore_field(case, number, path, by=me(), reason=told[:LONGEST])
    return done(f"{named(path)} is as it was in revision {number}.", "staff.view", ref=ref)


def _page_of(ref: str, before: int, after: int) -> str:
    return url_for("staff.difference", ref=ref, before=before, after=after)


def _changed(case: Case, *, confidential: bool) -> dict[int, str]:
    """Return what each save changed, by the names of the parts of the file; C parts only for who may read them."""
    fields = {field.name: field for field in fields_of(CaseFile)}
    found = {}
    for row in log.of(case.ref, "case.created", "case.revised"):
        details = json.loads(row.details)
        parts = [fields[name] for name in details.get("fields", ()) if name in fields and name != "salt"]
        is_closed = [one.mark.visibility is Visibility.CONFIDENTIAL and not confidential for one in parts]
        told = [one.label for one, closed in zip(parts, is_closed, strict=True) if not closed]
        found[details["number"]] = ", ".join([*told, *(["confidential fields"] if any(is_closed) else [])])
    return found
