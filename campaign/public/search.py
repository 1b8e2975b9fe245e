"""The list of people and the search in it: one address, one line to type in, one sentence of filters."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import request
from flask.typing import ResponseReturnValue

from campaign.ledger import browse, facet_index, search
from campaign.ledger.facet_index import FacetIndex
from campaign.public import filters, page
from campaign.public.people import Person
from campaign.search.query import cut
from campaign.web.languages import render
from campaign.web.limits import questions as per_visitor
from campaign.web.pages import cacheable

PAGE = 24
EAGER = 6  # pictures that stand above the fold are fetched at once


@page("/profiles")
@cacheable("q", "after", *(choice.name for choice in filters.FILTERS))
def profiles() -> ResponseReturnValue:
    """List people, or those who answer `q`, filtered by the sentence above them, twenty-four at a time."""
    query, chosen = request.args.get("q", "").strip(), filters.chosen()
    after, people = request.args.get("after", "")[:40], facet_index.current()
    shown = found(query, chosen, after) if query else listed(people, chosen, after)
    onward = shown.pop("next")
    return render(
        "public/profiles.html",
        query=cut(query),
        is_cut=cut(query) != query,
        everybody=people.total,
        next_url=filters.address(cut(query), chosen, after=onward) if onward else None,
        **shown,
    )


def listed(people: FacetIndex, chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of everybody who has what was chosen, in order of names."""
    page = browse.page(people, chosen, after=after, limit=PAGE)
    read = browse.cards_of(page.numbers)
    cards = [Person(read[number]) for number in page.numbers if number in read]
    total, counted = people.counted(chosen)
    return {
        "people": cards,
        "eager": EAGER,
        "choices": filters.choices(chosen, counted),
        "total": total,
        "active_filters": filters.active("", chosen),
        "address": filters.address("", chosen),
        "next": cards[-1].ref if cards and not page.is_last else None,
    }


class Answering(NamedTuple):
    """A person among the results, with the reasons in pieces."""

    person: Person
    why: list[Any]


@per_visitor
def found(query: str, chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of the people who answer a query, each with why; where nobody does, whose name is nearest."""
    results = search.people(query, chosen)
    hits, following = results.page(after=after, limit=PAGE)
    return {
        "people": [answering(hit) for hit in hits],
        "near": [] if hits else [answering(hit) for hit in results.nearest()],
        "choices": filters.choices(chosen, results.counts),
        "active_filters": filters.active(cut(query), chosen),
        "address": filters.address(cut(query), chosen),
        "total": results.total,
        "unfiltered": len(results.answer.found),
        "everywhere": filters.address(cut(query), {}),
        "is_capped": results.total > len(results.best),
        "best": len(results.best),
        "next": following,
    }


def answering(hit: search.Hit) -> Answering:
    """Return a person as the results show them."""
    return Answering(Person(hit.card), [reason.pieces for reason in hit.reasons])
