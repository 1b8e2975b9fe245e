"""Uploads: the sealed file of an import, from the moment that it is brought until it is dropped.

Files lie in a store of their own, which holds what an import names and nothing else: a file goes with the commit that
drops it, and one that a crash left behind goes with the next sweep. Each opening by a person is in the audit.
"""

import time
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from sqlalchemy import delete, select, update

from campaign import sheets
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, may_with_import
from campaign.audit.log import record
from campaign.cases.checks import Refused
from campaign.clock import now
from campaign.database import after_commit, aside, db, is_reading
from campaign.imports.models import Import, ImportRow
from campaign.media.stores import Vault, unfinished_in
from campaign.sheets import Sheet, Unreadable, Workbook
from campaign.sheets.limits import refuse_size
from campaign.web.context import keyring, settings

KEPT_FOR = timedelta(days=14)
LONGEST_UPLOAD_SECONDS = 3600  # a file without an import that is younger is being brought just now
GONE = "The file of this import was dropped. Bring it again."
UNREAD = ("uploaded", "mapped", "planning", "failed")
UNFINISHED = ("uploaded", "mapped", "planned", "failed")


def vault() -> Vault:
    """Return the store of uploads."""
    return Vault(settings().home / "media" / "uploads", keyring().fernet)


def take_in(stream: BinaryIO, file_name: str, *, by: Account) -> Import:
    """Seal a file and return its import, in the session. Raises Refused, Unreadable for one that is too large."""
    if not may(by, Action.IMPORT_CASES):
        raise Refused("Only an editor imports sheets.")
    entry = vault().put(stream)
    try:
        refuse_size(entry.size, file_name)
    except Unreadable:
        vault().delete(entry.name)
        raise
    one = Import(
        by_id=by.id, file_name=file_name[-200:], size=entry.size, digest=entry.sha256, upload=entry.name, at=now()
    )
    db.session.add(one)
    db.session.flush()
    record("import.uploaded", by=by.id, subject=name_of(one), details={"size": entry.size})
    return one


def name_of(one: Import) -> str:
    """Return what the audit calls an import: "import:7"."""
    return f"import:{one.id}"


def earlier(one: Import) -> list[Import]:
    """Return the imports of the very same file before this one, newest first."""
    before = select(Import).where(Import.id < one.id, Import.size == one.size).order_by(Import.id.desc())
    return [other for other in db.session.scalars(before) if other.digest == one.digest]


def content(one: Import) -> bytes:
    """Return the file of an import, for a job. Raises Refused where it was dropped."""
    if not one.upload or not vault().exists(one.upload):
        raise Refused(GONE)
    return b"".join(vault().read(one.upload))


def workbook(one: Import) -> Workbook:
    """Return what is in the file of an import, the chosen sheet first, for a job. Raises Refused, Unreadable."""
    return sheets.read(content(one), one.file_name, sheet=one.sheet or None, encoding=one.encoding or None)


def table(one: Import) -> Sheet:
    """Return the chosen sheet of an import, for a job. Raises Refused, Unreadable."""
    return workbook(one).sheet


def opened(one: Import, *, by: Account) -> Workbook:
    """Return what is in the file of an import to somebody who looks at it, once the audit has that they do.

    For views that have asked for a second factor (accounts.guards.freshly). Raises Refused, Unreadable.
    """
    record_opening(one, by=by)
    return workbook(one)


def record_opening(one: Import, *, by: Account) -> None:
    """Write down that somebody looks into an upload, or at the plan made of it. Raises Refused for who may not."""
    refuse_others(one, by=by)
    if is_reading():
        with aside() as session:
            record("import.opened", by=by.id, subject=name_of(one), session=session)
    else:
        record("import.opened", by=by.id, subject=name_of(one))


def refuse_others(one: Import, *, by: Account) -> None:
    """Raise Refused for who is neither the importer nor a safety officer."""
    if not may_with_import(by, Action.OPEN_UPLOAD, one.by_id):
        raise Refused("Only who brought this file in and safety officers open it.")


def drop(one: Import, *, why: str) -> None:
    """Drop the file of an import with its plan, once the session commits; an import that needed it ends there."""
    if one.upload:
        after_commit(db.session(), partial(vault().delete, one.upload))
        one.upload, one.dropped_at = "", now()
        record("import.dropped", by=None, actor="desk", subject=name_of(one), details={"why": why})
    db.session.execute(update(ImportRow).where(ImportRow.import_id == one.id).values(plan=None))
    if one.stage in UNFINISHED:
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == one.id, ImportRow.after.is_(None)))
        one.stage, one.fault, one.ended_at = "failed", GONE, now()


def drop_old() -> int:
    """Drop the files that were brought 14 days ago, and what a crash left behind; return how many. Commits each."""
    query = select(Import.id).where(Import.upload != "", Import.at <= now() - KEPT_FOR)
    old = [number for number in db.session.scalars(query) if _drop_one(number)]
    names = set(db.session.scalars(select(Import.upload).where(Import.upload != "")))
    db.session.rollback()
    return len(old) + _remove_strays(names)


def _drop_one(number: int) -> bool:
    one = db.session.get_one(Import, number)
    if one.runner:
        return False
    drop(one, why="14 days")
    db.session.commit()
    return True


def _remove_strays(names: Iterable[str]) -> int:
    """Remove files that no import names, and halves of files, unless they are being brought just now."""
    store, known = vault(), set(names)
    strays = [store.root / name[:2] / name for name in store.names() if name not in known]
    strays += unfinished_in(store.root)
    old = [path for path in strays if path.stat().st_mtime < time.time() - LONGEST_UPLOAD_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def forget_case(case_id: int, ref: str) -> None:
    """Drop every upload that holds a row of a case that is being erased, whose plan names it, or that has no plan yet.

    What stands in a file that was never planned nobody knows: its importer can bring it again.
    """
    of_the_case = set(db.session.scalars(select(ImportRow.import_id).where(ImportRow.case_id == case_id)))
    unread = set(db.session.scalars(select(Import.id).where(Import.upload != "", Import.stage.in_(UNREAD))))
    for one in db.session.scalars(select(Import).where(Import.id.in_(of_the_case | unread | _naming(ref)))):
        drop(one, why="erasure")


def _naming(ref: str) -> set[int]:
    """Return the imports whose plan, not yet written, names a reference: as who a row may be."""
    rows = db.session.execute(select(ImportRow.import_id, ImportRow.plan).where(ImportRow.plan.is_not(None)))
    return {row.import_id for row in rows if ref in (row.plan or "")}
