"""The projection of a case file to a profile: an allow-list, one line a public fact. What is not named stays secret.

A pure function of the approved revision's file and of what the door says about this publication.
"""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Birth, Change, Profile
from campaign.publishing.consent.scopes import scope_of
from campaign.publishing.errors import CannotProject
from campaign.publishing.projection import detention, evidence, person, places, status, values
from campaign.publishing.projection.places import as_facilities_allow
from campaign.publishing.projection.values import Meta, Withheld, public_place

T = TypeVar("T")
NO_BIRTH = Birth(year_earliest=None, year_latest=None, age_earliest=None, age_latest=None)


@dataclass(frozen=True)
class Projection:
    """The document that would leave, and what does not, with the reasons."""

    document: Profile
    withheld: tuple[Withheld, ...]


def project(file: CaseFile, meta: Meta) -> Projection:
    """Return what the world may know of a case.

    Raises CannotProject where no name may be public or a code is in no vocabulary: never a silent gap.
    """
    withheld: list[Withheld] = []
    try:
        file = as_facilities_allow(file, meta.facilities, withheld)
        bare = _facts(file, meta, withheld)
        if status.may_be_minor(file, meta.day):
            bare = places.without_exact_places(bare)
        sources, citations = evidence.sources_and_citations(file, bare, withheld)
    except LookupError as error:
        raise CannotProject(f"{meta.ref} holds a code that nobody knows: {error}. Correct it and save.") from error
    document = msgspec.structs.replace(
        bare, sources=sources, citations=citations, our_view=evidence.our_view(file, bare)
    )
    return Projection(document, tuple(withheld))


def _facts(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> Profile:
    """Return the document without its evidence, which depends on what is told."""
    names = person.names(file, withheld)
    if not names:
        raise CannotProject(f"No name of {meta.ref} may be public. Mark one as public, in any script.")
    gender, gender_words = person.gender(file, meta, withheld)
    is_minor = status.may_be_minor(file, meta.day)
    return Profile(
        ref=meta.ref,
        version=meta.version,
        slug=meta.slug,
        display_name=person.display_name(names),
        names=names,
        gender=gender,
        gender_words=gender_words,
        birth=_grown_up("birth", values.birth(file), NO_BIRTH, is_minor, withheld),
        origin=public_place(file.origin_place),
        held_at=detention.held_at(file, meta, withheld),
        ethnicities=list(file.ethnicities),
        occupation=_grown_up("occupation", file.occupation, "", is_minor, withheld),
        occupation_group=file.occupation_group,
        employer=_grown_up("employer", file.employer, "", is_minor, withheld),
        status=status.status(file, meta.day),
        episodes=detention.episodes(file, meta, withheld),
        legal_basis=detention.legal_basis(file),
        violations=_cleared("violations", detention.violations(file, meta, withheld), [], meta, withheld),
        health=_cleared("health", file.health_line, "", meta, withheld),
        summary=person.texts(file, "summary", meta, withheld),
        story=_cleared("story", person.texts(file, "story", meta, withheld), [], meta, withheld),
        quote=_cleared("quote", person.texts(file, "quote", meta, withheld), [], meta, withheld),
        details=_cleared("details", person.texts(file, "details", meta, withheld), [], meta, withheld),
        relatives=_cleared("relatives", person.relatives(file, meta, withheld), [], meta, withheld),
        testimonies=_cleared("testimonies", evidence.testimonies(file, withheld), [], meta, withheld),
        state_responses=detention.state_responses(file),
        sources=[],
        citations=[],
        our_view=[],
        images=_cleared("images", person.images(file, meta, withheld), [], meta, withheld),
        death=detention.death(file, withheld),
        un_work=evidence.un_work(file),
        outcomes=[],  # kept for issue 8 (what the campaign says): what an appeal led to
        tags=list(file.groups),
        outside_ids=person.outside_ids(file),
        salt=meta.salt,
        first_published_at=meta.first_published_at,
        published_at=meta.published_at,
        change=Change(kind=meta.kind, note=meta.note),
    )


def _cleared(field: str, value: T, empty: T, meta: Meta, withheld: list[Withheld]) -> T:
    """Return the value of a field that the consents in force cover, else nothing of it."""
    if meta.clearance.clears(field):
        return value
    if value:
        withheld.append(Withheld(field, f"No consent in force covers it ({scope_of(field)})."))
    return empty


def _grown_up(field: str, value: T, empty: T, is_minor: bool, withheld: list[Withheld]) -> T:
    """Return a value that may be told of a grown-up person only."""
    if not is_minor:
        return value
    if value != empty:
        withheld.append(Withheld(field, "The person may be under 18: no birth date, school or workplace is published."))
    return empty
