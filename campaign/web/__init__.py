"""The ground floor of everything that answers over HTTP: settings at hand, headers, refusals, errors, limits.

One rule: nothing here knows a room; rooms and app.py reach down to it.
"""

from campaign.web.context import keyring, settings, static_address
from campaign.web.limits import limiter
from campaign.web.marks import accepts_bytes, mark, mark_of

__all__ = ["accepts_bytes", "keyring", "limiter", "mark", "mark_of", "settings", "static_address"]
