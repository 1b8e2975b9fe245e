"""The tables of the public side: entries and bodies, which the database itself protects, and what is derived.

Every row of theirs may be read by the world: their models inherit PublicBase. Entries never change. Bodies lie in a
table of their own: they come and go, and never change. Everything named `listing_*` and `shown_image` is derived from
the newest bodies and can be rebuilt (writer.py).
"""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Instant, PublicBase, append_only
from campaign.search import writing as _writing  # noqa: F401 - the mark of the index is a public table too
from campaign.search.index import KeyRow, NameRow, Tables, WordRow

# Bytes decide the order on both databases; a server's language would otherwise put pages in another one.
bytewise = String(200).with_variant(String(200, collation="C"), "postgresql")


class Entry(PublicBase):
    """The header of one publication or withdrawal. `number` is the cursor that every reader follows.

    `digest` is the SHA-256 of the body; `chain` covers this header and all before it (chain.py).
    No other column may be unique: INSERT OR REPLACE would delete through it without firing a trigger.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (Index("ix_ledger_entry_subject_ref_number", "subject", "ref", "number"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(bytewise)
    audience: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant())
    digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))
    merged_into: Mapped[str | None] = mapped_column(bytewise)


class LedgerIdentity(PublicBase):
    """The one row of the ledger's id: 128 random bits in hex, and whether the public edge waits for a person."""

    __tablename__ = "ledger_identity"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    ledger_id: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Instant())
    is_shut: Mapped[bool] = mapped_column(Boolean, default=False)


class LedgerPulse(PublicBase):
    """The one row that says when the desk was there last; each sweep writes it, and copies know by it that they hear.

    Not derived, and no part of the chain: the desk's own process reads it nowhere.
    """

    __tablename__ = "ledger_pulse"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())


class Body(PublicBase):
    """The bytes of a published document, as long as the world may have them."""

    __tablename__ = "ledger_body"

    number: Mapped[int] = mapped_column(
        Integer, ForeignKey("ledger_entry.number"), primary_key=True, autoincrement=False
    )
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PublicUntil(PublicBase):
    """When readers stop showing a profile by the clock: the day that the giver of a consent set. Not derived."""

    __tablename__ = "public_until"

    ref: Mapped[str] = mapped_column(bytewise, primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant(), index=True)


class Listing(PublicBase):
    """A public profile as lists need it: slim, because counting over wide rows costs ten times as much."""

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_position_ref", "position", "ref"),
        Index("ix_listing_first_published_at_ref", "first_published_at", "ref"),
    )

    ref: Mapped[str] = mapped_column(bytewise, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, index=True)
    slug: Mapped[str] = mapped_column(String(400))
    display_name: Mapped[str] = mapped_column(String(400))
    position: Mapped[str] = mapped_column(bytewise)
    first_published_at: Mapped[datetime] = mapped_column(Instant())
    published_at: Mapped[datetime] = mapped_column(Instant())


class ListingCard(PublicBase):
    """What a list shows of a profile, ready to read (browse.py)."""

    __tablename__ = "listing_card"

    ref: Mapped[str] = mapped_column(bytewise, primary_key=True)
    card: Mapped[bytes] = mapped_column(LargeBinary)


class ListingFacet(PublicBase):
    """One value that a public profile can be filtered by. Read in this order, it is a filtered page."""

    __tablename__ = "listing_facet"
    __table_args__ = (Index("ix_listing_facet_ref", "ref"),)

    facet: Mapped[str] = mapped_column(bytewise, primary_key=True)
    value: Mapped[str] = mapped_column(bytewise, primary_key=True)
    position: Mapped[str] = mapped_column(bytewise, primary_key=True)
    ref: Mapped[str] = mapped_column(bytewise, primary_key=True)


class ShownImage(PublicBase):
    """A picture's copy that a public profile shows; no other copy is served."""

    __tablename__ = "shown_image"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    ref: Mapped[str] = mapped_column(bytewise, primary_key=True, index=True)


class ListingName(NameRow, PublicBase):
    """A name of a public profile; in the index, a document's number is that of its entry."""

    __tablename__ = "listing_name"


class ListingKey(KeyRow, PublicBase):
    """A key of a name of a public profile."""

    __tablename__ = "listing_key"


class ListingWord(WordRow, PublicBase):
    """A word of a public profile."""

    __tablename__ = "listing_word"


INDEX = Tables(ListingName, ListingKey, ListingWord)
LISTED = (Listing, ListingCard, ListingFacet, ShownImage)
DERIVED = (*LISTED, *INDEX)
TRIGGERS = {
    "ledger_entry": append_only("ledger_entry"),
    "ledger_body": append_only("ledger_body", may_delete=True),
}
