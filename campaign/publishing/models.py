"""The tables of publishing: what was published and from which revision, holds, mentions, the lease of the sweep.

Whether a profile is public is not among them: the ledger is asked.
"""

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.models import SealedDocument, SealedText
from campaign.database import Base, Instant


class Publication(Base):
    """One ledger entry that the door wrote, tied to the case and the revision behind it.

    `body` is the desk's encrypted copy of the document, kept after a withdrawal until the case is erased.
    `reason` says why something was withdrawn: the world is never told. `revision` is 0 where nothing was added.
    `withheld_by` are the accounts of whose words something stayed behind; None for entries from before it was kept.
    Accounts are numbers without a foreign key: what was published stays when the account goes.
    """

    __tablename__ = "publication"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(Integer, index=True)
    ref: Mapped[str] = mapped_column(String(24), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Instant())
    reason: Mapped[str] = mapped_column(SealedText(), default="")
    body: Mapped[bytes | None] = mapped_column(SealedDocument(), deferred=True)
    withheld_by: Mapped[list[int] | None] = mapped_column(JSON)


class Hold(Base):
    """What keeps profiles from being public. `reach` is what it covers: a case, a relative, a facility or everything.

    `reason` may name people, so it is sealed; "" where it is still to be given. Putting back takes two: one asks,
    another one lifts. A pause of several people is one: `pause_id` is its first hold. `case_version` and `took_down`
    say how a paused case was, for whoever takes the pause back at once. `asks_anew` names the parts of the case file
    ("consents", "risks", by comma) that must be entered anew after `case_version` before a stop of a restore is lifted.
    """

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reach: Mapped[str] = mapped_column(String(20), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    by_id: Mapped[int | None] = mapped_column(Integer, index=True)
    at: Mapped[datetime] = mapped_column(Instant())
    is_duress: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(SealedText())
    asked_back_by_id: Mapped[int | None] = mapped_column(Integer)
    asked_back_at: Mapped[datetime | None] = mapped_column(Instant())
    pause_id: Mapped[int | None] = mapped_column(Integer)
    case_version: Mapped[int | None] = mapped_column(Integer)
    took_down: Mapped[bool] = mapped_column(Boolean, default=False)
    asks_anew: Mapped[str] = mapped_column(String(40), default="")
    lifted_by_id: Mapped[int | None] = mapped_column(Integer)
    lifted_at: Mapped[datetime | None] = mapped_column(Instant(), index=True)


class Mention(Base):
    """That a public document names another profile or a place of detention: what a hold for many must find.

    `reach` is "relative" (subject: a reference) or "facility" (subject: place code and kind, "653121/prison").
    """

    __tablename__ = "published_mention"

    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    reach: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)


class DuplicateAlert(Base):
    """That safety officers were told of a likely duplicate of a restricted case: once for each pair."""

    __tablename__ = "twin_alert"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    restricted_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(Instant())


class SweepLease(Base):
    """The one row that lets one process sweep at a time, and says when a sweep last ended."""

    __tablename__ = "sweep_lease"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    held_until: Mapped[datetime] = mapped_column(Instant())
    last_swept_at: Mapped[datetime | None] = mapped_column(Instant())


class StalePath(Base):
    """A public path that a cache outside may still hold after something was taken away, until its CDN has answered.

    It was public, and may hold a name: it goes as soon as it is told.
    """

    __tablename__ = "stale_path"

    path: Mapped[str] = mapped_column(String(700), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant())


class RecheckFault(Base):
    """What the last recheck found in a public profile that a person has to settle; gone with its next publication.

    `lacks_age` says that nothing shows an age: those are read first. `sentences` is one a line.
    """

    __tablename__ = "recheck_fault"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    lacks_age: Mapped[bool] = mapped_column(Boolean)
    sentences: Mapped[str] = mapped_column(SealedText())
