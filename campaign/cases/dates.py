"""Dates of a case file against one another and against the present day: what can't be, and what is doubtful.

What can't be (a day to come, the wrong order) is a problem like any other of campaign.cases.checks. What is doubtful (a
source older than its fact, a term that does not add up) may be saved: somebody settles it before anything leaves.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from campaign.cases.classification import Shape, fields_of, is_empty
from campaign.cases.file import CaseFile, Episode, Event
from campaign.cases.status import status
from campaign.clock import now
from campaign.dates.edtf import PartialDate
from campaign.dates.reckoning import is_before, outer_bounds, sort_key
from campaign.vocabulary.events import TAKEN


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be so: `path` is the field, `sentence` says what is wrong and what would be right."""

    path: str
    sentence: str


@dataclass(frozen=True)
class Doubt(Problem):
    """Something doubtful; `basis` is all that it rests on: an answer to it stands while that is the same."""

    basis: str = ""


# Dates that lie ahead by their nature.
AHEAD = frozenset({"expected_end", "next_hearing", "next_review_on", "until", "confirm_by", "review_by"})
# What is done to somebody in detention: not after it has ended, and not to the dead.
IN_DETENTION = frozenset(
    {"arrest", "abduction", "re_arrest", "transfer", "incommunicado", "charge", "indictment", "hearing", "trial"}
    | {"conviction", "sentence", "family_visit", "call_or_letter", "hunger_strike", "ill_treatment", "sighting"}
    | {"proof_of_life", "televised_confession", "release", "exile", "exchange", "hospitalisation", "medical_denial"}
)
NEVER_BEFORE = frozenset({"release", "exchange", "exile"})
TAKES = frozenset({"arrest", "abduction", "re_arrest"})
TERM_LEEWAY = datetime.timedelta(days=45)  # ends are counted by the day, and told by the month
DAYS_A_YEAR, DAYS_A_MONTH = 365.2425, 30.436875


def days_to_come(file: CaseFile) -> Iterator[Problem]:
    """Nothing that is told has happened later than today."""
    tomorrow = now().date() + datetime.timedelta(days=1)  # somewhere it is tomorrow already
    for path, date in _dates(file, ""):
        start = outer_bounds(date)[0] if date.edtf else None
        if start is not None and start > tomorrow:
            yield Problem(path, f"This day has not come yet ({date.edtf}). Correct the date.")


def _dates(struct: msgspec.Struct, path: str) -> Iterator[tuple[str, PartialDate]]:
    """Yield the dates of a file that say something, but those that lie ahead, each with its path."""
    for name, shape in _with_dates(type(struct)):
        value = getattr(struct, name)
        if shape == "rows":
            for row in value:
                yield from _dates(row, f"{path}{name}/{row.id}/")
        elif is_empty(value):
            continue
        elif shape == "part":
            yield from _dates(value, f"{path}{name}/")
        else:
            yield f"{path}{name}", value


@cache
def _with_dates(struct: type[msgspec.Struct]) -> tuple[tuple[str, Shape], ...]:
    """Return the fields of a struct that are dates or may hold some."""
    return tuple(
        (field.name, field.shape)
        for field in fields_of(struct)
        if field.shape != "value" or (field.type is PartialDate and field.name not in AHEAD)
    )


def nothing_happens_before_birth(file: CaseFile) -> Iterator[Problem]:
    """Nothing of a detention happens before the person is born."""
    if outer_bounds(file.birth)[0] is None:
        return
    lived = CaseFile(
        episodes=file.episodes, death=file.death, violations=file.violations, state_responses=file.state_responses
    )
    told = _dates(lived, "")
    for path, date in [*told, ("age_reported_on", file.age_reported_on), ("status_as_of", file.status_as_of)]:
        if is_before(date, file.birth):
            yield Problem(path, f"This is before the person was born ({file.birth.edtf}).")


def what_ended_goes_on_no_more(file: CaseFile) -> Iterator[Problem]:
    """Nothing is done to somebody in a detention that is over, and nobody is released before they are taken."""
    for episode in file.episodes:
        if is_before(episode.end, episode.start):
            continue  # said already
        for event in episode.events:
            path = f"episodes/{episode.id}/events/{event.id}/date"
            if event.type in IN_DETENTION and is_before(episode.end, event.date):
                yield Problem(path, f"This is after the episode has ended ({episode.end.edtf}).")
            if event.type in NEVER_BEFORE and _is_before_taken(episode, event):
                yield Problem(path, "This release is before the person was taken. Correct one of the dates.")
            if event.type in IN_DETENTION and is_before(file.death.date, event.date):
                yield Problem(path, f"This is after the person's death ({file.death.date.edtf}).")
        for stay in episode.stays:
            if is_before(episode.end, stay.start):
                path = f"episodes/{episode.id}/stays/{stay.id}/start"
                yield Problem(path, f"This is after the episode has ended ({episode.end.edtf}).")


