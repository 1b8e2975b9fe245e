"""The parts of a published document that tell what was done, who says so, and what came of it."""

import datetime

from campaign.ledger.parts import Part, Place, When


class Violation(Part, frozen=True):
    """A violation of the person's rights; a graphic account belongs behind a warning."""

    id: str
    kind: str
    date: When | None
    account: str
    is_graphic: bool


class Testimony(Part, frozen=True):
    """What a witness told, anonymised."""

    id: str
    relation: str
    date: When | None
    language: str
    text: str


class StateResponse(Part, frozen=True):
    """What the authorities claim. Shown as their claim; it moves no status."""

    id: str
    date: When | None
    authority: str
    form: str
    claim: str
    assessment: str


class Source(Part, frozen=True):
    """A source, numbered as readers see it. A confidential one carries `public_line` and its type alone."""

    number: int
    type: str
    title: str
    author: str
    publisher: str
    date: When | None
    url: str
    archive_url: str
    retrieved_on: datetime.date | None
    language: str
    reliability: str
    sha256: str
    public_line: str


class Citation(Part, frozen=True):
    """Ties a source, by its number, to the fact that it supports, by the fact's path in this document."""

    source: int
    fact: str
    page: str
    quote: str


class Death(Part, frozen=True):
    """A death. Only where the next of kin know and two independent sources agree is it confirmed."""

    date: When | None
    place: Place | None
    cause_stated: str
    cause_alleged: str
    body_returned: bool | None
    is_confirmed: bool


class UnWork(Part, frozen=True):
    """What UN bodies did: categories are our view (WGAD I-V), numbers are theirs."""

    id: str
    body: str
    categories: list[str]
    opinion_number: str
    case_number: str


class Outcome(Part, frozen=True):
    """What an appeal or another effort brought about."""

    impact: str
    date: When | None
    text: str
