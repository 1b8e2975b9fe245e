"""Keeping what was typed, finding it again, and dropping it: one row for each form in each tab of an account."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Insert, delete, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from campaign.cases.checks import Refused
from campaign.clock import now
from campaign.database import aside, db, dialect_insert
from campaign.unsaved.models import Unsaved
from campaign.unsaved.tickets import FIELD, Ticket
from campaign.web.forms import SECRET

MOST_BYTES = 1_000_000
KEPT_FOR = timedelta(days=30)
NEVER_KEPT = SECRET | {"csrf_token", FIELD}


class TooLarge(Refused):
    """More was typed into one form than is kept."""


def keep(
    ticket: Ticket,
    typed: MultiDict[str, str],
    *,
    target: str,
    case_id: int | None,
    is_rescued: bool = False,
    session: Session | None = None,
) -> datetime:
    """Keep what a form holds in place of what was kept of it before; return when. Raises TooLarge above 1 MB.

    One statement, in a transaction of its own unless a session is given: whoever saves waits a few milliseconds.
    """
    pairs = [(name, value) for name, value in typed.items(multi=True) if name not in NEVER_KEPT]
    content = msgspec.json.encode(pairs)
    if len(content) > MOST_BYTES:
        raise TooLarge("This form holds more than 1 MB of text. It is not kept until you save it: shorten it, or save.")
    at = now()
    kept = {"target": target, "case_id": case_id, "typed": content, "saved_at": at, "is_rescued": is_rescued}
    statement = upsert(Unsaved, ("account_id", "page", "tab"), {**ticket._asdict(), **kept}, kept)
    if session is not None:
        session.execute(statement)
        return at
    with aside() as own:
        own.execute(statement)
    return at


def upsert(table: type[Any], key: Sequence[str], values: Mapping[str, object], changes: Mapping[str, object]) -> Insert:
    """Return the statement that inserts a row, or changes the one of the same key."""
    return dialect_insert(table).values(**values).on_conflict_do_update(index_elements=list(key), set_=changes)  # type: ignore[no-any-return]


def of(account_id: int, *, case_id: int | None = None) -> list[Unsaved]:
    """Return what is kept for an account, of one case where it is named, the newest first."""
    query = select(Unsaved).where(Unsaved.account_id == account_id).order_by(Unsaved.saved_at.desc(), Unsaved.id)
    return list(db.session.scalars(query if case_id is None else query.where(Unsaved.case_id == case_id)))


def find(number: int, account_id: int) -> Unsaved | None:
    """Return a row of an account by its number, None where it has no such row."""
    return db.session.scalar(select(Unsaved).where(Unsaved.id == number, Unsaved.account_id == account_id))


def typed_in(row: Unsaved) -> MultiDict[str, str]:
    """Return the names and values that a row holds, in order."""
    return MultiDict(msgspec.json.decode(row.typed, type=list[tuple[str, str]]))


def drop(ticket: Ticket) -> None:
    """Drop what is kept of a form: it is saved now."""
    same = (Unsaved.account_id == ticket.account_id, Unsaved.page == ticket.page, Unsaved.tab == ticket.tab)
    db.session.execute(delete(Unsaved).where(*same))


def throw_away(rows: Iterable[Unsaved]) -> None:
    """Drop rows."""
    db.session.execute(delete(Unsaved).where(Unsaved.id.in_([row.id for row in rows])))


def drop_old() -> None:
    """Drop what nobody came back to for thirty days. Commits."""
    with aside() as session:
        session.execute(delete(Unsaved).where(Unsaved.saved_at < now() - KEPT_FOR))
