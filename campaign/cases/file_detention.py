# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""What was done to the person: episodes of detention and all that lies inside one."""

from typing import Annotated

import msgspec

from campaign.cases.classification import Part, Row, c, p, s
from campaign.dates.edtf import PartialDate
from campaign.vocabulary.events import EPISODE_END, EVENT_TYPE, FACILITY_TYPE
from campaign.vocabulary.law import (
    ACTIVITY,
    ANSWER,
    COURT_KIND,
    LEGAL_BASIS,
    OPENNESS,
    SENTENCE_KIND,
    STAGE,
    STATE_RESPONSE,
    VIOLATION,
)
from campaign.vocabulary.status import CONFIDENCE

VERBATIM = "Word for word, as they said or wrote it: only then shown in quotation marks"
WHICH = "Of our list of facilities, or its name as told to us"


class Event(Row, kw_only=True):
    """A dated fact inside an episode. `facility` is a kind of place, `place` a code of the gazetteer.

    `facility_name` says which one, as cases.facilities writes it: it is never published.
    """

    type: Annotated[str, p("What happened", vocabulary=EVENT_TYPE)] = "other"
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    place: Annotated[str, p("Place")] = ""
    facility: Annotated[str, p("Kind of place", vocabulary=FACILITY_TYPE)] = ""
    facility_name: Annotated[str, s("Which one", WHICH)] = ""
    authority: Annotated[str, p("Authority", "The body, never a person")] = ""
    account: Annotated[str, p("What is known of it")] = ""
    confidence: Annotated[str, p("How sure we are", vocabulary=CONFIDENCE)] = "unknown"
    is_public: Annotated[bool, s("May be public")] = True
    our_view: Annotated[bool, p("Our view", "Stands without a citation, marked as ours")] = False


class Stay(Row, kw_only=True):
    """A time in one place of detention."""

    facility: Annotated[str, p("Kind of place", vocabulary=FACILITY_TYPE)] = ""
    facility_name: Annotated[str, s("Which one", WHICH)] = ""
    place: Annotated[str, p("Place")] = ""
    start: Annotated[PartialDate, p("From")] = PartialDate()
    end: Annotated[PartialDate, p("To")] = PartialDate()
    how_known: Annotated[str, p("How it is known")] = ""


class Charge(Row, kw_only=True):
    """What the authorities charge the person with: their claim, never a fact."""

    law: Annotated[str, p("Law")] = ""
    article: Annotated[str, p("Article")] = ""
    text: Annotated[str, p("Wording", "The authorities' own words")] = ""
    explanation: Annotated[str, p("In plain words")] = ""
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    stage: Annotated[str, p("Stage", vocabulary=STAGE)] = ""


class Proceeding(Row, kw_only=True):
    """A court's proceeding."""

    court: Annotated[str, p("Court")] = ""
    kind: Annotated[str, p("Kind of court", vocabulary=COURT_KIND)] = ""
    case_number: Annotated[str, c("Case number")] = ""
    judge: Annotated[str, c("Judge")] = ""
    next_hearing: Annotated[PartialDate, p("Next hearing")] = PartialDate()
    is_open: Annotated[str, p("Open to the public?", vocabulary=OPENNESS)] = ""
    counsel: Annotated[str, s("Counsel", "The name of a lawyer can endanger them")] = ""


class Sentence(Part, kw_only=True):
    """A sentence as it is known; no `kind`, no sentence known."""

    kind: Annotated[str, p("Kind of sentence", vocabulary=SENTENCE_KIND)] = ""
    years: Annotated[int | None, p("Years")] = None
    months: Annotated[int | None, p("Months")] = None
    days: Annotated[int | None, p("Days")] = None
    fine: Annotated[str, p("Fine")] = ""
    text: Annotated[str, p("Wording", "As it was passed")] = ""
    start: Annotated[PartialDate, p("Counted from")] = PartialDate()
    expected_end: Annotated[PartialDate, p("Expected end")] = PartialDate()
    appeal: Annotated[str, p("Appeal", "What became of one")] = ""


