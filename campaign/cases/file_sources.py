# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""How it is known, and what others made of it: sources, citations, testimonies, UN work, outside entries."""

from typing import Annotated

from campaign.cases.classification import c, p, s
from campaign.cases.row import Row
from campaign.dates import PartialDate
from campaign.vocabulary import PUBLIC_SOURCE_LINE, RELATION, RELIABILITY, SOURCE_TYPE


class Source(Row, kw_only=True):
    """Where a fact comes from. A confidential one goes out as its public line alone."""

    type: Annotated[str, p("Kind of source", vocabulary=SOURCE_TYPE)] = "other"
    title: Annotated[str, p("Title")] = ""
    author: Annotated[str, p("Author")] = ""
    publisher: Annotated[str, p("Publisher")] = ""
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    url: Annotated[str, p("Address")] = ""
    archive_url: Annotated[str, p("Address of an archived copy")] = ""
    retrieved_on: Annotated[PartialDate, p("Retrieved on")] = PartialDate()
    sha256: Annotated[str, p("SHA-256 of the file")] = ""
    language: Annotated[str, p("Language")] = ""
    connection: Annotated[str, s("Connection to the person")] = ""
    reliability: Annotated[str, p("How far it is relied on", vocabulary=RELIABILITY)] = "not_known"
    is_confidential: Annotated[bool, s("Confidential", "Only its public line leaves")] = False
    public_line: Annotated[str, p("Public line", vocabulary=PUBLIC_SOURCE_LINE)] = "person_with_knowledge"


class Citation(Row, kw_only=True):
    """Ties a source to one fact: `fact` is its path, such as "status" or "episodes/3fa9c1d2/events/07b1e4aa"."""

    source_id: Annotated[str, p("Source")] = ""
    fact: Annotated[str, p("Fact")] = ""
    page: Annotated[str, p("Page")] = ""
    quote: Annotated[str, p("Quote")] = ""


class Testimony(Row, kw_only=True):
    """What a witness told. Only the anonymised text may leave, and only by their consent."""

    witness: Annotated[str, c("Witness")] = ""
    relation: Annotated[str, p("Relation", "What the witness is to the person", vocabulary=RELATION)] = ""
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    language: Annotated[str, p("Language")] = ""
    text: Annotated[str, c("Text as told")] = ""
    anonymised_text: Annotated[str, p("Anonymised text")] = ""
    media: Annotated[str, c("Recording", "Its name in the vault", n=True)] = ""
    interviewer: Annotated[str, c("Interviewer", n=True)] = ""
    consent_form: Annotated[str, c("Consent form", "Its name in the vault", n=True)] = ""
    is_public: Annotated[bool, s("May be public")] = False


class UnWork(Row, kw_only=True):
    """What was brought before a UN body, and what it said. Submissions stay at the desk."""

    body: Annotated[str, p("Body", "WGAD, WGEID, ...")] = ""
    categories: Annotated[list[str], p("Categories, in our view", "I to V of the WGAD")] = []
    opinion_number: Annotated[str, p("Opinion number")] = ""
    case_number: Annotated[str, p("Case number")] = ""
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    submission: Annotated[str, s("Submission made")] = ""


class OutsideId(Row, kw_only=True):
    """The person's entry elsewhere, or the row of the sheet it came from."""

    scheme: Annotated[str, p("Whose number", "sheet, xvd, cecc, wikidata, ...")] = ""
    value: Annotated[str, p("Number")] = ""
    is_public: Annotated[bool, s("May be public")] = False
