"""A past for the invented campaign: its cases opened, read and followed up over most of a year that ends yesterday.

The ledger's dates are those of its clock, so the clock is given (campaign.database.as_of, which only a demonstration
may ask for). What is published follows in time what was published before it.
"""

import datetime

Days = tuple[int, int]  # first and last, counted back from today
OPENED: Days = (310, 60)  # each some weeks before it is read by a second person
REVIEWED: Days = (290, 40)
FOLLOWED_UP: Days = (29, 1)
FIRST_HOUR, HOURS = 8, 9


def moments(days: Days, count: int, present: datetime.datetime) -> list[datetime.datetime]:
    """Return so many moments in order, spread over a span of days, each in working hours and off the hour."""
    first, last = days
    step = (first - last) / max(count - 1, 1)
    midnight = present.replace(hour=0, minute=0, second=0, microsecond=0)
    told = []
    for number in range(count):
        day = midnight - datetime.timedelta(days=first - int(number * step))
        # Several fall on one day where the span is short: the later one has the later minute.
        minutes = number * HOURS * 60 // count
        told.append(day + datetime.timedelta(hours=FIRST_HOUR, minutes=minutes, seconds=number * 37 % 60))
    return told
