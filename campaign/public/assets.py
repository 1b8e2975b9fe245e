"""Pictures: the portraits that published profiles show, the cloths for who has none, the code for a telephone."""

import io

import segno
from flask import Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign.ledger import reader
from campaign.media.etles import cloth as draw_cloth
from campaign.media.stores import public_store
from campaign.public import blueprint
from campaign.public.profiles import ref_of
from campaign.web.context import settings
from campaign.web.pages import cacheable


@blueprint.get("/media/<digest>")
@cacheable()
def picture(digest: str) -> ResponseReturnValue:
    """Serve a copy of a picture, only while a public profile shows it."""
    name = digest.removesuffix(".jpg")
    if not reader.shows(name):
        raise NotFound("No public page shows this picture.")
    response = Response(public_store().path(name).read_bytes(), mimetype="image/jpeg")
    response.headers["Content-Disposition"] = f"inline; filename={name[:12]}.jpg"
    response.set_etag(name)
    return response


@blueprint.get("/cloth/<ref>.svg")
@cacheable(is_endless=True)
def cloth(ref: str) -> ResponseReturnValue:
    """Draw the field of cloth that stands for who has no picture. Any reference has one: it tells nothing."""
    if not (ref_of(ref) == ref and len(ref) <= 20):
        raise NotFound("A cloth is drawn from a reference.")
    return Response(draw_cloth(ref), mimetype="image/svg+xml")


@blueprint.get("/qr/<ref>.svg")
@cacheable()
def qr(ref: str) -> ResponseReturnValue:
    """Draw the address of a public profile as a code for a printed sheet."""
    if reader.state(ref) != "public":
        raise NotFound("There is no such person here.")
    out = io.BytesIO()
    segno.make(f"{settings().address}/profiles/{ref}", error="m").save(
        out, kind="svg", scale=4, border=1, xmldecl=False
    )
    return Response(out.getvalue(), mimetype="image/svg+xml")
