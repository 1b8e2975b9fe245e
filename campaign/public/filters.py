"""The filters of the list, a sentence: what can be chosen, how many people each choice would leave, what was chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from flask import request, url_for

from campaign import languages
from campaign.languages import gettext, gettext_noop, pgettext
from campaign.places import current as current_places
from campaign.places import gazetteer
from campaign.public.phrases import label, lowered
from campaign.vocabulary.law import ACTIVITY
from campaign.vocabulary.people import ETHNICITY, GENDER, OCCUPATION_GROUP
from campaign.vocabulary.status import OF_MANY, STATUS
from campaign.vocabulary.table import Vocabulary

LONGEST = 100  # characters of a value; a code is never longer


@dataclass(frozen=True)
class Filter:
    """One choice of the sentence: its facet, what it is called, what stands for no choice, how a choice is worded."""

    name: str
    label: str
    any: str
    wording: str = "{choice}"


FILTERS = (
    Filter("status", gettext_noop("Situation"), gettext_noop("in any situation")),
    Filter("released", gettext_noop("Released or not"), gettext_noop("released or not")),
    Filter("from", gettext_noop("From"), gettext_noop("anywhere"), gettext_noop("from {choice}")),
    Filter(
        "held_in",
        gettext_noop("Held in"),
        gettext_noop("any place"),
        gettext_noop("held in {choice} when last heard of"),
    ),
    Filter("ethnicity", gettext_noop("Ethnicity"), gettext_noop("any ethnicity"), gettext_noop("of {choice}")),
    Filter("gender", gettext_noop("Gender"), gettext_noop("of any gender")),
    Filter("occupation_group", gettext_noop("Work"), gettext_noop("any work"), gettext_noop("in {choice}")),
    Filter("year", gettext_noop("Year"), gettext_noop("any year"), gettext_noop("detained in {choice}")),
    Filter("activity", gettext_noop("Reason"), gettext_noop("any reason"), gettext_noop("for {choice}")),
)
# Translators: the sentence of choices above the list of people; each place is a choice, "in any situation" at first.
SENTENCE = gettext_noop(
    "People {status}, {released}, from {from}, held in {held_in}, of {ethnicity}, {gender}, in {occupation_group}, "
    "detained in {year} for {activity}"
)
MARK = re.compile(r"[^\w\s(]*")  # what follows a choice without a space: it stays on its line
VOCABULARIES: Mapping[str, Vocabulary] = {
    "gender": GENDER,
    "occupation_group": OCCUPATION_GROUP,
    "activity": ACTIVITY,
}
RELEASED = {"yes": gettext_noop("released"), "no": gettext_noop("of whom we know no release")}
PLACES = ("from", "held_in")
UNSAID = {("gender", "not_stated"), ("occupation_group", "not_stated")}  # nobody looks for what nobody said


def chosen() -> dict[str, str]:
    """Return the filters that the address asks for, by facet, in the order of the sentence."""
    asked = {choice.name: request.args.get(choice.name, "")[:LONGEST] for choice in FILTERS}
    return {name: value for name, value in asked.items() if value}


def choices(filters: Mapping[str, str], counted: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Return the sentence in pieces: the words before a choice, the choice, the mark after it.

    Each choice has its options and how many people each option would leave. The last piece may be words alone.
    """
    by_name = {choice.name: choice for choice in FILTERS}
    pieces: list[dict[str, Any]] = []
    for words, name, *_ in Formatter().parse(gettext(SENTENCE)):
        mark = MARK.match(words) if pieces else None
        if mark:
            pieces[-1]["after"] = mark.group()
        piece: dict[str, Any] = {"before": words[mark.end() if mark else 0 :].strip(), "name": name or "", "after": ""}
        if name:
            labels = {"label": gettext(by_name[name].label), "any": gettext(by_name[name].any)}
            piece |= labels | {"options": options(name, filters, counted)}
        pieces.append(piece)
    return pieces


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
    known = current_places.gazetteer()
    return [(code, f"{label_of(facet, code, known)} ({count})", code == filters.get(facet)) for code, count in pairs]


def active(query: str, filters: Mapping[str, str]) -> list[dict[str, str]]:
    """Return each filter that was chosen in words, with the address that leaves it out."""
    by_name = {choice.name: choice for choice in FILTERS}
    known = current_places.gazetteer()
    return [
        {
            "words": gettext(by_name[name].wording).format(choice=label_of(name, value, known)),
            "without": address(query, {other: kept for other, kept in filters.items() if other != name}),
        }
        for name, value in filters.items()
    ]


def address(query: str, filters: Mapping[str, str], *, after: str | None = None) -> str:
    """Return the address of a search, with nothing in it that says nothing: fit to be shared."""
    said: dict[str, Any] = {"q": query or None, **filters, "after": after}
    return url_for("public.profiles", **said)


def label_of(facet: str, code: str, known: gazetteer.Gazetteer) -> str:
    """Return the words for a value of a facet as they stand in the sentence; the code itself where it has none."""
    if facet == "status":
        return pgettext("people", OF_MANY[code]) if code in OF_MANY else lowered(label(STATUS, code))
    if facet in VOCABULARIES:
        return lowered(label(VOCABULARIES[facet], code))
    if facet == "ethnicity":
        return label(ETHNICITY, code)
    if facet == "released":
        return gettext(RELEASED[code]) if code in RELEASED else code
    return known.label(code, languages.current().code) if facet in PLACES and code in known else code
