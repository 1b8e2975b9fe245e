"""What a save leaves of signed consents and risks: each as it was signed, with changes of it waiting beside it.

After a save by who is no safety officer nothing more may leave than before it: that is refused here at last, whatever
way led to it.
"""

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.fingerprints import matches
from campaign.cases.models import Case
from campaign.clock import today
from campaign.publishing.consent import pending
from campaign.publishing.consent.confirmation import closed
from campaign.publishing.consent.denials import refuse_forgotten_denials
from campaign.publishing.consent.pending import R
from campaign.publishing.consent.scopes import in_force, named_by_own_word
from campaign.publishing.consent.standing import ends_before, is_assessed, is_confirmed, is_signed
from campaign.publishing.errors import NotConfirmed
from campaign.vocabulary.protection import DENIES, GIVES

KEPT_FOR_GOOD = (
    "A consent that was confirmed stays in the case: what it does not allow counts until its giver says otherwise. "
    "Record their later word beside it, or say that it was withdrawn."
)
RISK_KEPT = "An assessed risk can't be removed from the case. A safety officer changes it."
WIDENS = (
    "This would let more be public than before, and only a safety officer does that. Leave the row as it is, and "
    "record what is new in a row of its own."
)


def kept(before: CaseFile, after: CaseFile, *, by: Account, case: Case | None) -> CaseFile:
    """Return the file to save in place of `before`: signed rows as they were signed, changes of them beside them.

    What a change limits acts at once. Raises NotConfirmed where a signed row or a refusal would be forgotten, or where
    more would be in force than before.
    """
    if closed(before) == closed(after):
        return after
    is_officer = may(by, Action.CONFIRM_SAFETY, case)
    refuse_forgotten_denials(before, after, case=case, is_officer=is_officer)
    consents, risks = [bound(row) for row in after.consents], [bound(row) for row in after.risks]
    made = msgspec.structs.replace(
        after,
        consents=_replaced(_beside(before.consents, consents, is_officer)),
        risks=_replaced(_beside(before.risks, risks, is_officer)),
    )
    _refuse_removals(before, made, is_officer=is_officer)
    if not is_officer:
        _refuse_widening(_as_signed(before, made, consents), made, WIDENS)
    return made


def bound(row: R) -> R:
    """Return a row without the signatures that were given for something else."""
    if isinstance(row, Risk):
        return row if is_assessed(row) else pending.unsigned(row)
    loose = set() if is_signed(row) else {"confirmed_by", "confirmed_on", "fingerprint", "needs_second"}
    if not matches(row, row.second_fingerprint):
        loose |= {"second_signature", "second_on", "called_back", "second_fingerprint"}
    bare = pending.unsigned(row)
    return msgspec.structs.replace(row, **{name: getattr(bare, name) for name in loose})


def _beside(before: Iterable[R], rows: list[R], is_officer: bool) -> Iterator[R]:
    known = {row.id: row for row in before}
    for row in rows:
        old = known.get(row.id)
        if old is None or _counts(row) or not (_is_signed(old) or _is_critical(old, is_officer)):
            yield row
        elif pending.is_same(old, row):
            yield row if _is_signed(row) else old
        else:
            less = pending.limited(old, row)
            yield less
            waits = any(one.amends == old.id and pending.is_same(one, row) for one in rows)
            if not waits and not pending.is_same(less, row):
                yield pending.beside(old, row)


def _is_signed(row: Consent | Risk) -> bool:
    return is_signed(row) if isinstance(row, Consent) else is_assessed(row)


def _counts(row: Consent | Risk) -> bool:
    return is_confirmed(row) if isinstance(row, Consent) else is_assessed(row)


def _is_critical(row: Consent | Risk, is_officer: bool) -> bool:
    """Whether a row says that it is critical, which nobody but an officer takes back, assessed or not."""
    return isinstance(row, Risk) and row.level == "critical" and not is_officer


def _replaced(rows: Iterable[R]) -> list[R]:
    """Return rows with each that waited beside another one, and counts by now, in its place."""
    every = list(rows)
    known = {row.id: row for row in every}
    counting = [row for row in every if row.amends in known and _counts(row)]
    ready = {row.amends: row for row in counting if not _turns_round(known[row.amends], row)}
    found = []
    for row in every:
        if ready.get(row.amends) is row:
            continue
        if row.id in ready:
            found.append(pending.in_place_of(row, ready[row.id]))
        elif row.amends and (row in counting or row.amends not in known):
            found.append(msgspec.structs.replace(row, amends=""))
        else:
            found.append(row)
    return found


def _turns_round(row: Consent | Risk, waiting: Consent | Risk) -> bool:
    """Whether a refusal would become a consent: then the one that waited is a word of its own beside it."""
    if isinstance(row, Risk) or isinstance(waiting, Risk):
        return False
    return row.state in DENIES and waiting.state in GIVES


def _refuse_removals(before: CaseFile, after: CaseFile, *, is_officer: bool) -> None:
    left = {row.id for row in (*after.consents, *after.risks)}
    if not is_officer and any(row.id not in left and not row.amends for row in before.risks):
        raise NotConfirmed(RISK_KEPT)
    gone = [row for row in before.consents if row.id not in left and not row.amends]
    if any(is_signed(row) for row in gone) and not is_officer:
        raise NotConfirmed(KEPT_FOR_GOOD)
    without = msgspec.structs.replace(before, consents=[row for row in before.consents if row not in gone])
    if gone:
        _refuse_widening(before, without, KEPT_FOR_GOOD)


def _as_signed(before: CaseFile, after: CaseFile, signed: list[Consent]) -> CaseFile:
    """Return a file with the signed rows that it had before, and with the second signatures that were given by now."""
    now = {row.id: row for row in signed}
    consents = [now[row.id] if row.id in now and pending.is_same(row, now[row.id]) else row for row in before.consents]
    decided = {row.id: row for row in after.decisions}
    decisions = [decided.get(row.id, row) for row in before.decisions]
    return msgspec.structs.replace(after, consents=_replaced(consents), risks=before.risks, decisions=decisions)


def _refuse_widening(before: CaseFile, after: CaseFile, sentence: str) -> None:
    for day in _days(before, after):
        earlier, later = in_force(before, day), in_force(after, day)
        is_freer = bool(later.scopes) and later.is_own_word and not earlier.is_own_word
        if later.scopes - earlier.scopes or is_freer:
            raise NotConfirmed(sentence)
        if named_by_own_word(after, day) - named_by_own_word(before, day):
            raise NotConfirmed(sentence)


def _days(*files: CaseFile) -> set[datetime.date]:
    """Return this day, and those to come on which some consent ends: between two of them nothing changes by itself."""
    ends = {ends_before(row) for file in files for row in file.consents} - {None}
    return {today(), *(end for end in ends if end is not None and end > today())}
