"""What the worklist can be narrowed to: each narrowing one condition on a case's row. None of them reads content."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_

from campaign import places
from campaign.cases.models import Case, State

# The campaign's rule: what nobody has checked for a year is stale, and what was to be looked at again and was not.
UNCHECKED_DAYS = 365


@dataclass(frozen=True)
class Filter:
    """What the worklist is narrowed to; empty fields narrow nothing. Words are asked of the index (finding.py).

    `place` is a code, and takes in what lies in it. `is_unowned` is for cases that are nobody's. `consent_due_by`
    finds consents that ask for an officer by a day, `stale_on` what the rule above calls stale on a day.
    """

    state: State | None = None
    status: str = ""
    place: str = ""
    ethnicity: str = ""
    tag: str = ""
    owner_id: int | None = None
    is_unowned: bool = False
    is_restricted: bool = False
    due_by: date | None = None
    consent_due_by: date | None = None
    stale_on: date | None = None


def clauses(narrowed: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions that a case must meet; sight is asked besides, by whoever asks."""
    found: list[ColumnElement[bool]] = []
    for name in ("state", "status", "owner_id"):
        if value := getattr(narrowed, name):
            found.append(getattr(Case, name) == value)
    if narrowed.place:
        found.append(_lies_in(narrowed.place))
    if narrowed.ethnicity:
        found.append(Case.ethnicities.contains(f"|{narrowed.ethnicity}|", autoescape=True))
    if narrowed.tag:
        found.append(Case.tags.contains(f"|{narrowed.tag}|", autoescape=True))
    return found + _of_care(narrowed)


def _of_care(narrowed: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions about what somebody still has to do."""
    found: list[ColumnElement[bool]] = []
    if narrowed.is_unowned:
        found.append(Case.owner_id.is_(None))
    if narrowed.is_restricted:
        found.append(Case.is_restricted.is_(True))
    if narrowed.due_by:
        found.append(or_(Case.next_review_on <= narrowed.due_by, Case.asks_by <= narrowed.due_by))
    if narrowed.consent_due_by:
        found.append(Case.consent_due_on <= narrowed.consent_due_by)
    if narrowed.stale_on:
        found.append(stale(narrowed.stale_on))
    return found


def stale(day: date) -> ColumnElement[bool]:
    """Return the condition that a case is stale on a day: a review or a question was due, or it is long unchecked.

    What was never checked is as old as the case.
    """
    long_ago = day - timedelta(days=UNCHECKED_DAYS)
    never = and_(Case.last_verified_on.is_(None), Case.created_at < datetime.combine(long_ago, time(), UTC))
    return or_(Case.next_review_on < day, Case.asks_by < day, Case.last_verified_on < long_ago, never)


def _lies_in(place: str) -> ColumnElement[bool]:
    if place in places.gazetteer():
        return Case.place_code.in_(places.gazetteer().within(place))
    return Case.place_code.startswith(place, autoescape=True)
