"""What a save takes back: consents that allow less than before, and risks that weigh more. Codes alone, no words.

The audit gets a row for each, and the register a line, whether anything of the case is public or not: a copy of the
database from before would allow what somebody has taken back since.
"""

from collections.abc import Iterator

from campaign.audit.log import Deed
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.vocabulary.protection import DENIES, GIVES

# A risk that nobody has weighed yet is none; from the second on a first assessment counts as one that was raised.
LEVELS = ("not_assessed", "low", "moderate", "high", "critical")
RAISED_FROM = LEVELS.index("high")


def deeds_of(ref: str, before: CaseFile, after: CaseFile, *, by: int) -> list[Deed]:
    """Return what the audit keeps of a save that limits: of consents the scopes that fell, of risks the new level."""
    deeds = []
    if scopes := _fallen(before, after):
        deeds.append(Deed("consent.limited", by, ref, {"scopes": sorted(scopes)}))
    if level := _raised(before, after):
        deeds.append(Deed("risk.raised", by, ref, {"level": level}))
    return deeds


def _fallen(before: CaseFile, after: CaseFile) -> set[str]:
    """Return the scopes that some consent gave and gives no more; "all" for a word that denies, or that is gone."""
    if before.consents == after.consents:
        return set()
    earlier, fallen = {row.id: row for row in before.consents}, set[str]()
    for row in after.consents:
        # What waits beside a row is weighed against that row.
        fallen.update(_less(earlier.get(row.id) or earlier.get(row.amends), row))
    replaced = {row.amends for row in before.consents if row.id in {kept.id for kept in after.consents}}
    gone = earlier.keys() - {row.id for row in after.consents} - replaced
    if any(earlier[one].state in GIVES and not earlier[one].amends for one in gone):
        fallen.add("all")
    return fallen


def _less(before: Consent | None, after: Consent) -> Iterator[str]:
    if after.state in DENIES and (before is None or before.state != after.state):
        yield "all"
    if after.state == "limited" and (before is None or before.state != "limited"):
        yield "limited"
    if before is None:
        return
    yield from set(before.scopes) - set(after.scopes)
    if after.limits != before.limits and after.limits:
        yield "limited"
    if after.until != before.until and after.until.earliest is not None:
        yield "until"


def _raised(before: CaseFile, after: CaseFile) -> str:
    """Return the level of the gravest risk that weighs more than before, "" where none does."""
    if before.risks == after.risks:
        return ""
    earlier = {row.id: row for row in before.risks}
    raised = [row for row in after.risks if _weighs_more(earlier.get(row.id) or earlier.get(row.amends), row)]
    return max(raised, key=_weight).level if raised else ""


def _weighs_more(before: Risk | None, after: Risk) -> bool:
    return _weight(after) > _weight(before) if before is not None else _weight(after) >= RAISED_FROM


def _weight(risk: Risk) -> int:
    return LEVELS.index(risk.level) if risk.level in LEVELS else 0
