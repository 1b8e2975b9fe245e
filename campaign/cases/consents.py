"""From which day a case's consents ask for a safety officer: to be confirmed, or asked for again. One rule, one place.

A consent clears nothing until it is confirmed; then it is asked for again by the day that it states, otherwise after
as long as its basis carries (domain.md: 12 months, and less for our own reasons).
"""

import datetime
from collections.abc import Iterable

from campaign.cases.file import Consent

# The first day there is: what waits for nothing but an officer has always waited.
AT_ONCE = datetime.date(1970, 1, 1)
OPEN = frozenset({"given", "limited"})
# How long our own reasons carry a publication, in days; a person's word is asked for again after a year.
OWN_REASON_DAYS = {"already_published_by_us": 90, "public_interest": 183}
ASK_AGAIN_DAYS = 365


def due_on(consents: Iterable[Consent]) -> datetime.date | None:
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
