# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""Whose word lets something out, whom it may hurt, and how to reach people. None of it ever leaves."""

from typing import Annotated

from campaign.cases.classification import Row, c, s
from campaign.dates.edtf import PartialDate
from campaign.vocabulary.people import RELATION
from campaign.vocabulary.protection import (
    CONCERN,
    CONSENT_BASIS,
    CONSENT_GIVER,
    CONSENT_MEANS,
    CONSENT_SCOPE,
    CONSENT_STATE,
    DECISION,
    RISK_LEVEL,
    RISK_TO,
)


class Consent(Row, kw_only=True):
    """What somebody allowed. It clears nothing until a safety officer confirmed it (`confirmed_by`, an account).

    `about` is the id of a relative or a testimony: then it is that person's own word, and lets their name stand.
    `amends` is the id of a confirmed row beside which this one waits, to replace it once it is confirmed. Signatures
    are bound to what was signed (cases.fingerprints); `stated_by` is the account that stated the words.
    """

    about: Annotated[str, c("About whom", "Somebody else in this file; nobody means the person", n=True)] = ""
    giver: Annotated[str, c("Given by", n=True)] = ""
    giver_kind: Annotated[str, c("Who gives it", vocabulary=CONSENT_GIVER, n=True)] = ""
    basis: Annotated[str, c("Whose word", vocabulary=CONSENT_BASIS, n=True)] = ""
    relation: Annotated[str, c("Relation", vocabulary=RELATION, n=True)] = ""
    obtained_by: Annotated[str, c("Obtained by", n=True)] = ""
    obtained_on: Annotated[PartialDate, c("Obtained on", n=True)] = PartialDate()
    how: Annotated[str, c("How", vocabulary=CONSENT_MEANS, n=True)] = ""
    scopes: Annotated[list[str], c("What is consented to", vocabulary=CONSENT_SCOPE, n=True)] = []
    limits: Annotated[str, c("Limits", n=True)] = ""
    address: Annotated[str, c("Where it was said or published", "Address; for words spoken in public", n=True)] = ""
    outside_reach: Annotated[bool, c("Given outside the state's reach", n=True)] = False
    until: Annotated[PartialDate, c("Until", "Only where the giver set an end", n=True)] = PartialDate()
    confirm_by: Annotated[PartialDate, c("Ask again by", n=True)] = PartialDate()
    state: Annotated[str, c("State", vocabulary=CONSENT_STATE, n=True)] = "given"
    withdrawn_on: Annotated[PartialDate, c("Withdrawn on", n=True)] = PartialDate()
    reason: Annotated[str, c("Reason", n=True)] = ""
    confirmed_by: Annotated[int | None, c("Confirmed by", n=True)] = None
    confirmed_on: Annotated[PartialDate, c("Confirmed on", n=True)] = PartialDate()
    second_signature: Annotated[int | None, c("Second signature", n=True)] = None
    form: Annotated[str, c("The form", "Its name in the vault", n=True)] = ""
    form_name: Annotated[str, c("Recording, message or signed form", n=True)] = ""
    form_sha256: Annotated[str, c("SHA-256 of the form", n=True)] = ""
    stated_by: Annotated[int | None, c("Entered by", n=True)] = None
    needs_second: Annotated[bool, c("Counts once a second person has signed", n=True)] = False
    second_on: Annotated[PartialDate, c("Second signature on", n=True)] = PartialDate()
    called_back: Annotated[bool, c("The second person called back", n=True)] = False
    amends: Annotated[str, c("Waits to replace", n=True)] = ""
    fingerprint: Annotated[str, c("What was confirmed", n=True)] = ""
    second_fingerprint: Annotated[str, c("What was signed second", n=True)] = ""


class Risk(Row, kw_only=True):
    """What publishing, weighed against silence, may bring upon somebody. `amends` as in a consent."""

    to: Annotated[str, c("To whom", vocabulary=RISK_TO, n=True)] = "person"
    level: Annotated[str, c("Level", vocabulary=RISK_LEVEL, n=True)] = "not_assessed"
    concerns: Annotated[list[str], c("What is feared", vocabulary=CONCERN, n=True)] = []
    mitigation: Annotated[str, c("What we do about it", n=True)] = ""
    weighed: Annotated[str, c("Speaking against silence", "What differs from the campaign's baseline", n=True)] = ""
    assessed_by: Annotated[int | None, c("Assessed by", n=True)] = None
    assessed_on: Annotated[PartialDate, c("Assessed on", n=True)] = PartialDate()
    review_by: Annotated[PartialDate, c("Review by", n=True)] = PartialDate()
    amends: Annotated[str, c("Waits to replace", n=True)] = ""
    fingerprint: Annotated[str, c("What was assessed", n=True)] = ""


class Decision(Row, kw_only=True):
    """Something that two people decided in writing; it holds once the second has signed.

    `about` are ids of rows, or words; `stands_on` says what the rows said when it was signed, as fingerprints: a row
    that changes is not covered any more. Written by the verbs of publishing.decisions alone.
    """

    kind: Annotated[str, c("What is decided", vocabulary=DECISION, n=True)] = ""
    text: Annotated[str, c("Text of the decision", n=True)] = ""
    about: Annotated[list[str], c("About", n=True)] = []
    scopes: Annotated[list[str], c("What holds", vocabulary=CONSENT_SCOPE, n=True)] = []
    stands_on: Annotated[list[str], c("Stands on", n=True)] = []
    signed_by: Annotated[int | None, c("Signed by", n=True)] = None
    signed_on: Annotated[PartialDate, c("Signed on", n=True)] = PartialDate()
    second_by: Annotated[int | None, c("Signed by a second person", n=True)] = None
    second_on: Annotated[PartialDate, c("Signed by the second on", n=True)] = PartialDate()
    fingerprint: Annotated[str, c("What was signed", n=True)] = ""
    second_fingerprint: Annotated[str, c("What was signed second", n=True)] = ""


class Contact(Row, kw_only=True):
    """How to reach somebody safely."""

    name: Annotated[str, c("Name", n=True)] = ""
    channel: Annotated[str, c("Safe channel and hours", n=True)] = ""
    language: Annotated[str, c("Language", n=True)] = ""
    who_may_call: Annotated[str, c("Who may call", n=True)] = ""
    do_not_contact: Annotated[bool, c("Do not contact", n=True)] = False
    log: Annotated[str, c("Log of contacts", n=True)] = ""


class Note(Row, kw_only=True):
    """Words for the desk. `came_from` says where they stood, such as a column of the sheet."""

    text: Annotated[str, s("Note", n=True)] = ""
    came_from: Annotated[str, s("From", n=True)] = ""
