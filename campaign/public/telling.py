"""The words a page says of a published document: situation, events, places, facts, sources. Public facts only."""

from campaign import dates
from campaign.ledger.cards import Card
from campaign.ledger.documents import Event, Place, Profile, Source, Status, Stay, When
from campaign.vocabulary import EVENT_TYPE, FACILITY_TYPE, SOURCE_TYPE, sentences, short_label


def when_in_words(when: When | None) -> str:
    """Return a published date in words, "" where there is none."""
    return dates.public_words(when.edtf) if when else ""


def place_in_words(place: Place | None, language: str = "en") -> str:
    """Return the name of a place in a language, in any other where it has none, "" for no place."""
    if place is None:
        return ""
    return place.names.get(language) or next(iter(place.names.values()), "")


def status_sentence(document: Profile | Card) -> str:
    """Return the one sentence about the person's situation."""
    sentence = document.episodes[-1].sentence if isinstance(document, Profile) and document.episodes else None
    term = ""
    if sentence:
        term = sentences.term_in_words(
            sentence.kind, years=sentence.years or 0, months=sentence.months or 0, days=sentence.days or 0
        )
    death = document.death if isinstance(document, Profile) else None
    ended = when_in_words(death.date if death else sentence.expected_end if sentence else None)
    return sentences.status_sentence(
        document.status.code,
        confidence=document.status.confidence,
        place=place_in_words(document.held_at),
        term=term,
        ended=ended,
        last_heard=_last_heard(document.status),
    )


def status_in_words(document: Profile | Card) -> str:
    """Return the situation in about three words, for lists."""
    as_of = document.status.as_of
    is_silent = bool(_last_heard(document.status)) and as_of is not None and as_of.latest is not None
    return short_label(
        document.status.code, silent_since=as_of.latest.year if is_silent and as_of and as_of.latest else None
    )


def _last_heard(status: Status) -> str:
    """Return when the person was last heard of, "" where that lies less than a year before the last check."""
    checked, as_of = status.last_verified_on, status.as_of
    if as_of is None or as_of.latest is None:
        return ""
    if checked is not None and (checked - as_of.latest).days < 365:
        return ""
    return when_in_words(as_of)


def known_line(status: Status) -> str:
    """Return the line of two dates: latest information, last checked."""
    checked = dates.public_words(f"{status.last_verified_on:%Y-%m}") if status.last_verified_on else ""
    return sentences.two_dates(when_in_words(status.as_of), checked)


def event_in_words(event: Event) -> str:
    """Return what happened: the account where there is one, else the kind of event and the place."""
    if event.account:
        return event.account
    place = place_in_words(event.place)
    return EVENT_TYPE.label(event.type) + (f", {place}" if place else "") + "."


def stay_in_words(stay: Stay) -> str:
    """Return where somebody was held: kind of place, place, how it is known."""
    kind = FACILITY_TYPE.label(stay.place.facility) if stay.place and stay.place.facility else "Held"
    place = place_in_words(stay.place)
    return f"{kind}{f', {place}' if place else ''}.{f' {stay.how_known}' if stay.how_known else ''}"


def source_in_words(source: Source) -> str:
    """Return a source as a reader cites it; of a confidential one its public line alone."""
    if source.public_line:
        return source.public_line
    title = f"“{source.title}”" if source.title else ""
    parts = [source.author, title, source.publisher, when_in_words(source.date)]
    return ", ".join(part for part in parts if part) or SOURCE_TYPE.label(source.type)


def source_label(source: Source) -> str:
    """Return the kind of a source, and when we took it."""
    taken = f" Retrieved {dates.public_words(source.retrieved_on.isoformat())}." if source.retrieved_on else ""
    kind = "" if source.type == "other" else f"{SOURCE_TYPE.label(source.type)}."
    return f"{kind}{taken}".strip()


def age_in_words(document: Profile | Card) -> str:
    """Return the year of birth, or the age when last heard of: never a day."""
    birth = document.birth
    if birth.year_earliest is not None and birth.year_latest is not None:
        if birth.year_earliest == birth.year_latest:
            return str(birth.year_earliest)
        return f"{birth.year_earliest} to {birth.year_latest}"
    if birth.age_earliest is not None and birth.age_latest is not None:
        return sentences.age_when_last_heard_of(birth.age_earliest, birth.age_latest)
    return ""
