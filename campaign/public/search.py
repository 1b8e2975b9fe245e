"""The list of people and the search in it: one address, one line to type in, one sentence of filters."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from campaign.ledger import browse, counts, finding
from campaign.ledger.cards import Card
from campaign.public import blueprint, filters
from campaign.public.caching import cached
from campaign.public.people import person
from campaign.search import LONGEST, Reason
from campaign.web.limits import lists as per_visitor

PAGE = 24


@blueprint.get("/profiles")
@per_visitor
@cached
def profiles() -> ResponseReturnValue:
    """List people, or those who answer `q`, filtered by the sentence above them, twenty-four at a time."""
    query, chosen = request.args.get("q", "").strip(), filters.chosen()
    after = request.args.get("after", "")[:40]
    shown = found(query, chosen, after) if query else listed(chosen, after)
    return render_template(
        "public/profiles.html",
        query=query[:LONGEST],
        is_cut=len(query) > LONGEST,
        choices=filters.choices(chosen, shown.pop("counts")),
        told=filters.told(query[:LONGEST], chosen),
        everybody=browse.total(),
        address=filters.address(query[:LONGEST], chosen),
        next_url=(following := shown.pop("next")) and filters.address(query[:LONGEST], chosen, after=following),
        **shown,
    )


def listed(chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of everybody who has what was chosen, in order of names."""
    page = browse.page(chosen, after=after or None, limit=PAGE)
    total, counted = counts.counts(chosen)
    return {"people": [person(card) for card in page.cards], "total": total, "counts": counted, "next": page.next}


def found(query: str, chosen: Mapping[str, str], after: str) -> dict[str, Any]:
    """Return a page of the people who answer a query, each with why; where nobody does, whose name is nearest."""
    results = finding.people(query, chosen)
    hits, following = results.page(after=after, limit=PAGE)
    near = [] if hits else results.nearest()
    return {
        "people": [answering(hit.card, hit.reasons) for hit in hits],
        "near": [answering(hit.card, hit.reasons) for hit in near],
        "total": results.total,
        "unfiltered": len(results.answer.found),
        "everywhere": filters.address(query[:LONGEST], {}),
        "is_capped": results.total > len(results.best),
        "best": len(results.best),
        "counts": results.counts,
        "next": following,
    }


def answering(card: Card, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    """Return a person as the results show them: with the reasons in pieces."""
    return vars(person(card)) | {"why": [reason.pieces for reason in reasons]}
