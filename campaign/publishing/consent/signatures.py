"""Signatures under decisions, and whether a decision still covers what it was about.

Each is given in one's own name, by who may give it, and no decision is changed once somebody signed it.
"""

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import fingerprints
from campaign.cases.file import CaseFile, Consent, Decision, Perpetrator, Risk, Source
from campaign.cases.fingerprints import matches
from campaign.cases.models import Case
from campaign.dates.edtf import PartialDate
from campaign.publishing.errors import NotConfirmed

# A best-interests note is asked again every three months.
BEST_INTERESTS_DAYS = 92
# Who signs first and who second, by what is decided. Both must be two people: nobody signs twice.
# None: it needs no second signature.
SIGNERS: dict[str, tuple[Action, Action | None]] = {
    "settlement":     (Action.CONFIRM_SAFETY, Action.SIGN_SECOND),
    "best_interests": (Action.CONFIRM_SAFETY, Action.SIGN_SECOND),
    "critical":       (Action.CONFIRM_SAFETY, Action.PUBLISH),
    # The domain names nobody: who guards the person, with the lawyer's advice, and who answers for what is said.
    "perpetrator":    (Action.CONFIRM_SAFETY, Action.PUBLISH),
    "harmless":       (Action.CONFIRM_SAFETY, Action.SIGN_SECOND),
    "grown_up":       (Action.EDIT_CASE,      Action.REVIEW_CASE),
    "answered":       (Action.REVIEW_CASE,    None),
    "independent":    (Action.CONFIRM_SAFETY, None),
    # Whoever reviews or publishes says how a limit in words is kept.
    "limit":          (Action.REVIEW_CASE,    None),
}  # fmt: skip
LIMIT = "limit"
NOT_YOURS = "Only people who may sign this can sign it, and only in their own name."


# Signed by somebody who wrote none of what it is about: the second of them, or the only one.
BY_NO_WRITER = frozenset({"grown_up", "answered"})


def needed(kind: str) -> int:
    """Return how many people sign a decision of a kind."""
    return 1 if SIGNERS.get(kind, (None, Action.SIGN_SECOND))[1] is None else 2


def in_force(file: CaseFile, kind: str) -> Iterator[Decision]:
    """Yield the decisions of a kind that as many different people have signed, as they stand, as it needs."""
    for decision in file.decisions:
        if decision.kind == kind and _is_signed(decision, needed(kind)):
            yield decision


def _is_signed(decision: Decision, count: int) -> bool:
    marks = (decision.fingerprint, decision.second_fingerprint)[:count]
    signed = {decision.signed_by, decision.second_by} - {None}
    return len(signed) >= count and all(matches(decision, mark) for mark in marks)


def fingerprint(row: Consent | Risk | Perpetrator | Source) -> str:
    """Return the id of a row with the fingerprint of what it says."""
    return f"{row.id}:{fingerprints.fingerprint(row)}"


def covers(decision: Decision, row: Consent | Risk | Perpetrator | Source) -> bool:
    """Whether a decision was taken about a row as it stands now."""
    taken = (one.partition(":") for one in decision.stands_on)
    return any(row_id == row.id and matches(row, mark) for row_id, _, mark in taken)


def is_covered(file: CaseFile, kind: str, rows: Iterable[Consent | Risk | Perpetrator | Source]) -> bool:
    """Whether every one of the rows, as they stand now, is covered by a decision of a kind."""
    decisions = list(in_force(file, kind))
    return all(any(covers(decision, row) for decision in decisions) for row in rows)


def best_interests(file: CaseFile, day: datetime.date) -> bool:
    """Whether a note of the last three months says why naming somebody under 18 is in their interest."""
    oldest = day - datetime.timedelta(days=BEST_INTERESTS_DAYS)
    signed = (decision.signed_on.earliest for decision in in_force(file, "best_interests") if decision.text.strip())
    return any(on is not None and oldest <= on <= day for on in signed)


def on(day: datetime.date) -> PartialDate:
    """Return a day as a file keeps it."""
    return PartialDate(edtf=day.isoformat(), earliest=day, latest=day)


def signed_decisions(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> list[Decision]:
    """Return the decisions of a file with each new signature bound to what it was given for.

    Raises NotConfirmed where one was written, changed or signed by who may not, or in another name. Taking one back
    only takes away, so whoever may save the case may do it.
    """
    known = {row.id: row for row in before.decisions} if before else {}
    return [row if row == known.get(row.id) else _signed(known.get(row.id), row, by, case) for row in after.decisions]


def _signed(before: Decision | None, after: Decision, by: Account, case: Case | None) -> Decision:
    first, second = SIGNERS.get(after.kind) or _unknown(after)
    bare = msgspec.structs.replace(after, fingerprint="", second_fingerprint="")
    if after.signed_by is None and after.second_by is None:
        return bare  # a draft: it settles nothing
    taken = fingerprints.fingerprint(after)
    if before is None or before.signed_by is None:
        if after.signed_by != by.id or after.second_by is not None or not may(by, first, case):
            raise NotConfirmed(NOT_YOURS)
        return msgspec.structs.replace(bare, fingerprint=taken)
    if before.second_by is not None or taken != fingerprints.fingerprint(before) or after.signed_by != before.signed_by:
        raise NotConfirmed("What somebody has signed can't be changed. Take it back, and write a new one.")
    if second is None or after.second_by != by.id or after.second_by == after.signed_by or not may(by, second, case):
        raise NotConfirmed(NOT_YOURS)
    refuse_barred(by, after.signed_by)
    signed = {"second_by": by.id, "second_on": after.second_on, "second_fingerprint": taken}
    return msgspec.structs.replace(before, **signed)


def refuse_barred(by: Account, other: int | None) -> None:
    """Raise NotConfirmed where somebody may not sign beside another account, as one person may stand behind both."""
    if other is not None and (barred := vouching.why_barred(by.id, [other])):
        raise NotConfirmed(barred)


def _unknown(row: Decision) -> tuple[Action, Action]:
    raise NotConfirmed(f"There is no signed decision of the kind {row.kind!r}.")