class Whereabouts(Part, kw_only=True):
    """What the authorities admit, and whom they let near. "" is not asked."""

    acknowledged: Annotated[str, p("Detention acknowledged?", vocabulary=ANSWER)] = ""
    location_disclosed: Annotated[str, p("Place disclosed?", vocabulary=ANSWER)] = ""
    contact_family: Annotated[str, p("Contact with the family?", vocabulary=ANSWER)] = ""
    contact_counsel: Annotated[str, p("Contact with counsel?", vocabulary=ANSWER)] = ""


class Episode(Row, kw_only=True):
    """One deprivation of liberty, from arrest to release. What the authorities state, what the campaign suspects and
    the activities it believes were the cause are three things and never mixed."""

    start: Annotated[PartialDate, p("Start")] = PartialDate()
    end: Annotated[PartialDate, p("End")] = PartialDate()
    end_reason: Annotated[str, p("How it ended", vocabulary=EPISODE_END)] = ""
    events: Annotated[list[Event], p("Events")] = []
    stays: Annotated[list[Stay], p("Stays")] = []
    last_contact: Annotated[PartialDate, p("Last contact")] = PartialDate()
    last_contact_place: Annotated[str, p("Place of last contact")] = ""
    last_contact_how: Annotated[str, c("How contact was made", "It shows who talked")] = ""
    reason_stated: Annotated[str, p("What the authorities say")] = ""
    reason_is_verbatim: Annotated[bool, p("Their own words", VERBATIM)] = False
    reason_suspected: Annotated[str, p("What we believe")] = ""
    activities: Annotated[list[str], p("Why, in our view", vocabulary=ACTIVITY)] = []
    legal_basis: Annotated[str, p("Legal basis claimed", vocabulary=LEGAL_BASIS)] = ""
    charges: Annotated[list[Charge], p("Charges")] = []
    proceedings: Annotated[list[Proceeding], p("Proceedings")] = []
    sentence: Annotated[Sentence, p("Sentence")] = msgspec.field(default_factory=Sentence)
    whereabouts: Annotated[Whereabouts, p("Whereabouts")] = msgspec.field(default_factory=Whereabouts)
    held_place: Annotated[str, p("Held at: place")] = ""
    held_facility_types: Annotated[
        list[str], p("Held at: kinds of place", "Several where it is one of them", vocabulary=FACILITY_TYPE)
    ] = []
    held_words: Annotated[str, s("Held at: in the words told to us")] = ""


class Violation(Row, kw_only=True):
    """What was done to the person's rights; public only where health is cleared."""

    kind: Annotated[str, p("What was done", vocabulary=VIOLATION)] = "other"
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    account: Annotated[str, p("Account")] = ""
    is_graphic: Annotated[bool, p("Graphic", "Shown behind a warning")] = False


class Perpetrator(Row, kw_only=True):
    """Somebody said to have done it. Their name stands in a text only with sources and a legal clearance."""

    name: Annotated[str, c("Name", n=True)] = ""
    position: Annotated[str, c("Body and position", n=True)] = ""
    deed: Annotated[str, c("What they are said to have done", n=True)] = ""


class StateResponse(Row, kw_only=True):
    """What the authorities answered: shown as their claim, never as status."""

    date: Annotated[PartialDate, p("Date")] = PartialDate()
    authority: Annotated[str, p("Authority")] = ""
    form: Annotated[str, p("Form", vocabulary=STATE_RESPONSE)] = "other"
    claim: Annotated[str, p("What they claim")] = ""
    is_verbatim: Annotated[bool, p("Their own words", VERBATIM)] = False
    assessment: Annotated[str, p("Our assessment")] = ""


class Death(Part, kw_only=True):
    """A death. `is_reported` says that somebody reported one; confirming it is the gate's work."""

    is_reported: Annotated[bool, p("A death is reported")] = False
    date: Annotated[PartialDate, p("Date")] = PartialDate()
    place: Annotated[str, p("Place")] = ""
    cause_stated: Annotated[str, p("Cause, by the authorities")] = ""
    cause_is_verbatim: Annotated[bool, p("Their own words", VERBATIM)] = False
    cause_alleged: Annotated[str, p("Cause, by others")] = ""
    body_returned: Annotated[str, p("Body returned?", vocabulary=ANSWER)] = ""
    next_of_kin_know: Annotated[bool, s("The next of kin know")] = False
    independent_sources: Annotated[list[str], s("Independent sources", "Ids of sources, at least two")] = []
