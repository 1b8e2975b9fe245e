"""What outside caches may keep, and what this process keeps: a page is good while nothing public has changed.

Outside: a minute (`s-maxage=60`), never stale: what was withdrawn may show for a minute, and no more is promised.
Inside: a page is kept under its address until the ledger's stamp or the day changes; one indexed read answers that.
Answers to what somebody typed lie apart: there is no end of questions, and who floods the site with them pushes out
no profile.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import NamedTuple, ParamSpec

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from campaign.ledger import reader
from campaign.public import keeping

P = ParamSpec("P")
KEPT_BYTES = 24_000_000  # of pages and their addresses; one is about 20 kB
SEARCHES_BYTES = 4_000_000
CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"


class Page(NamedTuple):
    """A page as it was made."""

    status: int
    body: bytes
    content_type: str
    etag: str
    location: str


def cached(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Answer from the kept page where nothing public has changed since; 304 where the reader has it."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        pages, stamp, address = kept(), keeping.today(reader.stamp()), request.full_path
        page = pages.get(stamp, address)
        if page is None:
            page = made(view(*args, **kwargs))
            pages.keep(stamp, address, page, len(address) + len(page.body))
        return as_response(page)

    return answer


def kept() -> keeping.Kept[Page]:
    """Return where the answer to this request may be kept."""
    if "q" in request.args:
        return keeping.kept("public_searches", SEARCHES_BYTES)
    return keeping.kept("public_pages", KEPT_BYTES)


def made(answer: ResponseReturnValue) -> Page:
    """Return what a view answered as it may be kept."""
    if isinstance(answer, str):
        return Page(200, body := answer.encode(), "text/html; charset=utf-8", etag_of(body), "")
    response = make_response(answer)
    body = response.get_data()
    location = response.headers.get("Location", "")
    return Page(response.status_code, body, response.content_type, etag_of(body), location)


def etag_of(body: bytes) -> str:
    """Return what names these bytes."""
    return sha256(body).hexdigest()[:32]


def as_response(page: Page) -> Response:
    """Return a kept page as an answer to this request."""
    response = Response(page.body, page.status, content_type=page.content_type)
    response.headers["Cache-Control"] = CACHE_CONTROL
    if page.location:
        response.headers["Location"] = page.location
    if page.status == 200:
        response.set_etag(page.etag)
        response.make_conditional(request)
    return response
