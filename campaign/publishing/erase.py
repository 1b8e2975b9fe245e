"""Erasing a case: what stays is that its reference was given, the headers of its entries in the ledger, keyed marks.

A safety officer's act, and final. Every table with a foreign key to a case is emptied of it, a new table too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases import marks, removal, revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, Revision, UsedReference
from campaign.database import db
from campaign.imports import uploads
from campaign.imports.models import ImportedRow
from campaign.imports.readings import APART
from campaign.ledger import remains, writer
from campaign.media import copies
from campaign.publishing import mentions, purging
from campaign.publishing.eligibility import is_listed
from campaign.publishing.errors import NotAllowed
from campaign.publishing.models import Hold, Publication
from campaign.publishing.takedown import withdraw_profile


@dataclass(frozen=True)
class Files:
    """The files of an erased case: digests of public copies, names in the vault."""

    pictures: frozenset[str]
    originals: frozenset[str]


def erase(case: Case, *, by: Account, reason: str) -> Files:
    """Erase a case; return its files, which `finish` removes after the commit.

    Raises NotAllowed. `reason` is a code or a sentence without names: it goes to the audit.
    """
    if not may(by, Action.ERASE_CASE, case):
        raise NotAllowed(f"Only a safety officer erases {case.ref}. Withdraw it, and ask one.")
    return erase_case(case, by=by.id, reason=reason)


def erase_case(case: Case, *, by: int | None, reason: str, actor: str = "", also: Iterable[str] = ()) -> Files:
    """Erase a case, whoever asks; `also` are further marks of the person, kept beside those that its files give."""
    writer.take(db.session())
    ref, case_id = case.ref, case.id
    if is_listed(ref):
        withdraw_profile(case, by=by, why="erasure", actor=actor)
    numbers = db.session.scalars(select(Revision.number).where(Revision.case_id == case_id)).all()
    every = list(revisions.several(case, numbers).values())
    files = _named_in(every)
    tokens = _tokens(case_id, every) | set(also)
    marks.keep("erased", ref, tokens)
    mentions.forget(ref)
    purging.forget_name(ref)
    db.session.execute(delete(Publication).where(Publication.case_id == case_id))
    db.session.execute(update(Hold).where(Hold.subject == ref).values(reason=""))
    if db.session.get(UsedReference, ref) is None:
        db.session.add(UsedReference(ref=ref))
    uploads.forget_case(case_id, ref)
    removal.remove([case_id])
    # With the marks, which a restored copy of before must have too (restoring).
    record("case.erased", by=by, actor=actor, subject=ref, details={"reason": reason, "marks": sorted(tokens)})
    return files


def finish(files: Files) -> None:
    """Remove the files that no other case has, and what SQLite's file and log still hold of rows that are gone.

    Called after the commit of `erase`: a file removed before a commit that fails would be missed. All cases are asked,
    in all their versions, also those that were never public: the very same picture may be in two of them.
    """
    if files.pictures or files.originals:
        writer.take(db.session())  # Nobody adds one of them meanwhile.
        kept = _named_in(revisions.every_file())
        for digest in files.pictures - kept.pictures:
            copies.forget(digest)
        for name in files.originals - kept.originals:
            copies.vault().delete(name)
    db.session.rollback()
    remains.remove()


def _named_in(every: Iterable[CaseFile]) -> Files:
    """Return the files that some versions of cases name."""
    pictures, originals = set[str](), set[str]()
    for file in every:
        for row in file.images:
            pictures |= {row.digest_list, row.digest_page, row.digest_print}
        originals |= {row.vault_name for row in file.images} | {row.form for row in file.consents}
        originals |= {name for row in file.testimonies for name in (row.media, row.consent_form)}
    return Files(frozenset(name.removesuffix(".jpg") for name in pictures if name), frozenset(originals - {""}))


def _tokens(case_id: int, every: Iterable[CaseFile]) -> set[str]:
    """Return what an erased person is known by if a sheet brings them again: rows, numbers, names with the year."""
    rows = db.session.execute(select(ImportedRow.scheme, ImportedRow.key).where(ImportedRow.case_id == case_id))
    found = {marks.row_token(scheme, key.partition(APART)[0]) for scheme, key in rows}
    return found.union(*(marks.tokens(file) for file in every))
