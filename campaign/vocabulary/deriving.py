"""The status that follows from the events of a case. A pure function of plain values.

The newest event of a kind that bears on status, known from a single source or better, decides;
where it is not certain which is the newest, a person does; a sentence that ends moves it by the
clock. The tables are in events.py.
"""

import datetime
from collections.abc import Iterable

import msgspec

from campaign.vocabulary.events import FACILITY_LEADS_TO, LEADS_TO, SENTENCE_LEADS_TO, STEP
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.status import SITUATION_OF, STATUS, SUFFICIENT


class StatusEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The little of an event that bears on status; dates as `dates.PartialDate` has them."""

    type: str
    confidence: str
    edtf: str = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    facility_type: str = ""


class KnownSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence as far as it bears on status; `ends` is its expected end, `ends_latest` its last possible day."""

    kind: str
    ends: str = ""
    ends_latest: datetime.date | None = None


class DerivedStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A status with its date and confidence; `question` is "" or why a person must decide."""

    code: str
    as_of: str = ""
    confidence: str = "unknown"
    question: str = ""


def derive_status(events: Iterable[StatusEvent], sentence: KnownSentence | None, today: datetime.date) -> DerivedStatus:
    """Return the status that `events` and `sentence`, both of the whole case, lead to by `today`.

    Without any event that bears on status it is "unknown". On a tie the latest by its first day
    is proposed, with the question to ask. Raises UnknownCode for a sentence kind that is in
    no vocabulary; unknown event types move nothing.
    """
    bearing = sorted((event for event in events if _bears(event)), key=_order)
    if not bearing:
        return DerivedStatus(code="unknown")
    codes = _fold(bearing, sentence)
    newest = [n for n, event in enumerate(bearing) if not any(_follows(other, event) for other in bearing)]
    # Dates and usual order can contradict each other in a ring; then none is the newest.
    last = newest[-1] if newest else len(bearing) - 1
    rivals = {codes[n] for n in newest} - {codes[last]}
    question = _tie(rivals, codes[last]) if rivals or not newest else _doubt(bearing, codes, last)
    event = bearing[last]
    status = DerivedStatus(code=codes[last], as_of=event.edtf, confidence=event.confidence, question=question)
    was_seen_after = event.earliest and sentence and sentence.ends_latest and event.earliest > sentence.ends_latest
    return status if was_seen_after else moved_by_clock(status, sentence, today)


def moved_by_clock(status: DerivedStatus, sentence: KnownSentence | None, today: datetime.date) -> DerivedStatus:
    """Return `status`, or the sentence as over where its term had ended before `today`.

    A term moves who serves it or is in prison; an administrative one who is held without charge.
    """
    if sentence is None or sentence.ends_latest is None or sentence.ends_latest >= today:
        return status
    if status.code not in _ENDS_BY_CLOCK.get(sentence.kind, ()):
        return status
    return msgspec.structs.replace(status, code="sentence_over_release_unconfirmed", as_of=sentence.ends)


_ENDS_BY_CLOCK = {
    "term": ("serving_sentence", "in_prison_sentence_unknown"),
    "administrative": ("detained_without_charge",),
}
_SENTENCED = ("serving_sentence", "under_sentence_of_death")


def _bears(event: StatusEvent) -> bool:
    if event.confidence not in SUFFICIENT or event.type not in LEADS_TO:
        return False
    return event.type != "transfer" or event.facility_type in FACILITY_LEADS_TO


def _order(event: StatusEvent) -> tuple[datetime.date, int, datetime.date]:
    latest = event.latest or datetime.date.max
    return (event.earliest or datetime.date.min, STEP.get(event.type, 0), latest)


def _follows(later: StatusEvent, earlier: StatusEvent) -> bool:
    """Say whether `later` came after `earlier`, by their dates or else by the usual order."""
    if later.earliest and earlier.latest and later.earliest > earlier.latest:
        return True
    if earlier.earliest and later.latest and earlier.earliest > later.latest:
        return False
    steps = STEP.get(later.type), STEP.get(earlier.type)
    return steps[0] is not None and steps[1] is not None and steps[0] > steps[1]


def _fold(bearing: list[StatusEvent], sentence: KnownSentence | None) -> list[str]:
    """Return the status after each event."""
    codes: list[str] = []
    for event in bearing:
        codes.append(_after(event, codes[-1] if codes else "unknown", sentence))
    return codes


def _after(event: StatusEvent, before: str, sentence: KnownSentence | None) -> str:
    leads_to = LEADS_TO[event.type]
    if leads_to == "by facility":
        code = FACILITY_LEADS_TO[event.facility_type]
        # "Prison" is a kind of place, never a sentence: a sentence already known stays.
        return before if code == "in_prison_sentence_unknown" and before in _SENTENCED else code
    if leads_to == "by sentence":
        kind = SENTENCE_KIND[sentence.kind].code if sentence else "unknown"
        return SENTENCE_LEADS_TO[kind]
    if leads_to == "by situation":
        return "died_after_release" if SITUATION_OF[before] in ("free", "restricted") else "died_in_custody"
    return leads_to


def _tie(rivals: set[str], code: str) -> str:
    labels = sorted(STATUS.label(rival) for rival in {*rivals, code})
    return f"The dates do not say which came last: {' or '.join(labels)}."


def _doubt(bearing: list[StatusEvent], codes: list[str], last: int) -> str:
    """Return the question that the newest event itself leaves open, or ""."""
    before = SITUATION_OF[codes[last - 1]] if last else "unknown"
    event_type = bearing[last].type
    if event_type == "death" and before in ("unknown", "restricted"):
        return "Was the person in custody at the time of death?"
    if before == "free" and 3 <= STEP.get(event_type, 0) <= 8:
        return "A step of a trial after a release, and no new arrest: is the person in detention?"
    return ""
