"""The page of a profile and its history: views, pictures, and schema.org data for machines.

One rule of the linked data, which others show when the address is shared: nothing that the page does not say, and no
charge by the state.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign import languages
from campaign.clock import now
from campaign.dates import edtf, phrases
from campaign.languages import current, gettext
from campaign.ledger import reader
from campaign.ledger.documents import Image, Profile, Rendition
from campaign.public import facts, law, outcome, page, sources
from campaign.public.facts import other_languages
from campaign.public.people import Person, ShownName, copies
from campaign.public.phrases import basis_in_words, known_line, label, lowered, plain, sentence, stored
from campaign.public.sources import Evidence
from campaign.public.timeline import timeline
from campaign.vocabulary.people import VERSION_KIND
from campaign.vocabulary.protection import IMAGE_PROVENANCE
from campaign.web.context import settings
from campaign.web.languages import render
from campaign.web.pages import cacheable

# A spelling may be told as one or as either way of writing Chinese.
SAME = {script: {"Hani", "Hans", "Hant"} for script in ("Hans", "Hant")}


@dataclass(frozen=True)
class ShownPicture:
    """A picture with its description for who cannot see it, and the line under it."""

    rendition: Rendition
    alt: str
    line: str


def more_pictures(document: Profile) -> list[ShownPicture]:
    """Return the pictures that are not the portrait."""
    portrait = next((image for image in document.images if image.is_portrait), None)
    found = ((image, copies(image)) for image in document.images if image is not portrait)
    return [ShownPicture(kept["page"], image.alt, picture_in_words(image)) for image, kept in found if kept]


def picture_in_words(image: Image | None) -> str:
    """Return what stands under a picture, as sentences: caption, whose it is, where it came from, the licence."""
    if image is None:
        return ""
    provenance = stored(IMAGE_PROVENANCE, image.provenance)
    parts = (image.caption, image.credit, provenance, image.licence)
    return " ".join(sentence(part) for part in dict.fromkeys(parts) if part)


def called(shown: Person) -> ShownName:
    """Return the form of the name that a reader of this page's language can read."""
    script = current().script
    if script != "Latn":
        own = next(
            (name for name in (shown.first, shown.second) if name and name.script in SAME.get(script, {script})), None
        )
        if own:
            return own
    return shown.second or shown.first


def linked_data(document: Profile, shown: Person, *, address: str) -> dict[str, Any]:
    """Return the schema.org Person of a profile: only what the page itself says."""
    name = called(shown).text
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{address}/profiles/{document.ref}",
        "identifier": document.ref,
        "name": plain(name),
        "alternateName": [plain(other.text) for other in document.names if other.text != name],
        "url": f"{address}{current().prefix}/profiles/{document.slug}",
        "description": plain(shown.status),
    }
    birth = document.birth
    if birth.year_earliest and birth.year_earliest == birth.year_latest and not birth.qualifiers:
        data["birthDate"] = str(birth.year_earliest)
    if document.death and document.death.is_confirmed and document.death.date:
        data["deathDate"] = document.death.date.edtf
    if document.occupation:
        data["jobTitle"] = plain(document.occupation)
    if shown.portrait:
        data["image"] = [f"{address}/media/{shown.portrait['page'].digest}"]
    return data


