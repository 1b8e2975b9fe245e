"""The situation of the person, as the file gives it on a day: what follows from the events, unless set by hand.

What is known from the authorities alone is their claim, which moves no status, filter or count (domain.md, rule 9).
Also from which day a consent is due and somebody who is free is asked for their own word.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from campaign.cases.file import CaseFile, Consent, Episode, Event
from campaign.dates.edtf import PartialDate, parse
from campaign.dates.reckoning import is_before, outer_bounds, sort_key
from campaign.dates.terms import end_of_term
from campaign.vocabulary.events import (
    ENDED_FREE,
    FACILITY_LEADS_TO,
    IN_COURT,
    KIND_OF,
    NO_NEWS_OF_THEM,
    RELEASES,
    TAKEN,
)
from campaign.vocabulary.protection import AUTHORITIES
from campaign.vocabulary.status import (
    BEGAN,
    ENDED,
    SITUATION_OF,
    SUFFICIENT,
    DerivedStatus,
    KnownSentence,
    StatusEvent,
    derive_status,
)


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
    """Whether a fact is cited, and by sources of the authorities and their courts alone."""
    kinds = {source.id: source.type for source in file.sources}
    cited = {kinds.get(row.source_id, "") for row in file.citations if row.fact in paths}
    return bool(cited) and cited <= AUTHORITIES | {"court_document"}


@dataclass(frozen=True)
class CaseStatus:
    """A situation with its date and confidence. `question` is "" or what a person must decide; `ref` is the path of
    the event that decided, "" where none did."""

    code: str
    as_of: PartialDate
    confidence: str
    is_set_by_hand: bool
    question: str = ""
    ref: str = ""


def derived(file: CaseFile, today: datetime.date) -> DerivedStatus:
    """Return what the events and the sentence of the whole file lead to by `today`."""
    found = derive_status(_events(file), _sentence(file), today)
    newest = file.episodes[-1] if file.episodes else None
    if newest is None or SITUATION_OF[found.code] not in {"held", "restricted"}:
        return found
    # The kind of place that is written down decides where the events name none, and makes it doubtful where it differs.
    kinds = {kind for kind in newest.held_facility_types if kind != "unknown"}
    if found.as_of and found.code in KIND_OF and _was_moved_on(newest, KIND_OF[found.code], parse(found.as_of)):
        return msgspec.structs.replace(found, code="detained_form_unknown")
    if found.code == "detained_form_unknown" and len(kinds) == 1:
        return msgspec.structs.replace(found, code=FACILITY_LEADS_TO.get(next(iter(kinds)), found.code))
    if kinds and KIND_OF.get(found.code) in kinds and len(kinds) == 1:
        return found
    return msgspec.structs.replace(found, code="detained_form_unknown") if kinds and found.code in KIND_OF else found


def _was_moved_on(episode: Episode, kind: str, since: PartialDate) -> bool:
    """Whether a stay in a place of another kind, or of none that is known, began after a date."""
    others = (stay for stay in episode.stays if stay.facility not in {"", kind})
    return any(is_before(since, stay.start) for stay in others)


def status(file: CaseFile, today: datetime.date) -> CaseStatus:
    """Return the situation that holds: the one set by hand, else the derived one.

    Its date and how sure we are of it are those of the event, or what staff wrote where that is not older.
    """
    found = derived(file, today)
    if file.status_override and not is_claimed_override(file):
        return CaseStatus(file.status_override, file.status_as_of, file.status_confidence, True, found.question)
    as_of = parse(found.as_of) if found.as_of else file.status_as_of
    confidence = found.confidence
    if file.status_as_of.edtf and not is_before(file.status_as_of, as_of):
        as_of = file.status_as_of
        confidence = confidence if file.status_confidence == "unknown" else file.status_confidence
    return CaseStatus(found.code, as_of, confidence, False, found.question, found.ref)


def kinds_of_place(file: CaseFile, code: str, *, is_set_by_hand: bool) -> list[str]:
    """Return the kinds of place in which the person may be held, by what is written down or by the newest event.

    What the situation itself says stands first; where the file says otherwise, each is possible.
    """
    newest = file.episodes[-1] if file.episodes else None
    implied = KIND_OF.get(code, "")
    if implied or newest is None:
        return [implied] if implied else []
    written = [kind for kind in newest.held_facility_types if kind not in {"", "unknown"}]
    found = list(dict.fromkeys([*written, *([] if is_set_by_hand else _kind_moved_to(newest, written))]))
    return found or _kind_of_the_last(file, newest)


def _kind_moved_to(episode: Episode, written: list[str]) -> list[str]:
    """Return the kind of the newest transfer where it says otherwise than what is written down."""
    moved = [event for event in episode.events if event.type == "transfer" and event.facility in FACILITY_LEADS_TO]
    newest = max(moved, key=lambda event: sort_key(event.date), default=None)
    return [newest.facility] if newest and written and newest.facility in KIND_OF.values() else []


def _kind_of_the_last(file: CaseFile, episode: Episode) -> list[str]:
    """Return the kind of place of the newest stay or transfer of an episode.

    Nothing where the person was taken anew since, or where the stay had ended before the last news of them.
    """
    steps = [(sort_key(row.start if row.start.edtf else row.end), True, row.facility, row.end) for row in episode.stays]
    steps += [
        (sort_key(event.date), False, event.facility, PartialDate())
        for event in episode.events
        if event.type == "transfer" or (event.type in TAKEN | RELEASES and event.date.edtf)
    ]
    _, _, kind, left_on = max(steps, key=lambda step: step[:2], default=((), False, "", PartialDate()))
    news = [event.date for event in episode.events if event.type not in NO_NEWS_OF_THEM]
    is_left = any(is_before(left_on, date) for date in (*news, episode.last_contact, file.status_as_of))
    return [] if is_left or kind in {"", "unknown"} else [kind]


def _events(file: CaseFile) -> list[StatusEvent]:
    # A release that the authorities alone tell of is their answer: it frees nobody in a list or a count.
    claims = {event.id for _, event in claimed_releases(file)}
    ends = {episode.id for episode in claimed_ends(file)}
    told = []
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        told += [
            _event(event.type, event.date, event.confidence, f"{base}/events/{event.id}", episode, event.facility)
            for event in episode.events
            if event.id not in claims
        ]
        told += _of_the_episode(episode, base, is_end_claimed=episode.id in ends)
    return told


def _event(
    kind: str, date: PartialDate, confidence: str, ref: str, episode: Episode, facility: str = ""
) -> StatusEvent:
    return StatusEvent(
        type=kind,
        confidence=confidence,
        edtf=date.edtf,
        earliest=date.earliest,
        latest=date.latest,
        facility_type=facility,
        sentence_kind=episode.sentence.kind,
        ref=ref,
    )


def _of_the_episode(episode: Episode, base: str, *, is_end_claimed: bool) -> Iterator[StatusEvent]:
    """Yield what an episode says by itself, where no event of it does: that it began, the sentence, how it ended."""
    kinds = {event.type for event in episode.events}
    taken = {event.confidence for event in episode.events if event.type in TAKEN}
    # An arrest that is contested, or of which nobody said how sure it is, leaves the episode what it is.
    if not taken & set(SUFFICIENT) and taken != {"disproved"} and is_deprivation(episode):
        yield _event(BEGAN, episode.start, "single_source", f"{base}/start", episode)
    if episode.sentence.kind and not kinds & {"sentence", "sentence_change"}:
        since = episode.sentence.start if episode.sentence.start.edtf else episode.start
        yield _event("sentence", since, "single_source", f"{base}/sentence", episode)
    if is_end_claimed or kinds & (RELEASES | {"death"}) or not (episode.end.edtf or episode.end_reason):
        return
    ended = {"died": "death", "exiled": "exile", "exchanged": "exchange"}.get(episode.end_reason, "")
    ended = ended or ("release" if episode.end_reason in ENDED_FREE else ENDED)
    yield _event(ended, episode.end, "single_source", f"{base}/end", episode)


def is_deprivation(episode: Episode) -> bool:
    """Whether an episode without an arrest is a detention: one with steps of a trial alone may be somebody on bail."""
    says_held = episode.start.edtf or episode.stays or episode.held_place or episode.held_facility_types
    kinds = {event.type for event in episode.events}
    is_told = bool(kinds or episode.last_contact.edtf or episode.end.edtf or episode.end_reason or episode.charges)
    return bool(says_held) or (is_told and not (kinds & IN_COURT or episode.charges))


def _sentence(file: CaseFile) -> KnownSentence | None:
    """Return the sentence of the latest episode, with its end as stated, else as its start and length give it."""
    episode = file.episodes[-1] if file.episodes else None
    if episode is None or not episode.sentence.kind:
        return None
    ends = end_of_sentence(episode)
    return KnownSentence(kind=episode.sentence.kind, ends=ends.edtf, ends_latest=outer_bounds(ends)[1])


def end_of_sentence(episode: Episode) -> PartialDate:
    """Return when the sentence of an episode ends: as stated, else by its length from its start or its passing."""
    passed, events = episode.sentence, episode.events
    if passed.kind in {"life", "death"} or passed.expected_end.edtf:
        return passed.expected_end if passed.kind not in {"life", "death"} else PartialDate()
    is_changed = any(event.type == "sentence_change" and event.date.edtf for event in events)
    dated = [] if is_changed else [event.date for event in events if event.type == "sentence" and event.date.edtf]
    start = passed.start if passed.start.edtf else next(iter(dated), PartialDate())
    return end_of_term(start, years=passed.years or 0, months=passed.months or 0, days=passed.days or 0)


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
