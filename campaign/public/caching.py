"""What outside caches may keep, and what this process keeps: a page is good while nothing public has changed.

Outside: a minute (`s-maxage=60`), never stale: what was withdrawn may show for a minute, and no more is promised.
Inside: a page is kept under its address until the ledger's stamp or the day changes; one indexed read answers that.
What is kept is bounded in bytes, and answers to what somebody typed lie apart: there is no end of questions, and who
floods the site with them pushes out no profile.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import ParamSpec

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from campaign.database import now
from campaign.ledger import reader

P = ParamSpec("P")
KEPT_BYTES = 24_000_000  # of pages and their addresses; one is about 20 kB
SEARCHES_BYTES = 4_000_000
CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"


class Pages:
    """The pages that this process has made since something public last changed."""

    def __init__(self, most_bytes: int) -> None:
        """Keep no more than `most_bytes` of addresses and bodies."""
        self.most_bytes = most_bytes
        self.bytes = 0
        self.stamp = ""
        self.pages: OrderedDict[str, tuple[int, bytes, str, str, str]] = OrderedDict()
        self.lock = Lock()

    def get(self, stamp: str, key: str) -> tuple[int, bytes, str, str, str] | None:
        """Return a kept page: status, body, media type, ETag, Location."""
        with self.lock:
            if stamp != self.stamp:
                self.pages.clear()
                self.bytes, self.stamp = 0, stamp
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def keep(self, stamp: str, key: str, page: tuple[int, bytes, str, str, str]) -> None:
        """Keep a page that was made under this stamp; those not asked for longest go when there are too many."""
        with self.lock:
            if stamp != self.stamp or key in self.pages:
                return
            self.pages[key] = page
            self.bytes += len(key) + len(page[1])
            while self.bytes > self.most_bytes:
                address, gone = self.pages.popitem(last=False)
                self.bytes -= len(address) + len(gone[1])


def cached(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Answer from the kept page where nothing public has changed since; 304 where the reader has it."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        pages = kept()
        stamp = f"{reader.stamp()} {now():%Y-%m-%d}"
        page = pages.get(stamp, request.full_path)
        if page is None:
            made = make_response(view(*args, **kwargs))
            body = made.get_data()
            etag = sha256(body).hexdigest()[:32]
            page = (made.status_code, body, made.content_type, etag, made.headers.get("Location", ""))
            pages.keep(stamp, request.full_path, page)
        return as_response(page)

    return answer


def kept() -> Pages:
    """Return where the answer to this request may be kept."""
    name, most = ("public_searches", SEARCHES_BYTES) if "q" in request.args else ("public_pages", KEPT_BYTES)
    pages: Pages = current_app.extensions.setdefault(name, Pages(most))
    return pages


def as_response(page: tuple[int, bytes, str, str, str]) -> Response:
    """Return a kept page as an answer to this request."""
    status, body, content_type, etag, location = page
    response = Response(body, status, content_type=content_type)
    response.headers["Cache-Control"] = CACHE_CONTROL
    if location:
        response.headers["Location"] = location
    if status == 200:
        response.set_etag(etag)
        response.make_conditional(request)
    return response
