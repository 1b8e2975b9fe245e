"""Verifying the ledger: its chain and bodies as an outsider can, its end by the register, its listing by the bodies.

Whatever is wrong is named by its entry or reference, and the walk goes on: a value that is none of its column too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from campaign import register, schema
from campaign.database import NOT_READABLE, Base, db, in_lots
from campaign.hashchain import Walk
from campaign.ledger import chain, writer
from campaign.ledger.documents import PROFILES, RESTORATIONS, WITHDRAWALS
from campaign.ledger.models import LISTED, Body, Entry, Listing, ListingCard, ListingFacet, ShownImage
from campaign.web.context import settings

KNOWN = {*PROFILES.every, *RESTORATIONS.every, *WITHDRAWALS.every}
IN_WORDS = {ListingCard: "card", ListingFacet: "facets", ShownImage: "pictures"}
REINDEX = "run `flask ledger reindex`."
Rows = dict[type[Base], list[dict[str, object]]]
Newest = Mapping[tuple[str, str], tuple[int, str]]  # number and kind of the newest entry of a subject and reference


@dataclass(frozen=True)
class Verification:
    """What a walk over all entries found; `faults` holds a sentence for each thing that is wrong.

    What other code listed may say the same in another way, so that it is not compared: `flask init` makes it anew.
    """

    entry_count: int
    body_count: int
    chain: str
    faults: tuple[str, ...]
    is_listing_compared: bool


def verify(*, are_lists_compared: bool = True) -> Verification:
    """Walk all entries in order and name each that was changed, removed, slipped in, or says too much.

    A body may be gone; one that is there must match its digest, and a withdrawn ref must have none. What is listed
    must be what the newest body of a public ref gives; that takes most of the time, and `are_lists_compared` leaves
    it out where something else has shown that the lists are what they were.
    """
    noted, faults = register.noted(settings().register, register.LEDGER)
    walk, bodies = Walk("entry", noted=noted), 0
    numbers = db.session().scalars(select(Entry.number).order_by(Entry.number)).all()
    newest = _newest_kinds(numbers)
    for number, found in in_lots(numbers, _entries):
        if found is None:
            faults += walk.unreadable(number)
            continue
        bodies += found.body is not None
        is_restored = found.entry.kind == "restored"
        faults += walk.faults_of(number, found.entry.chain, found.covered, is_restored=is_restored)
        subject = (found.entry.subject, found.entry.ref)
        faults += _faults_of_body(found.entry, found.body, newest.get(subject, (0, "")))
    public = {ref: number for (_, ref), (number, kind) in newest.items() if kind == "publish"}
    revision = schema.revision_of(db.session().connection())
    is_ours = are_lists_compared and (revision is None or revision == schema.of_code()[0]) and not writer.is_due()
    faults += [*walk.faults_at_the_end(), *_faults_of_listing(public, is_ours=is_ours)]
    return Verification(walk.count - walk.lost, bodies, walk.chain, tuple(faults), is_ours)


class _Found(NamedTuple):
    """An entry, what its chain value covers, and its body where it has one."""

    entry: Entry
    covered: dict[str, object]
    body: bytes | None


def _entries(numbers: Sequence[int]) -> dict[int, _Found]:
    """Return some entries by their numbers. Raises one of database.NOT_READABLE."""
    query = select(Entry, Body.body).outerjoin(Body, Body.number == Entry.number).where(Entry.number.in_(numbers))
    found = {entry.number: _Found(entry, chain.covered_by(entry), body) for entry, body in db.session().execute(query)}
    for entry, _, body in found.values():
        _require(str, entry.kind, entry.subject, entry.ref, entry.audience, entry.format, entry.digest, entry.chain)
        _require(bytes, *([] if body is None else [body]))
    return found


def _newest_kinds(numbers: Sequence[int]) -> Newest:
    """Return the newest entry of each reference, those left out that can't be read."""
    every = in_lots(numbers, _kinds)
    return {kind[:2]: (number, kind[2]) for number, kind in every if kind is not None}


