"""What the campaign says of itself and of its data."""

from flask.typing import ResponseReturnValue

from campaign.ledger import browse
from campaign.ledger.documents import PROFILES
from campaign.public import page
from campaign.public.examples import examples
from campaign.web import settings
from campaign.web.languages import render
from campaign.web.pages import cacheable


@page("/about")
@cacheable()
def about() -> ResponseReturnValue:
    """Say who we are."""
    return render("public/about.html")


@page("/methodology")
@cacheable()
def methodology() -> ResponseReturnValue:
    """Say how a profile is made."""
    return render("public/methodology.html")


@page("/data")
@cacheable()
def data() -> ResponseReturnValue:
    """Explain the JSON to a journalist, with examples to copy."""
    address = settings().address
    newest = [card.ref for card in browse.latest(1)]
    shown = examples(address, newest[0] if newest else f"{settings().ref_prefix}-00000")
    schema = f"{address}/api/v1/schema/{PROFILES.newest.replace('/', '-')}.json"
    return render("public/data.html", examples=shown, total=browse.total(), address=address, schema=schema)
