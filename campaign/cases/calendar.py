"""Which day it is for the campaign."""

import datetime
from zoneinfo import ZoneInfo

from flask import current_app

from campaign.database import now


def today() -> datetime.date:
    """Return the present day in the campaign's time zone."""
    return now().astimezone(ZoneInfo(current_app.extensions["settings"].timezone)).date()
