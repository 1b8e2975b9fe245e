"""What happened, as a line in time: known days, months and spans, and the silences between them."""

from dataclasses import dataclass

from campaign import dates
from campaign.dates import PartialDate
from campaign.ledger.documents import Episode, Profile, Stay, When
from campaign.public.telling import event_in_words, place_in_words, stay_in_words

SILENCE_MONTHS = 12  # shorter gaps are ordinary between reports; a year without a word is told as a silence


@dataclass(frozen=True)
class Moment:
    """One point on the line. `shape` is "day", "open", "span" or "silence"."""

    shape: str
    words: str
    when: str = ""
    machine: str = ""
    cited: tuple[int, ...] = ()


def partial(when: When | None) -> PartialDate | None:
    """Return the partial date of a published one; None where there is none."""
    return dates.parse(when.edtf) if when and when.edtf else None


def timeline(document: Profile, *, today: PartialDate) -> list[Moment]:
    """Return the moments of all episodes in order, silences between them, the last silence left open.

    `today` closes the last silence; nothing is said of silence after a release or a death.
    """
    told = sorted(_facts(document), key=lambda fact: dates.sort_key(fact[0]))
    moments: list[Moment] = []
    for before, (date, moment) in zip([None, *(fact[0] for fact in told)], told, strict=False):
        if before is not None and _is_silent(before, date):
            moments.append(Moment("silence", f"No news for {dates.span_in_words(before, date)}."))
        moments.append(moment)
    last = partial(document.status.as_of) or (told[-1][0] if told else None)
    if told and last and _is_silent(max(last, told[-1][0], key=dates.sort_key), today) and _may_be_held(document):
        newest = max(last, told[-1][0], key=dates.sort_key)
        moments.append(Moment("silence", f"No news since then: {dates.span_in_words(newest, today)}."))
    return moments


def _facts(document: Profile) -> list[tuple[PartialDate, Moment]]:
    cited = citations_by_fact(document)
    facts: list[tuple[PartialDate, Moment]] = []
    for episode in document.episodes:
        path = f"episodes/{episode.id}"
        for event in episode.events:
            facts += _dated(event.date, event_in_words(event), cited.get(f"{path}/events/{event.id}", ()))
        facts += _edges(episode, cited)
        for stay in episode.stays:
            start = partial(stay.start)
            facts += _stay(stay, start, cited.get(f"{path}/stays/{stay.id}", ()))
    return facts


def _edges(episode: Episode, cited: dict[str, tuple[int, ...]]) -> list[tuple[PartialDate, Moment]]:
    """Return the beginning of an episode where no event tells it, and the last contact."""
    path, place = f"episodes/{episode.id}", place_in_words(episode.last_contact_place)
    facts: list[tuple[PartialDate, Moment]] = []
    if episode.start and not any(event.date == episode.start for event in episode.events):
        facts += _dated(episode.start, "Taken into detention.", cited.get(f"{path}/start", ()))
    if episode.last_contact:
        words = f"Arrest or last contact{f', {place}' if place else ''}." if not episode.start else "Last contact."
        facts += _dated(episode.last_contact, words, cited.get(f"{path}/last_contact", ()))
    return facts


def _dated(when: When | None, words: str, cited: tuple[int, ...]) -> list[tuple[PartialDate, Moment]]:
    date = partial(when)
    if date is None or when is None:
        return []
    shape = {"day": "day", "span": "span"}.get(dates.precision(date), "open")
    return [(date, Moment(shape, words, dates.public_words(when.edtf), when.edtf, cited))]


def _stay(stay: Stay, start: PartialDate | None, cited: tuple[int, ...]) -> list[tuple[PartialDate, Moment]]:
    if start is None:
        return []
    end = partial(stay.end)
    words = dates.public_words(start.edtf) + (f" to {dates.public_words(end.edtf)}" if end else "")
    return [(start, Moment("span", stay_in_words(stay), words, start.edtf, cited))]


def citations_by_fact(document: Profile) -> dict[str, tuple[int, ...]]:
    """Return, for each fact's path, the numbers of the sources that support it."""
    numbers: dict[str, tuple[int, ...]] = {}
    for citation in document.citations:
        known = numbers.get(citation.fact, ())
        numbers[citation.fact] = known if citation.source in known else (*known, citation.source)
    return numbers


def _is_silent(before: PartialDate, after: PartialDate) -> bool:
    if before.latest is None or after.earliest is None:
        return False
    return (after.earliest - before.latest).days >= SILENCE_MONTHS * 30


def _may_be_held(document: Profile) -> bool:
    return not document.status.code.startswith(("released", "died", "executed", "in_exile"))
