"""What machines read: the feed, the sitemap, robots.txt, security.txt."""

from datetime import timedelta
from itertools import islice

from flask import Response
from flask.typing import ResponseReturnValue

from campaign.clock import now
from campaign.ledger import browse
from campaign.ledger.cards import Card
from campaign.public import blueprint, page
from campaign.public.linked import called
from campaign.public.people import Person
from campaign.web import settings
from campaign.web.languages import render
from campaign.web.limits import searches as per_visitor
from campaign.web.pages import cacheable

FEED = 50
SITEMAP = 50_000  # the most that one sitemap may hold (sitemaps.org)


@page("/feed.atom")
@cacheable()
@per_visitor
def feed() -> ResponseReturnValue:
    """List the newest profiles as Atom (RFC 4287)."""
    entries = [entry_of(card) for card in browse.latest(FEED)]
    updated = entries[0]["updated"] if entries else f"{now():%Y-%m-%dT00:00:00Z}"
    page = render("public/feed.xml", entries=entries, updated=updated, address=settings().address)
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
    paths = ["/", "/profiles", "/about", "/methodology", "/data"]
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