def _kinds(numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    query = select(Entry.number, Entry.subject, Entry.ref, Entry.kind).where(Entry.number.in_(numbers))
    found = {number: (subject, ref, kind) for number, subject, ref, kind in db.session().execute(query)}
    _require(str, *(value for row in found.values() for value in row))
    return found


def _require(kind: type, *values: object) -> None:
    """Raise ValueError unless all values are of a kind: SQLite keeps in a column whatever it is given."""
    if not all(isinstance(value, kind) for value in values):
        raise ValueError("a value that is none of its column")


def _faults_of_body(entry: Entry, body: bytes | None, newest: tuple[int, str]) -> list[str]:
    if entry.format not in KNOWN:
        return [f"Entry {entry.number} has the format {entry.format}, which this version does not know: update it."]
    if entry.kind in chain.BODIES:
        body = chain.BODIES[entry.kind](entry)
    elif body is not None and newest[1] == "withdraw":
        return [f"Entry {entry.number} still has its body, though {entry.ref} is withdrawn."]
    elif body is None and newest == (entry.number, "publish"):
        return [f"Entry {entry.number} has no body, though {entry.ref} is public."]
    if body is not None and chain.digest_of(body) != entry.digest:
        return [f"The body of entry {entry.number} does not match its digest: it was changed."]
    return []


def _faults_of_listing(public: Mapping[str, int], *, is_ours: bool) -> Iterator[str]:
    """Yield a sentence for each reference whose rows are not those of its newest document."""
    listed = {ref: number for ref, number in db.session().execute(select(Listing.ref, Listing.number))}  # noqa: C416
    wrong = {ref for ref in listed.keys() | public.keys() if listed.get(ref) != public.get(ref)}
    if is_ours:
        wrong |= {ref for table in LISTED for ref in db.session().scalars(select(table.ref).distinct())} - public.keys()
    for ref in sorted(wrong):
        yield f"The listing shows another state of {ref} than the ledger: {REINDEX}"
    for ref, found in in_lots(sorted(public.keys() - wrong) if is_ours else [], _listed):
        if found is None:
            yield f"The listing of {ref} can't be read: {REINDEX}"
        elif differing := _differences(found, _rows_of(ref, public[ref])):
            yield f"The listing of {ref} has another {', '.join(differing)} than its document: {REINDEX}"


def _listed(refs: Sequence[str]) -> dict[str, Rows]:
    """Return the listed rows of some references. Raises one of database.NOT_READABLE."""
    found: dict[str, Rows] = {ref: {table: [] for table in LISTED} for ref in refs}
    for table in LISTED:
        for row in db.session().execute(select(table.__table__).where(table.ref.in_(refs))).mappings():
            found[row["ref"]][table].append(dict(row))
    return found


def _rows_of(ref: str, number: int) -> Rows | None:
    """Return the rows that the body of an entry gives, None for one that can't be read: its entry is named already."""
    query = select(Body.body, Entry.digest).join(Entry, Entry.number == Body.number).where(Body.number == number)
    try:
        row = db.session().execute(query).one_or_none()
        return writer.rows_of(number, chain.document_of(*row, chain.name_of(ref, number))) if row else None
    except NOT_READABLE:
        return None


def _differences(found: Rows, expected: Rows | None) -> list[str]:
    """Return what of the listed rows is not as expected, in words."""
    if expected is None:
        return []
    (listed,), (wanted,) = found[Listing], expected[Listing]
    wrong = [name.replace("_", " ") for name in wanted if listed[name] != wanted[name]]
    return wrong + [word for table, word in IN_WORDS.items() if _as_set(found[table]) != _as_set(expected[table])]


def _as_set(rows: list[dict[str, object]]) -> set[tuple[tuple[str, object], ...]]:
    return {tuple(sorted(row.items())) for row in rows}
