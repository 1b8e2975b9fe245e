"""Keyed marks of people who were erased or withdrawn: no sheet opens or publishes them again unless a person decides.

A mark is an HMAC under the index key, of a number in its list or of a name with the year of birth: it answers whether
somebody is meant, and tells nobody who was. It stays when the case is erased, by design (docs/decisions/0013).
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.file import CaseFile
from campaign.cases.index import outside_keys
from campaign.cases.models import Case, Person, SealedText
from campaign.clock import now
from campaign.database import Base, Instant, db
from campaign.text import folded_words
from campaign.web.context import keyring

Kind = Literal["erased", "withdrawn"]
AT_ONCE = 500


class Mark(Base):
    """One token of somebody who was erased or withdrawn, under the reference that the person had. No foreign key."""

    __tablename__ = "kept_mark"
    __table_args__ = (UniqueConstraint("kind", "token", "ref"), Index("ix_kept_mark_ref_kind", "ref", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    token: Mapped[str] = mapped_column(String(32), index=True)
    ref: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)


class MarkDecision(Base):
    """A safety officer's word that a case may go though somebody under `ref` is marked. The reason is sealed."""

    __tablename__ = "mark_decision"
    __table_args__ = (UniqueConstraint("case_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    ref: Mapped[str] = mapped_column(String(24))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    reason: Mapped[str] = mapped_column(SealedText(), default="")


def row_token(scheme: str, key: str) -> str:
    """Return the token of a row of a list, by what names it there."""
    return keyring().token(f"mark row {scheme} {key}")


def tokens(file: CaseFile) -> set[str]:
    """Return what a file is marked by: its numbers, and each of its names with the year of birth and without it."""
    token = keyring().token
    year = _year(file)
    found = {token(f"mark number {scheme} {key}") for scheme, key in outside_keys(file)}
    for name in _names(file):
        found |= {token(f"mark name {name} {year}"), token(f"mark name {name} any")}
    return found


def asked(file: CaseFile) -> set[str]:
    """Return the tokens under which somebody marked is met: a year meets the same year, or none; no year meets any."""
    token = keyring().token
    year = _year(file)
    found = {token(f"mark number {scheme} {key}") for scheme, key in outside_keys(file)}
    for name in _names(file):
        found |= {token(f"mark name {name} {one}") for one in ({year, "-"} if year != "-" else {"any"})}
    return found


def _names(file: CaseFile) -> set[str]:
    return {name for row in file.names if (name := folded_words(row.text))}


def _year(file: CaseFile) -> str:
    first, last = file.birth.earliest, file.birth.latest
    return str(first.year) if first and last and first.year == last.year else "-"


def keep(kind: Kind, ref: str, found: Iterable[str]) -> None:
    """Keep marks of a person; what is there already stays."""
    wanted = {*found, keyring().token(f"mark ref {ref}")}
    known = set(db.session.scalars(select(Mark.token).where(Mark.kind == kind, Mark.ref == ref)))
    db.session.add_all(Mark(kind=kind, token=token, ref=ref) for token in sorted(wanted - known))
    db.session.flush()


def forget_withdrawal(ref: str) -> None:
    """Drop the marks of a withdrawal: the same case was approved anew and published."""
    db.session.execute(delete(Mark).where(Mark.ref == ref, Mark.kind == "withdrawn"))


def withdrawn_at(ref: str) -> datetime | None:
    """Return when a profile was last withdrawn, None where it was not, or was published again since."""
    return db.session.scalar(
        select(Mark.at).where(Mark.ref == ref, Mark.kind == "withdrawn").order_by(Mark.at.desc()).limit(1)
    )


def are_there(kind: Kind) -> bool:
    """Whether anybody is marked so: where nobody is, no row need be asked about."""
    return db.session.scalar(select(Mark.id).where(Mark.kind == kind).limit(1)) is not None


def met(kind: Kind, found: Collection[str]) -> dict[str, datetime]:
    """Return the references under which somebody of these tokens is marked, and since when."""
    marked: dict[str, datetime] = {}
    for some in _portions(sorted(found)):
        rows = db.session.execute(select(Mark.ref, Mark.at).where(Mark.kind == kind, Mark.token.in_(some)))
        marked |= {row.ref: row.at for row in rows}
    return marked


def keeping_back(case: Case, file: CaseFile, apart: Collection[str] = ()) -> list[str]:
    """Return the references of withdrawn people, other than the case's own, of whom nobody decided that it may go.

    `apart` are those that somebody told apart from the case.
    """
    others = met("withdrawn", asked(file)).keys() - {case.ref, *apart} if are_there("withdrawn") else set[str]()
    decided = set(db.session.scalars(select(MarkDecision.ref).where(MarkDecision.case_id == case.id))) if others else ()
    return sorted(others - set(decided))


def decide(case: Case, ref: str, *, by: Person, reason: str) -> None:
    """Keep an officer's decision that a mark does not hold a case back. Twice does no harm: the first stands."""
    known = select(MarkDecision.id).where(MarkDecision.case_id == case.id, MarkDecision.ref == ref)
    if db.session.scalar(known) is None:
        db.session.add(MarkDecision(case_id=case.id, ref=ref, by_id=by.id, reason=reason))
        db.session.flush()


def _portions(values: list[str]) -> Iterator[list[str]]:
    yield from (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
