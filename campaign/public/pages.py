"""What the campaign says of itself and of its data."""

from flask import render_template
from flask.typing import ResponseReturnValue

from campaign.ledger import browse
from campaign.public import blueprint
from campaign.public.caching import cached
from campaign.web import settings


@blueprint.get("/about")
@cached
def about() -> ResponseReturnValue:
    """Say who we are."""
    return render_template("public/about.html")


@blueprint.get("/methodology")
@cached
def methodology() -> ResponseReturnValue:
    """Say how a profile is made."""
    return render_template("public/methodology.html")


@blueprint.get("/data")
@cached
def data() -> ResponseReturnValue:
    """Explain the JSON to a journalist, with examples to copy."""
    address = settings().address
    examples = [
        {"title": "Everything, one person a line", "sentence": "Each line is one whole profile, as published.",
         "command": f"curl -o profiles.jsonl {address}/api/v1/export.jsonl"},
        {"title": "A table", "sentence": "The main facts, for a spreadsheet.",
         "command": f"curl -o profiles.csv {address}/api/v1/export.csv"},
        {"title": "One person", "sentence": "Ask by the reference that stands at the foot of each page.",
         "command": f"curl {address}/api/v1/profiles/REFERENCE"},
        {"title": "A search", "sentence": "Any spelling, place or word, as in the line above the list; why each person "
         "was found stands under found.", "command": f"curl '{address}/api/v1/profiles?q=WORDS'"},
        {"title": "What changed", "sentence": "Begin at 0; keep the number called next, and ask from there. "
         "Lines of the kind withdraw mean: delete your copy.",
         "command": f"curl '{address}/api/v1/changes?since=0&limit=100'"},
    ]  # fmt: skip
    return render_template("public/data.html", examples=examples, totals={"public": browse.total()}, address=address)