def _is_before_taken(episode: Episode, event: Event) -> bool:
    taken = [row.date for row in episode.events if row.type in TAKES and row.date.edtf]
    return is_before(event.date, episode.start) or bool(taken and all(is_before(event.date, date) for date in taken))


def sources_are_read_after_they_are_written(file: CaseFile) -> Iterator[Problem]:
    """Nobody retrieves a source before its date."""
    for source in file.sources:
        if is_before(source.retrieved_on, source.date):
            path = f"sources/{source.id}/retrieved_on"
            yield Problem(path, f"This source was retrieved before its own date ({source.date.edtf}).")


def doubts(file: CaseFile) -> Iterator[Doubt]:
    """Yield what is doubtful about the dates, each with its field."""
    yield from _older_sources(file)
    yield from _sums_of_terms(file)
    yield from _stays_after_release(file)


def _stays_after_release(file: CaseFile) -> Iterator[Doubt]:
    """Nobody stays where they were held after the last release of an episode."""
    for episode in file.episodes:
        freed = max(
            (row.date for row in episode.events if row.type in NEVER_BEFORE), key=sort_key, default=PartialDate()
        )
        is_taken_again = any(is_before(freed, row.date) for row in episode.events if row.type in TAKEN)
        for stay in episode.stays if not is_taken_again else ():
            if is_before(freed, stay.end):
                path, said = f"episodes/{episode.id}/stays/{stay.id}/end", f"{freed.edtf} {stay.end.edtf}"
                yield Doubt(path, f"This stay lasts longer than until the release ({freed.edtf}).", said)


def _older_sources(file: CaseFile) -> Iterator[Doubt]:
    """A source can't tell of what happened after it was written."""
    dated = dict(facts_with_dates(file))
    sources = {source.id: source for source in file.sources}
    for citation in file.citations:
        source, date = sources.get(citation.source_id), dated.get(citation.fact)
        if source is not None and date is not None and is_before(source.date, date):
            # When a confidential source spoke is for those who may read it.
            when = "" if source.is_confidential else f" ({source.date.edtf})"
            sentence = f"This source{when} is older than what it is cited for ({date.edtf})."
            yield Doubt(f"citations/{citation.id}/source_id", sentence, f"{source.date.edtf} {date.edtf}")


def facts_with_dates(file: CaseFile) -> Iterator[tuple[str, PartialDate]]:
    """Yield the path of every fact that has a date, with the date."""
    for path, date in _dates(file, ""):
        if date.edtf and not path.startswith(("sources/", "consents/", "risks/", "decisions/", "images/")):
            head, _, name = path.rpartition("/")
            yield path, date
            # A citation of the whole row is one of its date; an episode begins with its start.
            if head and name in {"date", "start"}:
                yield head, date
    for episode in file.episodes:
        yield from _of_a_detention(episode)
    if (told := status(file, now().date())).as_of.edtf:
        yield "status", told.as_of


def _of_a_detention(episode: Episode) -> Iterator[tuple[str, PartialDate]]:
    """Yield what is told of a detention without a date of its own, with the day since which there is one."""
    taken = [event.date for event in episode.events if event.type in TAKEN and event.date.edtf]
    begun = episode.start if episode.start.edtf else min(taken, key=sort_key, default=PartialDate())
    if not begun.edtf:
        return
    undated = [f"charges/{charge.id}" for charge in episode.charges if not charge.date.edtf]
    undated += [] if episode.sentence.start.edtf else ["sentence"]
    for name in ("reason_stated", "legal_basis", "held_place", "held_facility_types", "whereabouts", *undated):
        yield f"episodes/{episode.id}/{name}", begun


def _sums_of_terms(file: CaseFile) -> Iterator[Doubt]:
    for episode in file.episodes:
        sentence = episode.sentence
        length = (sentence.years or 0) * DAYS_A_YEAR + (sentence.months or 0) * DAYS_A_MONTH + (sentence.days or 0)
        first, last = outer_bounds(sentence.start)
        end_first, end_last = outer_bounds(sentence.expected_end)
        if not (length and first and last and end_first and end_last):
            continue
        try:
            earliest = first + datetime.timedelta(days=length) - TERM_LEEWAY
            latest = last + datetime.timedelta(days=length) + TERM_LEEWAY
        except OverflowError:
            continue
        if end_last < earliest or latest < end_first:
            length_said = ", ".join(f"{getattr(sentence, one) or 0} {one}" for one in ("years", "months", "days"))
            sentence_said = f"{length_said} from {sentence.start.edtf} do not lead to {sentence.expected_end.edtf}."
            yield Doubt(f"episodes/{episode.id}/sentence/expected_end", sentence_said, sentence_said)


RULES = (
    days_to_come,
    nothing_happens_before_birth,
    what_ended_goes_on_no_more,
    sources_are_read_after_they_are_written,
)
