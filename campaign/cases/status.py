"""The situation of the person, as the file gives it on a day: what follows from the events, unless set by hand.

What is known from the authorities alone is their claim, which moves no status, filter or count (domain.md, rule 9).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.cases.file import CaseFile, Episode, Event, Sentence
from campaign.dates.edtf import PartialDate, parse
from campaign.vocabulary.events import ENDED_FREE, RELEASES
from campaign.vocabulary.status import DerivedStatus, KnownSentence, StatusEvent, derive_status

AUTHORITIES = frozenset({"official_statement", "official_database"})


def claimed_releases(file: CaseFile) -> Iterator[tuple[Episode, Event]]:
    """Yield the releases for which every cited source is one of the authorities."""
    for episode in file.episodes:
        for event in episode.events:
            if event.type in RELEASES and is_claim(file, f"episodes/{episode.id}/events/{event.id}"):
                yield episode, event


def claimed_ends(file: CaseFile) -> Iterator[Episode]:
    """Yield the episodes that ended in freedom by the word of the authorities alone, without an event that says so."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        has_event = any(event.type in RELEASES for event in episode.events)
        if episode.end_reason in ENDED_FREE and not has_event and is_claim(file, f"{base}/end", f"{base}/end_reason"):
            yield episode


def is_claim(file: CaseFile, *paths: str) -> bool:
    """Whether a fact is cited, and by sources of the authorities alone."""
    kinds = {source.id: source.type for source in file.sources}
    cited = {kinds.get(row.source_id, "") for row in file.citations if row.fact in paths}
    return bool(cited) and cited <= AUTHORITIES


@dataclass(frozen=True)
class CaseStatus:
    """A situation with its date and confidence. `question` is "" or what a person must decide."""

    code: str
    as_of: PartialDate
    confidence: str
    is_set_by_hand: bool
    question: str = ""


def derived(file: CaseFile, today: datetime.date) -> DerivedStatus:
    """Return what the events and the sentence of the whole file lead to by `today`."""
    return derive_status(_events(file), _sentence(file), today)


def status(file: CaseFile, today: datetime.date) -> CaseStatus:
    """Return the situation that holds: the one set by hand, else the derived one with its event's date."""
    found = derived(file, today)
    if file.status_override:
        return CaseStatus(file.status_override, file.status_as_of, file.status_confidence, True, found.question)
    as_of = parse(found.as_of) if found.as_of else file.status_as_of
    return CaseStatus(found.code, as_of, found.confidence, False, found.question)


def _events(file: CaseFile) -> list[StatusEvent]:
    # A release that the authorities alone tell of is their answer: it frees nobody in a list or a count.
    claims = {event.id for _, event in claimed_releases(file)}
    return [
        StatusEvent(
            type=event.type,
            confidence=event.confidence,
            edtf=event.date.edtf,
            earliest=event.date.earliest,
            latest=event.date.latest,
            facility_type=event.facility,
        )
        for episode in file.episodes
        for event in episode.events
        if event.id not in claims
    ]


def _sentence(file: CaseFile) -> KnownSentence | None:
    """Return the sentence of the latest episode that has one; its end only as stated, never reckoned."""
    known = [episode.sentence for episode in file.episodes if episode.sentence.kind]
    if not known:
        return None
    last: Sentence = known[-1]
    return KnownSentence(kind=last.kind, ends=last.expected_end.edtf, ends_latest=last.expected_end.latest)
