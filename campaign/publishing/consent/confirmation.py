"""Confirming consents and risks: what widens a consent or lowers a risk needs a safety officer; what limits does not.

A widening edit by anybody else is kept, but its confirmation falls: it clears nothing until it is confirmed anew. A
refusal is ended by nobody alone, and never by the desk: a later word of the same giver ends it, or what two people
decided in writing; after a suspicion of duress, once two have put the profile back.
Who translated and who read a translation is kept here too: nobody is the second reader of what they wrote themselves.
"""

import datetime

import msgspec
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.file import CaseFile, Consent, Risk, Text
from campaign.cases.models import Case
from campaign.cases.status import asked_again_on
from campaign.database import db
from campaign.publishing.consent import signatures
from campaign.publishing.consent.scopes import ends_before
from campaign.publishing.errors import NotConfirmed
from campaign.publishing.models import Hold
from campaign.vocabulary.protection import DENIES, GIVES

READ = "reviewed"
UNREAD = "unread"
SETTLE = "A safety officer and a second person have to sign a decision, or the giver's later word has to be recorded."
NEVER = datetime.date.max
LEVELS = ("low", "moderate", "high", "critical")


def translated(before: CaseFile | None, after: CaseFile, *, by: int) -> CaseFile:
    """Return the file with the names of who translated and who read; `by` saves it.

    A translation that its own writer calls read stays, marked as not yet read by a second reader.
    """
    known = {text.id: text for text in before.texts} if before else {}
    texts = [_text(known.get(text.id), text, by) for text in after.texts]
    return after if texts == after.texts else msgspec.structs.replace(after, texts=texts)


def _text(before: Text | None, after: Text, by: int) -> Text:
    if not after.translation_state:
        return msgspec.structs.replace(after, written_by=None, read_by=None)
    if before is None or _words(before) != _words(after) or not before.translation_state:
        state = UNREAD if after.translation_state == READ else after.translation_state
        return msgspec.structs.replace(after, written_by=by, read_by=None, translation_state=state)
    kept = msgspec.structs.replace(after, written_by=before.written_by, read_by=before.read_by)
    if after.translation_state != READ:
        return msgspec.structs.replace(kept, read_by=None)
    if kept.read_by is not None or before.translation_state == READ:
        return kept
    if by == before.written_by:
        return msgspec.structs.replace(kept, translation_state=UNREAD)
    return msgspec.structs.replace(kept, read_by=by)


def _words(text: Text) -> tuple[str, ...]:
    return text.kind, text.language, text.text, text.by


def refuse_forgotten_denials(before: CaseFile | None, after: CaseFile, *, case: Case | None, is_officer: bool) -> None:
    """Raise NotConfirmed where a refusal would be removed, turned round, or ended without a later word."""
    rows = {row.id: row for row in after.consents}
    for denial in before.consents if before else ():
        if denial.state not in DENIES:
            continue
        now = rows.get(denial.id)
        if now is None:
            raise NotConfirmed(f"A refusal can't be removed from the case. {SETTLE}")
        if now.state in DENIES:
            _refuse_milder(denial, now)
        elif now.state != "ended" or not is_officer:
            raise NotConfirmed(f"A refusal can't be turned into a consent. {SETTLE}")
        else:
            _refuse_early_end(denial, after, case)


def _refuse_milder(denial: Consent, now: Consent) -> None:
    if (now.basis, now.about) != (denial.basis, denial.about) or (_is_duress(denial) and not _is_duress(now)):
        raise NotConfirmed(f"Whose refusal it is, and that duress was suspected, can't be changed. {SETTLE}")


def _refuse_early_end(denial: Consent, after: CaseFile, case: Case | None) -> None:
    later = any(_is_later_word(row, denial) for row in after.consents)
    if not later:
        raise NotConfirmed(f"A refusal ends when its giver says so: record their later word first. {SETTLE}")
    if _is_duress(denial) and case is not None and _is_held_for_duress(case):
        raise NotConfirmed(
            "Duress was suspected, and the case is still paused. Two people have to lift the pause first."
        )


