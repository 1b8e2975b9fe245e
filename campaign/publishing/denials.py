"""How a refusal ends: by a later word of who gave it, never by the desk alone; after duress once two put it back."""

from sqlalchemy import select

from campaign.cases.file import CaseFile, Consent
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing.models import Hold
from campaign.publishing.refusals import NotConfirmed
from campaign.vocabulary.protection import DENIES, GIVES

SETTLE = "A safety officer and a second person settle it in writing, or the giver's later word is recorded beside it."


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
            raise NotConfirmed(f"A refusal can't be turned round. {SETTLE}")
        else:
            _refuse_early_end(denial, after, case)


def _refuse_milder(denial: Consent, now: Consent) -> None:
    if (now.basis, now.about) != (denial.basis, denial.about) or (_is_duress(denial) and not _is_duress(now)):
        raise NotConfirmed(f"Whose refusal it is, and that duress was suspected, stays as it was written. {SETTLE}")


def _refuse_early_end(denial: Consent, after: CaseFile, case: Case | None) -> None:
    later = any(_is_later_word(row, denial) for row in after.consents)
    if not later:
        raise NotConfirmed(f"A refusal ends when its giver says so: record their later word first. {SETTLE}")
    if _is_duress(denial) and case is not None and _is_held_for_duress(case):
        raise NotConfirmed("Duress was suspected, and the pause still lies on the case. Two people put it back first.")


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
