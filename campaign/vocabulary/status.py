"""The vocabulary of a person's situation, and the status derived from the events of a case: a pure function.

HUR codes are of the HURIDOCS micro-thesauri, as domain.md gives them. A code is
published with its as_of date and its confidence, never alone.

The newest event of a kind that bears on status, known from a single source or better, decides; where it is not certain
which is the newest, a person does; a sentence that ends moves it by the clock, and never its date, which is that of the
news. An episode is a deprivation of liberty also where no event says so. The tables are in events.py.
"""

import datetime
from collections.abc import Iterable
from typing import Literal

import msgspec

from campaign.languages import gettext, pgettext
from campaign.vocabulary.events import FACILITY_LEADS_TO, LEADS_TO, NEEDS_CUSTODY, SENTENCE_LEADS_TO, STEP
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.table import Vocabulary, rows

Situation = Literal["held", "restricted", "free", "dead", "unknown"]

STATUS = Vocabulary(
    "status",
    "Situation",
    """
detained_form_unknown             | In detention                          |          | where is not known
detained_pretrial                 | Detained before trial                 | 02020100
detained_on_trial                 | Detained, on trial                    | 02020200
detained_without_charge           | Detained without charge               | 02020400 | administrative detention too
internment_camp                   | In an internment camp                 |          | whatever they call it
in_prison_sentence_unknown        | Held, sentence not known              |          | convicted, or in a prison
serving_sentence                  | Serving a sentence                    | 02020300
under_sentence_of_death           | Under sentence of death               |          | with reprieve too
sentence_over_release_unconfirmed | Sentence over, release not confirmed  |          | set by the clock
sentence_served_outside_prison    | Serving a sentence outside prison     |          | suspended, or on medical grounds
house_arrest                      | Under house arrest                    |          | not at a designated place
psychiatric_confinement           | Confined in a psychiatric institution |
labour_transfer                   | Transferred to labour                 |          | not free to leave
disappeared                       | Disappeared                           | 01030000 | denied, or its place hidden
forced_residence_or_exit_ban      | Forced residence or exit ban          | 03010000
released_conditions_unknown       | Released, conditions not known        |          | until more is known
released_conditional              | Released under conditions             |          | bail, reporting, surveillance
released_unconditional            | Released without conditions           | 02010000
in_exile                          | In exile                              | 03020000
died_in_custody                   | Died in custody                       |          | two sources, and the family knows
died_after_release                | Died after release                    |          | as above
executed                          | Executed                              |          | as above
unknown                           | Not known                             | 99000000
""",
)

# Each status: which Situation it counts under, in about three words for lists, and of many people, for filters.
# Nobody is counted as free on the clock's word, nor as held when their term is over.
_COUNTED_AS = """
detained_form_unknown | held | In detention | in detention when last heard of
detained_pretrial | held | Held before trial | held before trial when last heard of
detained_on_trial | held | Held, on trial | held and on trial when last heard of
detained_without_charge | held | Held without charge | held without charge when last heard of
internment_camp | held | In a camp | in an internment camp when last heard of
in_prison_sentence_unknown | held | In prison | in prison, sentence not known, when last heard of
serving_sentence | held | Serving a sentence | serving a sentence when last heard of
under_sentence_of_death | held | Sentenced to death | under sentence of death when last heard of
sentence_over_release_unconfirmed | unknown | Release not confirmed | with a term that is over, release not confirmed
sentence_served_outside_prison | restricted | Sentence outside prison | serving outside prison when last heard of
house_arrest | restricted | House arrest | under house arrest when last heard of
psychiatric_confinement | held | Psychiatric confinement | in a psychiatric institution when last heard of
labour_transfer | held | Sent to labour | sent to labour when last heard of
disappeared | held | Disappeared | disappeared
forced_residence_or_exit_ban | restricted | May not leave | not free to leave when last heard of
released_conditions_unknown | free | Released | released, conditions not known
released_conditional | free | Released under conditions | released under conditions
released_unconditional | free | Released | released without conditions
in_exile | free | In exile | in exile
died_in_custody | dead | Died in custody | who died in custody
died_after_release | dead | Died after release | who died after release
executed | dead | Executed | who were executed
unknown | unknown | Not known | of whom we do not know whether they are held
"""
_COUNTED = tuple(rows(_COUNTED_AS, 4))
SITUATION_OF = {code: msgspec.convert(situation, Situation) for code, situation, *_ in _COUNTED}
SHORT_LABELS = {code: short for code, _, short, _ in _COUNTED}
OF_MANY = {code: words for code, *_, words in _COUNTED}

