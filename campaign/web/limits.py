"""Trusted proxies, and rate limits for each visitor without knowing who it is.

The key is an HMAC of the address under a secret that lives in memory and changes every day: nothing in any storage
or log leads back to a visitor. What anyone may send (sign-in, public forms) is counted here for every address.
"""

import hashlib
import hmac
import ipaddress
import math
import secrets
import time
from collections.abc import Callable
from datetime import date
from functools import cache

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, parse_many
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign.clock import now
from campaign.settings import Settings
from campaign.web import marks
from campaign.web.context import settings

NONE = (
    "CAMPAIGN_TRUSTED_PROXIES is 0: no X-Forwarded-For is believed. If a proxy stands before this process, all "
    "visitors count as one and share one limit; say how many proxies there are."
)
SOME = (
    "CAMPAIGN_TRUSTED_PROXIES is {count}: the visitor is address number {count} of X-Forwarded-For, counted from its "
    "end. Whoever reaches this port past the proxies can pretend to be anybody to the limits; keep it closed to others."
)


def trust_proxies(app: Flask) -> None:
    """Believe as many proxies as the settings state; by default none."""
    count = app.extensions["settings"].trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=0, x_host=0)  # type: ignore[method-assign]


def proxies_in_words(settings: Settings) -> str:
    """Return what the setting means for this process, in a sentence or two, for whoever starts it."""
    return SOME.format(count=settings.trusted_proxies) if settings.trusted_proxies else NONE


# Each costs a password to hash; a person types none so fast.
STRANGERS_RATE = "120 per minute"
_daily_key: dict[date, bytes] = {}


def visitor_key() -> str:
    """Return the rate-limit key of this visitor, which is another one each day."""
    return key_of(request.remote_addr or "")


def key_of(address: str) -> str:
    """Return what stands for whoever asks from an address today, and for nobody tomorrow."""
    today = now().date()
    if today not in _daily_key:
        _daily_key.clear()
        _daily_key[today] = secrets.token_bytes(32)
    return hmac.new(_daily_key[today], household(address).encode(), hashlib.sha256).hexdigest()[:32]


def household(address: str) -> str:
    """Return what one visitor can't easily change of an address: all of IPv4, the network of an IPv6 connection.

    A connection is given at least 2^64 addresses (RFC 6177): counted singly they would be no limit at all.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((int(parsed), 64), strict=False))


# No X-RateLimit headers: a page that caches keep must not tell one visitor's count to the next.
limiter = Limiter(key_func=visitor_key, storage_uri="memory://", headers_enabled=False)
# What costs more than a page: searches, the wall, the feeds, where they are not kept yet (`cached` stands before it).
# One visitor's count, whichever of them they ask.
searches = limiter.shared_limit(lambda: settings().visitor_rate, scope="searches")
# A question in words costs ten times a page, up to a third of a second of processor at 10,000 people: of 300 a minute
# it is 60, on the site and in the JSON together.
QUESTION_COSTS = 5
questions = limiter.shared_limit(lambda: settings().visitor_rate, scope="searches", cost=lambda: cost_of_a_question())


def cost_of_a_question() -> int:
    """Return what a question in words counts for; where so few are allowed that none would be left, one."""
    allowed = min(item.amount for item in _items(settings().visitor_rate))
    return QUESTION_COSTS if allowed > QUESTION_COSTS else 1


def counter(rate: Callable[[], str], scope: str) -> Callable[[str], bool]:
    """Return what counts a question of an address and says whether it is within a rate, for who asks without Flask."""

    def may_ask(address: str) -> bool:
        key = key_of(address)
        return all(limiter.limiter.hit(item, key, scope) for item in _items(rate()))

    return may_ask


def take_one(rate: str, *who: str) -> bool:
    """Count a try before it is judged; whether it was within the rate. Of parallel ones no more than that are."""
    return all(limiter.limiter.hit(item, *who) for item in _items(rate))


def give_back(rate: str, *who: str) -> None:
    """Forget the tries of somebody who was right."""
    for item in _items(rate):
        limiter.limiter.clear(item, *who)


def count_strangers() -> None:
    """Refuse with 429 what one visitor sends too often to views that are open to anyone."""
    endpoint = request.endpoint
    if request.method in {"GET", "HEAD", "OPTIONS"} or endpoint is None:
        return
    is_open = marks.mark_of(current_app, endpoint) in {None, marks.ANYONE}
    if is_open and not take_one(STRANGERS_RATE, "strangers", visitor_key()):
        raise TooManyRequests(retry_after=60)


@cache
def _items(rate: str) -> list[RateLimitItem]:
    return parse_many(rate)


def say_when_to_return(response: Response) -> Response:
    """Return the answer; a 429 carries Retry-After in seconds (RFC 9110, 10.2.3) unless the view has said it."""
    if response.status_code == 429 and limiter.current_limit is not None:
        response.headers.setdefault("Retry-After", str(max(1, math.ceil(limiter.current_limit.reset_at - time.time()))))
    return response


def install(app: Flask) -> None:
    """Let views state limits: `@limiter.limit("30 per minute")`."""
    limiter.init_app(app)
    app.before_request(count_strangers)
    app.after_request(say_when_to_return)
