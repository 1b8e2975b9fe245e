"""The writer of the append-only log: the only module that inserts entries, and the write lock that orders them.

The lock covers everything that is numbered and chained (ledger and audit) until the transaction ends. Under it numbers
commit in the order in which they were given: who has seen n never finds a new row below n. One lock for both chains,
because two taken in different orders would wait for each other for ever.
"""

from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from campaign import register
from campaign.clock import now
from campaign.database import Base, after_commit, db, is_reading, waiting_for_the_lock
from campaign.formats import UnreadableDocument
from campaign.ledger import chain, documents, public_file, remains
from campaign.ledger.browse import CARD_FORMAT, card_of, encode_card, facets_of
from campaign.ledger.documents import PROFILES, RESTORATIONS, WITHDRAWALS, Profile, encode
from campaign.ledger.models import (
    DERIVED,
    INDEX,
    LISTED,
    Body,
    Entry,
    Listing,
    ListingCard,
    ListingFacet,
    PublicUntil,
    ShownImage,
)
from campaign.ledger.search import entry_of
from campaign.search import writing
from campaign.search.writing import remove, write

# Raise it whenever the same document gives another row, card or facet: `flask init` then rebuilds every listing.
LISTING_VERSION = 2
MARK = "profiles"

log = structlog.get_logger("ledger")


def show(entry_number: int, profile: documents.Profile, session: Session) -> None:
    """List a profile as its entry has it, in place of what was listed of it before."""
    hide(profile.ref, session)
    for table, rows in rows_of(entry_number, profile).items():
        if rows:
            session.execute(insert(table), rows)
    write(INDEX, entry_number, entry_of(profile), session)


def rows_of(entry_number: int, profile: documents.Profile) -> dict[type[Base], list[dict[str, object]]]:
    """Return the rows of each table of LISTED that a profile gives."""
    ref, position = profile.ref, position_of(profile)
    row: dict[str, object] = {
        "ref": ref,
        "number": entry_number,
        "slug": profile.slug,
        "display_name": profile.display_name,
        "position": position,
        "first_published_at": profile.first_published_at,
        "published_at": profile.published_at,
    }
    facets: list[dict[str, object]] = [
        {"facet": facet, "value": value, "position": position, "ref": ref} for facet, value in facets_of(profile)
    ]
    digests = sorted({rendition.digest for image in profile.images for rendition in image.renditions})
    return {
        Listing: [row],
        ListingCard: [{"ref": ref, "card": encode_card(card_of(profile))}],
        ListingFacet: facets,
        ShownImage: [{"digest": digest, "ref": ref} for digest in digests],
    }


def show_bare(entry_number: int, ref: str, at: datetime, session: Session) -> None:
    """List somebody whose document can't be read: public, and on no list, until the document can be read again."""
    bare = {"slug": ref, "display_name": ref, "position": ref, "first_published_at": at, "published_at": at}
    session.execute(insert(Listing).values(ref=ref, number=entry_number, **bare))


def hide(ref: str, session: Session) -> None:
    """Take a profile off every list and out of the index, and its pictures with it."""
    for number in session.scalars(select(Listing.number).where(Listing.ref == ref)).all():
        remove(INDEX, number, session)
    for table in LISTED:
        session.execute(delete(table).where(table.ref == ref))


def rebuild(session: Session | None = None) -> int:
    """Derive the whole listing anew from the newest public bodies; return how many profiles it holds.

    A document that can't be read is named in the log, and the rest goes on.
    """
    session = session or db.session()
    for table in DERIVED:
        session.execute(delete(table))
    newest = (
        select(func.max(Entry.number))
        .where(Entry.subject == "profile", Entry.audience == "public")
        .group_by(Entry.ref)
        .scalar_subquery()
    )
    public = (
        select(Entry.number, Entry.ref, Entry.at, Body.body)
        .join(Entry, Entry.number == Body.number)
        .where(Entry.number.in_(newest), Entry.kind == "publish")
        .order_by(Body.number)
    )
    count = 0
    for number, ref, at, body in session.execute(public.execution_options(yield_per=500)):
        try:
            show(number, documents.profile(body, chain.name_of(ref, number)), session)
        except UnreadableDocument as fault:
            log.error("document unreadable", reason=str(fault))
            show_bare(number, ref, at, session)
        count += 1
    writing.note(MARK, mark(), session)
    public_file.follow(session, everything=True)
    return count


def is_due(session: Session | None = None) -> bool:
    """Whether the listing and its index were made by other code, of documents of another format, or by other tables."""
    return writing.is_due(MARK, mark(), session or db.session())


def mark() -> str:
    """Return what the listing is made by now: documents as they are read, cut into cards."""
    return writing.made_by(LISTING_VERSION, documents.PROFILES.newest, CARD_FORMAT)


def position_of(profile: documents.Profile) -> str:
    """Return what lists are sorted by: the name as the address spells it, or the name itself where it has no Latin."""
    tail = profile.slug.removeprefix(profile.ref.lower()).removeprefix(profile.ref).strip("-")
    return (tail or profile.display_name.casefold())[:80]


LOCK_NUMBER = 0x6279_6E61_6D65
SUBJECT, LEDGER = "profile", "ledger"


class OnlyReading(Exception):
    """Something that is numbered was to be written by what had said that it only reads."""


