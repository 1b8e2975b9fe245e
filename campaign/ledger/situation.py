"""The situation of a published person: the facts of it in the document, and what is told of them on a day.

News is what was learned of the person from others than the authorities alone. Where it is a year old nothing is said as
of today. A term that has ended moves a situation by the clock on pages and in lists, never in a stored document.
"""

import datetime
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from campaign import languages
from campaign.dates import phrases, reckoning, terms
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import Birth, Episode, Place, Profile, Sentence, When
from campaign.vocabulary.events import KIND_OF, NO_NEWS_OF_THEM
from campaign.vocabulary.protection import AUTHORITIES
from campaign.vocabulary.situations import Told, status_line, term_in_words
from campaign.vocabulary.status import ENDS_BY_CLOCK, SITUATION_OF, SUFFICIENT, short_label
from campaign.vocabulary.status_lines import DEATH_NOT_CONFIRMED, RELEASE_NOT_CONFIRMED

OVER = "sentence_over_release_unconfirmed"
A_YEAR = datetime.timedelta(days=366)
NOT_KNOWN = PartialDate()


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What a status line is made of. `death` is "", "reported" or "confirmed"; `passed` the date of the sentence."""

    code: str
    confidence: str
    name: str
    kinds: list[str]
    place: Place | None
    heard: When | None
    is_news_independent: bool
    sentence: Sentence | None
    passed: When | None
    is_changed: bool
    acquitted: When | None
    died: When | None
    death: str
    is_claimed_free: bool
    is_disclosed: bool


def situation_of(profile: Profile) -> Situation:
    """Return the facts of a profile that a status line is made of."""
    status, newest = profile.status, profile.episodes[-1] if profile.episodes else None
    heard, is_independent = _news(profile)
    death = _death(profile)
    is_dead = SITUATION_OF.get(status.code) == "dead"
    place = (profile.death.place if profile.death else None) if is_dead else profile.held_at
    return Situation(
        code=status.code,
        confidence=status.confidence,
        name=profile.display_name,
        kinds=kinds_of(profile),
        place=place,
        heard=heard,
        is_news_independent=is_independent,
        sentence=newest.sentence if newest else None,
        passed=_dated(newest, "sentence"),
        is_changed=_dated(newest, "sentence_change") is not None,
        acquitted=_dated(newest, "acquittal") if status.code == "unknown" else None,
        died=(profile.death.date if profile.death else None) or (status.as_of if is_dead else None),
        death=death,
        is_claimed_free=any(row.form == "released_claim" for row in profile.state_responses),
        is_disclosed=bool(newest and newest.whereabouts and newest.whereabouts.is_location_disclosed),
    )


def kinds_of(profile: Profile) -> list[str]:
    """Return the kinds of place in which the person may be held; nothing where none is known."""
    if profile.status.kinds_of_place:
        return profile.status.kinds_of_place
    told = profile.held_at.facility if profile.held_at else ""
    implied = KIND_OF.get(profile.status.code, "")
    return [kind for kind in (implied or told,) if kind not in {"", "unknown"}]


def latest_news(profile: Profile) -> When | None:
    """Return the date of the newest thing that is known of the person, None where nothing has a date."""
    return _news(profile)[0]


def _news(profile: Profile) -> tuple[When | None, bool]:
    """Return the newest news, that of others than the authorities first, and whether it is."""
    theirs = _told_by_them_alone(profile)
    dated = [(path, when) for path, when in _dates(profile) if when and when.latest and when.earliest]
    others = [when for path, when in dated if path not in theirs]
    # Of two that end on one day the finer one says more.
    found = max(others or [when for _, when in dated], key=_end_and_start, default=None)
    if found is None and not is_dated_by_clock(profile):
        return profile.status.as_of, True
    return found, bool(others)


def is_dated_by_clock(profile: Profile) -> bool:
    """Whether the date of a status is the end of the term, as documents of the first format have it: no news."""
    passed = profile.episodes[-1].sentence if profile.episodes else None
    return profile.status.code == OVER and passed is not None and profile.status.as_of == passed.expected_end


def _end_and_start(when: When) -> tuple[datetime.date, datetime.date]:
    return when.latest or datetime.date.max, when.earliest or datetime.date.min


def _dates(profile: Profile) -> Iterator[tuple[str, When | None]]:
    if not is_dated_by_clock(profile):
        yield "status", profile.status.as_of
    if profile.death and profile.death.is_confirmed:
        yield "death", profile.death.date
    for episode in profile.episodes:
        base = f"episodes/{episode.id}"
        yield f"{base}/start", episode.start
        yield f"{base}/end", episode.end
        yield f"{base}/last_contact", episode.last_contact
        for event in episode.events:
            if event.type not in NO_NEWS_OF_THEM:
                yield f"{base}/events/{event.id}", event.date
        for stay in episode.stays:
            yield from ((f"{base}/stays/{stay.id}", date) for date in (stay.start, stay.end))


def _told_by_them_alone(profile: Profile) -> set[str]:
    """Return the facts for which sources of the authorities alone are cited."""
    kinds = {source.number: source.type for source in profile.sources}
    cited: dict[str, set[str]] = {}
    for citation in profile.citations:
        cited.setdefault(citation.fact, set()).add(kinds.get(citation.source, ""))
    return {fact for fact, types in cited.items() if types <= AUTHORITIES}


def _dated(episode: Episode | None, kind: str) -> When | None:
    events = episode.events if episode else []
    return next((event.date for event in events if event.type == kind and event.date), None)


def _death(profile: Profile) -> str:
    if profile.death is not None:
        return "confirmed" if profile.death.is_confirmed else "reported"
    if SITUATION_OF.get(profile.status.code) != "dead":
        return ""
    return "confirmed" if profile.status.confidence in {"confirmed", "corroborated"} else "reported"


def partial(when: When | None) -> PartialDate:
    """Return the partial date of a published one."""
    return PartialDate(edtf=when.edtf, earliest=when.earliest, latest=when.latest) if when else NOT_KNOWN


def end_of(situation: Situation) -> tuple[PartialDate, bool]:
    """Return when the term known ends, and whether that is reckoned; where nothing says so, an unknown date.

    The end that is stated, else start and length: an outer bound. A term that was changed has no start of its own.
    """
    passed = situation.sentence
    if passed is None or passed.kind in {"life", "death"}:
        return NOT_KNOWN, False
    if passed.expected_end:
        return partial(passed.expected_end), False
    start = passed.start or (None if situation.is_changed else situation.passed)
    length = {"years": passed.years or 0, "months": passed.months or 0, "days": passed.days or 0}
    return terms.end_of_term(partial(start), **length), True


def over_after(situation: Situation) -> datetime.date | None:
    """Return the last day on which the term may still run, None where that is not known or the last news is later."""
    ends = reckoning.outer_bounds(end_of(situation)[0])[1]
    heard = situation.heard.earliest if situation.heard else None
    return None if ends is None or (heard is not None and heard > ends) else ends


def moves_by_clock(situation: Situation) -> bool:
    """Whether the end of the term leads to another situation."""
    kind = situation.sentence.kind if situation.sentence else ""
    return situation.code in ENDS_BY_CLOCK.get(kind, ())


def code_on(situation: Situation, today: datetime.date | None) -> str:
    """Return the situation on a day: a term that has ended by then is over. Without a day, the one when heard of."""
    last = over_after(situation) if today and moves_by_clock(situation) else None
    return OVER if today and last and last < today else situation.code


def is_fresh(situation: Situation, today: datetime.date) -> bool:
    """Whether the last independent news is surely not older than twelve months."""
    first = reckoning.outer_bounds(partial(situation.heard))[0] if situation.is_news_independent else None
    return first is not None and today - first <= A_YEAR


def group_of(situation: Situation) -> str:
    """Return under which of held, restricted, free, dead, unknown somebody is counted when last heard of."""
    if situation.death:
        return "dead"
    group = SITUATION_OF.get(situation.code, "unknown")
    return "unknown" if group == "free" and situation.confidence not in SUFFICIENT else group


def line(situation: Situation, today: datetime.date | None, *, name: str = "") -> str:
    """Return the sentences about a situation on a day; without a day in words that stay true, for a document."""
    return status_line(told(situation, today, name=name))


def short(situation: Situation, today: datetime.date) -> str:
    """Return a situation in about three words, for lists: "In a camp, last known 2018"."""
    if situation.death == "reported":
        return languages.gettext(DEATH_NOT_CONFIRMED)
    if SITUATION_OF[situation.code] == "free" and situation.confidence not in SUFFICIENT:
        return languages.gettext(RELEASE_NOT_CONFIRMED)
    year = situation.heard.latest.year if situation.heard and situation.heard.latest else None
    return short_label(code_on(situation, today), last_known=None if is_fresh(situation, today) else year)


def told(situation: Situation, today: datetime.date | None, *, name: str = "") -> Told:
    """Return the facts of a status line in words of the language that is spoken."""
    passed, (end, is_reckoned) = situation.sentence, end_of(situation)
    length = {"years": 0, "months": 0, "days": 0}
    if passed:
        length = {"years": passed.years or 0, "months": passed.months or 0, "days": passed.days or 0}
    last, outer = over_after(situation), reckoning.outer_bounds(end)[1]
    heard = terms.to_the_month(situation.heard.edtf) if situation.heard else ""
    is_closed = end.earliest is not None and end.latest is not None
    return Told(
        code=code_on(situation, today),
        confidence=situation.confidence,
        kinds=tuple(situation.kinds),
        place=place_in_words(situation.place),
        heard=phrases.public_words(heard),
        heard_in=phrases.adverbial(heard),
        is_kept=today is None,
        is_fresh=today is not None and is_fresh(situation, today),
        is_undisclosed=not situation.is_disclosed,
        sentence_kind=passed.kind if passed else "",
        length=term_in_words("term", **length),
        passed=phrases.adverbial(terms.to_the_month(situation.passed.edtf)) if situation.passed else "",
        until=phrases.public_words(terms.unmarked(terms.to_the_month(end.edtf))) if is_closed else "",
        ended=phrases.adverbial(end.edtf),
        is_reckoned=is_reckoned,
        is_over=today is not None and last is not None and last < today,
        is_past=outer is not None and last is None,
        acquitted=phrases.adverbial(situation.acquitted.edtf) if situation.acquitted else "",
        died=phrases.adverbial(situation.died.edtf) if situation.died else "",
        is_death_confirmed=situation.death == "confirmed",
        is_death_reported=situation.death == "reported",
        claimed_free=(name or situation.name) if situation.is_claimed_free else "",
    )


def place_in_words(place: Place | None) -> str:
    """Return the name of a place in the page's language, or in another where it has none, "" for no place."""
    if place is None:
        return ""
    code = languages.current().code
    named = place.names.get(code) or place.names.get(code.split("-")[0]) or place.names.get(languages.SOURCE.code)
    return named or next(iter(place.names.values()), "")


def age_at(birth: Birth, when: When | None) -> tuple[int, int] | None:
    """Return the least and the greatest age on a date, by the years of birth that are public; None where unknown.

    What is about or perhaps a year is a year wider on either side.
    """
    first_day, last_day = reckoning.outer_bounds(partial(when))
    if birth.year_earliest is None or birth.year_latest is None or first_day is None or last_day is None:
        return None
    slack = 1 if {"about", "perhaps"} & set(birth.qualifiers) else 0
    low, high = first_day.year - birth.year_latest - 1 - slack, last_day.year - birth.year_earliest + slack
    return (max(low, 0), high) if high >= 0 else None


def with_words(profile: Profile) -> Profile:
    """Return a profile whose status says what follows from the rest: last news, situation in words that stay true."""
    facts = situation_of(profile)
    is_released = SITUATION_OF.get(facts.code) == "free" and facts.confidence in SUFFICIENT
    with languages.spoken(languages.SOURCE):
        words = line(facts, None) if facts.code in SITUATION_OF else ""
    status = replace(profile.status, last_news=facts.heard, release_known=is_released, sentence=words)
    return replace(profile, status=status)
