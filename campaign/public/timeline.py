"""What happened, as a line in time: known days, months and spans, and the silences between them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from campaign import languages
from campaign.dates import edtf, phrases, reckoning
from campaign.dates.edtf import PartialDate
from campaign.languages import gettext
from campaign.ledger.documents import Episode, Event, Profile, Stay, When
from campaign.ledger.situation import is_dated_by_clock, latest_news, place_in_words
from campaign.public.phrases import (
    event_aside,
    event_in_words,
    label,
    sentence,
    stay_in_words,
    when_in_words,
)
from campaign.public.sources import NONE, Evidence, Support
from campaign.vocabulary.events import EPISODE_END, NO_NEWS_OF_THEM, RELEASES, TAKEN
from campaign.vocabulary.status import SITUATION_OF, is_out_of_custody
from campaign.vocabulary.status_lines import DEATH_NOT_CONFIRMED

SILENCE_MONTHS = 12  # shorter gaps are ordinary between reports; a year without a word is told as a silence
CONTACTS = frozenset({"family_visit", "call_or_letter", "sighting", "proof_of_life", "contact_cut", "disappearance"})
FREEING = RELEASES | {"death", "burial"}  # after these, silence is not our alarm


@dataclass(frozen=True)
class Moment:
    """One point on the line. `shape` is "day", "open", "span" or "silence"; `aside` is the quiet line beneath."""

    shape: str
    words: str
    when: str = ""
    machine: str = ""
    support: Support = NONE
    aside: str = ""
    is_hushed: bool = False


@dataclass(frozen=True)
class _Fact:
    """A moment with its date, and the date from which silence is counted: the end of what lasted."""

    date: PartialDate
    moment: Moment
    until: PartialDate
    frees: bool = False
    is_news: bool = True
    event: Event | None = None


parsed = lru_cache(maxsize=4096)(edtf.parse)


def partial(when: When | None) -> PartialDate | None:
    """Return the partial date of a published one; None where there is none."""
    return parsed(when.edtf) if when and when.edtf else None


def timeline(document: Profile, evidence: Evidence, *, today: PartialDate) -> list[Moment]:
    """Return the moments of all episodes in order, silences between them, the last silence left open.

    `today` closes the last silence, which counts from the last news of the person: what the authorities say meanwhile
    is none. Nothing is said of silence after a release or a death. What has no date stands first, and says so.
    """
    told = sorted(_facts(document, evidence), key=lambda fact: reckoning.sort_key(fact.date))
    told += [*_situation(document, told, evidence), *_death(document, evidence)]
    told.sort(key=lambda fact: reckoning.sort_key(fact.date))
    undated = [fact.moment for fact in told if not fact.date.edtf]
    line: list[Moment] = []
    newest: _Fact | None = None
    for fact in (fact for fact in told if fact.date.edtf):
        if newest and not newest.frees and _is_silent(newest.until, fact.date):
            line = _hushed(line, _gap(newest.until, fact.date))
        line.append(fact.moment)
        newest = fact if newest is None or _ends_later(fact, newest) else newest
    return undated + _left_open(line, [fact for fact in told if fact.date.edtf and fact.is_news], document, today)


def _situation(document: Profile, told: list[_Fact], evidence: Evidence) -> list[_Fact]:
    """Return the date of the situation as a point, where nothing on the line is as new."""
    as_of = partial(document.status.as_of)
    ends = [fact.until.latest for fact in told if fact.until.latest]
    heard = partial(latest_news(document))
    is_theirs = heard is not None and as_of is not None and reckoning.is_before(heard, as_of)  # the authorities' alone
    if is_dated_by_clock(document) or is_theirs:
        return []
    if as_of is None or as_of.latest is None or not _may_be_held(document) or (ends and as_of.latest <= max(ends)):
        return []
    return [_dated(document.status.as_of, gettext("Latest information."), evidence.of("status"))]


def _death(document: Profile, evidence: Evidence) -> list[_Fact]:
    """Return a death that no event tells: one that is not confirmed has no event, and still ends the silence."""
    is_told = any(event.type == "death" for episode in document.episodes for event in episode.events)
    if document.death is None or is_told:
        return []
    words = gettext("Died.") if document.death.is_confirmed else gettext(DEATH_NOT_CONFIRMED)
    return [replace(_dated(document.death.date, words, evidence.of("death")), frees=True)]


def _left_open(line: list[Moment], news: list[_Fact], document: Profile, today: PartialDate) -> list[Moment]:
    newest = max(news, key=lambda fact: fact.until.latest or datetime.date.min, default=None)
    if newest is None or newest.frees or not _may_be_held(document) or not _is_silent(newest.until, today):
        return line
    since = "" if newest.moment is line[-1] else phrases.public_words(newest.until.edtf)
    return _hushed(line, _last(since, reckoning.span_in_words(newest.until, today)))


def _hushed(line: list[Moment], words: str) -> list[Moment]:
    return [*line[:-1], replace(line[-1], is_hushed=True), Moment("silence", words)]


def _gap(first: PartialDate, second: PartialDate) -> str:
    """Return a silence with its length, which is not said where a date is too vague to count from."""
    length = reckoning.span_in_words(first, second)
    return gettext("No news for {length}.").format(length=length) if length else gettext("No news for a year or more.")


def _last(since: str, length: str) -> str:
    """Return the last silence, which lasts; `since` is "" where it begins with what stands right above it."""
    if since and length:
        return gettext("No news since {date}: {length}.").format(date=since, length=length)
    if since:
        return gettext("No news since {date}.").format(date=since)
    return gettext("No news since then: {length}.").format(length=length) if length else gettext("No news since then.")


def _ends_later(one: _Fact, other: _Fact) -> bool:
    if one.until.latest is None or other.until.latest is None:
        return other.until.latest is None
    return one.until.latest >= other.until.latest


def _facts(document: Profile, evidence: Evidence) -> Iterator[_Fact]:
    code = document.status.code
    is_free = code in SITUATION_OF and is_out_of_custody(code)
    for episode in document.episodes:
        path = f"episodes/{episode.id}"
        facts = []
        for event in episode.events:
            # Where somebody who is free went is told by nobody, also not by what was published before.
            told = msgspec.structs.replace(event, place=None) if is_free and event.type in RELEASES else event
            facts.append(_event(told, evidence.of(f"{path}/events/{event.id}")))
        facts += _edges(episode, evidence)
        facts += [_stay(stay, evidence.of(f"{path}/stays/{stay.id}")) for stay in episode.stays]
        facts.sort(key=lambda fact: reckoning.sort_key(fact.date))
        for number, fact in enumerate(facts):
            # What supports the detention as a whole stands where it begins.
            whole = NONE if number else evidence.exactly(path)
            yield _supported(fact, fact.moment.support + whole, evidence)


def _event(event: Event, support: Support) -> _Fact:
    fact = _dated(event.date, event_in_words(event), support)
    return replace(fact, frees=event.type in FREEING, is_news=event.type not in NO_NEWS_OF_THEM, event=event)


def _supported(fact: _Fact, support: Support, evidence: Evidence) -> _Fact:
    """Return a fact with the sources that stand beside it, and how sure we are by those."""
    aside = event_aside(fact.event, evidence.sure(fact.event.confidence, support)) if fact.event else fact.moment.aside
    return replace(fact, moment=replace(fact.moment, support=support, aside=aside))


def _edges(episode: Episode, evidence: Evidence) -> list[_Fact]:
    """Return the beginning and the end of an episode where no event tells them, and the last contact."""
    path, place = f"episodes/{episode.id}", place_in_words(episode.last_contact_place)
    told = [event.date for event in episode.events]
    facts = []
    taken = [event.date for event in episode.events if event.type in TAKEN]
    # "Summer 2017: taken" says nothing beside "19 July 2017: arrested".
    is_taken = any(_may_be_one(episode.start, date) for date in taken)
    if episode.start and episode.start not in told and not is_taken:
        facts.append(_dated(episode.start, gettext("Taken into detention."), evidence.of(f"{path}/start")))
    if (episode.last_contact or place) and not _is_contact_told(episode):
        words = gettext("Last contact") if episode.start else gettext("Arrest or last contact")
        support = evidence.of(f"{path}/last_contact", f"{path}/last_contact_place")
        facts.append(_dated(episode.last_contact, sentence(languages.listed((words, place))), support))
    if episode.end or episode.end_reason:
        words = sentence(label(EPISODE_END, episode.end_reason) or gettext("End of the detention"))
        support = evidence.of(f"{path}/end", f"{path}/end_reason")
        freed = [event.date for event in episode.events if event.type in FREEING]
        is_told = any(episode.end is None or _may_be_one(episode.end, date) for date in freed)
        facts += [] if is_told else [replace(_dated(episode.end, words, support), frees=True)]
    return facts


def _is_contact_told(episode: Episode) -> bool:
    """Whether an event tells of the last contact: the same date, and no other place."""
    places = {"", place_in_words(episode.last_contact_place)}
    return any(
        event.type in CONTACTS and event.date == episode.last_contact and place_in_words(event.place) in places
        for event in episode.events
    )


def _may_be_one(one: When | None, other: When | None) -> bool:
    """Whether two dates may mean one day."""
    if one is None or other is None:
        return False
    first, last = one.earliest or datetime.date.min, one.latest or datetime.date.max
    return (other.earliest or datetime.date.min) <= last and first <= (other.latest or datetime.date.max)


def _dated(when: When | None, words: str, support: Support) -> _Fact:
    date = partial(when)
    if date is None or when is None:
        return _Fact(PartialDate(), Moment("open", words, gettext("date not known"), "", support), PartialDate())
    shape = {"day": "day", "span": "span"}.get(reckoning.precision(date), "open")
    until = parsed(date.edtf.partition("/")[2]) if shape == "span" else date
    return _Fact(date, Moment(shape, words, when_in_words(when), when.edtf, support), until)


def _stay(stay: Stay, support: Support) -> _Fact:
    date = partial(stay.start) or partial(stay.end) or PartialDate()
    return _Fact(
        date, Moment("span", stay_in_words(stay), _length_in_words(stay), "", support), partial(stay.end) or date
    )


def _length_in_words(stay: Stay) -> str:
    start, end = when_in_words(stay.start), when_in_words(stay.end)
    if start and end and start != end:
        return gettext("{start} to {end}").format(start=start, end=end)
    if start:
        return start if end else gettext("from {start}").format(start=start)
    return gettext("until {end}").format(end=end) if end else gettext("date not known")


def _is_silent(before: PartialDate, after: PartialDate) -> bool:
    if before.latest is None or after.earliest is None:
        return False
    return (after.earliest - before.latest).days >= SILENCE_MONTHS * 30


def _may_be_held(document: Profile) -> bool:
    return SITUATION_OF.get(document.status.code, "unknown") not in {"free", "dead"}
