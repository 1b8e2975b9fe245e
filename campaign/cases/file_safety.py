# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""Whose word lets something out, whom it may hurt, and how to reach people. None of it ever leaves."""

from typing import Annotated

from campaign.cases.classification import c, s
from campaign.cases.row import Row
from campaign.dates import PartialDate
from campaign.vocabulary import (
    CONCERN,
    CONSENT_BASIS,
    CONSENT_GIVER,
    CONSENT_MEANS,
    CONSENT_SCOPE,
    CONSENT_STATE,
    RELATION,
    RISK_LEVEL,
    RISK_TO,
)


class Consent(Row, kw_only=True):
    """What somebody allowed. It clears nothing until a safety officer confirmed it (`confirmed_by`, an account)."""

    giver: Annotated[str, c("Given by", n=True)] = ""
    giver_kind: Annotated[str, c("Who gives it", vocabulary=CONSENT_GIVER, n=True)] = ""
    basis: Annotated[str, c("Whose word", vocabulary=CONSENT_BASIS, n=True)] = ""
    relation: Annotated[str, c("Relation", vocabulary=RELATION, n=True)] = ""
    obtained_by: Annotated[str, c("Obtained by", n=True)] = ""
    obtained_on: Annotated[PartialDate, c("Obtained on", n=True)] = PartialDate()
    how: Annotated[str, c("How", vocabulary=CONSENT_MEANS, n=True)] = ""
    scopes: Annotated[list[str], c("What is consented to", vocabulary=CONSENT_SCOPE, n=True)] = []
    limits: Annotated[str, c("Limits", n=True)] = ""
    until: Annotated[PartialDate, c("Until", "Only where the giver set an end", n=True)] = PartialDate()
    confirm_by: Annotated[PartialDate, c("Ask again by", n=True)] = PartialDate()
    state: Annotated[str, c("State", vocabulary=CONSENT_STATE, n=True)] = "given"
    withdrawn_on: Annotated[PartialDate, c("Withdrawn on", n=True)] = PartialDate()
    reason: Annotated[str, c("Reason", n=True)] = ""
    confirmed_by: Annotated[int | None, c("Confirmed by", n=True)] = None
    confirmed_on: Annotated[PartialDate, c("Confirmed on", n=True)] = PartialDate()
    second_signature: Annotated[int | None, c("Second signature", "For public interest", n=True)] = None
    form: Annotated[str, c("The form", "Its name in the vault", n=True)] = ""


class Risk(Row, kw_only=True):
    """What publishing, weighed against silence, may bring upon somebody."""

    to: Annotated[str, c("To whom", vocabulary=RISK_TO, n=True)] = "person"
    level: Annotated[str, c("Level", vocabulary=RISK_LEVEL, n=True)] = "not_assessed"
    concerns: Annotated[list[str], c("What is feared", vocabulary=CONCERN, n=True)] = []
    mitigation: Annotated[str, c("What we do about it", n=True)] = ""
    assessed_by: Annotated[int | None, c("Assessed by", n=True)] = None
    assessed_on: Annotated[PartialDate, c("Assessed on", n=True)] = PartialDate()
    review_by: Annotated[PartialDate, c("Review by", n=True)] = PartialDate()


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
