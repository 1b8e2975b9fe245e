"""Trusted proxies: only as many addresses of X-Forwarded-For are believed as there are proxies of ours.

Each proxy appends the address that it was asked from. Counted from the end, the first ones were written by proxies of
ours; whatever stands before them was written by anybody. Host and scheme are never taken from a header: the first
must be in CAMPAIGN_HOSTS, the second is that of CAMPAIGN_ADDRESS.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign.settings import Settings

NONE = (
    "CAMPAIGN_TRUSTED_PROXIES is 0: no X-Forwarded-For is believed. If a proxy stands before this process, all "
    "visitors count as one and share one limit; say how many proxies there are."
)
SOME = (
    "CAMPAIGN_TRUSTED_PROXIES is {count}: the visitor is address number {count} of X-Forwarded-For, counted from its "
    "end. Whoever reaches this port past the proxies can pretend to be anybody to the limits; keep it closed to others."
)


def install(app: Flask) -> None:
    """Believe as many proxies as the settings state; by default none."""
    count = app.extensions["settings"].trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=0, x_host=0)  # type: ignore[method-assign]


def meaning(settings: Settings) -> str:
    """Return what the setting means for this process, in a sentence or two, for whoever starts it."""
    return SOME.format(count=settings.trusted_proxies) if settings.trusted_proxies else NONE
