"""What is urgent at the desk, and who can deal with it: one table, asked by the sweep, shown at the desk, told by mail.

A matter begins when it is first found, and is over when it is no longer found. Who presses "I see to it" ends the
waking. Nothing here holds a name; a reference is shown at the desk alone, to who may see the case.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import Deed, record_all
from campaign.audit.models import AuditRow
from campaign.clock import now
from campaign.database import db
from campaign.doctor import results
from campaign.doctor.models import UrgentMatter
from campaign.ledger.models import Listing
from campaign.publishing import holds, pausing
from campaign.publishing.errors import NotAllowed
from campaign.publishing.models import Hold

# One that comes back within this time is the same one, and wakes nobody again: a disk that fills and empties.
SAME_WITHIN = timedelta(hours=1)
KEPT = timedelta(days=30)
RAISED_LATELY = timedelta(days=7)
# Told in its own words, and by mail not at all: it is the mail that fails.
NOT_BY_MAIL = frozenset({"mail", "waking"})


class Found(NamedTuple):
    """One matter as it is found: its number or code within its kind, and the reference of its case, "" for none."""

    number: int | str
    ref: str = ""


class Kind(NamedTuple):
    """One row of the table: what is told of one and of several, whose deed settles it, and how it is found."""

    one: str
    many: str
    action: Action
    find: Callable[[], Iterable[Found]]
    page: str = ""  # of the desk, where it is settled; "" for the page of its case

    def in_words(self, count: int) -> str:
        """Return how many there are: "2 profiles were paused"."""
        return f"1 {self.one}" if count == 1 else f"{count} {self.many}"


def _holds(*conditions: ColumnElement[bool]) -> Iterator[Found]:
    """Yield holds in force that nobody has asked to lift; what a restore laid is known to who restored."""
    lying = (Hold.lifted_at.is_(None), Hold.asked_back_at.is_(None), Hold.pause_id.is_(None), Hold.asks_anew == "")
    for number, reach, subject in db.session.execute(
        select(Hold.id, Hold.reach, Hold.subject).where(*lying, *conditions).order_by(Hold.id)
    ):
        yield Found(number, subject if reach == "case" else "")


def _raised() -> Iterator[Found]:
    """Yield the risks that were raised lately of people who are public still."""
    lately = (AuditRow.action == "risk.raised", AuditRow.at > now() - RAISED_LATELY)
    query = select(AuditRow.number, AuditRow.subject).join(Listing, Listing.ref == AuditRow.subject)
    for number, ref in db.session.execute(query.where(*lately).order_by(AuditRow.number)):
        yield Found(number, ref)


def _red() -> Iterator[Found]:
    checks = {check for check, diagnosis in results.kept() if diagnosis.is_red} - NOT_BY_MAIL
    return (Found(check) for check in sorted(checks))


ONE_CASE, OF_NOBODY = Hold.reach == "case", Hold.by_id.is_(None)
URGENT: dict[str, Kind] = {
    "duress": Kind(
        "profile was taken down because somebody may be under pressure",
        "profiles were taken down because somebody may be under pressure",
        Action.PUT_BACK, lambda: _holds(ONE_CASE, Hold.is_duress.is_(True)),
    ),
    "stop": Kind(
        "emergency stop is in force", "emergency stops are in force",
        Action.PUT_BACK, lambda: _holds(Hold.reach.in_(holds.FOR_MANY)), "staff.emergency_stops",
    ),
    "risk": Kind(
        "risk was raised of somebody who is public", "risks were raised of people who are public",
        Action.CONFIRM_SAFETY, _raised,
    ),
    "suspended": Kind(
        "account paused more than three people within a day", "accounts paused more than three people within a day",
        Action.PAUSE_MANY, lambda: (Found(one.id) for one in pausing.suspended()), "staff.emergency_stops",
    ),
    "pause": Kind(
        "profile was paused", "profiles were paused",
        Action.PUT_BACK, lambda: _holds(ONE_CASE, Hold.is_duress.is_(False), ~OF_NOBODY),
    ),
    "check": Kind(
        "profile was taken down by a check of what is public", "profiles were taken down by a check of what is public",
        Action.PUT_BACK, lambda: _holds(ONE_CASE, Hold.is_duress.is_(False), OF_NOBODY),
    ),
    "doctor": Kind(
        "check of the doctor is red", "checks of the doctor are red",
        Action.MANAGE_SETTINGS, _red, "accounts.me",
    ),
}  # fmt: skip


class Matter(NamedTuple):
    """One matter at present under its key ("pause:12"): its kind, since when, and who sees to it, None for nobody."""

    kind: Kind
    key: str
    ref: str
    since: datetime
    seen_by_id: int | None
    seen_at: datetime | None

    @property
    def name(self) -> str:
        """Return the name of its kind in the table."""
        return self.key.partition(":")[0]

    @property
    def in_words(self) -> str:
        """Return what it is, as a sentence without its stop: "An emergency stop is in force"."""
        return f"A{'n' if self.kind.one[0] in 'aeiou' else ''} {self.kind.one}"


def _found() -> dict[str, tuple[Kind, str]]:
    """Return what is urgent now by key, each with its kind and reference, in the order of the table."""
    return {f"{name}:{one.number}": (kind, one.ref) for name, kind in URGENT.items() for one in kind.find()}


def _noted() -> dict[str, UrgentMatter]:
    return {row.key: row for row in db.session.scalars(select(UrgentMatter).where(UrgentMatter.ended_at.is_(None)))}


def matters() -> list[Matter]:
    """Return what is urgent now, in the order of the table; what no sweep has noted yet begins now."""
    rows = _noted()
    return [_matter(key, kind, ref, rows.get(key)) for key, (kind, ref) in _found().items()]


def _matter(key: str, kind: Kind, ref: str, row: UrgentMatter | None) -> Matter:
    if row is None:
        return Matter(kind, key, ref, now(), None, None)
    return Matter(kind, key, ref, row.since, row.seen_by_id, row.seen_at)


def note() -> None:
    """Note what is urgent since when, and what no longer is. The caller holds a lease, and commits."""
    found = _found()
    rows, moment = {row.key: row for row in db.session.scalars(select(UrgentMatter))}, now()
    for key in found.keys() - rows.keys():
        db.session.add(UrgentMatter(key=key, since=moment))
    for row in rows.values():
        if row.key not in found:
            row.ended_at = row.ended_at or moment
        elif row.ended_at is not None:
            if moment - row.ended_at > SAME_WITHIN:
                row.since, row.seen_by_id, row.seen_at = moment, None, None
            row.ended_at = None
    db.session.execute(delete(UrgentMatter).where(UrgentMatter.ended_at < moment - KEPT))


def see_to(key: str, *, by: Account) -> int:
    """Note that somebody sees to a matter, or to all of a kind ("check"), so that nobody else is woken.

    Return to how many that nobody saw to; 0 where all is over. Raises NotAllowed.
    """
    found = [one for one in matters() if key in {one.key, one.name} and one.seen_by_id is None]
    if not all(may(by, one.kind.action) for one in found):
        raise NotAllowed("Only who can deal with it says that they see to it. Call somebody who can.")
    for matter in found:
        row = db.session.get(UrgentMatter, matter.key) or UrgentMatter(key=matter.key, since=now())
        row.seen_by_id, row.seen_at, row.ended_at = by.id, now(), None
        db.session.add(row)
    record_all(Deed("urgent.seen_to", by.id, matter.key) for matter in found)
    return len(found)


def unseen_for(account: Account) -> list[tuple[Kind, int]]:
    """Return what the last sweep noted and nobody sees to yet, for somebody to deal with: each kind and how many."""
    names = [key.partition(":")[0] for key, row in _noted().items() if row.seen_by_id is None]
    mine = ((name, kind) for name, kind in URGENT.items() if name in names and may(account, kind.action))
    return [(kind, names.count(name)) for name, kind in mine]


def unseen_count() -> int:
    """Return how many matters the last sweep noted that nobody sees to yet."""
    return sum(row.seen_by_id is None for row in _noted().values())
