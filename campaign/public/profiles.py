"""The page of one person, its history, and what stands at its address when it is gone."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign import dates
from campaign.database import now
from campaign.ledger import reader
from campaign.ledger.documents import Image, Profile
from campaign.public import blueprint, facts
from campaign.public.caching import cached
from campaign.public.people import person
from campaign.public.telling import known_line
from campaign.public.timeline import citations_by_fact, timeline
from campaign.vocabulary import VERSION_KIND
from campaign.web import settings


@blueprint.get("/profiles/<slug>")
@cached
def profile(slug: str) -> ResponseReturnValue:
    """Show a person. The reference decides: another tail redirects, a merged one too, a withdrawn one is gone."""
    document = reader.profile(ref_of(slug))
    if document is None:
        return absent(slug)
    if document.slug != slug:
        return redirect(url_for("public.profile", slug=document.slug), 301)
    return render_template("public/profile.html", **page_of(document, today=now().date()))


@blueprint.get("/profiles/<slug>/history")
@cached
def history(slug: str) -> ResponseReturnValue:
    """List the versions of a profile that may still be read about."""
    versions = reader.history(ref_of(slug))
    if not versions:
        return absent(slug)
    rows = [
        {
            "version": version.profile.version,
            "at": version.at,
            "day": day_in_words(version.at.date()),
            "kind": VERSION_KIND.label(version.profile.change.kind),
            "note": version.profile.change.note,
        }
        for version in versions
    ]
    newest = versions[0].profile
    return render_template("public/history.html", ref=newest.ref, slug=newest.slug, versions=rows)


def ref_of(slug: str) -> str:
    """Return the reference at the head of an address: letters, hyphen, five digits; "" where there is none."""
    parts = slug.split("-", 2)
    return "-".join(parts[:2]).upper() if len(parts) > 1 else ""


def absent(slug: str) -> ResponseReturnValue:
    """Answer for a person who is not public: where they went, 410 without a name, or 404."""
    ref = ref_of(slug)
    state = reader.state(ref) if ref else "unknown"
    if isinstance(state, reader.Merged):
        return redirect(url_for("public.profile", slug=state.ref), 301)
    if state == "withdrawn":
        return render_template("public/gone.html", ref=ref), 410
    found = reader.ref_of_outside_id(f"sheet:{slug}") if state == "unknown" else None
    if found:
        return redirect(url_for("public.profile", slug=found), 301)
    raise NotFound("There is no such person here.")


def page_of(document: Profile, *, today: date) -> dict[str, object]:
    """Return everything that the template of a profile shows, made of the document alone."""
    cited = citations_by_fact(document)
    shown = person(document)
    address = settings().address
    pictures = [f"{address}/media/{shown.portrait['page'].digest}"] if shown.portrait else []
    return {
        "document": document,
        "person": shown,
        "cited": cited,
        "picture_line": picture_in_words(shown.image),
        "known": known_line(document.status),
        "facts": facts.plain_facts(document, cited),
        "reasons": facts.reasons(document, cited),
        "timeline": timeline(document, today=dates.parse(today.isoformat())),
        "violations": facts.violations(document, cited),
        "relatives": facts.relatives(document),
        "sources": facts.sources(document),
        "notes": facts.notes(document.sources),
        "linked_data": facts.linked_data(document, address=address, pictures=pictures),
        "history": history_in_words(document),
        "published_day": day_in_words(document.published_at.date()),
        "address": address,
        "canonical": request.path,
    }


def picture_in_words(image: Image | None) -> str:
    """Return what stands under a picture, as sentences: caption, where it came from, whose it is."""
    parts = (image.caption, image.provenance, image.credit) if image else ()
    return " ".join(part if part.endswith((".", "!", "?", "”")) else f"{part}." for part in parts if part)


def history_in_words(document: Profile) -> str:
    """Return since when a profile is public and what its newest version is."""
    first = day_in_words(document.first_published_at.date())
    if document.version == 1:
        return f"Public since {first}."
    latest = day_in_words(document.published_at.date())
    return f"Public since {first}. Version {document.version}, {latest}: {VERSION_KIND.label(document.change.kind)}."


def day_in_words(day: date) -> str:
    """Return a day as pages write it: 4 May 2026."""
    return dates.public_words(day.isoformat())
