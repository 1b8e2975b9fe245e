"""Worklist of cases: filtered by columns of the case, searched, paged by key; the reviews that wait.

The filter is read from the address and told in words, so that an address can be passed on.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries
from campaign.cases.models import Case, State
from campaign.cases.queries import Filter, visible_to
from campaign.clock import today, zone
from campaign.database import db
from campaign.imports import looks
from campaign.imports import record as imports
from campaign.imports.models import Import
from campaign.places import current as current_places
from campaign.places import reading as place_reading
from campaign.publishing import onward
from campaign.search.finding import BEST
from campaign.staff.case_access import names_of, record_readings
from campaign.staff.desk import blueprint
from campaign.staff.together import together_form
from campaign.vocabulary.status import STATUS
from campaign.web.marks import whole_number

STATES: dict[State, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "changes_asked": "Changes asked for",
    "approved": "Approved",
}
# What a ticked box narrows to: its name in the address, its label, and how it is told.
BOXES = {
    "looks": ("Something to look at", "with something of an import to look at"),
    "consent": ("A consent to confirm", "with a consent to confirm or to ask for again"),
    "unpublished": ("Approved, to be published", "approved, and not published as approved"),
    "carried": ("Confirmed before version 0.3", "with a consent or risk confirmed before version 0.3, to be looked at"),
    "stale": ("Not checked for a long time", "that nobody has checked for a year, or whose review is overdue"),
    "restricted": ("Restricted", "restricted to who is named on them"),
}
NAMES = ("q", "state", "status", "owner", "place", "tag", "import", *BOXES)


@dataclass(frozen=True)
class Narrowing:
    """A narrowed worklist: the words looked for, the filter, what the form shows again, what could not be read."""

    words: str
    filter: Filter
    typed: dict[str, str]
    problem: str
    came_by: Import | None = None

    def in_words(self, account: Account) -> str:
        """Return what it is narrowed to, as the end of a sentence; "" where it is not."""
        told = [f"{STATES[self.filter.state].lower()}"] if self.filter.state else []
        told += [STATUS.label(self.filter.status).lower()] if self.filter.status in STATUS else []
        told += self._owner(account)
        told += [f"in {current_places.gazetteer().label(self.filter.place)}"] if self.filter.place else []
        told += [f"tagged “{self.filter.tag}”"] if self.filter.tag else []
        told += [f"of the import {name_of_list(self.came_by)}"] if self.came_by else []
        told += [words for name, (_, words) in BOXES.items() if name in self.typed]
        return "; ".join(told)

    def _owner(self, account: Account) -> list[str]:
        if self.filter.is_unowned:
            return ["owned by nobody"]
        if self.filter.owner_id is None:
            return []
        is_me = self.filter.owner_id == account.id
        return [
            f"owned by {'you' if is_me else names_of([self.filter.owner_id]).get(self.filter.owner_id, 'somebody')}"
        ]


def narrowing(args: MultiDict[str, str], account: Account) -> Narrowing:
    """Return what an address narrows the worklist to. Codes that nobody knows narrow nothing."""
    typed = {name: value for name in NAMES if (value := args.get(name, "").strip())}
    place, problem = _place(typed.get("place", ""))
    owner = typed.get("owner", "")
    came_by = imports.by_id(whole_number(typed.get("import", "")) or 0, account) if "import" in typed else None
    further = [imports.came_by(came_by.id)] if came_by else []
    further += [looks.has_open(came_by.id if came_by else None)] if "looks" in typed else []
    further += [onward.unpublished()] if "unpublished" in typed else []
    chosen = Filter(
        state=next((state for state in get_args(State) if state == typed.get("state")), None),
        status=typed.get("status", ""),
        place=place,
        tag=typed.get("tag", ""),
        owner_id=account.id if owner == "me" else whole_number(owner),
        is_unowned=owner == "nobody",
        is_restricted="restricted" in typed,
        consent_due_by=today() if "consent" in typed else None,
        has_carried="carried" in typed,
        stale_on=today() if "stale" in typed else None,
        further=tuple(further),
    )
    return Narrowing(typed.get("q", ""), chosen, typed, problem, came_by)


def name_of_list(one: Import) -> str:
    """Return what people call an import: the file, and the day on which it came."""
    return f"“{one.file_name}” of {one.at.astimezone(zone()):%d %b %Y}"


def owners(account: Account) -> dict[int, str]:
    """Return who owns a case that the account may see, by name."""
    query = select(Case.owner_id).where(visible_to(account), Case.owner_id.is_not(None)).distinct()
    return dict(sorted(names_of(db.session.scalars(query)).items(), key=lambda pair: pair[1].casefold()))


def _place(typed: str) -> tuple[str, str]:
    """Return the code that a typed place means, and a sentence where it means none."""
    choice = place_reading.choose(typed)
    code = choice.code or next(iter(choice.candidates if choice.is_named else ()), "")
    if not typed or code:
        return code, ""
    return "", f"The gazetteer has no “{typed}”; the list is not narrowed by it."


PAGE = 50


@blueprint.get("/cases")
@requires(Action.READ_CASE)
def cases() -> str:
    """Show the cases that the account may see: last changed first, or those that answer to words, the best first."""
    narrowed = narrowing(request.args, me())
    shown = _found(narrowed) if narrowed.words else _listed(narrowed)
    people = names_of(case.owner_id for case in shown["cases"])
    words = {"narrowed": narrowed, "told": narrowed.in_words(me()), "owners": owners(me()), "people": people}
    words["imports"] = {one.id: name_of_list(one) for one in imports.newest(me()) if one.written_at}
    words["together"] = together_form(shown["cases"])
    words["here"] = url_for("staff.cases", _external=False, after=request.args.get("after"), **narrowed.typed)
    words["is_all_ticked"] = request.args.get("ticked") == "all"
    return render_template("staff/worklist.html", **shown, **words, states=STATES, statuses=STATUS, boxes=BOXES)


def _listed(narrowed: Narrowing) -> dict[str, Any]:
    page = queries.worklist(me(), narrowed.filter, after=after_of(request.args.get("after", "")), limit=PAGE)
    count = queries.count(me(), narrowed.filter)
    return {"cases": page.cases, "count": count, "next": next_page(page, narrowed)}


def _found(narrowed: Narrowing) -> dict[str, Any]:
    """Return the cases that answer to the words, at most BEST, with why; where none does, those with nearest names."""
    answer = queries.search(narrowed.words, me(), narrowed.filter)
    found = queries.cases_of([one.docid for one in answer.found[:BEST]])
    near = queries.cases_of([one.docid for one in answer.near])
    reasons = queries.reasons(answer, [case.id for case in found])
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


def after_of(key: str) -> tuple[datetime, int] | None:
    """Return where a page starts. A key that this page did not make is a bad request."""
    if not key:
        return None
    moment, _, text = key.rpartition("_")
    number = whole_number(text)
    try:
        after = datetime.fromisoformat(moment)
        is_ours = after.tzinfo is not None and after.astimezone(UTC) == after
    except (ValueError, OverflowError):  # a moment near the first or the last that there is has no time in UTC
        abort(400)
    if number is None or not is_ours:
        abort(400)
    return after, number


def next_page(page: queries.Page, narrowed: Narrowing, endpoint: str = "staff.cases") -> str:
    """Return the address of the next page of a narrowed list, "" on the last."""
    if page.after is None:
        return ""
    key = f"{page.after[0].isoformat()}_{page.after[1]}"
    return url_for(endpoint, _external=False, after=key, **narrowed.typed)
