"""Likely duplicates of restricted cases: safety officers are told, and the case waits until one of them has decided.

Who typed it is told nothing: no page names the restricted case, and the gate says that it waits for an officer only
once a second person has approved it, in words that serve other reasons as well.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Select, and_, or_, select

from campaign.accounts.invitations import notify
from campaign.accounts.models import Account, Grant
from campaign.accounts.permissions import Role
from campaign.audit.log import record
from campaign.cases.file import CaseFile
from campaign.cases.index import TABLES, CaseName
from campaign.cases.models import Case, CaseMember, OutsideIdKey
from campaign.cases.revisions import head, with_files, with_files_or_none
from campaign.clock import now
from campaign.database import db
from campaign.duplicates.search import likeness, told_apart
from campaign.duplicates.traits import READ_FROM, Traits, traits_of
from campaign.names.matching import promise
from campaign.names.reading import NameForms
from campaign.publishing.models import DuplicateAlert
from campaign.search.by_name import by_names
from campaign.search.index import unpack
from campaign.search.place_terms import search_filter

# A name that promises less is not aligned: what a skeleton promises is rarely less than what alignment finds.
PROMISING = 0.6


Names = list[tuple[int, NameForms]]


def has_restricted_duplicate(case: Case, file: CaseFile) -> bool:
    """Whether another case, which is restricted, is likely the same person's and nobody has told the two apart."""
    return any(True for _ in _duplicates_of(case, file, restricted_names()))


def is_told_otherwise(before: CaseFile, after: CaseFile) -> bool:
    """Whether a save changed anything by which persons are told from each other."""
    return any(getattr(before, name) != getattr(after, name) for name in READ_FROM)


def alert(cases: Iterable[tuple[Case, CaseFile]]) -> None:
    """Tell safety officers which of some cases are likely duplicates of restricted ones; of each pair once."""
    restricted = restricted_names()
    if not restricted:
        return
    for case, file in cases:
        for other in {*_duplicates_of(case, file, restricted), *_of_one_number(case, file)}:
            _alert(case, other)


def alert_of(restricted: Case) -> None:
    """Tell safety officers which cases are likely duplicates of one that is restricted from now on."""
    everybody = search_filter(Case.id, Case.ref, Case.merged_into_id.is_(None), db.session())
    asked = traits_of(head(restricted), restricted.ref)
    found, _ = by_names(TABLES, asked.names, allowed=everybody, session=db.session())
    near = {hit.docid for hits in found for hit in hits if hit.score >= PROMISING} - {restricted.id}
    alert(list(with_files(Case.id.in_(near))))


def restricted_names() -> Names:
    """Return the names of every restricted case: few, and so all of them are compared."""
    query = select(CaseName.docid, CaseName.forms).join(Case, Case.id == CaseName.docid)
    rows = db.session.execute(query.where(Case.is_restricted.is_(True), Case.merged_into_id.is_(None)))
    return [(docid, unpack(packed)) for docid, packed in rows]


def _duplicates_of(case: Case, file: CaseFile, restricted: Names) -> Iterator[Case]:
    """Yield the restricted cases that are likely the same person's."""
    if not restricted:
        return
    asked = traits_of(file, case.ref)
    near = {docid for docid, stored in restricted if any(promise(name, stored) >= PROMISING for name in asked.names)}
    if not near and not asked.numbers:
        return
    numbered = and_(Case.is_restricted.is_(True), Case.id.in_(_with_numbers_of(asked)))
    apart = Case.id.not_in(told_apart(case.id))
    for other, its in with_files_or_none(or_(Case.id.in_(near), numbered), Case.id != case.id, apart):
        # What can't be read can't be weighed: an officer looks at it.
        if its is None or likeness(asked, traits_of(its, other.ref)).is_twin:
            yield other


def _of_one_number(case: Case, file: CaseFile) -> Iterator[Case]:
    """Yield the restricted cases that carry the same number of the same list, whoever they seem to be."""
    asked = traits_of(file, case.ref)
    if not asked.numbers:
        return
    numbered = and_(Case.is_restricted.is_(True), Case.id.in_(_with_numbers_of(asked)))
    for other, its in with_files_or_none(numbered, Case.id != case.id, Case.id.not_in(told_apart(case.id))):
        if its is None or set(asked.numbers) & set(traits_of(its, other.ref).numbers):
            yield other


def _with_numbers_of(asked: Traits) -> Select[int]:
    """Return which cases have a number of these lists; one of another list of the same key is weighed in vain."""
    schemes, keys = ({pair[side] for pair in asked.numbers} for side in (0, 1))
    return select(OutsideIdKey.case_id).where(OutsideIdKey.scheme.in_(schemes), OutsideIdKey.key.in_(keys))


def _alert(case: Case, restricted: Case) -> None:
    if db.session.get(DuplicateAlert, (case.id, restricted.id)) is not None:
        return
    db.session.add(DuplicateAlert(case_id=case.id, restricted_id=restricted.id, at=now()))
    named = officers(restricted)
    sentence = f"{case.ref} may be the same person as {restricted.ref}, which is restricted."
    if not named:
        named, sentence = officers(None), f"{case.ref} may be the same person as a restricted case."
    for account_id in named:
        notify(account_id, f"{sentence} It can't be published until a safety officer says that they are two people.")
    record("case.twin_found", by=None, actor="desk", subject=case.ref, details={"other": restricted.ref})


def officers(restricted: Case | None) -> list[int]:
    """Return the active safety officers: those named on a restricted case, or all of them."""
    query = select(Account.id).join(Grant, Grant.account_id == Account.id)
    query = query.where(Grant.role == Role.SAFETY_OFFICER.value, Account.is_active)
    if restricted is not None:
        query = query.where(Account.id.in_(select(CaseMember.account_id).where(CaseMember.case_id == restricted.id)))
    return list(db.session.scalars(query.order_by(Account.id)))
