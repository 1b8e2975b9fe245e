"""The vocabulary of a person's situation, and the status derived from the events of a case: a pure function.

HUR codes are of the HURIDOCS micro-thesauri, as domain.md gives them. A code is
published with its as_of date and its confidence, never alone.

The newest event of a kind that bears on status, known from a single source or better, decides; where it is not certain
which is the newest, a person does; a sentence that ends moves it by the clock. The tables are in events.py.
"""

import datetime
from collections.abc import Iterable
from typing import Literal

import msgspec

from campaign.languages import gettext, pgettext
from campaign.vocabulary.events import FACILITY_LEADS_TO, LEADS_TO, SENTENCE_LEADS_TO, STEP
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.table import Vocabulary, rows

Situation = Literal["held", "restricted", "free", "dead", "unknown"]

STATUS = Vocabulary(
    "status",
    "Situation",
    """
detained_form_unknown             | Detained, form not known              |          | we do not know where
detained_pretrial                 | Detained before trial                 | 02020100
detained_on_trial                 | Detained, on trial                    | 02020200
detained_without_charge           | Detained without charge               | 02020400 | administrative detention too
internment_camp                   | In an internment camp                 |          | whatever they call it
in_prison_sentence_unknown        | In prison, sentence not known         |          | nothing says for how long
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

# Each status: which Situation it counts under, and its label in about three words, for lists.
# A sentence that has ended counts as held: nobody is counted as free on the clock's word.
_COUNTED_AS = """
detained_form_unknown             | held       | Camp or prison
detained_pretrial                 | held       | Held before trial
detained_on_trial                 | held       | Held, on trial
detained_without_charge           | held       | Held without charge
internment_camp                   | held       | In a camp
in_prison_sentence_unknown        | held       | In a prison
serving_sentence                  | held       | Serving a sentence
under_sentence_of_death           | held       | Sentenced to death
sentence_over_release_unconfirmed | held       | Release not confirmed
sentence_served_outside_prison    | restricted | Sentence outside prison
house_arrest                      | held       | House arrest
psychiatric_confinement           | held       | Psychiatric confinement
labour_transfer                   | restricted | Sent to labour
disappeared                       | held       | Disappeared
forced_residence_or_exit_ban      | restricted | May not leave
released_conditions_unknown       | free       | Released
released_conditional              | free       | Released under conditions
released_unconditional            | free       | Released
in_exile                          | free       | In exile
died_in_custody                   | dead       | Died in custody
died_after_release                | dead       | Died after release
executed                          | dead       | Executed
unknown                           | unknown    | Not known
"""
_COUNTED = tuple(rows(_COUNTED_AS, 3))
SITUATION_OF = {code: msgspec.convert(situation, Situation) for code, situation, _ in _COUNTED}
SHORT_LABELS = {code: short for code, _, short in _COUNTED}

# Of these a long silence is all there is to say: nothing else of them is known to be so today.
SILENT = ("detained_form_unknown", "unknown")

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
other             | Other
not_stated        | Not stated
""",
)
_ENDS_BY_CLOCK = {
    "term": ("serving_sentence", "in_prison_sentence_unknown"),
    "administrative": ("detained_without_charge",),
}
_SENTENCED = ("serving_sentence", "under_sentence_of_death")


def short_label(code: str, *, silent_since: int | None = None) -> str:
    """Return the situation in about three words, for lists: "Serving a sentence".

    `silent_since` is the year of the latest news, where there has been none since; it is said of
    the statuses of SILENT: "No news since 2018". Raises UnknownCode.
    """
    STATUS[code]
    if silent_since is None or code not in SILENT:
        return pgettext("short status", SHORT_LABELS[code])
    return gettext("No news since {year}").format(year=silent_since)


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
