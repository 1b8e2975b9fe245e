"""Signatures under decisions, and whether a decision still covers what it was about.

Each is given in one's own name, by who may give it, and no decision is changed once somebody signed it.
"""

import datetime
import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.file import CaseFile, Consent, Decision, Perpetrator, Risk, Source
from campaign.cases.models import Case
from campaign.dates.edtf import PartialDate
from campaign.publishing.errors import NotConfirmed

# A best-interests note is asked again every three months.
BEST_INTERESTS_DAYS = 92
_ABOUT_THE_ROW = {"confirmed_by", "confirmed_on", "confirm_by", "second_signature", "form", "assessed_by"}
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
}  # fmt: skip
NOT_YOURS = "Only people who may sign this can sign it, and only in their own name."


# Signed by somebody who wrote none of what it is about: the second of them, or the only one.
BY_NO_WRITER = frozenset({"grown_up", "answered"})


def needed(kind: str) -> int:
    """Return how many people sign a decision of a kind."""
    return 1 if SIGNERS.get(kind, (None, Action.SIGN_SECOND))[1] is None else 2


def in_force(file: CaseFile, kind: str) -> Iterator[Decision]:
    """Yield the decisions of a kind that as many different people have signed as it needs."""
    for decision in file.decisions:
        signed = {decision.signed_by, decision.second_by} - {None}
        if decision.kind == kind and len(signed) >= needed(kind):
            yield decision


def fingerprint(row: Consent | Risk | Perpetrator | Source) -> str:
    """Return the id of a row with a digest of what it says, who confirmed or assessed it and when left aside."""
    said = [getattr(row, field) for field in row.__struct_fields__ if field not in _ABOUT_THE_ROW]
    return f"{row.id}:{hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]}"


def covers(decision: Decision, row: Consent | Risk | Perpetrator | Source) -> bool:
    """Whether a decision was taken about a row as it stands now."""
    return fingerprint(row) in decision.stands_on


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


def second_signature(before: Consent | None, after: Consent, *, by: Account) -> Consent:
    """Return a consent whose second signature stands: given in one's own name, and fallen where the row changed.

    Raises NotConfirmed where it would be given in somebody else's.
    """
    signed, earlier = after.second_signature, before.second_signature if before else None
    if signed is None:
        return after
    if signed != earlier:
        if signed != by.id or signed == after.confirmed_by:
            raise NotConfirmed("The second signature has to come from a second person, in their own name.")
        _refuse_barred(by, after.confirmed_by)
        return after
    is_same = before is not None and fingerprint(before) == fingerprint(after)
    return after if is_same else msgspec.structs.replace(after, second_signature=None)


def refuse_forged(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> None:
    """Raise NotConfirmed where a decision was written, changed or signed by who may not, or in another name.

    Taking one back only takes away, so whoever may save the case may do it.
    """
    known = {row.id: row for row in before.decisions} if before else {}
    for row in after.decisions:
        if row != known.get(row.id):
            _refuse(known.get(row.id), row, by=by, case=case)


def _refuse(before: Decision | None, after: Decision, *, by: Account, case: Case | None) -> None:
    first, second = SIGNERS.get(after.kind) or _unknown(after)
    if after.signed_by is None and after.second_by is None:
        return  # a draft: it settles nothing
    if before is None or before.signed_by is None:
        if after.signed_by != by.id or after.second_by is not None or not may(by, first, case):
            raise NotConfirmed(NOT_YOURS)
        return
    signed = msgspec.structs.replace(before, second_by=after.second_by, second_on=after.second_on)
    if before.second_by is not None or signed != after:
        raise NotConfirmed("What somebody has signed can't be changed. Take it back, and write a new one.")
    if second is None or after.second_by != by.id or after.second_by == after.signed_by or not may(by, second, case):
        raise NotConfirmed(NOT_YOURS)
    _refuse_barred(by, after.signed_by)


def _refuse_barred(by: Account, other: int | None) -> None:
    if other is not None and (barred := vouching.why_barred(by.id, [other])):
        raise NotConfirmed(barred)


def _unknown(row: Decision) -> tuple[Action, Action]:
    raise NotConfirmed(f"There is no signed decision of the kind {row.kind!r}.")
