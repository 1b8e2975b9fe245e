"""What stands under the name and beside the story: plain facts, the two voices, sources, what machines read."""

from dataclasses import dataclass, field
from typing import Any

from campaign.ledger import reader
from campaign.ledger.documents import Profile, Source
from campaign.public.people import person
from campaign.public.telling import age_in_words, place_in_words, source_in_words, source_label
from campaign.vocabulary import ACTIVITY, ETHNICITY, RELATION, VIOLATION
from campaign.vocabulary.sentences import NO_REASON_GIVEN


@dataclass(frozen=True)
class Fact:
    """One plain fact: what it is called, what it is, which sources say so."""

    label: str
    words: str
    cited: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why, in two voices that are never mixed."""

    stated: str
    suspected: str
    activities: str
    charges: tuple[str, ...] = ()
    stated_cited: tuple[int, ...] = ()
    suspected_cited: tuple[int, ...] = ()
    nothing_stated: str = field(default=NO_REASON_GIVEN)


@dataclass(frozen=True)
class ShownSource:
    """A source as the numbered list shows it."""

    number: int
    words: str
    label: str
    url: str
    archive_url: str


@dataclass(frozen=True)
class ShownViolation:
    """A violation with its label; a graphic account waits behind a warning."""

    label: str
    account: str
    is_graphic: bool
    cited: tuple[int, ...]


Cited = dict[str, tuple[int, ...]]


def plain_facts(document: Profile, cited: Cited) -> list[Fact]:
    """Return the row of facts under the sentence of status; what is unknown is left out."""
    people = ", ".join(ETHNICITY.label(code) if code in ETHNICITY else code for code in document.ethnicities)
    rows = (
        ("Born", age_in_words(document), "birth"),
        ("From", place_in_words(document.origin), "origin"),
        ("Work", document.occupation, "occupation"),
        ("Employer", document.employer, "employer"),
        ("People", people, "ethnicities"),
    )
    return [Fact(label, words, cited.get(path, ())) for label, words, path in rows if words]


def reasons(document: Profile, cited: Cited) -> list[Reason]:
    """Return the two voices for each episode of which either has said something."""
    told = []
    for episode in document.episodes:
        path = f"episodes/{episode.id}"
        told.append(
            Reason(
                stated=episode.reason_stated.strip().strip('"“”'),
                suspected=episode.reason_suspected,
                activities="; ".join(ACTIVITY.label(code) for code in episode.activities),
                charges=tuple(charge.text for charge in episode.charges if charge.text),
                stated_cited=cited.get(f"{path}/reason_stated", ()),
                suspected_cited=cited.get(f"{path}/reason_suspected", ()),
            )
        )
    return [reason for reason in told if reason.stated or reason.suspected or reason.activities or reason.charges]


def violations(document: Profile, cited: Cited) -> list[ShownViolation]:
    """Return the violations with their labels and sources."""
    return [
        ShownViolation(VIOLATION.label(row.kind), row.account, row.is_graphic, cited.get(f"violations/{row.id}", ()))
        for row in document.violations
    ]


def sources(document: Profile) -> list[ShownSource]:
    """Return the numbered list of sources."""
    return [
        ShownSource(
            source.number, source_in_words(source), source_label(source), safe(source.url), safe(source.archive_url)
        )
        for source in document.sources
    ]


def notes(listed: list[Source]) -> dict[int, str]:
    """Return, by number, the short note that stands in the margin of a wide page."""
    return {source.number: source_in_words(source) for source in listed}


def safe(url: str) -> str:
    """Return an address that a reader may follow, "" for anything but the web (javascript:, data:)."""
    return url if url.startswith(("https://", "http://")) else ""


def relatives(document: Profile) -> list[dict[str, str]]:
    """Return the relatives whose own profile is public now."""
    shown = []
    for relative in document.relatives:
        other = reader.profile(relative.ref)
        if other is not None:
            shown.append({"ref": other.slug, "name": other.display_name, "relation": RELATION.label(relative.relation)})
    return shown


def linked_data(document: Profile, *, address: str, pictures: list[str]) -> dict[str, Any]:
    """Return the schema.org Person of a profile: only what the page itself says."""
    shown = person(document)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{address}/profiles/{document.ref}",
        "identifier": document.ref,
        "name": (shown.second or shown.first).text,
        "alternateName": [name.text for name in document.names if name.text != (shown.second or shown.first).text],
        "url": f"{address}/profiles/{document.slug}",
        "description": shown.status,
    }
    if document.occupation:
        data["jobTitle"] = document.occupation
    if pictures:
        data["image"] = pictures
    return data
