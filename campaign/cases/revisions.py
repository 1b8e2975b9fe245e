"""Revisions: every save of a case is one, with the whole file sealed, under an optimistic lock. One audit row each.

A save names the revision that it began from; one that is behind is merged, and refused where both changed the same.
Nothing here commits. A revision is never changed: what was said stays until the case is erased.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import ColumnElement, LargeBinary, Select, and_, func, select, type_coerce
from sqlalchemy import case as when

from campaign.cases.checks import NoSuchRevision, Stale, Unsound, check, new_problems
from campaign.cases.diff import STAY
from campaign.cases.file import CaseFile, as_entered, content_digest, decode, encode, is_same_content
from campaign.cases.index import describe
from campaign.cases.merge import Side, merge
from campaign.cases.models import Case, Kind, Person, Revision
from campaign.cases.spelling import is_spelling
from campaign.cases.store import create_many, prepare, save
from campaign.clock import today
from campaign.database import db
from campaign.formats import Damaged, UnreadableDocument, unpack
from campaign.keys import Unreadable
from campaign.ledger import writer
from campaign.web.context import keyring

log = structlog.get_logger("cases")


def create(file: CaseFile, *, by: Person, reason: str, kind: Kind = "edit", is_restricted: bool = False) -> Case:
    """Open a case with its first revision and a reference of its own; `by` owns it. Raises Unsound."""
    if problems := check(file):
        raise Unsound(problems)
    (case,) = create_many([prepare(file, reason)], by=by, kind=kind, is_restricted=is_restricted)
    return case


def revise(
    case: Case,
    file: CaseFile,
    *,
    by: Person,
    base_version: int,
    reason: str,
    kind: Kind = "edit",
    also_by: Iterable[int] = (),
    choices: Mapping[str, Side] | None = None,
    seen_version: int | None = None,
) -> Revision:
    """Save a file that was made from revision `base_version`; return the newest revision.

    What others saved since is kept where only they changed it. A file that changes nothing saves nothing.
    `choices` says which side holds where both changed the same, as the person saw it against revision
    `seen_version` (the `version` of the Stale they were shown); without that number, against the newest.
    Raises Stale for what nobody chose between, or changed again since; Unsound where the result says what cannot be so
    and did not before; NoSuchRevision for a version that never was.
    """
    lock(case)
    found, _ = revised(
        case,
        file,
        {case.version: head(case)},
        by=by,
        base_version=base_version,
        reason=reason,
        kind=kind,
        also_by=also_by,
        choices=choices,
        seen_version=seen_version,
    )
    return found


def revised(
    case: Case,
    file: CaseFile,
    known: Mapping[int, CaseFile],
    *,
    by: Person,
    base_version: int,
    reason: str,
    kind: Kind = "edit",
    also_by: Iterable[int] = (),
    choices: Mapping[str, Side] | None = None,
    seen_version: int | None = None,
    keep: Callable[[CaseFile, CaseFile], CaseFile] = lambda _, merged: merged,
) -> tuple[Revision, CaseFile]:
    """Do as `revise`, whose lock the caller holds; return the newest revision with its file.

    `known` are the files that the caller has read under the lock, by the number of their revision: the newest at least.
    `keep` is given the newest file and what would be saved in its place, and returns what is.
    """
    theirs = known[case.version]
    mine = msgspec.structs.replace(file, salt=theirs.salt)
    if choices and seen_version is not None:
        mine, base_version = _joined(case, mine, known, base_version, seen_version, choices), seen_version
        choices = None
    mine = keep(theirs, as_entered(_joined(case, mine, known, base_version, case.version, choices), theirs))
    if encode(mine) == encode(theirs):
        return revision(case, case.version), theirs
    if problems := new_problems(theirs, mine):
        raise Unsound(problems)
    new = Revision(author_id=by.id, reason=reason, kind=kind, also_by=sorted(set(also_by)))
    new.is_spelling = _is_spelling(case, theirs, mine)
    return save(case, mine, theirs, new), mine


def _is_spelling(case: Case, theirs: CaseFile, mine: CaseFile) -> bool:
    """Whether a save changes spelling alone, all such saves since the last other one taken together."""
    if not is_spelling(theirs, mine):
        return False
    others = (Revision.case_id == case.id, Revision.is_spelling.is_(False))
    last = db.session.scalars(select(func.max(Revision.number)).where(*others)).one()
    return last == case.version or is_spelling(at(case, last), mine)


def _joined(
    case: Case,
    mine: CaseFile,
    known: Mapping[int, CaseFile],
    base_version: int,
    version: int,
    choices: Mapping[str, Side] | None,
) -> CaseFile:
    """Return `mine`, made from `base_version`, with what `version` has besides. Raises Stale."""
    if base_version == version:
        return mine
    before, theirs = (known.get(number) or at(case, number) for number in (base_version, version))
    merged = merge(before, theirs, mine, choices)
    if merged.conflicts:
        raise Stale(before, theirs, mine, merged.conflicts, version)
    return merged.file


def restore(case: Case, number: int, *, by: Person, reason: str) -> Revision:
    """Make an earlier file the newest again, as a new revision; who wrote the earlier one is a writer of it too.

    Consents, risks, decisions and contacts stay as they are: a consent that was withdrawn does not come back so.
    """
    lock(case)
    theirs, earlier = head(case), at(case, number)
    kept = {name: getattr(theirs, name) for name in STAY}
    file = msgspec.structs.replace(earlier, **kept)
    source = revision(case, number)
    writers = sorted({source.author_id, *source.also_by})
    new = Revision(author_id=by.id, reason=reason, kind="restore", also_by=writers, restored_from=number)
    return save(case, file, theirs, new)


def head(case: Case) -> CaseFile:
    """Return the newest file of a case."""
    return at(case, case.version)


AT_ONCE = 200  # files that are open together


class Save(NamedTuple):
    """A save as far as its writers go: what was saved stays closed."""

    number: int
    digest: str
    at: datetime.datetime
    author_id: int
    also_by: list[int]
    restored_from: int | None
    is_spelling: bool = False


# Opened row by row: what no key opens is named, and ends nothing but itself.
_SEALED = type_coerce(Revision.snapshot, LargeBinary)
_SAVE = tuple(getattr(Revision, name) for name in Save._fields)


def saves(case: Case) -> list[Save]:
    """Return every save of a case, oldest first, without opening a file."""
    rows = db.session.execute(select(*_SAVE).where(Revision.case_id == case.id).order_by(Revision.number))
    return [Save(*row) for row in rows]


def saves_and_head(case: Case) -> tuple[list[Save], CaseFile]:
    """Return every save of a case, oldest first, and its newest file, in one statement."""
    sealed = when((Revision.number == case.version, _SEALED))
    query = select(sealed, *_SAVE).where(Revision.case_id == case.id).order_by(Revision.number)
    rows = db.session.execute(query).all()
    return [Save(*row) for _, *row in rows], _opened(case, case.version, rows[-1][0])


def with_files_or_none(*conditions: ColumnElement[bool]) -> Iterator[tuple[Case, CaseFile | None]]:
    """Yield the cases that meet conditions, in the order of their numbers, each with its newest file: one statement.

    A file that can't be read is None, and a line in the log: the others are gone on with.
    """
    newest = and_(Revision.case_id == Case.id, Revision.number == Case.version)
    query = select(Case, _SEALED).join(Revision, newest).where(*conditions).order_by(Case.id)
    for case, sealed in db.session.execute(query).all():
        try:
            yield case, _opened(case, case.version, sealed)
        except UnreadableDocument as fault:
            log.error("document unreadable", reason=str(fault))
            yield case, None


def with_files(*conditions: ColumnElement[bool]) -> Iterator[tuple[Case, CaseFile]]:
    """Yield the same without the cases whose file can't be read."""
    return ((case, file) for case, file in with_files_or_none(*conditions) if file is not None)