def take(session: Session) -> None:
    """Take the write lock and hold it until this transaction ends: nobody else gives numbers meanwhile.

    On SQLite a writing transaction already holds the only write lock (BEGIN IMMEDIATE). Raises OnlyReading in
    a GET, whose transaction holds none: there, write through `database.aside`.
    """
    if is_reading():
        raise OnlyReading("A request that reads may not append; use database.aside() for what a reading must record.")
    if session.get_bind().dialect.name == "postgresql":
        number = {"number": LOCK_NUMBER}
        at_once = text("SELECT pg_try_advisory_xact_lock(:number)")
        with waiting_for_the_lock(lambda: bool(session.scalar(at_once, number))) as is_taken:
            if not is_taken:
                session.execute(text("SELECT pg_advisory_xact_lock(:number)"), number)


class Refused(Exception):
    """An append that would make the ledger say something untrue."""


def append(
    kind: Literal["publish", "withdraw"],
    ref: str,
    document: Profile | None = None,
    *,
    merged_into: str | None = None,
    hides_older: bool = False,
    public_until: datetime | None = None,
) -> Entry:
    """Append an entry, bring the listing up to date, and return the entry with its number.

    "publish" takes the document; `hides_older` (a narrowing, a safety fix) removes the older bodies of the ref, and
    `public_until` is the instant at which readers stop by themselves. "withdraw" takes none and removes every body.
    Raises Refused where the document is of another ref, or what is withdrawn is not public.
    """
    if kind == "withdraw":
        if document is not None:
            raise Refused(f"A withdrawal of {ref} carries no document.")
        return withdraw(ref, merged_into=merged_into)
    if document is None or document.ref != ref or merged_into is not None:
        raise Refused(f"A publication of {ref} needs its own document, and merges nothing.")
    return publish(document, hides_older=hides_older, public_until=public_until)


def publish(profile: Profile, *, hides_older: bool = False, public_until: datetime | None = None) -> Entry:
    """Append a profile; see `append`."""
    session = db.session()
    take(session)
    if len(profile.salt) < 32:
        raise Refused(f"The document of {profile.ref} has no salt of 128 bits; its digest could be guessed.")
    body = encode(profile)
    entry = _add(session, kind="publish", ref=profile.ref, format_=PROFILES.newest, body=body)
    session.execute(insert(Body).values(number=entry.number, body=body))
    if hides_older:
        drop_bodies(profile.ref, below=entry.number)
    set_public_until(profile.ref, public_until)
    show(entry.number, profile, session)
    return entry


def withdraw(ref: str, *, merged_into: str | None = None) -> Entry:
    """Append a withdrawal and remove every body of the ref; for a merge, name the ref to read on at."""
    session = db.session()
    take(session)
    newest = session.scalar(
        select(Entry).where(Entry.subject == SUBJECT, Entry.ref == ref).order_by(Entry.number.desc()).limit(1)
    )
    if newest is None or newest.kind != "publish":
        raise Refused(f"{ref} is not public; there is nothing to withdraw.")
    if merged_into == ref:
        raise Refused(f"{ref} cannot be merged into itself.")
    entry = _add(session, kind="withdraw", ref=ref, format_=WITHDRAWALS.newest, merged_into=merged_into)
    drop_bodies(ref)
    set_public_until(ref, None)
    hide(ref, session)
    return entry


def restored(ledger_id: str, *, above: int) -> Entry:
    """Append that a copy of this ledger was put back, under a number higher than `above`, and its id from here on.

    `above` is the highest number that was ever given, as far as anybody knows: none is given twice. Readers accept a
    gap in the numbers before this entry and before no other.
    """
    session = db.session()
    take(session)
    return _add(session, kind="restored", subject=LEDGER, ref=ledger_id, format_=RESTORATIONS.newest, above=above)


def drop_bodies(ref: str, *, below: int | None = None) -> int:
    """Remove the bodies of a ref, those below an entry's number where one is given; return how many went.

    The entries stay and the chain still holds. The newest body of a public profile is only removed by `withdraw`.
    """
    numbers = select(Entry.number).where(Entry.subject == SUBJECT, Entry.ref == ref)
    if below is not None:
        numbers = numbers.where(Entry.number < below)
    gone = db.session().execute(delete(Body).where(Body.number.in_(numbers)).returning(Body.number)).all()
    public_file.follow(db.session(), ref)
    if gone:
        after_commit(db.session(), remains.empty_log)
    return len(gone)


def set_public_until(ref: str, until: datetime | None) -> None:
    """Let readers stop showing a profile at an instant, or (None) at none."""
    session = db.session()
    session.execute(delete(PublicUntil).where(PublicUntil.ref == ref))
    if until is not None:
        session.execute(insert(PublicUntil).values(ref=ref, until=until))
    public_file.follow(session, ref)


def end(session: Session) -> register.End:
    """Return where the ledger ends."""
    newest = session.execute(select(Entry.number, Entry.chain).order_by(Entry.number.desc()).limit(1)).first()
    return register.End(*newest) if newest else register.End()


def _add(
    session: Session,
    *,
    kind: str,
    ref: str,
    format_: str,
    subject: str = SUBJECT,
    body: bytes | None = None,
    merged_into: str | None = None,
    above: int = 0,
) -> Entry:
    number, before = end(session)
    entry = Entry(
        number=max(number, above) + 1,
        kind=kind,
        subject=subject,
        ref=ref,
        audience="public",
        format=format_,
        at=now().replace(microsecond=0),
        merged_into=merged_into,
        digest="",
        chain="",
    )
    entry.digest = chain.digest_of(body if body is not None else chain.BODIES[kind](entry))
    entry.chain = chain.link(before, entry)
    session.add(entry)
    session.flush()
    public_file.follow(session, ref)
    return entry
