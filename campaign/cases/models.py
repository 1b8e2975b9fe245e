"""The tables of the confidential side, and the column types whose content is sealed before it reaches the database.

What a case says lies sealed in its revisions; a case's row holds what the desk lists, filters and counts by, rewritten
at every save, and never whether anything is public: the ledger is asked. `SEALED` is what `flask keys rotate` walks.
"""

from datetime import date, datetime
from typing import Literal, Protocol

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.clock import now
from campaign.database import Base, Instant
from campaign.formats import pack, unpack
from campaign.web.context import keyring


class Person(Protocol):
    """Anybody with an account."""

    @property
    def id(self) -> int:
        """The account's number."""


State = Literal["draft", "in_review", "changes_asked", "approved"]
Kind = Literal["edit", "import", "restore", "merge", "translation", "clearance"]
Verdict = Literal["submitted", "taken_back", "changes_asked", "approved", "answered"]


class SealedDocument(TypeDecorator[bytes]):
    """The bytes of a stored document, packed, that only a holder of the keys can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes packed and sealed."""
        return None if value is None else keyring().seal(pack(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes as they were. Raises Unreadable when no key opens them, formats.Damaged."""
        return None if value is None else unpack(keyring().unseal(value))


class SealedText(TypeDecorator[str]):
    """Text that only a holder of the keys can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Return the text sealed."""
        return None if value is None else keyring().seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Return the text as it was. Raises Unreadable when no key opens it."""
        return None if value is None else keyring().unseal(value).decode()


def sealed_columns() -> list[Column[object]]:
    """Return every sealed column of every model that is loaded, so that new keys can reseal them all."""
    tables = Base.metadata.sorted_tables
    sealed = SealedDocument | SealedText
    return [column for table in tables for column in table.columns if isinstance(column.type, sealed)]


class Case(Base):
    """One person's case: its reference, where its draft stands, and what the worklist needs to know of it.

    `version` is the number of the newest revision. `ethnicities` and `tags` are kept as "|a|b|" for filters.
    `asks_by` is the day by which somebody who is free is asked for their own word (cases.status).
    `consent_due_on` is the day from which a consent asks for an officer (cases.status), None where none does;
    `has_carried` says that something was signed before signatures were bound, and that nobody has looked at it since.
    `approved_sites` is the digest of the facilities as they were approved. The embargo of `embargo_by_id` is a
    publisher's order on the content of `embargo_digest`; without them it only holds back.
    """

    __tablename__ = "case_file"
    __table_args__ = (Index("ix_case_file_worklist", "updated_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[str] = mapped_column(String(16), default="draft", index=True)
    version: Mapped[int] = mapped_column(Integer, default=0)
    is_restricted: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    # Kept for issue 7 (the desk), merging cases: nothing writes it yet.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))

    display_name: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(40), default="unknown", index=True)
    place_code: Mapped[str] = mapped_column(String(80), default="", index=True)
    ethnicities: Mapped[str] = mapped_column(Text, default="|")
    tags: Mapped[str] = mapped_column(Text, default="|")
    next_review_on: Mapped[date | None] = mapped_column(Date)
    last_verified_on: Mapped[date | None] = mapped_column(Date)
    consent_due_on: Mapped[date | None] = mapped_column(Date, index=True)
    asks_by: Mapped[date | None] = mapped_column(Date, index=True)
    has_carried: Mapped[bool] = mapped_column(Boolean, default=False, index=True)

    created_at: Mapped[datetime] = mapped_column(Instant(), default=now)
    updated_at: Mapped[datetime] = mapped_column(Instant(), default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant())
    approved_digest: Mapped[str | None] = mapped_column(String(64))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant())
    approved_sites: Mapped[str | None] = mapped_column(String(64))
    embargo_until: Mapped[datetime | None] = mapped_column(Instant())
    embargo_by_id: Mapped[int | None] = mapped_column(Integer)
    embargo_digest: Mapped[str | None] = mapped_column(String(64))

    members: Mapped[list["CaseMember"]] = relationship(
        lazy="select", cascade="all, delete-orphan", foreign_keys="CaseMember.case_id"
    )
    guests: Mapped[list["GuestReviewer"]] = relationship(
        lazy="select", cascade="all, delete-orphan", order_by="GuestReviewer.id"
    )

    @property
    def named_ids(self) -> frozenset[int]:
        """The accounts named on the case."""
        return frozenset(member.account_id for member in self.members)

    @property
    def guest_ids(self) -> frozenset[int]:
        """The accounts that may read and review the case for the present, though their roles do not say so."""
        moment = now()
        return frozenset(guest.account_id for guest in self.guests if guest.until and guest.until > moment)


class Revision(Base):
    """One save: the whole file, sealed. `also_by` are further writers: of what was restored, imported or merged.

    `is_spelling` says that it changed no more than letter case, punctuation and misspelt words (cases.spelling).
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    number: Mapped[int] = mapped_column(Integer)
    snapshot: Mapped[bytes] = mapped_column(SealedDocument(), deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    also_by: Mapped[list[int]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    reason: Mapped[str] = mapped_column(SealedText(), default="")
    kind: Mapped[Kind] = mapped_column(String(16), default="edit")
    restored_from: Mapped[int | None] = mapped_column(Integer)
    is_spelling: Mapped[bool] = mapped_column(Boolean, default=False)

    case: Mapped[Case] = relationship(lazy="raise")


class Review(Base):
    """One step of the workflow on one revision, by one person; the note is sealed.

    `would_neighbour_know` answers "would a neighbour know who spoke?"; None where nobody answered.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Verdict] = mapped_column(String(16))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(SealedText(), default="")
    would_neighbour_know: Mapped[bool | None] = mapped_column(Boolean)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)


class CaseMember(Base):
    """An account named on a case: a contributor who works on it, or who may open it though it is restricted."""

    __tablename__ = "case_member"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(Instant(), default=now)


class GuestReviewer(Base):
    """Somebody asked to review one case because nobody else is left; until an administrator agrees they may nothing.

    `until` is 48 hours after that. Who asked, who agreed and who is the guest are three people.
    """

    __tablename__ = "guest_reviewer"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant(), default=now)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    until: Mapped[datetime | None] = mapped_column(Instant())


class Comment(Base):
    """What somebody said of a case, or of one fact of it (`path`), at the desk; sealed."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    path: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(SealedText())
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Instant())


class OutsideIdKey(Base):
    """A case's number in another list, folded, so that the next import finds the case again."""

    __tablename__ = "outside_id_key"
    __table_args__ = (Index("ix_outside_id_key_key", "scheme", "key"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)


class MentionToken(Base):
    """A word of the name of a relative or witness as a keyed hash: found again, never read."""

    __tablename__ = "mention_token"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)


class UsedReference(Base):
    """Every reference ever given, those of erased cases too. It names no case: that one existed is all it says."""

    __tablename__ = "used_reference"

    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