def at(case: Case, number: int) -> CaseFile:
    """Return the file as revision `number` has it. Raises NoSuchRevision, formats.UnreadableDocument."""
    return several(case, {number})[number]


def name_of(case: Case, number: int) -> str:
    """Return what a revision is called where its file can't be read."""
    return f"{case.ref}, revision {number}"


def each_with_file(query: Select[int]) -> Iterator[tuple[Case, CaseFile]]:
    """Yield the cases whose numbers a query gives, however many, each with its newest file: AT_ONCE a statement."""
    numbers = list(db.session.scalars(query))
    for start in range(0, len(numbers), AT_ONCE):
        yield from with_files(Case.id.in_(numbers[start : start + AT_ONCE]))


def every_file() -> Iterator[CaseFile]:
    """Yield the files of all versions of all cases; one that can't be read is a line in the log."""
    query = select(Case, Revision.number, _SEALED).join(Revision, Revision.case_id == Case.id)
    for case, number, sealed in db.session.execute(query.execution_options(yield_per=AT_ONCE)):
        try:
            yield _opened(case, number, sealed)
        except UnreadableDocument as fault:
            log.error("document unreadable", reason=str(fault))


def several(case: Case, numbers: Collection[int]) -> dict[int, CaseFile]:
    """Return the files of some revisions of a case by their numbers, in one statement; raises what `at` raises."""
    query = select(Revision.number, _SEALED).where(Revision.case_id == case.id, Revision.number.in_(numbers))
    found = {number: _opened(case, number, sealed) for number, sealed in db.session.execute(query)}
    for number in numbers:
        if number not in found:
            raise NoSuchRevision(f"{case.ref} has no revision {number}; its newest is {case.version}.")
    return found


