"""Which day it is for the campaign."""

import datetime
from zoneinfo import ZoneInfo

from campaign.database import now
from campaign.web import settings


def today() -> datetime.date:
    """Return the present day in the campaign's time zone."""
    return now().astimezone(ZoneInfo(settings().timezone)).date()
