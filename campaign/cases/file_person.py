# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""Who the person is and how it is known: names, family, pictures, texts; sources, citations, testimonies, UN work."""

from typing import Annotated

from campaign.cases.classification import Row, c, p, s
from campaign.dates.edtf import PartialDate
from campaign.vocabulary.people import LANGUAGE, NAME_KIND, RELATION, SCRIPT, TRANSLATION_STATE
from campaign.vocabulary.protection import IMAGE_PROVENANCE, IMAGE_TYPE, PUBLIC_SOURCE_LINE, RELIABILITY, SOURCE_TYPE


class Name(Row, kw_only=True):
    """One name in one script. None need be Latin, and two people may share every name."""

    text: Annotated[str, p("Name", "As it is written, in its own script")] = ""
    kind: Annotated[str, p("Kind of name", vocabulary=NAME_KIND)] = "full"
    script: Annotated[str, p("Script", vocabulary=SCRIPT)] = ""
    language: Annotated[str, p("Language", "Leave empty if nobody knows")] = ""
    is_preferred: Annotated[bool, p("Preferred", "The name in the heading; one at most")] = False
    pronunciation: Annotated[str, p("Pronunciation", "In plain words: pa-TI-me")] = ""
    is_public: Annotated[bool, s("May be public")] = True


class Relative(Row, kw_only=True):
    """A member of the family. Publicly only the relation and the other profile, where both are published."""

    relation: Annotated[str, p("Relation", "What they are to the person", vocabulary=RELATION)] = ""
    name: Annotated[str, c("Name")] = ""
    case_ref: Annotated[str, p("Their case", "Reference of their own case, if there is one")] = ""
    is_abroad: Annotated[bool | None, c("Abroad?")] = None
    is_detained: Annotated[bool | None, c("Detained too?")] = None
    speaks_publicly: Annotated[bool | None, c("Speaks publicly?", "Their name still needs their own consent")] = None
    is_minor: Annotated[bool | None, c("Under 18?", "Then only a number may be told")] = None


class Image(Row, kw_only=True):
    """A picture: three public renditions by digest, the untouched original in the vault."""

    digest_list: Annotated[str, p("Small rendition")] = ""
    digest_page: Annotated[str, p("Page rendition")] = ""
    digest_print: Annotated[str, p("Print rendition")] = ""
    vault_name: Annotated[str, c("Original", n=True)] = ""
    sha256: Annotated[str, c("SHA-256 of the original", n=True)] = ""
    kind: Annotated[str, p("Kind of picture", vocabulary=IMAGE_TYPE)] = "portrait"
    credit: Annotated[str, p("Credit")] = ""
    licence: Annotated[str, p("Licence")] = ""
    may_be_reprinted: Annotated[bool, p("Others may reprint it", "While it is public here, with its credit")] = False
    provenance: Annotated[str, p("Where it came from", vocabulary=IMAGE_PROVENANCE)] = ""
    provenance_words: Annotated[str, s("Who gave it to us, and how")] = ""
    likeness_confirmed_by: Annotated[str, s("Likeness confirmed by")] = ""
    likeness_confirmed_on: Annotated[PartialDate, s("Likeness confirmed on")] = PartialDate()
    others_cleared: Annotated[bool, s("Everyone else is cleared or cut out")] = False
    shows_minor: Annotated[bool, s("Shows somebody else under 18", "Then it never leaves; cut them out")] = False
    made_by_captors: Annotated[bool, s("Made by the captors", "Never a portrait")] = False
    already_public_at: Annotated[str, s("Public already at", "Address; what our own reason alone needs")] = ""
    alt: Annotated[str, p("Description", "For people who cannot see the picture")] = ""
    caption: Annotated[str, p("Caption")] = ""
    is_portrait: Annotated[bool, p("The portrait of the profile")] = False


class Text(Row, kw_only=True):
    """A text in one language. `kind` is summary, story, quote or details; `by` says whose words a quote is."""

    kind: Annotated[str, p("Kind of text", "summary, story, quote or details")] = "story"
    language: Annotated[str, p("Language", vocabulary=LANGUAGE)] = "en"
    text: Annotated[str, p("Text")] = ""
    translation_state: Annotated[
        str, p("State of the translation", "Empty for an original", vocabulary=TRANSLATION_STATE)
    ] = ""
    our_view: Annotated[bool, p("Our view", "Marked as the campaign's own")] = False
    by: Annotated[str, p("Whose words", "For a quote")] = ""
    written_by: Annotated[int | None, s("Translated by")] = None
    read_by: Annotated[int | None, s("Read by a second reader")] = None


TEXT_KINDS = ("summary", "story", "quote", "details")


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
