"""The projection of a case file to a profile: an allow-list, one line a public fact. What is not named stays secret.

A pure function of the approved revision's file and of what the door says about this publication.
"""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from campaign.cases.file import CaseFile
from campaign.cases.file import Image as CaseImage
from campaign.cases.file import Name as CaseName
from campaign.cases.file import Text as CaseText
from campaign.ledger.documents import TERMS, Birth, Change, Image, Name, OutsideId, Profile, Relative, Text
from campaign.ledger.situation import with_words
from campaign.publishing.consent.scopes import COMMON_GENDERS, scope_of
from campaign.publishing.errors import CannotProject
from campaign.publishing.projection import detention, evidence, places, values
from campaign.publishing.projection.places import as_facilities_allow
from campaign.publishing.projection.status import status
from campaign.publishing.projection.values import Meta, Withheld, may_be_minor, public_place
from campaign.vocabulary.people import OF_HEALTH
from campaign.vocabulary.protection import IMAGE_PROVENANCE

# A machine's draft never leaves; a translation older than a fix of safety or of an error waits for a new one.
STAYS = {
    "machine_draft": "It is a machine's draft. Somebody who reads the language has to rewrite it.",
    "out_of_date": "The original was corrected later. Have the translation brought up to date.",
}


def public_names(file: CaseFile, withheld: list[Withheld]) -> list[Name]:
    """Return the names that may be public, in the desk's order."""
    for name in file.names:
        if not name.is_public:
            withheld.append(Withheld(f"names/{name.id}", "This name is marked as not public."))
    # Two columns of a sheet that agree are one name; the preferred one is kept.
    told: dict[tuple[str, str], CaseName] = {}
    for name in file.names:
        key = (" ".join(name.text.split()).casefold(), name.language)
        if name.is_public and name.text and (key not in told or (name.is_preferred and not told[key].is_preferred)):
            told[key] = name
    return [
        Name(
            text=name.text,
            kind=name.kind,
            script=name.script,
            language=name.language,
            is_preferred=name.is_preferred,
            pronunciation=name.pronunciation,
        )
        for name in told.values()
    ]


def display_name(public: list[Name]) -> str:
    """Return the preferred public name, else the first, "" where none is public."""
    preferred = [name.text for name in public if name.is_preferred]
    return (preferred or [name.text for name in public] or [""])[0]


