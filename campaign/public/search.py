"""The list of people and the search in it: one address, one line to type in, one sentence of filters."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaign.ledger import browse, finding, following
from campaign.ledger.counts import FacetBits
from campaign.public import filters, page, wall
from campaign.public.caching import cached
from campaign.public.people import Person
from campaign.search import LONGEST
from campaign.web.languages import render
from campaign.web.limits import searches as per_visitor

PAGE = 24


@page("/profiles")
@cached
def profiles() -> ResponseReturnValue:
    """List people, or those who answer `q`, filtered by the sentence above them, twenty-four at a time."""
    query, chosen = request.args.get("q", "").strip(), filters.chosen()
    after, people = request.args.get("after", "")[:40], following.current()
    shown = found(query, chosen, after) if query else listed(people, chosen, after)
    onward = shown.pop("next")
    return render(
        "public/profiles.html",
        query=query[:LONGEST],
        is_cut=len(query) > LONGEST,
        everybody=people.total,
        next_url=filters.address(query[:LONGEST], chosen, after=onward) if onward else None,
        **shown,
    )


def listed(people: FacetBits, chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of everybody who has what was chosen, in order of names."""
    page = browse.page(people, chosen, after=after, limit=PAGE)
    cards, sentence = wall.cards(people, page.numbers), wall.sentence(people, chosen)
    return {
        "cards": Markup("\n").join(card.html for card in cards),
        "sentence": sentence.html,
        "total": sentence.total,
        "told": sentence.told,
        "address": sentence.address,
        "next": cards[-1].ref if cards and not page.is_last else None,
    }


class Answering(NamedTuple):
    """A person among the results, with the reasons in pieces."""

    person: Person
    why: list[Any]


@per_visitor
def found(query: str, chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of the people who answer a query, each with why; where nobody does, whose name is nearest."""
    results = finding.people(query, chosen)
    hits, following = results.page(after=after, limit=PAGE)
    return {
        "people": [answering(hit) for hit in hits],
        "near": [] if hits else [answering(hit) for hit in results.nearest()],
        "choices": filters.choices(chosen, results.counts),
        "told": filters.told(query[:LONGEST], chosen),
        "address": filters.address(query[:LONGEST], chosen),
        "total": results.total,
        "unfiltered": len(results.answer.found),
        "everywhere": filters.address(query[:LONGEST], {}),
        "is_capped": results.total > len(results.best),
        "best": len(results.best),
        "next": following,
    }


def answering(hit: finding.Hit) -> Answering:
    """Return a person as the results show them."""
    return Answering(Person(hit.card), [reason.pieces for reason in hit.reasons])
