"""Upgrades of stored case files: pure functions from the fields of one format to those of the next (campaign.formats).

case/2 binds signatures to what was signed, and knows who may be written to. What was signed before stands as it stood.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from campaign.cases.fingerprints import CARRIED, SIGNED, mark

Fields = dict[str, Any]
DENIED = frozenset({"refused", "withdrawn", "paused_duress_suspected"})
# What decisions of case/1 were taken about: the fields of each kind of row in their order, the id first.
_DATE = ("edtf", "earliest", "latest", "written", "unknown")
_KINDS = {"consents": "Consent", "risks": "Risk", "perpetrators": "Perpetrator"}
_TAKEN_OF = {
    "consents": (
        "id", "about", "giver", "giver_kind", "basis", "relation", "obtained_by", "obtained_on", "how", "scopes",
        "limits", "address", "outside_reach", "until", "state", "withdrawn_on", "reason",
    ),
    "risks": ("id", "to", "level", "concerns", "mitigation", "weighed", "assessed_on", "review_by"),
    "perpetrators": ("id", "name", "position", "deed"),
}  # fmt: skip


def case_2(fields: Fields) -> Fields:
    """Return the fields of a case/1 file as those of case/2."""
    taken = {group: [_fingerprint_1(row, names) for row in fields.get(group, ())] for group, names in _TAKEN_OF.items()}
    consents = [_consent_2(row) for row in fields.get("consents", ())]
    risks = [_signed(row, {"assessed_by": "fingerprint"}, "Risk") for row in fields.get("risks", ())]
    upgraded = {**fields, "consents": consents, "risks": risks}
    now = {
        before: f"{row['id']}:{_carried(row, _KINDS[group])}"
        for group, marks in taken.items()
        for before, row in zip(marks, upgraded.get(group, ()), strict=True)
        if before
    }
    return {**upgraded, "decisions": [_decision_2(row, now) for row in fields.get("decisions", ())]}


def _consent_2(row: Fields) -> Fields:
    scopes = row.get("scopes", [])
    # Writing home asks for no more than the name that is public; whoever refused has refused that too.
    if row.get("state", "given") not in DENIED:
        scopes = _with_home(scopes)
    bound = {"confirmed_by": "fingerprint", "second_signature": "second_fingerprint"}
    return _signed({**row, "scopes": scopes}, bound, "Consent")


def _decision_2(row: Fields, now: Fields) -> Fields:
    stands_on = [now.get(one, one) for one in row.get("stands_on", ())]
    upgraded = {**row, "stands_on": stands_on, "scopes": _with_home(row.get("scopes", []))}
    return _signed(upgraded, {"signed_by": "fingerprint", "second_by": "second_fingerprint"}, "Decision")


def _with_home(scopes: list[str]) -> list[str]:
    return [*scopes, "write_home"] if "publish_name" in scopes and "write_home" not in scopes else scopes


def _signed(row: Fields, bound: dict[str, str], kind: str) -> Fields:
    """Return a row with a fingerprint for each signature that it bears: what stood there is what was signed."""
    return {**row, **{name: _carried(row, kind) for signature, name in bound.items() if row.get(signature)}}


def _carried(row: Fields, kind: str) -> str:
    """Return the fingerprint of a row as it stands, "" for one that lacks a field: nobody can say what was signed."""
    names = SIGNED[CARRIED][kind]
    return mark(CARRIED, [row[name] for name in names]) if all(name in row for name in names) else ""


def _fingerprint_1(row: Fields, names: Iterable[str]) -> str:
    """Return the fingerprint of a row as version 0.2.0 took it, "" for a row that lacks a field."""
    if any(name not in row for name in names):
        return ""
    said = [_in_order(row[name]) for name in names]
    return f"{row['id']}:{hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]}"


def _in_order(value: Any) -> Any:
    return {key: value[key] for key in _DATE if key in value} if isinstance(value, dict) else value
