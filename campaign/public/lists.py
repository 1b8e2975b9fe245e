"""The home page: a wall of names."""

import random
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask.typing import ResponseReturnValue

from campaign.clock import now
from campaign.languages import gettext, gettext_noop
from campaign.ledger import browse, facet_index
from campaign.ledger.browse import Card
from campaign.ledger.facet_index import FacetIndex
from campaign.ledger.situation import A_YEAR
from campaign.public import page
from campaign.public.people import Person
from campaign.public.profiles import day_in_words
from campaign.vocabulary.sentences import home_count
from campaign.web.context import settings
from campaign.web.languages import render
from campaign.web.limits import searches as per_visitor
from campaign.web.pages import cacheable

WALL = 200  # beyond this many people the wall is a daily draw, and says so
DEMANDS = (
    {
        "of": gettext_noop("Of the authorities"),
        "words": gettext_noop("Say where each person is, on what ground, and let the family speak with them."),
    },
    {
        "of": gettext_noop("Of governments"),
        "words": gettext_noop("Ask for these people by name, in writing, and publish the reply or the silence."),
    },
    {"of": gettext_noop("Of you"), "words": gettext_noop("Read one name aloud. Then write one letter.")},
)


@page("/")
@cacheable()
@per_visitor
def home() -> ResponseReturnValue:
    """Show the names themselves, how many there are, what is asked and what changed."""
    people = facet_index.current()
    total = people.total
    newest = [changed(card) for card in browse.latest(3)]
    wall = wall_of(browse.cards(drawn(browse.every_ref())))
    return render(
        "public/home.html",
        wall=wall,
        wall_is_drawn=total > WALL,
        any_changed=any(name["is_changed"] for name in wall),
        count=counted_in_words(people),
        demands=[{of: gettext(words) for of, words in demand.items()} for demand in DEMANDS],
        newest=newest,
        address=settings().address,
    )


def counted_in_words(people: FacetIndex) -> str:
    """Return how many have a page, and of how many what is known, so that the parts add up."""
    long_ago = people.held_and_silent_since(now().date() - A_YEAR)
    profiled = max(settings().profiled, people.total)
    return " ".join(home_count(people.total, people.groups(), long_ago, profiled))


def drawn(refs: list[str]) -> list[str]:
    """Return whose names stand on the wall: everyone's, or the day's draw. Refs, so that few cards are ever read."""
    draw = random.Random(f"{now():%Y-%m-%d}")
    return draw.sample(refs, WALL) if len(refs) > WALL else refs


def wall_of(cards: list[Card]) -> list[dict[str, Any]]:
    """Return the names of the wall; a picture stands here and there."""
    month_ago = now() - timedelta(days=30)
    return [name_on_the_wall(card, position, is_changed=card.published_at > month_ago > card.first_published_at)
            for position, card in enumerate(cards)]  # fmt: skip


def name_on_the_wall(card: Card, position: int, *, is_changed: bool) -> dict[str, Any]:
    """Return a name as the wall sets it: every fifth or so with a face or a cloth."""
    shown = Person(card)
    # Both forms of a name weigh the same: on the wall, half of the people stand there in each.
    is_in_latin = shown.second is not None and shown.ref[-1] in "13579"
    return {
        "slug": shown.slug,
        "ref": shown.ref,
        "first": shown.second if is_in_latin else shown.first,
        "portrait": shown.portrait["list"] if shown.portrait else None,
        "has_picture": position % 5 == 0,
        "is_changed": is_changed,
    }


class Changed(NamedTuple):
    """A person whose profile changed, with the day and what the change was."""

    person: Person
    on: date
    day: str
    label: str


def changed(card: Card) -> Changed:
    """Return a person with the day of the latest change."""
    is_new = card.published_at == card.first_published_at
    day = card.published_at.date()
    label = gettext("new here") if is_new else gettext("new version")
    return Changed(Person(card), day, day_in_words(day), label)
