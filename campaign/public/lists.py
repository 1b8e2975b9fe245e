"""The home page, a wall of names, and the list of people with its sentence of filters."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import places
from campaign.database import now
from campaign.ledger import browse, counts
from campaign.ledger.cards import Card
from campaign.public import blueprint
from campaign.public.caching import cached
from campaign.public.people import person
from campaign.public.profiles import day_in_words
from campaign.vocabulary import ETHNICITY, OCCUPATION_GROUP, STATUS
from campaign.vocabulary.sentences import home_count
from campaign.web import settings
from campaign.web.limits import lists as per_visitor

WALL = 200  # beyond this many people the wall is a daily draw, and says so
PAGE = 24
DEMANDS = (
    {
        "of": "Of the authorities",
        "words": "Say where each person is, on what ground, and let the family speak with them.",
    },
    {
        "of": "Of governments",
        "words": "Ask for these people by name, in writing, and publish the reply or the silence.",
    },
    {"of": "Of you", "words": "Read one name aloud. Then write one letter."},
)


@dataclass(frozen=True)
class Filter:
    """One choice of the sentence above the list: its facet, and the words around it."""

    name: str
    label: str
    before: str
    any: str
    after: str = ""


FILTERS = (
    Filter("status", "Situation", "", "in any situation"),
    Filter("place", "Place", "from", "anywhere"),
    Filter("ethnicity", "People", "of", "any people"),
    Filter("occupation_group", "Work", "in", "any work"),
    Filter("year", "Year", "detained in", "any year"),
)


@blueprint.get("/")
@per_visitor
@cached
def home() -> ResponseReturnValue:
    """Show the names themselves, how many there are, what is asked and what changed."""
    total = browse.total()
    newest = [changed(card) for card in browse.latest(3)]
    wall = wall_of(list(browse.every_card()))
    return render_template(
        "public/home.html",
        wall=wall,
        wall_is_drawn=total > WALL,
        any_changed=any(name["is_changed"] for name in wall),
        count=home_count(total, max(settings().profiled, total)),
        demands=DEMANDS,
        newest=newest,
        address=settings().address,
    )


def wall_of(cards: list[Card]) -> list[dict[str, Any]]:
    """Return the names of the wall: everyone, or the day's draw; a picture stands here and there."""
    draw = random.Random(f"{now():%Y-%m-%d}")
    chosen = draw.sample(cards, WALL) if len(cards) > WALL else cards
    month_ago = now() - timedelta(days=30)
    return [name_on_the_wall(card, position, is_changed=card.published_at > month_ago > card.first_published_at)
            for position, card in enumerate(chosen)]  # fmt: skip


def name_on_the_wall(card: Card, position: int, *, is_changed: bool) -> dict[str, Any]:
    """Return a name as the wall sets it: every fifth or so with a face or a cloth."""
    shown = person(card)
    return {
        "slug": shown.slug,
        "ref": shown.ref,
        "first": shown.first,
        "portrait": shown.portrait["list"] if shown.portrait else None,
        "has_picture": position % 5 == 0,
        "is_changed": is_changed,
    }


def changed(card: Card) -> dict[str, Any]:
    """Return a person with the day of the latest change."""
    is_new = card.published_at == card.first_published_at
    return vars(person(card)) | {
        "changed_on": card.published_at.date(),
        "changed_day": day_in_words(card.published_at.date()),
        "change_label": "new here" if is_new else "new version",
    }


@blueprint.get("/profiles")
@per_visitor
@cached
def profiles() -> ResponseReturnValue:
    """List people, filtered by the sentence above them, twenty-four at a time."""
    chosen = {choice.name: request.args.get(choice.name, "")[:100] for choice in FILTERS}
    filters = {name: value for name, value in chosen.items() if value}
    page = browse.page(filters, after=request.args.get("after", "")[:40], limit=PAGE)
    total, counted = counts.counts(filters)
    onward: dict[str, Any] = dict(filters)
    return render_template(
        "public/profiles.html",
        choices=[
            vars(choice) | {"chosen": chosen[choice.name], "options": options(choice, counted)} for choice in FILTERS
        ],
        shown=[person(card) for card in page.cards],
        found=f"{total:,} {'person' if total == 1 else 'people'} of {browse.total():,}.",
        is_filtered=bool(filters),
        next_url=url_for("public.profiles", after=page.next, **onward) if page.next else None,
    )


def options(choice: Filter, counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """Return what may be chosen, with how many people each choice would show: most first, years in order."""
    pairs = list(counted.get(choice.name, {}).items())
    pairs.sort(key=lambda pair: pair[0] if choice.name == "year" else (-pair[1], pair[0]))
    return [{"code": code, "label": label_of(choice.name, code), "count": count} for code, count in pairs]


def label_of(facet: str, code: str) -> str:
    """Return the words for a value of a facet; the code itself where it has none."""
    vocabulary = {"status": STATUS, "ethnicity": ETHNICITY, "occupation_group": OCCUPATION_GROUP}.get(facet)
    if vocabulary is not None:
        return vocabulary.label(code) if code in vocabulary else code
    return places.gazetteer().label(code) if facet == "place" and code in places.gazetteer() else code
