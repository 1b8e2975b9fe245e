"""Changes of a confirmed consent or an assessed risk: what limits acts at once, everything else waits beside the row.

The confirmed row stays in force as it was signed. A row beside it (`amends`) gives nothing and limits nothing; once it
is confirmed, it takes the place of the other one.
"""

from typing import TypeVar

import msgspec

from campaign.cases.file import Consent, Risk, new_id
from campaign.cases.fingerprints import ABOUT_SIGNING, fingerprint, matches
from campaign.dates.edtf import PartialDate
from campaign.publishing.consent.standing import ends_before
from campaign.vocabulary.protection import DENIES, GIVES

R = TypeVar("R", Consent, Risk)
LEVELS = ("low", "moderate", "high", "critical")
# What belongs to a signature, and is carried by no change of the words.
SIGNATURES: dict[type[msgspec.Struct], dict[str, object]] = {
    Consent: {
        "confirmed_by": None, "confirmed_on": PartialDate(), "fingerprint": "", "needs_second": False,
        "second_signature": None, "second_on": PartialDate(), "called_back": False, "second_fingerprint": "",
    },
    Risk: {"assessed_by": None, "assessed_on": PartialDate(), "fingerprint": ""},
}  # fmt: skip


def is_same(one: R, other: R) -> bool:
    """Whether two rows say the same, whoever signed them."""
    fields = (name for name in one.__struct_fields__ if name not in ABOUT_SIGNING)
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def unsigned(row: R) -> R:
    """Return a row without its signatures."""
    return msgspec.structs.replace(row, **SIGNATURES[type(row)])


def with_signatures_of(row: R, other: R | None) -> R:
    """Return a row with the signatures of another one, or none."""
    if other is None:
        return unsigned(row)
    return msgspec.structs.replace(row, **{name: getattr(other, name) for name in SIGNATURES[type(row)]})


def limited(row: R, changed: R) -> R:
    """Return a signed row with as much of a change as only limits; the signatures stand, for they allowed more."""
    less = msgspec.structs.replace(row, **_less(row, changed))
    if is_same(row, less):
        return row
    marks = {name: fingerprint(less) for name in ("fingerprint", "second_fingerprint") if _is_bound(row, name)}
    return msgspec.structs.replace(less, **marks)


def beside(row: R, changed: R) -> R:
    """Return a change as a row that waits beside the one that it would replace."""
    return msgspec.structs.replace(changed, id=new_id(), amends=row.id)


def in_place_of(row: R, waiting: R) -> R:
    """Return a row that waited, now that it counts, as the one that it replaces."""
    return msgspec.structs.replace(waiting, id=row.id, amends="")


def restates(before: Consent | None, after: Consent) -> bool:
    """Whether a consent says something else than before of who allowed what, and when: somebody states it anew."""
    if before is None:
        return True
    names = ("giver", "giver_kind", "basis", "about", "obtained_on", "outside_reach")
    is_another = any(getattr(before, name) != getattr(after, name) for name in names)
    ends = [ends_before(row) for row in (before, after)]
    is_longer = ends[0] is not None and (ends[1] is None or ends[1] > ends[0])
    is_given = before.state not in GIVES and after.state in GIVES
    return is_another or is_longer or is_given or bool(set(after.scopes) - set(before.scopes))


def _is_bound(row: R, name: str) -> bool:
    return bool(getattr(row, name, "")) and matches(row, getattr(row, name))


def _less(row: Consent | Risk, changed: Consent | Risk) -> dict[str, object]:
    if isinstance(row, Consent) and isinstance(changed, Consent):
        return _less_consent(row, changed)
    assert isinstance(row, Risk)
    assert isinstance(changed, Risk)
    return _less_risk(row, changed)


def _less_consent(row: Consent, changed: Consent) -> dict[str, object]:
    less: dict[str, object] = {
        "scopes": [scope for scope in row.scopes if scope in changed.scopes],
        "outside_reach": row.outside_reach and changed.outside_reach,
    }
    if _is_less_state(row.state, changed.state):
        less |= {name: getattr(changed, name) for name in ("state", "withdrawn_on", "reason")}
    # Words beside words may take them back; only where there were none they can't.
    if not row.limits.strip():
        less["limits"] = changed.limits
    ends, sooner = ends_before(row), ends_before(changed)
    if sooner is not None and (ends is None or sooner < ends):
        less["until"] = changed.until
    return less


def _is_less_state(before: str, after: str) -> bool:
    if before in DENIES:
        return after == "paused_duress_suspected"
    return before in GIVES and (after not in GIVES or after == "limited")


def _less_risk(row: Risk, changed: Risk) -> dict[str, object]:
    feared = [one for one in changed.concerns if one not in row.concerns]
    less: dict[str, object] = {"concerns": [*row.concerns, *feared]}
    if level(changed) > level(row):
        less["level"] = changed.level
    latest, sooner = row.review_by.latest, changed.review_by.latest
    if sooner is not None and (latest is None or sooner < latest):
        less["review_by"] = changed.review_by
    return less


def level(risk: Risk) -> int:
    """Return how grave a risk is; one that nobody weighed is graver than any."""
    return LEVELS.index(risk.level) if risk.level in LEVELS else len(LEVELS)
