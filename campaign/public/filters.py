"""The sentence above the list: what can be chosen in it, how many people each choice would leave, what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from campaign import places
from campaign.public.wording import label, lowered
from campaign.vocabulary import ACTIVITY, ETHNICITY, GENDER, OCCUPATION_GROUP, STATUS, Vocabulary

LONGEST = 100  # characters of a value; a code is never longer


@dataclass(frozen=True)
class Filter:
    """One choice of the sentence: its facet, and the words around it."""

    name: str
    label: str
    before: str
    any: str
    after: str = ""


FILTERS = (
    Filter("status", "Situation", "", "in any situation", ","),
    Filter("released", "Released or not", "", "released or not", ","),
    Filter("place", "Place", "from", "anywhere", ","),
    Filter("ethnicity", "People", "of", "any people", ","),
    Filter("gender", "Gender", "", "of any gender", ","),
    Filter("occupation_group", "Work", "in", "any work", ","),
    Filter("year", "Year", "detained in", "any year"),
    Filter("activity", "Reason", "for", "any reason"),
)
VOCABULARIES: Mapping[str, Vocabulary] = {
    "status": STATUS,
    "gender": GENDER,
    "occupation_group": OCCUPATION_GROUP,
    "activity": ACTIVITY,
}
RELEASED = {"yes": "released", "no": "not released"}
UNSAID = {("gender", "not_stated"), ("occupation_group", "not_stated")}  # nobody looks for what nobody said


def chosen() -> dict[str, str]:
    """Return the filters that the address asks for, by facet, in the order of the sentence."""
    asked = {choice.name: request.args.get(choice.name, "")[:LONGEST] for choice in FILTERS}
    return {name: value for name, value in asked.items() if value}


def choices(filters: Mapping[str, str], counted: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Return the sentence's choices, each with its options and how many people each option would leave."""
    return [vars(choice) | {"options": options(choice.name, filters, counted)} for choice in FILTERS]


def options(
    facet: str, filters: Mapping[str, str], counted: Mapping[str, Mapping[str, int]]
) -> list[tuple[str, str, bool]]:
    """Return what may be chosen of a facet: its code, its words, and whether it is chosen.

    Most people first, years in order; what is chosen is always among them. Tuples, for there are hundreds on a page.
    """
    counts = {code: count for code, count in counted.get(facet, {}).items() if (facet, code) not in UNSAID}
    if facet in filters:
        counts.setdefault(filters[facet], 0)
    pairs = sorted(counts.items(), key=lambda pair: pair[0] if facet == "year" else (-pair[1], pair[0]))
    known = places.gazetteer()
    return [(code, f"{label_of(facet, code, known)} ({count})", code == filters.get(facet)) for code, count in pairs]


def told(query: str, filters: Mapping[str, str]) -> list[dict[str, str]]:
    """Return each filter that was chosen in words, with the address that leaves it out."""
    by_name = {choice.name: choice for choice in FILTERS}
    known = places.gazetteer()
    return [
        {
            "words": f"{by_name[name].before} {label_of(name, value, known)}".strip(),
            "without": address(query, {other: kept for other, kept in filters.items() if other != name}),
        }
        for name, value in filters.items()
    ]


def address(query: str, filters: Mapping[str, str], *, after: str | None = None) -> str:
    """Return the address of a search, with nothing in it that says nothing: fit to be shared."""
    said: dict[str, Any] = {"q": query or None, **filters, "after": after}
    return url_for("public.profiles", **said)


def label_of(facet: str, code: str, known: places.Gazetteer) -> str:
    """Return the words for a value of a facet as they stand in the sentence; the code itself where it has none."""
    if facet in VOCABULARIES:
        return lowered(label(VOCABULARIES[facet], code))
    if facet == "ethnicity":
        return label(ETHNICITY, code)
    if facet == "released":
        return RELEASED.get(code, code)
    return known.label(code) if facet == "place" and code in known else code
