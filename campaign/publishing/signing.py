"""Signatures under consents and risks: one save a case for all that somebody signs of it at once.

One rule: who signs signs the revision that they read. What changed since is not confirmed unseen.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import msgspec

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.models import Case
from campaign.publishing import door
from campaign.publishing.errors import NoSuchRow, ReadEarlier

R = TypeVar("R", Consent, Risk)
Change = Callable[[CaseFile], Mapping[str, object]]


def confirm(case: Case, row_ids: Collection[str], *, by: Account, version: int) -> None:
    """Confirm consents and assess risks as they stand. Raises what `save_read` raises, and NoSuchRow."""
    consent, risk = {"confirmed_by": by.id, "fingerprint": ""}, {"assessed_by": by.id, "fingerprint": ""}

    def change(file: CaseFile) -> Mapping[str, object]:
        _refuse_unknown(row_ids, [*file.consents, *file.risks])
        return {"consents": _marked(file.consents, row_ids, consent), "risks": _marked(file.risks, row_ids, risk)}

    save_read(case, change, by=by, version=version, reason="Consents and risks confirmed")


def sign_second(case: Case, row_ids: Collection[str], *, by: Account, version: int, called_back: bool = False) -> None:
    """Sign consents beside the officer who confirmed them. Raises what `save_read` raises, and NoSuchRow."""
    mark = {"second_signature": by.id, "called_back": called_back}
    mark_consents(case, row_ids, mark, by=by, version=version, reason="Signed as the second person")


def mark_consents(
    case: Case, row_ids: Collection[str], mark: Mapping[str, object], *, by: Account, version: int, reason: str
) -> None:
    """Write the same values on some consents of a case. Raises what `save_read` raises, and NoSuchRow."""

    def change(file: CaseFile) -> Mapping[str, object]:
        _refuse_unknown(row_ids, file.consents)
        return {"consents": _marked(file.consents, row_ids, mark)}

    save_read(case, change, by=by, version=version, reason=reason)


def save_read(case: Case, change: Change, *, by: Account, version: int, reason: str) -> None:
    """Save a change of the revision that was read. Raises ReadEarlier, and what revisions.at and door.save raise."""
    read = revisions.at(case, version)
    if version != case.version:
        raise ReadEarlier(f"{case.ref} was saved since you opened it. Read it again, then confirm.")
    door.save(case, msgspec.structs.replace(read, **change(read)), by=by, base_version=version, reason=reason)


def _refuse_unknown(row_ids: Collection[str], rows: Collection[Consent | Risk]) -> None:
    if set(row_ids) - {row.id for row in rows}:
        raise NoSuchRow("This consent or risk is no longer in the case.")


def _marked(rows: list[R], row_ids: Collection[str], mark: Mapping[str, object]) -> list[R]:
    return [msgspec.structs.replace(row, **mark) if row.id in row_ids else row for row in rows]
