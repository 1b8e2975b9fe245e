"""Pictures: the portraits that published profiles show, the cloths for who has none, the code for a telephone."""

import io

import segno
from flask import Response, current_app, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign.ledger import reader
from campaign.media.etles import cloth as draw_cloth
from campaign.media.stores import public_store
from campaign.public import blueprint
from campaign.public.caching import CACHE_CONTROL
from campaign.public.profiles import ref_of
from campaign.web import settings


@blueprint.get("/media/<digest>")
def picture(digest: str) -> ResponseReturnValue:
    """Serve a copy of a picture, only while a public profile shows it."""
    name = digest.removesuffix(".jpg")
    if not reader.shows(name):
        raise NotFound("No public page shows this picture.")
    response = send_file(public_store().path(name), mimetype="image/jpeg", etag=name, download_name=f"{name[:12]}.jpg")
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


@blueprint.get("/cloth/<ref>.svg")
def cloth(ref: str) -> ResponseReturnValue:
    """Draw the field of cloth that stands for who has no picture. Any reference has one: it tells nothing."""
    if not (ref_of(ref) == ref and len(ref) <= 20):
        raise NotFound("A cloth is drawn from a reference.")
    return drawing(draw_cloth(ref))


@blueprint.get("/qr/<ref>.svg")
def qr(ref: str) -> ResponseReturnValue:
    """Draw the address of a public profile as a code for a printed sheet."""
    if reader.state(ref) != "public":
        raise NotFound("There is no such person here.")
    out = io.BytesIO()
    segno.make(f"{settings().address}/profiles/{ref}", error="m").save(
        out, kind="svg", scale=4, border=1, xmldecl=False
    )
    return drawing(out.getvalue())


def drawing(svg: bytes) -> Response:
    """Return a drawing as an answer."""
    response = current_app.response_class(svg, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
