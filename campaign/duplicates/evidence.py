"""Evidence that two cases are one person's, or are not, names aside: a table of questions, each one function.

A weight is the share of the remaining doubt that a piece of evidence takes away (for), or of the likeness (against).
The weights are the campaign's judgement, not measured: what many people share says little, what a list numbers says
much. No piece decides alone, and nothing is ever merged by it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from campaign.duplicates.traits import Born, Traits
from campaign.places import current as current_places
from campaign.vocabulary.people import ETHNICITY, OCCUPATION_GROUP

# A year or two between two dates of birth is a slip that sheets are full of; more is another person.
SLIP_DAYS = 2 * 366
ONE_YEAR, FIVE_YEARS = 366, 5 * 366


class Evidence(NamedTuple):
    """One sentence for the officer: above zero it speaks for one person, below against."""

    weight: float
    sentence: str


def gathered(one: Traits, other: Traits) -> list[Evidence]:
    """Return all the evidence there is, names aside, in the order of the table."""
    return [piece for question in QUESTIONS for piece in question(one, other)]


def birth(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare the bounds of two births: homonyms are told apart here."""
    if one.born is None or other.born is None:
        return
    first, last = max(one.born.earliest, other.born.earliest), min(one.born.latest, other.born.latest)
    if first <= last:
        yield from _births_fit(one.born, other.born)
    elif (first - last).days <= SLIP_DAYS:
        yield Evidence(-0.08, f"The dates of birth differ a little: {one.born} and {other.born}.")
    else:
        yield Evidence(-0.65, f"Born in other years: {one.born.years} and {other.born.years}.")


def _births_fit(one: Born, other: Born) -> Iterator[Evidence]:
    width = max(one.days, other.days)
    if width == 0:
        yield Evidence(0.6, f"Born on the same day: {one}.")
    elif width <= FIVE_YEARS:
        told = f"Born {one}" if str(one) == str(other) else f"Born {one} and {other}, which fit"
        yield Evidence(0.25 if width <= ONE_YEAR else 0.1, f"{told}.")


def place(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare where they are from; of where they are held only the same place says something: people are moved."""
    gazetteer = current_places.gazetteer()
    if one.origin and other.origin:
        if gazetteer.lies_in(one.origin, other.origin) or gazetteer.lies_in(other.origin, one.origin):
            yield _same_place(max(one.origin, other.origin, key=lambda code: gazetteer.by_code(code).depth), one, other)
        elif (prefecture := _prefecture(one.origin)) and prefecture == _prefecture(other.origin):
            yield Evidence(0.03, f"Both from {gazetteer.label(prefecture)}, from different parts of it.")
        else:
            told = f"{gazetteer.label(one.origin)} and {gazetteer.label(other.origin)}"
            yield Evidence(-0.15, f"From different places: {told}.")
    if one.held and one.held == other.held and gazetteer.by_code(one.held).depth > 1:
        yield Evidence(0.05, f"Both held in {gazetteer.label(one.held)}.")


def _same_place(finer: str, one: Traits, other: Traits) -> Evidence:
    gazetteer = current_places.gazetteer()
    if one.origin == other.origin:
        weight = {"town": 0.25, "county": 0.15, "prefecture": 0.06}.get(gazetteer.by_code(finer).level, 0.01)
        return Evidence(weight, f"Both from {gazetteer.label(finer)}.")
    wider = other.origin if finer == one.origin else one.origin
    return Evidence(0.04, f"{gazetteer.label(finer)} lies in {gazetteer.label(wider)}.")


def _prefecture(code: str) -> str:
    around = (current_places.gazetteer().by_code(code), *current_places.gazetteer().parents(code))
    return next((place.code for place in around if place.level == "prefecture"), "")


def work(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare what they did; different words for work say nothing: people are described by whoever speaks."""
    if shared := sorted(one.work_words & other.work_words):
        yield Evidence(0.12, f"The same work: {', '.join(shared[:3])}.")
    elif one.occupation_group and one.occupation_group == other.occupation_group:
        yield Evidence(0.04, f"The same field of work: {OCCUPATION_GROUP.label(one.occupation_group).lower()}.")


def gender(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare gender where both state one."""
    if one.gender and other.gender and one.gender != other.gender:
        yield Evidence(-0.5, f"One is {one.gender}, the other {other.gender}.")


def ethnicity(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare ethnicity where both state one; to share it says next to nothing."""
    if not one.ethnicities or not other.ethnicities:
        return
    if shared := sorted(one.ethnicities & other.ethnicities):
        yield Evidence(0.01, f"Both {ETHNICITY.label(shared[0])}.")
    else:
        told = " and ".join(ETHNICITY.label(sorted(side)[0]) for side in (one.ethnicities, other.ethnicities))
        yield Evidence(-0.2, f"Of different peoples: {told}.")


def numbers(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Compare numbers in other lists: one list's same number means one person, two mean two, or one entered twice."""
    if shared := sorted(one.numbers & other.numbers):
        scheme, value = shared[0]
        yield Evidence(0.9, f"The same number in the list {scheme}: {value.upper()}.")
        return
    for scheme in sorted({scheme for scheme, _ in one.numbers} & {scheme for scheme, _ in other.numbers}):
        told = " and ".join(
            next(value.upper() for known, value in sorted(side) if known == scheme)
            for side in (one.numbers, other.numbers)
        )
        yield Evidence(-0.2, f"Two numbers in the list {scheme}: {told}.")


def family(one: Traits, other: Traits) -> Iterator[Evidence]:
    """Ask whether one is written down as a relative of the other."""
    if (one.ref and one.ref in other.relatives) or (other.ref and other.ref in one.relatives):
        yield Evidence(-0.8, "One is written down as a relative of the other.")


QUESTIONS: tuple[Callable[[Traits, Traits], Iterator[Evidence]], ...] = (
    numbers,
    birth,
    place,
    work,
    gender,
    ethnicity,
    family,
)
