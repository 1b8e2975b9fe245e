"""Dates as they may be told: the notation and its bounds, never the words as written."""

import datetime

from campaign.cases.file import CaseFile
from campaign.dates import PartialDate, age_between, parse_age, year_range
from campaign.ledger.documents import Birth, When


def when(date: PartialDate) -> When | None:
    """Return a date as the document carries it, None where nothing could be read."""
    return When(edtf=date.edtf, earliest=date.earliest, latest=date.latest) if date.edtf else None


def birth(file: CaseFile) -> Birth:
    """Return the years of birth and the age when the detention began: never a day, a month or the words.

    Where no birth is known, the age comes from the age as reported and the date on which it was reported.
    """
    known = file.birth if file.birth.edtf else reckoned_birth(file)
    detained = next((episode.start for episode in file.episodes if episode.start.edtf), PartialDate())
    age = age_between(known, detained) if known.edtf else reported_then(file, known, detained)
    first, last = year_range(known)
    low, high = age or (None, None)
    return Birth(year_earliest=first, year_latest=last, age_earliest=low, age_latest=high)


def reckoned_birth(file: CaseFile) -> PartialDate:
    """Return the years in which somebody was born who was of the reported age when it was reported."""
    age = parse_age(file.age_reported) if file.age_reported else None
    first, last = file.age_reported_on.earliest, file.age_reported_on.latest
    if age is None or first is None or last is None:
        return PartialDate()
    return PartialDate(
        earliest=datetime.date(first.year - age.high - 1, 1, 1), latest=datetime.date(last.year - age.low, 12, 31)
    )


def reported_then(file: CaseFile, known: PartialDate, detained: PartialDate) -> tuple[int, int] | None:
    """Return the age at detention where only a reported age is known, as narrow as the words allow."""
    age = parse_age(file.age_reported) if file.age_reported else None
    if age is None or known.earliest is None or not detained.edtf:
        return None
    if file.age_reported_on.edtf == detained.edtf:
        return age.low, age.high
    return age_between(known, detained)


def day_of(date: PartialDate) -> datetime.date | None:
    """Return the day that a date names, None where it names a month or a year: no day is made up."""
    return date.earliest if date.earliest == date.latest else None
