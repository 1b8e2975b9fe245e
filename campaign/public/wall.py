"""The list of people as its page shows it: each card written out once, and the sentence above them too.

A document never changes once it is published, and writing it out is most of what a list costs. What is written here is
kept until anything public changes, within bounds; a page of people nobody has asked for yet is still made at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from campaign import languages
from campaign.ledger import browse
from campaign.ledger.counts import FacetBits
from campaign.public import filters, keeping
from campaign.public.people import Person
from campaign.web.languages import environment, render

CARDS_BYTES = 6_000_000
SENTENCES_BYTES = 2_000_000
EAGER = 6  # pictures that stand above the fold are fetched at once


class Written(NamedTuple):
    """A card as it stands on the page."""

    ref: str
    html: Markup


class Sentence(NamedTuple):
    """The sentence of filters as it stands on the page, and what it says: how many people, what was chosen."""

    html: Markup
    total: int
    told: list[dict[str, str]]
    address: str


def cards(people: FacetBits, numbers: Sequence[int]) -> list[Written]:
    """Return the cards of these entries in their order, without those that show nobody any more."""
    kept: keeping.Kept[Written] = keeping.kept("public_cards", CARDS_BYTES)
    stamp, language = keeping.today(people.stamp), languages.current().code
    asked = [(number, place < EAGER) for place, number in enumerate(numbers)]
    found = {key: card for key in asked if (card := kept.get(stamp, (language, *key)))}
    missing = [key for key in asked if key not in found]
    read = browse.cards_of([number for number, _ in missing])
    for number, is_eager in missing:
        if number in read:
            card = Written(read[number].ref, _written(Person(read[number]), is_eager=is_eager))
            found[number, is_eager] = card
            kept.keep(stamp, (language, number, is_eager), card, len(card.html))
    return [found[key] for key in asked if key in found]


def _written(person: Person, *, is_eager: bool) -> Markup:
    module: Any = environment().get_template("public/card.html").module
    card: Markup = module.card(person, is_eager)
    return card


def sentence(people: FacetBits, chosen: Mapping[str, str]) -> Sentence:
    """Return the box and the sentence of filters where nothing was typed."""
    kept: keeping.Kept[Sentence] = keeping.kept("public_sentences", SENTENCES_BYTES)
    stamp, key = keeping.today(people.stamp), (languages.current().code, *chosen.items())
    found = kept.get(stamp, key)
    if found is None:
        total, counted = people.counted(chosen)
        html = render("public/profiles_sentence.html", choices=filters.choices(chosen, counted))
        # What Jinja wrote has been escaped.
        found = Sentence(Markup(html), total, filters.told("", chosen), filters.address("", chosen))  # noqa: S704
        kept.keep(stamp, key, found, len(html))
    return found
