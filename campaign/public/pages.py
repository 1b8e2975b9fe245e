"""The pages about the campaign, its method and its data, with examples of /data to copy; pictures and QR codes.

Each example is pasted and works: a test runs every one against a server of its own.
"""

import io
from dataclasses import dataclass

import segno
from flask import Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign.languages import gettext
from campaign.ledger import browse, reader
from campaign.ledger.documents import PROFILES
from campaign.media.etles import cloth as draw_cloth
from campaign.media.stores import shown
from campaign.public import blueprint, page
from campaign.web.addresses import address_asked
from campaign.web.context import settings
from campaign.web.languages import render
from campaign.web.pages import cacheable

MOST = 500  # profiles in one answer of the JSON (campaign.partners.answers.MAX_LIMIT)


@dataclass(frozen=True)
class Example:
    """Something to copy: what it gives, in a sentence, and the lines."""

    title: str
    sentence: str
    lines: str


COUNTED = """python3 -c '
import collections, json, urllib.request
lines = urllib.request.urlopen("{address}/api/v1/export.jsonl")
codes = [json.loads(line)["status"]["code"] for line in lines]
for code, count in collections.Counter(codes).most_common():
    print(count, code)
'"""
FOLLOWED = """python3 -c '
import json, urllib.request
changes = "{address}/api/v1/changes?since="
since, ledger, copies = 0, "", {{}}
while True:
    page = json.load(urllib.request.urlopen(changes + str(since) + ledger))
    for change in page["changes"]:
        if change["kind"] == "withdraw":
            copies.pop(change["ref"], None)
        else:
            copies[change["ref"]] = change["document"]
    since, ledger = page["next"], "&ledger_id=" + page["ledger_id"]
    if since >= page["head"]:
        break
print(len(copies), "people; ask again from", str(since) + ledger)
'"""


def examples(address: str, ref: str) -> list[Example]:
    """Return the examples with this site's address and somebody's reference in them."""
    rows = (
        (
            gettext("A table"),
            gettext("The main facts of everybody, for a spreadsheet. In Excel: Data, From Text/CSV, encoding UTF-8."),
            f"curl -o profiles.csv {address}/api/v1/export.csv",
        ),
        (
            gettext("Everything"),
            gettext("One whole profile a line, as it was published."),
            f"curl -o profiles.jsonl {address}/api/v1/export.jsonl",
        ),
        (
            gettext("One person"),
            gettext("By the reference that stands at the foot of each page."),
            f"curl {address}/api/v1/profiles/{ref}",
        ),
        (
            gettext("One situation"),
            gettext("The codes are in the column called status of the table."),
            f"curl '{address}/api/v1/profiles?status=serving_sentence&limit=50'",
        ),
        (
            gettext("A count"),
            gettext("How many people are in which situation. Needs Python and nothing else."),
            COUNTED.format(address=address),
        ),
        (
            gettext("A copy that stays true"),
            gettext(
                "Keep what it prints. Asked again from there, it brings only what changed since, and takes away what "
                "was withdrawn. Where the answer is 409, begin anew, and keep nobody whom the ledger does not show."
            ),
            FOLLOWED.format(address=address),
        ),
    )
    return [Example(*row) for row in rows]


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


@page("/privacy")
@cacheable()
def privacy() -> ResponseReturnValue:
    """Say what is known of a visitor, and that nothing is kept."""
    return render("public/privacy.html")


def rate_in_words(rate: str) -> str:
    """Return a rate of the settings, such as "600 per minute", in words of the page."""
    count, _, unit = rate.partition(" per ")
    if unit == "minute":
        return gettext("{count} times a minute").format(count=count)
    return gettext("{count} times an hour").format(count=count) if unit == "hour" else rate


@page("/data")
@cacheable()
def data() -> ResponseReturnValue:
    """Explain the JSON to a journalist, with examples to copy."""
    address = address_asked()
    newest = [card.ref for card in browse.latest(1)]
    shown = examples(address, newest[0] if newest else f"{settings().ref_prefix}-00000")
    schema = f"{address}/api/v1/schema/{PROFILES.newest.replace('/', '-')}.json"
    return render(
        "public/data.html",
        examples=shown,
        total=browse.total(),
        address=address,
        schema=schema,
        rate=rate_in_words(settings().partner_rate),
        most=MOST,
    )


@blueprint.get("/media/<digest>")
@cacheable()
def picture(digest: str) -> ResponseReturnValue:
    """Serve a copy of a picture, only while a public profile shows it; where it lacks, its person's cloth with 404."""
    name = digest.removesuffix(".jpg")
    ref = reader.shown_by(name)
    if ref is None:
        raise NotFound("No public page shows this picture.")
    content = shown(name)
    if content is None:
        # It may come yet (a replica, the next sweep): nobody keeps this answer.
        return Response(draw_cloth(ref), 404, {"Cache-Control": "no-store"}, mimetype="image/svg+xml")
    response = Response(content, mimetype="image/jpeg")
    response.headers["Content-Disposition"] = f"inline; filename={name[:12]}.jpg"
    response.set_etag(name)
    return response


@blueprint.get("/cloth/<ref>.svg")
@cacheable(is_endless=True)
def cloth(ref: str) -> ResponseReturnValue:
    """Draw the field of cloth that stands for who has no picture. Any reference has one: it tells nothing."""
    if not (reader.ref_of(ref) == ref and len(ref) <= 20):
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
