"""Opening cases, one or a sheet of them: each with a reference of its own and its first revision. Nothing commits."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from campaign.cases.checks import check
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, CaseMember, Kind, Revision
from campaign.cases.people import Person
from campaign.cases.references import new_references
from campaign.cases.refusals import Unsound
from campaign.cases.saving import Save, save_all
from campaign.database import db
from campaign.web import settings


@dataclass(frozen=True)
class Opening:
    """A case to be opened: its file, and why."""

    file: CaseFile
    reason: str


def open_cases(
    openings: Sequence[Opening], *, by: Person, kind: Kind = "edit", is_restricted: bool = False
) -> list[Case]:
    """Open cases that `by` owns, in order, with one INSERT a table. Raises Unsound, and then opens none."""
    for opening in openings:
        if problems := check(opening.file):
            raise Unsound(problems)
    refs = new_references(settings().ref_prefix, len(openings))
    cases = [Case(ref=ref, owner_id=by.id, is_restricted=is_restricted, version=0, state="draft") for ref in refs]
    if is_restricted:
        for case in cases:
            case.members.append(CaseMember(account_id=by.id, added_by_id=by.id))
    db.session.add_all(cases)
    db.session.flush()
    save_all(
        Save(case, _salted(opening.file), None, Revision(author_id=by.id, reason=opening.reason, kind=kind, also_by=[]))
        for case, opening in zip(cases, openings, strict=True)
    )
    return cases


def _salted(file: CaseFile) -> CaseFile:
    return msgspec.structs.replace(file, salt=secrets.token_hex(16))
