"""What two people decided in writing, and whether it still covers what it was decided about. Pure functions."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from campaign.cases.file import CaseFile, Consent, Decision, Perpetrator, Risk

# A best-interests note is asked again every three months.
BEST_INTERESTS_DAYS = 92


def in_force(file: CaseFile, kind: str) -> Iterator[Decision]:
    """Yield the decisions of a kind that two different people have signed."""
    for decision in file.decisions:
        both = {decision.signed_by, decision.second_by} - {None}
        if decision.kind == kind and len(both) == 2:
            yield decision


def fingerprint(row: Consent | Risk | Perpetrator) -> str:
    """Return the id of a row with a digest of what it says, who confirmed or assessed it and when left aside."""
    said = [getattr(row, field) for field in row.__struct_fields__ if field not in _ABOUT_THE_ROW]
    return f"{row.id}:{hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]}"


def covers(decision: Decision, row: Consent | Risk | Perpetrator) -> bool:
    """Whether a decision was taken about a row as it stands now."""
    return fingerprint(row) in decision.stands_on


def is_covered(file: CaseFile, kind: str, rows: Iterable[Consent | Risk | Perpetrator]) -> bool:
    """Whether every one of the rows, as they stand now, is covered by a decision of a kind."""
    decisions = list(in_force(file, kind))
    return all(any(covers(decision, row) for decision in decisions) for row in rows)


def best_interests(file: CaseFile, day: datetime.date) -> bool:
    """Whether a note of the last three months says why naming somebody under 18 is in their interest."""
    oldest = day - datetime.timedelta(days=BEST_INTERESTS_DAYS)
    signed = (decision.signed_on.earliest for decision in in_force(file, "best_interests") if decision.text.strip())
    return any(on is not None and oldest <= on <= day for on in signed)


def harmless_words(file: CaseFile) -> set[str]:
    """Return the words of which two people said that they name nobody and lead to nobody."""
    return {word for decision in in_force(file, "harmless") for word in decision.about}


_ABOUT_THE_ROW = {"confirmed_by", "confirmed_on", "confirm_by", "second_signature", "form", "assessed_by"}
