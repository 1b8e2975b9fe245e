"""Reminders: the days on which a consent asks for a safety officer, and 30 days after a release for the person's word.

A consent clears nothing until it is confirmed; then it is asked for again by the day that it states, otherwise after
as long as its basis carries (domain.md: 12 months, and less for our own reasons).
Within 30 days after a release the person is asked for their own word (domain.md, rule 9). It is answered by a consent
of their own, given or refused, or by a note that says what became of asking.
"""

import datetime
from collections.abc import Iterable

from campaign.cases.file import CaseFile, Consent
from campaign.cases.status import claimed_releases
from campaign.vocabulary.events import RELEASES
from campaign.vocabulary.status import SITUATION_OF

# The first day there is: what waits for nothing but an officer has always waited.
AT_ONCE = datetime.date(1970, 1, 1)
OPEN = frozenset({"given", "limited"})
# How long our own reasons carry a publication, in days; a person's word is asked for again after a year.
OWN_REASON_DAYS = {"already_published_by_us": 90, "public_interest": 183}
ASK_AGAIN_DAYS = 365
WITHIN = datetime.timedelta(days=30)
# Where such a note says that it came from; one for each release.
ASKED = "Asked for their own word after the release"


def consent_due_on(consents: Iterable[Consent]) -> datetime.date | None:
    """Return the first day on which some consent asks for an officer, AT_ONCE for an unconfirmed one, None for none."""
    days = [day for consent in consents if consent.state in OPEN and (day := _due_on(consent))]
    return min(days, default=None)


def _due_on(consent: Consent) -> datetime.date | None:
    if not consent.confirmed_by:
        return AT_ONCE
    if consent.confirm_by.latest:
        return consent.confirm_by.latest
    given = consent.obtained_on.latest or consent.confirmed_on.latest
    if given is None:
        return None
    return asked_again_on(consent.basis, given)


def asked_again_on(basis: str, given: datetime.date) -> datetime.date:
    """Return the day by which a consent of this basis, given on a day, is asked for again where it states none."""
    return given + datetime.timedelta(days=OWN_REASON_DAYS.get(basis, ASK_AGAIN_DAYS))


def own_word_due_on(
    known: datetime.date | None, file: CaseFile, status: str, today: datetime.date
) -> datetime.date | None:
    """Return the day by which somebody who is free is asked; the one already `known` stays. None where nobody is."""
    if SITUATION_OF[status] != "free" or is_answered(file):
        return None
    return known or today + WITHIN


def is_answered(file: CaseFile) -> bool:
    """Whether the person has spoken since the last release, or a note says what became of asking."""
    freed = [event for episode in file.episodes for event in episode.events if event.type in RELEASES]
    claims = {event.id for _, event in claimed_releases(file)}
    freed = [event for event in freed if event.id not in claims]
    since = max((event.date.earliest for event in freed if event.date.earliest), default=datetime.date.min)
    said = [row.obtained_on.latest for row in file.consents if row.basis == "self" and not row.about]
    notes = [note for note in file.notes if note.came_from == ASKED]
    return any(day is not None and day >= since for day in said) or len(notes) >= max(len(freed), 1)
