"""Limits in words: what a giver asked for that no scope says, such as "Do not name her town".

They are quoted to who reviews and who publishes, and answered one by one. An answer is kept with the words, and stands
while they and the consent are the same.
"""

import datetime
from collections.abc import Collection

from campaign.cases.file import CaseFile, Consent
from campaign.cases.fingerprints import matches
from campaign.publishing.consent.signatures import LIMIT, covers
from campaign.publishing.consent.standing import only_limits, speaks, words
from campaign.vocabulary.protection import DENIES


def limits(file: CaseFile, day: datetime.date) -> list[Consent]:
    """Return the consents whose words limit what may leave: those in force, and those that wait beside one."""
    waiting = [row for row in file.consents if row.amends]
    heard = [row for row in words(file) if speaks(row, day) or only_limits(row, day)]
    said = [row for row in (*heard, *waiting) if row.limits.strip() and row.state not in DENIES]
    known = {row.id: row.limits.strip() for row in heard}
    return [row for row in said if not row.amends or row.limits.strip() != known.get(row.amends)]


def is_answered(file: CaseFile, row: Consent, writers: Collection[int]) -> bool:
    """Whether somebody who wrote none of it has answered a limit as it stands."""
    return any(
        decision.signed_by is not None
        and decision.signed_by not in writers
        and matches(decision, decision.fingerprint)
        and covers(decision, row)
        for decision in file.decisions
        if decision.kind == LIMIT
    )


def unanswered(file: CaseFile, day: datetime.date, writers: Collection[int]) -> list[Consent]:
    """Return the consents whose limits in words nobody has answered."""
    return [row for row in limits(file, day) if not is_answered(file, row, writers)]