def _is_later_word(row: Consent, denial: Consent) -> bool:
    said, denied = row.obtained_on.latest, denial.withdrawn_on.earliest or denial.obtained_on.earliest
    is_same = (row.basis, row.about) == (denial.basis, denial.about)
    is_giver = denial.basis == "self" or row.giver.strip().casefold() == denial.giver.strip().casefold()
    is_later = said is not None and (denied is None or said >= denied)
    return is_same and is_giver and is_later and row.state in GIVES and row.id != denial.id


def _is_duress(row: Consent) -> bool:
    return row.state == "paused_duress_suspected"


def _is_held_for_duress(case: Case) -> bool:
    held = (Hold.subject == case.ref, Hold.is_duress.is_(True), Hold.lifted_at.is_(None))
    return db.session.scalar(select(Hold.id).where(*held).limit(1)) is not None


def checked_confirmations(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> CaseFile:
    """Return the file to save, with every confirmation and signature that `by` may not give taken out.

    Raises NotConfirmed where `by` signs in somebody else's name, or ends a refusal without being entitled to.
    """
    after = translated(before, after, by=by.id)
    if before is not None and _closed(before) == _closed(after):
        return after
    is_officer = may(by, Action.CONFIRM_SAFETY, case)
    consents = [_consent(_earlier(before, row), row, by=by, is_officer=is_officer) for row in after.consents]
    refuse_forgotten_denials(before, after, case=case, is_officer=is_officer)
    risks = [_risk(_earlier_risk(before, row), row, by=by, is_officer=is_officer) for row in after.risks]
    _refuse_forgotten_risks(before, after, is_officer=is_officer)
    signatures.refuse_forged(before, after, by=by, case=case)
    return msgspec.structs.replace(after, consents=consents, risks=risks)


def widens(before: Consent, after: Consent) -> bool:
    """Whether a consent would clear more, longer or on another's word than it did."""
    return (
        bool(set(after.scopes) - set(before.scopes))
        or (before.state not in GIVES and after.state in GIVES)
        or (after.basis, after.giver_kind, after.about) != (before.basis, before.giver_kind, before.about)
        or (after.outside_reach and not before.outside_reach)
        or (ends_before(after) or NEVER) > (ends_before(before) or NEVER)
    )


def _closed(file: CaseFile) -> tuple[object, ...]:
    return file.consents, file.risks, file.decisions


def _consent(before: Consent | None, after: Consent, *, by: Account, is_officer: bool) -> Consent:
    is_new = after.confirmed_by is not None and (before is None or after.confirmed_by != before.confirmed_by)
    if is_new and not (is_officer and after.confirmed_by == by.id):
        raise NotConfirmed("Only a safety officer confirms a consent, and in their own name. Save it unconfirmed.")
    after = signatures.second_signature(before, after, by=by)
    if before is not None and not is_new and not is_officer and widens(before, after):
        return msgspec.structs.replace(after, confirmed_by=None)
    return _to_be_asked_again(after) if is_new else after


def _to_be_asked_again(row: Consent) -> Consent:
    """Return a consent just confirmed with the day by which its giver is asked again, unless a day was set."""
    obtained = row.obtained_on.latest
    if row.confirm_by.edtf or row.until.edtf or row.state not in GIVES or obtained is None:
        return row
    return msgspec.structs.replace(row, confirm_by=signatures.on(asked_again_on(row.basis, obtained)))


def _risk(before: Risk | None, after: Risk, *, by: Account, is_officer: bool) -> Risk:
    """Return a risk as it may be saved: one that nobody entitled assessed stands as not assessed."""
    if is_officer or before == after:
        return after
    is_raised = before is not None and _level(after) >= _level(before) and after.review_by == before.review_by
    return after if is_raised else msgspec.structs.replace(after, assessed_by=None)


def _level(risk: Risk) -> int:
    return LEVELS.index(risk.level) if risk.level in LEVELS else len(LEVELS)


def _earlier(before: CaseFile | None, row: Consent) -> Consent | None:
    return next((old for old in before.consents if old.id == row.id), None) if before else None


def _earlier_risk(before: CaseFile | None, row: Risk) -> Risk | None:
    return next((old for old in before.risks if old.id == row.id), None) if before else None


def _refuse_forgotten_risks(before: CaseFile | None, after: CaseFile, *, is_officer: bool) -> None:
    kept = {row.id for row in after.risks}
    if not is_officer and before and any(row.id not in kept for row in before.risks):
        raise NotConfirmed("An assessed risk can't be removed from the case. A safety officer changes it.")
