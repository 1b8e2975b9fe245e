"""The input and the answer of a rule of the gate."""

import datetime
from dataclasses import dataclass
from typing import Literal

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.publishing.consent.scopes import Clearance

State = Literal["holds", "lacks", "waits", "not_applicable"]


@dataclass(frozen=True)
class Question:
    """One case on its way out: the file that would leave, and what the desk knows around it.

    `file` carries the approved content with the consents and risks in force now. `writers` are the accounts whose
    work would leave, `ever_wrote` those who wrote any of it; `approved_by` is None unless this very content was
    approved. `holds` are sentences, one for each hold in the way. `public` is the document that is public now;
    `nobody_left` says that it is in review and that nobody of the desk may review it; `barred` who could, or who did,
    but may be the same person as a writer, and who can end that. `is_correction` says that what
    would leave only corrects it; `waits_for_officer` that a safety officer has to look at it first, for a reason that
    is theirs to know. `press_contact` is the campaign's own, which may stand in a text; `sites_changed` says that the
    list of facilities changed under an approval, `is_ordered` that a publisher ordered it for the end of the embargo,
    `withdrawn_since` that it was public and was withdrawn after it was approved.
    """

    ref: str
    file: CaseFile
    now: datetime.datetime
    day: datetime.date
    clearance: Clearance
    writers: frozenset[int]
    approved_by: int | None
    would_neighbour_know: bool | None
    embargo_until: datetime.datetime | None
    holds: tuple[str, ...]
    document: Profile | None
    cannot_project: str
    ever_wrote: frozenset[int] = frozenset()
    nobody_left: bool = False
    barred: str = ""
    public: Profile | None = None
    is_correction: bool = False
    waits_for_officer: bool = False
    press_contact: str = ""
    sites_changed: bool = False
    is_ordered: bool = False
    withdrawn_since: bool = False


@dataclass(frozen=True)
class Answer:
    """What a rule says: its state, a sentence, and the anchor of the place where it is mended.

    A rule that lacks something without blocking withholds a part: the rest may go.
    """

    state: State
    sentence: str
    link: str
    is_blocking: bool = True


def holds(sentence: str, link: str) -> Answer:
    """Return that the rule holds."""
    return Answer("holds", sentence, link)


def lacks(sentence: str, link: str) -> Answer:
    """Return that something is missing, and that nothing leaves until it is there."""
    return Answer("lacks", sentence, link)


def without(sentence: str, link: str) -> Answer:
    """Return that a part lacks something: the profile may go without that part."""
    return Answer("lacks", sentence, link, is_blocking=False)


def waits(sentence: str, link: str) -> Answer:
    """Return that somebody or some day has to come first."""
    return Answer("waits", sentence, link)


def not_applicable(sentence: str, link: str) -> Answer:
    """Return that there is nothing for this rule to look at."""
    return Answer("not_applicable", sentence, link)


def named(paths: list[str], many: str = "more") -> str:
    """Return a list of words for a sentence, cut after five."""
    shown = ", ".join(paths[:5])
    return shown if len(paths) <= 5 else f"{shown} and {len(paths) - 5} {many}"