def public_gender(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> tuple[str, str]:
    """Return the gender and the words for it; another gender only by the person's own word."""
    if file.gender in COMMON_GENDERS:
        return file.gender, ""
    if meta.clearance.is_own_word:
        return file.gender, file.gender_words
    withheld.append(Withheld("gender", "This is published only with the person's own free consent."))
    return "not_stated", ""


def texts(file: CaseFile, kind: str, meta: Meta, withheld: list[Withheld]) -> list[Text]:
    """Return the texts of a kind that may leave, one for each language."""
    told = []
    for text in file.texts:
        if text.kind != kind or not text.text:
            continue
        if text.translation_state in STAYS:
            withheld.append(Withheld(f"texts/{text.id}", STAYS[text.translation_state]))
        elif text.translation_state and (kind, text.language, text.text) in meta.outdated:
            withheld.append(Withheld(f"texts/{text.id}", STAYS["out_of_date"]))
        else:
            told.append(_text(text))
    return told


def _text(text: CaseText) -> Text:
    return Text(
        id=text.id, language=text.language, text=text.text, by=text.by, translation_state=text.translation_state
    )


def images(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> list[Image]:
    """Return the pictures that lack nothing; the profile goes out without the others."""
    told = []
    for image in file.images:
        missing = missing_of(image, is_minor=may_be_minor(file, meta.day))
        if not missing and not meta.renditions.get(image.digest_page):
            missing = "Its re-encoded copy is missing. Upload the picture again."
        if not missing and meta.clearance.is_own_reason and not image.already_public_at.strip():
            missing = "Our own reason covers only a picture that is public already: say where."
        if missing:
            withheld.append(Withheld(f"images/{image.id}", missing))
        else:
            told.append(_image(image, meta))
    return told


def missing_of(image: CaseImage, *, is_minor: bool) -> str:
    """Return what a picture lacks before it may leave, as a sentence; "" where nothing does."""
    lacks = (
        (
            is_minor and (image.is_portrait or image.kind == "portrait"),
            "No portrait of somebody under 18 is published.",
        ),
        (image.provenance in {"", "unknown"}, "Say where the picture came from."),
        (not image.likeness_confirmed_by, "Somebody has to confirm that it shows this person."),
        (not image.likeness_confirmed_on.edtf, "Say when the likeness was confirmed."),
        (not image.credit, "Say whom to credit."),
        (not image.alt, "Describe it for people who cannot see it."),
        (not image.others_cleared, "Everyone else in it has to agree or be cut out."),
        (image.shows_minor, "Somebody else under 18 is in it: cut them out."),
        (image.is_portrait and image.made_by_captors, "A picture made by the captors is never a portrait."),
        (image.is_portrait and image.kind == "from_captors", "A picture made by the captors is never a portrait."),
        (not image.digest_page, "It has no re-encoded copy. Upload the picture again."),
    )
    return next((sentence for is_missing, sentence in lacks if is_missing), "")


def _image(image: CaseImage, meta: Meta) -> Image:
    return Image(
        id=image.id,
        renditions=[
            msgspec.structs.replace(copy, url=f"{meta.address}/media/{copy.digest}")
            for copy in meta.renditions[image.digest_page]
        ],
        is_portrait=image.is_portrait,
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        licence=image.licence,
        may_be_reprinted=image.may_be_reprinted,
        provenance=IMAGE_PROVENANCE.label(image.provenance),
    )


def relatives(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> list[Relative]:
    """Return the links to other profiles, where both ends are public and both consents cover them."""
    told = []
    for relative in file.relatives:
        if relative.case_ref and relative.case_ref in meta.linkable:
            told.append(Relative(relation=relative.relation, ref=relative.case_ref))
        else:
            reason = "A relative is shown only as a link, once their own profile is public and covers the family."
            withheld.append(Withheld(f"relatives/{relative.id}", reason))
    return told


def outside_ids(file: CaseFile) -> list[OutsideId]:
    """Return the entries elsewhere that the campaign chose to link."""
    return [OutsideId(scheme=entry.scheme, value=entry.value) for entry in file.outside_ids if entry.is_public]


# The scopes of consent that say who may be written to about the person.
T = TypeVar("T")
NO_BIRTH = Birth(year_earliest=None, year_latest=None, age_earliest=None, age_latest=None, qualifiers=[])


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
        if values.may_be_minor(file, meta.day):
            bare = places.without_exact_places(bare)
        sources, citations = evidence.sources_and_citations(file, bare, withheld, meta.day)
    except LookupError as error:
        raise CannotProject(f"{meta.ref} holds a code that nobody knows: {error}. Correct it and save.") from error
    document = msgspec.structs.replace(
        bare, sources=sources, citations=citations, our_view=evidence.our_view(file, bare)
    )
    return Projection(with_words(document), tuple(withheld))


def _facts(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> Profile:
    """Return the document without its evidence, which depends on what is told."""
    names = public_names(file, withheld)
    if not names:
        raise CannotProject(f"No name of {meta.ref} may be public. Mark one as public, in any script.")
    gender, gender_words = public_gender(file, meta, withheld)
    is_minor = values.may_be_minor(file, meta.day)
    return Profile(
        ref=meta.ref,
        version=meta.version,
        slug=meta.slug,
        url=f"{meta.address}/profiles/{meta.ref}",
        terms=TERMS,
        display_name=display_name(names),
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
        status=status(file, meta.day),
        episodes=detention.episodes(file, meta, withheld),
        legal_basis=detention.legal_basis(file),
        violations=_cleared("violations", detention.violations(file, meta, withheld), [], meta, withheld),
        health=_cleared("health", file.health_line, "", meta, withheld),
        summary=texts(file, "summary", meta, withheld),
        story=_cleared("story", texts(file, "story", meta, withheld), [], meta, withheld),
        quote=_cleared("quote", texts(file, "quote", meta, withheld), [], meta, withheld),
        details=_cleared("details", texts(file, "details", meta, withheld), [], meta, withheld),
        relatives=_cleared("relatives", relatives(file, meta, withheld), [], meta, withheld),
        testimonies=_cleared("testimonies", evidence.testimonies(file, withheld), [], meta, withheld),
        state_responses=detention.state_responses(file, withheld),
        sources=[],
        citations=[],
        our_view=[],
        write_to=list(meta.clearance.write_to),
        images=_cleared("images", images(file, meta, withheld), [], meta, withheld),
        death=detention.death(file, withheld),
        un_work=evidence.un_work(file),
        tags=_tags(file, meta, withheld),
        outside_ids=outside_ids(file),
        salt=meta.salt,
        first_published_at=meta.first_published_at,
        published_at=meta.published_at,
        change=Change(kind=meta.kind, note=meta.note),
    )


def _tags(file: CaseFile, meta: Meta, withheld: list[Withheld]) -> list[str]:
    """Return the campaign groups, those of health only where a consent covers health."""
    ill = [tag for tag in file.groups if tag in OF_HEALTH]
    _cleared("health", ill, [], meta, withheld)
    return [tag for tag in file.groups if tag not in ill or meta.clearance.clears("health")]


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
