"""The situation of the person, as the file gives it on a day: what follows from the events, unless set by hand.

What is known from the authorities alone is their claim, which moves no status, filter or count (domain.md, rule 9).
Also from which day a consent is due and somebody who is free is asked for their own word.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.cases.file import CaseFile, Consent, Episode, Event, Sentence
from campaign.dates.edtf import PartialDate, parse
from campaign.vocabulary.events import ENDED_FREE, RELEASES
from campaign.vocabulary.status import SITUATION_OF, DerivedStatus, KnownSentence, StatusEvent, derive_status

AUTHORITIES = frozenset({"official_statement", "official_database"})


def claimed_releases(file: CaseFile) -> Iterator[tuple[Episode, Event]]:
    """Yield the releases for which every cited source is one of the authorities."""
    for episode, event in _releases(file):
        if is_claim(file, f"episodes/{episode.id}/events/{event.id}"):
            yield episode, event


def claimed_ends(file: CaseFile) -> Iterator[Episode]:
    """Yield the episodes that ended in freedom by the word of the authorities alone, without an event that says so."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        has_event = any(event.type in RELEASES for event in episode.events)
        if episode.end_reason in ENDED_FREE and not has_event and is_claim(file, f"{base}/end", f"{base}/end_reason"):
            yield episode


def is_claimed_override(file: CaseFile) -> bool:
    """Whether a freedom set by hand is known from the authorities alone, whatever basis was chosen for it."""
    if SITUATION_OF.get(file.status_override, "unknown") != "free":
        return False
    freed = [f"episodes/{episode.id}/events/{event.id}" for episode, event in _releases(file)]
    ends = [f"episodes/{row.id}/{field}" for row in file.episodes for field in ("end", "end_reason")]
    return is_claim(file, "status", "status_override", *freed, *ends)


def _releases(file: CaseFile) -> Iterator[tuple[Episode, Event]]:
    return ((episode, event) for episode in file.episodes for event in episode.events if event.type in RELEASES)


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
    if file.status_override and not is_claimed_override(file):
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


# The first day there is: what waits for nothing but an officer has always waited.
AT_ONCE = datetime.date(1970, 1, 1)
OPEN = frozenset({"given", "limited"})
# How long our own reasons carry a publication, in days; a person's word is asked for again after a year.
OWN_REASON_DAYS = {"already_published_by_us": 90, "public_interest": 183}
ASK_AGAIN_DAYS = 365
WITHIN = datetime.timedelta(days=30)
# Where such a note says that it came from; one for each release.
ASKED = "Asked for their own word after the release"


def consent_due_on(consents: Iterable[Consent]) -> datetime.date | None:
    """Return the first day on which some consent asks for an officer, AT_ONCE for an unconfirmed one, None for none."""
    days = [day for consent in consents if consent.state in OPEN and (day := _due_on(consent))]
    return min(days, default=None)


def _due_on(consent: Consent) -> datetime.date | None:
    if not consent.confirmed_by or (consent.needs_second and not consent.second_signature):
        return AT_ONCE
    if consent.confirm_by.latest:
        return consent.confirm_by.latest
    given = consent.obtained_on.latest or consent.confirmed_on.latest
    if given is None:
        return None
    return asked_again_on(consent.basis, given)


def asked_again_on(basis: str, given: datetime.date) -> datetime.date:
    """Return the day by which a consent of this basis, given on a day, is asked for again where it states none."""
    return given + datetime.timedelta(days=OWN_REASON_DAYS.get(basis, ASK_AGAIN_DAYS))


def own_word_due_on(
    known: datetime.date | None, file: CaseFile, status: str, today: datetime.date
) -> datetime.date | None:
    """Return the day by which somebody who is free is asked; the one already `known` stays. None where nobody is."""
    if SITUATION_OF[status] != "free" or is_answered(file):
        return None
    return known or today + WITHIN


def is_answered(file: CaseFile) -> bool:
    """Whether the person has spoken since the last release, or a note says what became of asking."""
    freed = [event for episode in file.episodes for event in episode.events if event.type in RELEASES]
    claims = {event.id for _, event in claimed_releases(file)}
    freed = [event for event in freed if event.id not in claims]
    since = max((event.date.earliest for event in freed if event.date.earliest), default=datetime.date.min)
    said = [row.obtained_on.latest for row in file.consents if row.basis == "self" and not row.about]
    notes = [note for note in file.notes if note.came_from == ASKED]
    return any(day is not None and day >= since for day in said) or len(notes) >= max(len(freed), 1)
