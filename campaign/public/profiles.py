"""The page of one person, its history, and what stands at its address when it is gone."""

from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from campaign import dates, languages
from campaign.clock import now
from campaign.languages import gettext
from campaign.ledger import reader
from campaign.ledger.documents import Profile
from campaign.public import acts, facts, fate, law, linked, page, sources
from campaign.public.languages import other_languages
from campaign.public.people import Person
from campaign.public.pictures import more_pictures, picture_in_words
from campaign.public.support import Evidence
from campaign.public.telling import basis_in_words, known_line
from campaign.public.timeline import timeline
from campaign.public.wording import label, lowered, sentence
from campaign.vocabulary import VERSION_KIND
from campaign.web import settings
from campaign.web.languages import render
from campaign.web.pages import cacheable


@page("/profiles/<slug>")
@cacheable()
def profile(slug: str) -> ResponseReturnValue:
    """Show a person. The reference decides: another tail redirects, a merged one too, a withdrawn one is gone."""
    document = reader.profile(ref_of(slug))
    if document is None:
        return absent(slug)
    if document.slug != slug:
        return redirect(url_for("public.profile", slug=document.slug), 301)
    return render("public/profile.html", **page_of(document, today=now().date()))


@page("/profiles/<slug>/history")
@cacheable()
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
            "kind": label(VERSION_KIND, version.profile.change.kind),
            "note": version.profile.change.note,
        }
        for version in versions
    ]
    newest = versions[0].profile
    return render("public/history.html", ref=newest.ref, slug=newest.slug, versions=rows)


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
        "called": linked.called(shown),
        "linked_data": linked.linked_data(document, shown, address=address),
        "act": acts.asked_of(document),
        "history": history_in_words(document),
        "published_day": day_in_words(document.published_at.date()),
        "address": address,
        "written_address": linked.in_print(f"{address}{languages.current().prefix}/profiles/{document.ref}"),
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
        "basis": basis_in_words(document.status),
        "facts": facts.plain_facts(document, evidence),
        "is_name_alone": facts.is_name_alone(document),
        "in_other_languages": other_languages(document),
        "relatives": facts.relatives(document),
        "record": facts.on_record(document, evidence) + fate.un_work(document, evidence),
        "all_names": facts.names_on_record(document),
        "sources": sources.sources(document),
        "notes": sources.notes(document),
    }


def what_happened(document: Profile, shown: Person, evidence: Evidence, *, today: date) -> dict[str, object]:
    """Return what the page tells of the detention: reasons, events, courts, and what became of the person."""
    return {
        "reasons": law.reasons(document, evidence),
        "timeline": timeline(document, evidence, today=dates.parse(today.isoformat())),
        "court": law.in_court(document, evidence),
        "whereabouts": fate.whereabouts(document, evidence),
        "death": fate.death(document.death, evidence),
        "violations": fate.violations(document, evidence),
        "testimonies": fate.testimonies(document, evidence),
        "responses": fate.responses(document, evidence, name=linked.called(shown).text),
        "outcomes": fate.outcomes(document),
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
    return dates.public_words(day.isoformat())
