"""The Atom feed, the sitemap, robots.txt, security.txt, and the fast builders of addresses that lists use.

A list has the same addresses by the dozen: what stands around the value is asked of Flask once, not for each of them.
Written in full each time, the addresses of a list take as long as all else in it.
"""

from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import quote

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from campaign import languages
from campaign.clock import now
from campaign.ledger import browse
from campaign.ledger.browse import Card
from campaign.public import blueprint, page
from campaign.public.people import Person
from campaign.public.profiles import called
from campaign.web.addresses import address_asked
from campaign.web.context import settings
from campaign.web.languages import render
from campaign.web.limits import searches as per_visitor
from campaign.web.pages import cacheable

PLACE = "0"  # what no fixed part of these addresses has
FEED = 50
SITEMAP = 50_000  # the most that one sitemap may hold (sitemaps.org)


@blueprint.app_template_global()
def profile_at(slug: str) -> str:
    """Return the address of a person's page."""
    return _around(request.script_root, "public.profile", "slug", slug)


@blueprint.app_template_global()
def cloth_at(ref: str) -> str:
    """Return the address of the cloth that stands for a face."""
    return _around(request.script_root, "public.cloth", "ref", ref)


@blueprint.app_template_global()
def picture_at(digest: str) -> str:
    """Return the address of a copy of a picture."""
    return _around(request.script_root, "public.picture", "digest", digest)


def _around(root: str, endpoint: str, name: str, value: str) -> str:
    before, after = _parts(root, languages.current().code, endpoint, name)
    return f"{before}{quote(value)}{after}"


@cache
def _parts(root: str, _language: str, endpoint: str, name: str) -> tuple[str, str]:
    # Flask adds the language that the page is in.
    values: dict[str, Any] = {name: PLACE}
    path = url_for(endpoint, **values).removeprefix(root)
    before, _, after = path.partition(PLACE)
    return f"{root}{before}", after


@page("/feed.atom")
@cacheable()
@per_visitor
def feed() -> ResponseReturnValue:
    """List the newest profiles as Atom (RFC 4287)."""
    entries = [entry_of(card) for card in browse.latest(FEED)]
    updated = entries[0]["updated"] if entries else f"{now():%Y-%m-%dT00:00:00Z}"
    page = render("public/feed.xml", entries=entries, updated=updated, address=settings().address, here=address_asked())
    return Response(page, content_type="application/atom+xml; charset=utf-8")


def entry_of(card: Card) -> dict[str, str]:
    """Return a person as an entry of the feed."""
    shown = Person(card)
    return {
        "title": called(shown).text,
        "ref": card.ref,
        "slug": card.slug,
        "version": f"{card.published_at:%Y%m%d%H%M%S}",
        "published": f"{card.first_published_at:%Y-%m-%dT%H:%M:%SZ}",
        "updated": f"{card.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "summary": shown.status,
    }


@blueprint.get("/sitemap.xml")
@cacheable()
@per_visitor
def sitemap() -> ResponseReturnValue:
    """List the addresses of every public page."""
    listed = [(card.slug, f"{card.published_at:%Y-%m-%d}") for card in islice(browse.every_card(), SITEMAP)]
    paths = ["/", "/profiles", "/about", "/methodology", "/data", "/privacy"]
    page = render("public/sitemap.xml", paths=paths, profiles=listed, address=settings().address)
    return Response(page, content_type="application/xml; charset=utf-8")


@blueprint.get("/robots.txt")
@cacheable()
def robots() -> ResponseReturnValue:
    """Let everyone read the public pages, and keep crawlers from the desk."""
    return plain(f"User-agent: *\nDisallow: /staff\nSitemap: {settings().address}/sitemap.xml\n")


@blueprint.get("/.well-known/security.txt")
@cacheable()
def security_txt() -> ResponseReturnValue:
    """Say where to report a weakness (RFC 9116); it expires within the year."""
    expires = (now() + timedelta(days=300)).strftime("%Y-%m-%dT00:00:00Z")
    address = settings().address
    return plain(
        f"Contact: {settings().contact}\nExpires: {expires}\nPreferred-Languages: en\n"
        f"Canonical: {address}/.well-known/security.txt\n"
    )


def plain(text: str) -> Response:
    """Return plain text as an answer."""
    return Response(text, mimetype="text/plain")
