"""Confirming consents and risks: what widens a consent or lowers a risk needs a safety officer; what limits does not.

A signature is bound to what the officer had before them, and given in their own name. Afterwards, merged with what
others saved, the file keeps every signed row in force as it was signed (keeping.py).
"""

import re
from collections.abc import Iterable

import msgspec

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import workflow
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.fingerprints import fingerprint
from campaign.cases.models import Case
from campaign.cases.status import asked_again_on
from campaign.clock import today
from campaign.publishing.consent import pending, signatures
from campaign.publishing.consent.pending import R
from campaign.publishing.consent.standing import OWN_REASONS, is_signed
from campaign.publishing.consent.translations import translated
from campaign.publishing.errors import NotConfirmed
from campaign.vocabulary.protection import GIVES

_BETWEEN_WORDS = re.compile(r"[^\w@.+-]+")
A_SECOND_PERSON = "The second signature has to come from a second person, in their own name."
IN_OWN_NAME = "Only a safety officer confirms a consent, and in their own name. Save it unconfirmed."


def signed(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> CaseFile:
    """Return a file as `by` made it of `before`, each of their signatures bound to what it was given for.

    Raises NotConfirmed where they sign what they may not, or in somebody else's name.
    """
    after = translated(before, after, by=by.id)
    if before is not None and closed(before) == closed(after):
        return after
    is_officer, base = may(by, Action.CONFIRM_SAFETY, case), before or CaseFile()
    consents = [_consent(_earlier(base.consents, row), row, by, case, is_officer) for row in after.consents]
    assessed = [_risk(_earlier(base.risks, row), row, by, is_officer) for row in after.risks]
    decisions = signatures.signed_decisions(before, after, by=by, case=case)
    return msgspec.structs.replace(after, consents=consents, risks=assessed, decisions=decisions)


def closed(file: CaseFile) -> tuple[object, ...]:
    """Return the parts of a file that somebody signs."""
    return file.consents, file.risks, file.decisions


def _earlier(rows: Iterable[R], row: R) -> R | None:
    return next((old for old in rows if old.id == row.id), None)


def _consent(before: Consent | None, after: Consent, by: Account, case: Case | None, is_officer: bool) -> Consent:
    claimed, held = after.confirmed_by, before.confirmed_by if before else None
    if claimed not in (None, held) and not (is_officer and claimed == by.id):
        raise NotConfirmed(IN_OWN_NAME)
    stated_by = by.id if before is None or pending.restates(before, after) else before.stated_by
    row = msgspec.structs.replace(after, amends=before.amends if before else "", stated_by=stated_by)
    row = pending.with_signatures_of(row, before)
    if is_officer and _signs(before, after, claimed, held, by):
        row = _confirmed(row, by)
    return _second(before, after, row, by, case, is_officer=is_officer)


def _risk(before: Risk | None, after: Risk, by: Account, is_officer: bool) -> Risk:
    """Return a risk as it may be saved: one that nobody entitled assessed stands as not assessed."""
    claimed, held = after.assessed_by, before.assessed_by if before else None
    if is_officer and claimed not in (None, held, by.id):
        raise NotConfirmed("A safety officer assesses a risk in their own name.")
    row = msgspec.structs.replace(after, amends=before.amends if before else "")
    row = pending.with_signatures_of(row, before)
    if not is_officer or not _signs(before, after, claimed, held, by):
        return row
    return msgspec.structs.replace(
        row, assessed_by=by.id, assessed_on=signatures.on(today()), fingerprint=fingerprint(row)
    )


def _signs(before: R | None, after: R, claimed: int | None, held: int | None, by: Account) -> bool:
    """Whether an officer signs a row by this save: says so, or changes what somebody signed before."""
    is_changed = before is None or not pending.is_same(before, after)
    if claimed == by.id:
        return is_changed or held != by.id or before is None or after.fingerprint != before.fingerprint
    return is_changed and claimed is not None


def _confirmed(row: Consent, by: Account) -> Consent:
    """Return a consent confirmed by an officer as it stands.

    What they stated or obtained themselves, and have nothing on file of, counts once a second person has signed.
    """
    row = _to_be_asked_again(row)
    is_theirs = row.stated_by == by.id or is_named(by, row.obtained_by)
    return msgspec.structs.replace(
        row,
        confirmed_by=by.id,
        confirmed_on=signatures.on(today()),
        needs_second=is_theirs and not row.form and row.state in GIVES,
        fingerprint=fingerprint(row),
    )


def is_named(account: Account, words: str) -> bool:
    """Whether words name an account: by its whole name or its address."""
    said = _spaced(words)
    return any(name.strip() and name in said for name in (_spaced(account.name), _spaced(account.email)))


def _spaced(words: str) -> str:
    return f" {' '.join(_BETWEEN_WORDS.split(words.casefold())).strip()} "


def _second(
    before: Consent | None, after: Consent, row: Consent, by: Account, case: Case | None, *, is_officer: bool
) -> Consent:
    """Return a consent with the second signature, where `by` gives one.

    Who confirmed, obtained or entered the words is no second person; who is no officer calls the giver back first.
    """
    second = after.second_signature
    if second is None or (before is not None and second == before.second_signature):
        return row
    if second != by.id or not may(by, Action.SIGN_SECOND, case):
        raise NotConfirmed(A_SECOND_PERSON)
    if barred := why_no_second(row, by):
        raise NotConfirmed(barred)
    if row.needs_second and not is_officer:
        _refuse_who_did_not_ask(after, by, case)
    row = row if is_signed(row) else _to_be_asked_again(row)
    return msgspec.structs.replace(
        row,
        second_signature=by.id,
        second_on=signatures.on(today()),
        called_back=after.called_back,
        second_fingerprint=fingerprint(row),
    )


def why_no_second(row: Consent, by: Account) -> str:
    """Return why somebody is no second person for a consent as it stands, "" where they may be."""
    if row.confirmed_by == by.id:
        return A_SECOND_PERSON
    if row.needs_second and (row.stated_by == by.id or is_named(by, row.obtained_by)):
        return "You obtained or entered this consent: somebody else has to sign beside the officer."
    return vouching.why_barred(by.id, [row.confirmed_by]) if row.confirmed_by is not None else ""


def _refuse_who_did_not_ask(row: Consent, by: Account, case: Case | None) -> None:
    if case is not None and by.id in workflow.writers(case):
        raise NotConfirmed("You wrote part of this case: a second officer, or a reviewer who wrote none of it, signs.")
    if not row.called_back and row.basis not in OWN_REASONS:
        raise NotConfirmed("Call the giver back yourself first, and say that you did: only then sign as the second.")


def _to_be_asked_again(row: Consent) -> Consent:
    """Return a consent that is being signed with the day by which its giver is asked again, unless a day was set."""
    obtained = row.obtained_on.latest
    if row.confirm_by.edtf or row.until.edtf or row.state not in GIVES or obtained is None:
        return row
    return msgspec.structs.replace(row, confirm_by=signatures.on(asked_again_on(row.basis, obtained)))
