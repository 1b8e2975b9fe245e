"""List of facilities, and suggestions (JSON) while somebody types a place or a facility into a case.

The names of places are the gazetteer's, which is no secret; the list of facilities is for who imports it.
"""

from flask import Response, jsonify, render_template, request

from campaign.accounts.permissions import Action, requires
from campaign.cases import facilities
from campaign.cases.facilities import Facility
from campaign.places.current import gazetteer
from campaign.places.reading import suggest
from campaign.staff.desk import blueprint
from campaign.staff.lookup_fields import MOST, TOLD, candidate, facility_candidate
from campaign.vocabulary.events import FACILITY_TYPE


@blueprint.get("/places/suggest")
@requires(Action.EDIT_CASE)
def suggest_places() -> Response:
    """Answer the places that what is typed so far may name: at most eight, each with its parents in words."""
    found = [candidate(code) for code in suggest(request.args.get("q", ""))]
    return jsonify([{"words": one.words, "more": one.more} for one in found])


SHOWN = 100


@blueprint.get("/facilities", endpoint="facilities")
@requires(Action.IMPORT_CASES)
def list_facilities() -> str:
    """Show the facilities that words, a kind and a precision name: by any spelling, or by where they stand."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("q", "type", "precision")}
    every = facilities.every()
    found = [one for one in _found(asked["q"], every) if _is_asked(one, asked)]
    words = {"kinds": FACILITY_TYPE, "told": TOLD, "places": gazetteer(), "asked": asked}
    return render_template(
        "staff/facilities.html", facilities=found[:SHOWN], count=len(found), total=len(every), **words
    )


@blueprint.get("/facilities/suggest")
@requires(Action.EDIT_CASE)
def suggest_facilities() -> Response:
    """Answer the facilities that what is typed so far may name, at most eight."""
    found = facilities.find(request.args.get("q", ""))[:MOST]
    offered = [facility_candidate(one) for one, _ in found]
    return jsonify([{"words": one.words, "more": one.more} for one in offered])


def _found(words: str, every: list[Facility]) -> list[Facility]:
    if words:
        return [one for one, _ in facilities.find(words, every)]
    return sorted(every, key=lambda one: one.name.casefold())


def _is_asked(one: Facility, asked: dict[str, str]) -> bool:
    return asked["type"] in ("", one.type) and asked["precision"] in ("", one.precision)