def _opened(case: Case, number: int, sealed: bytes) -> CaseFile:
    """Return a file as it lies sealed in its row. Raises formats.UnreadableDocument, naming the revision."""
    try:
        stored = keyring().unseal(sealed)
    except Unreadable as fault:
        raise Damaged(f"The file of {name_of(case, number)} is damaged. {fault}") from fault
    return decode(unpack(stored, name_of(case, number)), name_of(case, number))


def revision(case: Case, number: int) -> Revision:
    """Return one revision's row. Raises NoSuchRevision."""
    found = db.session.scalar(select(Revision).where(Revision.case_id == case.id, Revision.number == number))
    if found is None:
        raise NoSuchRevision(f"{case.ref} has no revision {number}; its newest is {case.version}.")
    return found


def digest_of(case: Case, file: CaseFile, *, newest: CaseFile, stored: str) -> str:
    """Return the digest by which the content of a file is approved: that of the newest revision where it is the same.

    That revision (`newest`, of the digest `stored`) may have been stored, and approved, in an older format, in which
    the same content had another digest.
    """
    own = content_digest(file)
    if case.state != "approved" or own == case.approved_digest or not is_same_content(file, newest):
        return own
    return stored


def history(case: Case) -> list[Revision]:
    """Return the revisions of a case, newest first, without opening their files."""
    query = select(Revision).where(Revision.case_id == case.id).order_by(Revision.number.desc())
    return list(db.session.scalars(query))


def redescribe(case: Case) -> None:
    """Write the case's row anew from its newest file, as of today: a sentence may have ended by the clock."""
    file = head(case)
    describe(case, file, file, today())


def lock(case: Case) -> None:
    """Take the case's row for this transaction, as it is now: two saves of one case follow each other.

    The lock of all that is numbered comes first, as it does in the door: taken in two orders, two saves of one case
    would wait for each other for ever.
    """
    db.session.flush()
    writer.take(db.session())
    # Of the case alone: what it was loaded beside (an outer join) can't be locked on PostgreSQL.
    db.session.refresh(case, with_for_update={"of": Case})
