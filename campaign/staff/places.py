"""What a script asks while somebody types a place: names from the gazetteer, which is no secret."""

from flask import Response, jsonify, request

from campaign.accounts.permissions import Action, requires
from campaign.places import suggest
from campaign.staff.chosen import candidate
from campaign.staff.desk import blueprint


@blueprint.get("/places/suggest")
@requires(Action.EDIT_CASE)
def suggest_places() -> Response:
    """Answer the places that what is typed so far may name: at most eight, each with its parents in words."""
    found = [candidate(code) for code in suggest(request.args.get("q", ""))]
    return jsonify([{"words": one.words, "more": one.more} for one in found])
