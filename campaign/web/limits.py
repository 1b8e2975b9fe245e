"""How often one visitor may ask, without knowing who it is.

The key is an HMAC of the address under a secret that lives in memory and changes every day: nothing in any storage
or log leads back to a visitor. Sign-in is counted elsewhere, in rows of the database (accounts/throttle.py).
"""

import hashlib
import hmac
import secrets
from datetime import UTC, date, datetime

from flask import Flask, request
from flask_limiter import Limiter

_daily_key: dict[date, bytes] = {}


def visitor_key() -> str:
    """Return what stands for this visitor today, and for nobody tomorrow."""
    today = datetime.now(UTC).date()
    if today not in _daily_key:
        _daily_key.clear()
        _daily_key[today] = secrets.token_bytes(32)
    return hmac.new(_daily_key[today], (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


limiter = Limiter(key_func=visitor_key, storage_uri="memory://", headers_enabled=False)


def install(app: Flask) -> None:
    """Let views state limits: `@limiter.limit("30 per minute")`."""
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", True)
    limiter.init_app(app)