CONFIDENCE = Vocabulary(
    "confidence",
    "How sure we are",
    """
confirmed     | Confirmed                | | by documents, or by the person
corroborated  | Corroborated             | | by two independent sources
single_source | One source               |
contested     | Contested                | | sources disagree
disproved     | Disproved                | | kept, so that it is not believed again
unknown       | Not known                |
""",
)

# "Single source or better": the least that may move a status.
SUFFICIENT = ("confirmed", "corroborated", "single_source")

STATUS_BASIS = Vocabulary(
    "status_basis",
    "What the situation rests on",
    """
own_word          | The person's own word
family            | The family
released_detainee | Someone who was held with them
lawyer            | A lawyer
court_document    | A court document
official_notice   | A notice of the authorities to the family or the public
leaked_document   | A leaked document
media             | The press
organisation      | Another organisation
un_body           | A body of the United Nations
person_with_knowledge | A person with knowledge of the case | | for what is confidential
other             | Other
not_stated        | Not stated
""",
)
# What the end of a sentence leads away from, by the kind of sentence. The end of a reprieve is told, and moves nothing.
ENDS_BY_CLOCK = {
    "term": ("serving_sentence", "in_prison_sentence_unknown", "sentence_served_outside_prison"),
    "administrative": ("detained_without_charge", "serving_sentence"),
    "suspended": ("sentence_served_outside_prison",),
}
_SENTENCED = ("serving_sentence", "under_sentence_of_death")
# What an episode says where none of its events does: that it began, and that it ended nobody knows how.
BEGAN, ENDED = "episode began", "episode ended"
_LEADS_TO = LEADS_TO | {BEGAN: "detained_form_unknown", ENDED: "unknown"}
_STEP = STEP | {BEGAN: 1}


def short_label(code: str, *, last_known: int | None = None) -> str:
    """Return the situation in about three words, for lists: "Serving a sentence".

    `last_known` is the year of the latest news, given where there has been none for a year: "In a camp, last known
    2018". Raises UnknownCode.
    """
    STATUS[code]
    words = pgettext("short status", SHORT_LABELS[code])
    if last_known is None or SITUATION_OF[code] in {"free", "dead"} or code == "sentence_over_release_unconfirmed":
        return words
    if code == "unknown":
        return gettext("No news since {year}").format(year=last_known)
    return gettext("{situation}, last known {year}").format(situation=words, year=last_known)


class StatusEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What of an event bears on status: its path as `ref`, and the kind of the sentence of its episode."""

    type: str
    confidence: str
    edtf: str = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    facility_type: str = ""
    sentence_kind: str = ""
    ref: str = ""


class KnownSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence as far as it bears on status; `ends` is its end, stated or reckoned, `ends_latest` its last day."""

    kind: str
    ends: str = ""
    ends_latest: datetime.date | None = None


class DerivedStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A status with its date and confidence; `question` is "" or why a person must decide; `ref` the deciding event."""

    code: str
    as_of: str = ""
    confidence: str = "unknown"
    question: str = ""
    ref: str = ""


def derive_status(events: Iterable[StatusEvent], sentence: KnownSentence | None, today: datetime.date) -> DerivedStatus:
    """Return the status that `events` and `sentence`, both of the whole case, lead to by `today`.

    Without any event that bears on status it is "unknown". On a tie the latest by its first day
    is proposed, with the question to ask. Raises UnknownCode for a sentence kind that is in
    no vocabulary; unknown event types move nothing.
    """
    bearing = _in_order(event for event in events if _bears(event))
    if not bearing:
        return DerivedStatus(code="unknown")
    codes = _fold(bearing, sentence)
    newest = [n for n, event in enumerate(bearing) if not any(_follows(other, event) for other in bearing)]
    # Dates and usual order can contradict each other in a ring; then none is the newest.
    last = newest[-1] if newest else len(bearing) - 1
    rivals = {codes[n] for n in newest} - {codes[last]}
    question = _tie(rivals, codes[last]) if rivals or not newest else _doubt(bearing, codes, last)
    event = bearing[last]
    status = DerivedStatus(
        code=codes[last], as_of=event.edtf, confidence=event.confidence, question=question, ref=event.ref
    )
    was_seen_after = event.earliest and sentence and sentence.ends_latest and event.earliest > sentence.ends_latest
    return status if was_seen_after else moved_by_clock(status, sentence, today)


def moved_by_clock(status: DerivedStatus, sentence: KnownSentence | None, today: datetime.date) -> DerivedStatus:
    """Return `status`, or the sentence as over where its term had ended before `today`.

    A term moves who serves it or is in prison; an administrative one who is held without charge; a suspended one who
    serves it outside. The date stays that of the news: no clock brings any.
    """
    if sentence is None or sentence.ends_latest is None or sentence.ends_latest >= today:
        return status
    if status.code not in ENDS_BY_CLOCK.get(sentence.kind, ()):
        return status
    return msgspec.structs.replace(status, code="sentence_over_release_unconfirmed")


def _bears(event: StatusEvent) -> bool:
    if event.confidence not in SUFFICIENT or event.type not in _LEADS_TO:
        return False
    return event.type != "transfer" or event.facility_type in FACILITY_LEADS_TO


def _in_order(events: Iterable[StatusEvent]) -> list[StatusEvent]:
    """Return the events in order; one without a first day stands behind those that it usually follows."""
    ranked = sorted(events, key=_order)
    placed = [event for event in ranked if event.earliest]
    for event in ranked:
        if not event.earliest:
            before = [n for n, other in enumerate(placed) if _follows(event, other)]
            placed.insert(before[-1] + 1 if before else 0, event)
    return placed


def _order(event: StatusEvent) -> tuple[datetime.date, int, datetime.date]:
    latest = event.latest or datetime.date.max
    return (event.earliest or datetime.date.min, _STEP.get(event.type, 0), latest)


def _follows(later: StatusEvent, earlier: StatusEvent) -> bool:
    """Say whether `later` came after `earlier`, by their dates or else by the usual order."""
    if later.earliest and earlier.latest and later.earliest > earlier.latest:
        return True
    if earlier.earliest and later.latest and earlier.earliest > later.latest:
        return False
    steps = _STEP.get(later.type), _STEP.get(earlier.type)
    return steps[0] is not None and steps[1] is not None and steps[0] > steps[1]


def _fold(bearing: list[StatusEvent], sentence: KnownSentence | None) -> list[str]:
    """Return the status after each event."""
    codes: list[str] = []
    for event in bearing:
        codes.append(_after(event, codes[-1] if codes else "unknown", sentence))
    return codes


def _after(event: StatusEvent, before: str, sentence: KnownSentence | None) -> str:
    leads_to = _LEADS_TO[event.type]
    if event.type in NEEDS_CUSTODY and SITUATION_OF[before] != "held":
        return before
    if event.type == "acquittal" and SITUATION_OF[before] in {"free", "dead"}:
        return before
    if leads_to == "by facility":
        code = FACILITY_LEADS_TO[event.facility_type]
        # "Prison" is a kind of place, never a sentence: a sentence already known stays.
        return before if code == "in_prison_sentence_unknown" and before in _SENTENCED else code
    if leads_to == "by sentence":
        kind = event.sentence_kind or (SENTENCE_KIND[sentence.kind].code if sentence else "unknown")
        return SENTENCE_LEADS_TO[kind]
    if leads_to == "by situation":
        return "died_after_release" if is_out_of_custody(before) else "died_in_custody"
    return leads_to


def is_out_of_custody(code: str) -> bool:
    """Whether somebody of whom this is known is in no custody: who is free, or only may not leave."""
    outside = ("forced_residence_or_exit_ban", "sentence_served_outside_prison")
    return SITUATION_OF[code] == "free" or code in outside


def _tie(rivals: set[str], code: str) -> str:
    labels = sorted(STATUS.label(rival) for rival in {*rivals, code})
    return f"The dates do not say which came last: {' or '.join(labels)}."


def _doubt(bearing: list[StatusEvent], codes: list[str], last: int) -> str:
    """Return the question that the newest event itself leaves open, or ""."""
    before = SITUATION_OF[codes[last - 1]] if last else "unknown"
    event_type = bearing[last].type
    if event_type == "death" and before in ("unknown", "restricted"):
        return "Was the person in custody at the time of death?"
    if before == "free" and 3 <= _STEP.get(event_type, 0) <= 8:
        return "A step of a trial after a release, and no new arrest: is the person in detention?"
    return ""
