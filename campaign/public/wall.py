"""The list of people as its page shows it: each card written out once, and the sentence above them too.

A document never changes once it is published, and writing it out is most of what a list costs. What is written here is
kept until anything public changes, within bounds; a page of people nobody has asked for yet is still made at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import get_template_attribute, render_template
from markupsafe import Markup

from campaign.ledger import browse
from campaign.ledger.counts import FacetBits
from campaign.public import filters, keeping
from campaign.public.people import Person

PIECES_BYTES = 8_000_000
EAGER = 6  # pictures that stand above the fold are fetched at once


class Piece(NamedTuple):
    """Something written out, and what the rest of the page must know of it: a card's ref, a sentence's people."""

    html: Markup
    of: Any


def cards(people: FacetBits, numbers: Sequence[int]) -> list[Piece]:
    """Return the cards of these entries in their order, without those that show nobody any more; `of` is the ref."""
    kept, stamp = pieces(), keeping.today(people.stamp)
    asked = [(number, place < EAGER) for place, number in enumerate(numbers)]
    found = {key: piece for key in asked if (piece := kept.get(stamp, key))}
    missing = [key for key in asked if key not in found]
    read = browse.cards_of([number for number, _ in missing])
    write = get_template_attribute("public/card.html", "card") if missing else None
    for number, is_eager in missing:
        if write and number in read:
            piece = Piece(write(Person(read[number]), is_eager), read[number].ref)
            found[number, is_eager] = piece
            kept.keep(stamp, (number, is_eager), piece, len(piece.html))
    return [found[key] for key in asked if key in found]


def sentence(people: FacetBits, chosen: Mapping[str, str]) -> Piece:
    """Return the box and the sentence of filters with nothing asked; `of` is how many people the filters leave."""
    kept, stamp, key = pieces(), keeping.today(people.stamp), tuple(chosen.items())
    piece = kept.get(stamp, key)
    if piece is None:
        total, counted = people.counted(chosen)
        html = render_template("public/profiles_sentence.html", choices=filters.choices(chosen, counted))
        piece = Piece(Markup(html), total)  # noqa: S704 - what Jinja wrote has been escaped
        kept.keep(stamp, key, piece, len(html))
    return piece


def pieces() -> keeping.Kept[Piece]:
    """Return what this process keeps of cards and sentences."""
    return keeping.kept("public_pieces", PIECES_BYTES)