def in_print(address: str) -> str:
    """Return an address as it is written out on paper: without the part that a browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")


@page("/profiles/<slug>")
@cacheable()
def profile(slug: str) -> ResponseReturnValue:
    """Show a person. The reference decides: another tail redirects, a merged one too, a withdrawn one is gone."""
    document = reader.profile(reader.ref_of(slug))
    if document is None:
        return absent(slug)
    if document.slug != slug:
        return redirect(url_for("public.profile", slug=document.slug), 301)
    return render("public/profile.html", **page_of(document, today=now().date()))


@page("/profiles/<slug>/history")
@cacheable()
def history(slug: str) -> ResponseReturnValue:
    """List the versions of a profile that may still be read about."""
    versions = reader.history(reader.ref_of(slug))
    if not versions:
        return absent(slug)
    rows = [
        {
            "version": version.profile.version,
            "at": version.at,
            "day": day_in_words(version.at.date()),
            "kind": label(VERSION_KIND, version.profile.change.kind),
            "note": version.profile.change.note,
        }
        for version in versions
    ]
    newest = versions[0].profile
    return render("public/history.html", ref=newest.ref, slug=newest.slug, versions=rows)


def absent(slug: str) -> ResponseReturnValue:
    """Answer for a person who is not public: where they went, 410 without a name, or 404."""
    ref = reader.ref_of(slug)
    state = reader.state(ref) if ref else "unknown"
    if isinstance(state, reader.Merged):
        return redirect(url_for("public.profile", slug=state.ref), 301)
    if state == "withdrawn":
        return render("public/gone.html", ref=ref), 410
    found = reader.ref_of_outside_id(f"sheet:{slug}") if state == "unknown" else None
    if found:
        return redirect(url_for("public.profile", slug=found), 301)
    raise NotFound("There is no such person here.")


def page_of(document: Profile, *, today: date) -> dict[str, object]:
    """Return everything that the template of a profile shows, made of the document alone."""
    shown, evidence = Person(document), Evidence(document)
    address = settings().address
    return {
        "document": document,
        "person": shown,
        "called": called(shown),
        "linked_data": linked_data(document, shown, address=address),
        "act": sources.asked_of(document),
        "write": sources.write_in_words(document),
        "history": history_in_words(document),
        "published_day": day_in_words(document.published_at.date()),
        "address": address,
        "written_address": in_print(f"{address}{languages.current().prefix}/profiles/{document.ref}"),
        **who(document, shown, evidence),
        **what_happened(document, shown, evidence, today=today),
    }


def who(document: Profile, shown: Person, evidence: Evidence) -> dict[str, object]:
    """Return what the page tells of the person: face, facts, texts, family, names, sources."""
    return {
        "evidence": evidence,
        "picture_line": picture_in_words(shown.image),
        "pictures": more_pictures(document),
        "known": known_line(document),
        "basis": what_it_rests_on(document, evidence),
        "facts": facts.plain_facts(document, evidence),
        "is_name_alone": facts.is_name_alone(document),
        "in_other_languages": other_languages(document),
        "relatives": facts.relatives(document),
        "record": facts.on_record(document, evidence) + outcome.un_work(document, evidence),
        "all_names": facts.names_on_record(document),
        "sources": sources.sources(document),
        "notes": sources.notes(document),
    }


def what_it_rests_on(document: Profile, evidence: Evidence) -> str:
    """Return from what the situation is known, in words that the sources cited for it carry, and how sure we are."""
    support = evidence.of("status")
    told = evidence.in_words(support, own_names={name.text for name in document.names})
    return basis_in_words(document.status, told, evidence.sure(document.status.confidence, support))


def what_happened(document: Profile, shown: Person, evidence: Evidence, *, today: date) -> dict[str, object]:
    """Return what the page tells of the detention: reasons, events, courts, and what became of the person."""
    return {
        "reasons": law.reasons(document, evidence),
        "timeline": timeline(document, evidence, today=edtf.parse(today.isoformat())),
        "court": law.in_court(document, evidence),
        "whereabouts": outcome.whereabouts(document, evidence, today=today),
        "is_held_now": outcome.is_held_now(document, today=today),
        "death": outcome.death(document.death, evidence),
        "violations": outcome.violations(document, evidence),
        "testimonies": outcome.testimonies(document, evidence),
        "responses": outcome.responses(document, evidence, name=called(shown).text),
    }


def history_in_words(document: Profile) -> str:
    """Return since when a profile is public and what its newest version is."""
    first = day_in_words(document.first_published_at.date())
    if document.version == 1:
        return gettext("Public since {date}.").format(date=first)
    words = gettext("Public since {first}. Version {version}, {date}: {kind}.").format(
        first=first,
        version=document.version,
        date=day_in_words(document.published_at.date()),
        kind=lowered(label(VERSION_KIND, document.change.kind)),
    )
    return " ".join((words, sentence(document.change.note))).strip()


def day_in_words(day: date) -> str:
    """Return a day as pages write it: 4 May 2026."""
    return phrases.public_words(day.isoformat())
