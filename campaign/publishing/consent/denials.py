"""Refusals: a refusal is ended by nobody alone, and never by the desk.

A later confirmed word of the same giver ends it, or what two people decided in writing; after a suspicion of duress,
once two have put the profile back.
"""

from sqlalchemy import select

from campaign.cases.file import CaseFile, Consent
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing.consent.standing import DURESS, is_confirmed
from campaign.publishing.errors import NotConfirmed
from campaign.publishing.models import Hold
from campaign.vocabulary.protection import DENIES, GIVES

SETTLE = "A safety officer and a second person have to sign a decision, or the giver's later word has to be recorded."


def refuse_forgotten_denials(before: CaseFile | None, after: CaseFile, *, case: Case | None, is_officer: bool) -> None:
    """Raise NotConfirmed where a refusal would be removed, turned round, or ended without a later word."""
    rows = {row.id: row for row in after.consents}
    for denial in before.consents if before else ():
        if denial.state not in DENIES or denial.amends:
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
    return is_same and is_giver and is_later and row.state in GIVES and row.id != denial.id and is_confirmed(row)


def _is_duress(row: Consent) -> bool:
    return row.state == DURESS


def _is_held_for_duress(case: Case) -> bool:
    held = (Hold.subject == case.ref, Hold.is_duress.is_(True), Hold.lifted_at.is_(None))
    return db.session.scalar(select(Hold.id).where(*held).limit(1)) is not None
