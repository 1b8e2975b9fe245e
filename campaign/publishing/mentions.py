"""Index of whom and what each public document names: other profiles and facilities, by which a hold for many finds it.

A facility is named by its reference ("F-0042"), by kind and place ("653121/prison"), or by a keyed hash of the words of
a case where it was in no list then. The file is asked besides the document: what a document tells more coarsely is
covered too.
"""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import delete, insert, select, update

from campaign.cases import facilities
from campaign.cases.facilities import UNLISTED, Facility
from campaign.cases.file import CaseFile
from campaign.database import db
from campaign.ledger.documents import Place, Profile
from campaign.ledger.models import Listing
from campaign.places.current import gazetteer
from campaign.publishing.models import Mention

Subjects = set[tuple[str, str]]
_HASH = re.compile(f"{UNLISTED}[0-9a-f]{{32}}")


def mentioned(document: Profile) -> Subjects:
    """Return (reach, subject) for each relative and each place of detention of a document."""
    places = {f"{place.code}/{place.facility}" for place in _places(document) if place.facility}
    return {("relative", relative.ref) for relative in document.relatives} | {("facility", place) for place in places}


def of_file(file: CaseFile, named: Mapping[str, list[Facility]]) -> Subjects:
    """Return (reach, subject) for each facility that a file names: in the list (`named`) or not, told or not."""
    listed = [one for found in named.values() for one in found]
    subjects = {one.ref for one in listed} | {_kind(one.place, one.type) for one in listed}
    subjects |= {facilities.key_of(words) for words in facilities.words_of(file) if words not in named}
    for episode in file.episodes:
        rows = [(row.place, row.facility) for row in episode.events] + [
            (row.place, row.facility) for row in episode.stays
        ]
        rows += [(episode.held_place, kind) for kind in episode.held_facility_types]
        subjects |= {_kind(place, kind) for place, kind in rows}
    return {("facility", subject) for subject in subjects - {""}}


def note(document: Profile, besides: Subjects) -> None:
    """Keep what a document names now, and what its file names besides, in place of what an earlier one named."""
    forget(document.ref)
    subjects = mentioned(document) | besides
    rows = [{"ref": document.ref, "reach": reach, "subject": subject} for reach, subject in sorted(subjects)]
    if rows:
        db.session.execute(insert(Mention), rows)


def facilities_of(ref: str) -> Subjects:
    """Return the facilities kept for a public document: what is narrowed is still of the same file."""
    query = select(Mention.subject).where(Mention.ref == ref, Mention.reach == "facility")
    return {("facility", subject) for subject in db.session.scalars(query)}


def forget(ref: str) -> None:
    """Forget what a document named: it is not public any more."""
    db.session.execute(delete(Mention).where(Mention.ref == ref))


def naming(reach: str, subject: str) -> list[str]:
    """Return the references of the public documents that name a relative or a facility, in order.

    A facility of the list is also named by those that had only its name, before it was in the list.
    """
    return list(names_naming(reach, subject))


def names_naming(reach: str, subject: str) -> dict[str, str]:
    """Return the same references with the public name of whom each is about."""
    subjects = {subject}
    if reach == "facility" and (listed := facilities.by_ref(subject)):
        subjects |= {facilities.key_of(name) for name in listed.names}
    query = select(Mention.ref, Listing.display_name).join(Listing, Listing.ref == Mention.ref, isouter=True)
    query = query.where(Mention.reach == reach, Mention.subject.in_(subjects))
    return {ref: name or "" for ref, name in db.session.execute(query.distinct().order_by(Mention.ref))}


def facilities_named() -> list[str]:
    """Return every facility and place of detention that some public document names, in order."""
    query = select(Mention.subject).where(Mention.reach == "facility").distinct()
    return list(db.session.scalars(query.order_by(Mention.subject)))


def close_words() -> int:
    """Put keyed hashes in place of words that stand in clear; return how many there were."""
    written = (
        select(Mention.subject).where(Mention.reach == "facility", Mention.subject.startswith(UNLISTED)).distinct()
    )
    clear = [subject for subject in db.session.scalars(written) if not _HASH.fullmatch(subject)]
    for subject in clear:
        change = update(Mention).where(Mention.reach == "facility", Mention.subject == subject)
        db.session.execute(change.values(subject=facilities.hashed(subject)))
    return len(clear)


def _kind(place: str, kind: str) -> str:
    known = gazetteer()
    return f"{known.public(place).code}/{kind}" if kind and place in known else ""


def _places(document: Profile) -> Iterator[Place]:
    for episode in document.episodes:
        told = (*(event.place for event in episode.events), *(stay.place for stay in episode.stays))
        yield from (place for place in told if place is not None)
    if document.held_at is not None:
        yield document.held_at
