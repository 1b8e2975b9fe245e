"""Who is on duty now, by the hours of a week that administrators gave to people (duty_list.py).

Whoever is on duty is woken first by what is urgent, and each line of the desk that names who can do a thing says
whether they are on duty. The hours give nobody a right.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import Account, DutyShift
from campaign.accounts.permissions import Action, may
from campaign.clock import now
from campaign.database import db

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_WEEK = timedelta(days=7)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Cover:
    """How much of the next seven days nobody is on duty: in hours, begun ones whole, and from when on first."""

    empty_hours: int
    empty_from: datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on duty in any hour."""
        return timedelta(hours=self.empty_hours) >= A_WEEK


def shifts() -> list[DutyShift]:
    """Return every shift, in the order in which they were given."""
    return list(db.session.scalars(select(DutyShift).order_by(DutyShift.id)))


def in_words(shift: DutyShift) -> str:
    """Return the hours of a shift: "Monday to Friday, 22:00 to 06:00 the next day, Europe/Berlin"."""
    numbers = [int(one) for one in shift.weekdays]
    is_run = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    names = [DAYS[one] for one in numbers]
    days = "Every day" if len(numbers) == 7 else f"{names[0]} to {names[-1]}" if is_run else ", ".join(names)
    if shift.starts == shift.ends:
        return f"{days}, from {shift.starts:%H:%M} for 24 hours, {shift.zone}"
    end = f"{shift.ends:%H:%M}{'' if shift.ends > shift.starts else ' the next day'}"
    return f"{days}, {shift.starts:%H:%M} to {end}, {shift.zone}"


def spans(shift: DutyShift, since: datetime, until: datetime) -> list[Span]:
    """Return when a shift lies between two instants, in UTC and whole: hours that a change of clocks leaves out go."""
    zone, found = ZoneInfo(shift.zone), []
    day, last = (since - timedelta(days=2)).astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        if str(day.weekday()) in shift.weekdays:
            ends_on = day if shift.ends > shift.starts else day + timedelta(days=1)
            begins = datetime.combine(day, shift.starts, zone).astimezone(UTC)
            ends = datetime.combine(ends_on, shift.ends, zone).astimezone(UTC)
            if begins < ends and ends > since and begins < until:
                found.append((begins, ends))
        day += timedelta(days=1)
    return found


def is_on(shift: DutyShift, moment: datetime) -> bool:
    """Whether a shift is running at an instant: from its first minute on, and at its end no more."""
    return any(begins <= moment < ends for begins, ends in spans(shift, moment, moment + timedelta(seconds=1)))


def is_ready(account: Account) -> bool:
    """Whether somebody can sign in and work: only then does it help anybody that they are on duty."""
    return account.is_active and account.has_second_factor and account.suspended_at is None


def on_duty_ids() -> frozenset[int] | None:
    """Return the numbers of the accounts on duty now, whether or not they can work; None while there is no list."""
    given, moment = shifts(), now()
    return frozenset(one.account_id for one in given if is_on(one, moment)) if given else None


def on_duty() -> list[Account] | None:
    """Return who is on duty now and can work, by address; None while there is no list."""
    query = select(DutyShift, Account).join(Account, Account.id == DutyShift.account_id).order_by(Account.email)
    rows = db.session.execute(query.options(joinedload(Account.grants))).unique().all()
    there = dict.fromkeys(account for shift, account in rows if is_on(shift, now()) and is_ready(account))
    return list(there) if rows else None


def people_ready() -> list[Account]:
    """Return everybody who can sign in and work, by address."""
    query = select(Account).order_by(Account.email).options(joinedload(Account.grants))
    return [one for one in db.session.scalars(query).unique() if is_ready(one)]


def who_can(action: Action) -> list[Account]:
    """Return who can do a deed wherever no single case is asked for, by address."""
    return [one for one in people_ready() if may(one, action)]


def with_duty(people: Iterable[Account], ids: Collection[int] | None) -> list[str]:
    """Return people by name with whether they are on duty now, those first; the bare names where `ids` is None.

    `ids` is what `on_duty_ids` returns.
    """
    if ids is None:
        return [one.display_name for one in people]
    ordered = sorted(people, key=lambda one: one.id not in ids)
    return [f"{one.display_name} ({'on' if one.id in ids else 'not on'} duty now)" for one in ordered]


def able_in_words(action: Action) -> str:
    """Return who can do a deed, each with whether they are on duty now; "nobody" where no one can."""
    return ", ".join(with_duty(who_can(action), on_duty_ids())) or "nobody"


def cover() -> Cover:
    """Return how much of the next seven days nobody is on duty who can work."""
    moment = now()
    until = moment + A_WEEK
    ready = {one.id for one in people_ready()}
    covered = sorted(span for one in shifts() if one.account_id in ready for span in spans(one, moment, until))
    empty, first, reached = timedelta(), None, moment
    for begins, ends in [*covered, (until, until)]:
        if begins > reached:
            empty, first = empty + (begins - reached), first or reached
        reached = max(reached, ends)
    return Cover(-(-empty // timedelta(hours=1)), first)
