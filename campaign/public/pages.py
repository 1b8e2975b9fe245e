"""What the campaign says of itself and of its data."""

from flask import render_template
from flask.typing import ResponseReturnValue

from campaign.ledger import browse
from campaign.ledger.documents import PROFILES
from campaign.public import blueprint
from campaign.public.caching import cached
from campaign.public.examples import examples
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
    newest = [card.ref for card in browse.latest(1)]
    shown = examples(address, newest[0] if newest else f"{settings().ref_prefix}-00000")
    schema = f"{address}/api/v1/schema/{PROFILES.newest.replace('/', '-')}.json"
    return render_template("public/data.html", examples=shown, total=browse.total(), address=address, schema=schema)
