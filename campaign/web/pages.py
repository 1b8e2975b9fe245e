"""HTTP caching of finished answers: strong ETag, gzip, 304 and HEAD, the same from Flask and from the page cache.

A view says by `@cacheable` that its answers may be kept. `finish` runs after every other after_request function; what
it makes of an answer (a `Page`) is sent, and is what the page cache stores (page_cache.py).
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, ParamSpec, TypeVar

from flask import Flask, Response, current_app, request
from isal import igzip
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header, parse_etags, remove_entity_headers

P = ParamSpec("P")
R = TypeVar("R")
HeaderList = list[tuple[str, str]]
# Outside of this process a page may be shown for a minute after it has changed, and never longer.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"
KEPT_STATUSES = frozenset({200, 301, 302, 308, 410})
PAGE = "campaign.page"  # where a request's environment carries its Page to the page cache
VALID_UNTIL = "campaign.page.valid_until"
GZIP_LEVEL = 1
SMALLEST_PACKED = 200  # bytes; less does not shrink


class Cacheable(NamedTuple):
    """What a view says of its answers: the query parameters it reads, and whether its addresses have no end."""

    parameters: tuple[str, ...] = ()
    is_endless: bool = False


def cacheable(*parameters: str, is_endless: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let the answers of a view be kept: they depend on the address and these query parameters, and on nobody.

    `is_endless` puts them beside the searches, where a flood of invented addresses pushes out no page.
    """

    def marked(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["cacheable"] = Cacheable(parameters, is_endless)
        return view

    return marked


def mark_of(app: Flask, endpoint: str | None) -> Cacheable | None:
    """Return what the view of an endpoint says of its answers, None where they are not to be kept."""
    mark: Cacheable | None = getattr(app.view_functions.get(endpoint or ""), "cacheable", None)
    return mark


class Answer(NamedTuple):
    """What is sent: status line, headers, body."""

    status: str
    headers: HeaderList
    body: bytes


class Page:
    """A finished answer to a GET, from which every form of it is made: plain or gzipped, whole, 304, or headers only.

    `headers` hold neither ETag nor Content-Length; `etag` is "" for what is not asked for again (410, redirects).
    """

    __slots__ = ("_gzipped", "_plain", "body", "etag", "headers", "is_endless", "is_packed", "status")

    def __init__(self, status: str, headers: HeaderList, body: bytes, *, etag: str, is_packed: bool) -> None:
        """Hold an answer; `is_packed` offers it gzipped too. The page cache asks `is_endless` (see `cacheable`)."""
        self.status, self.headers, self.body, self.etag, self.is_packed = status, headers, body, etag, is_packed
        self.is_endless = False
        self._plain: tuple[Answer, Answer, str] | None = None
        self._gzipped: tuple[Answer, Answer, str] | None = None

    def answer(self, environ: dict[str, Any]) -> Answer:
        """Return what to send to who asks with this environment."""
        whole, unchanged, etag = self.forms(takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")))
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and etag and (known == etag or _names(known, etag)):
            return unchanged
        return whole

    def forms(self, is_gzipped: bool) -> tuple[Answer, Answer, str]:
        """Return the whole answer, the 304 and the ETag, in one of the two encodings; each is made once."""
        if is_gzipped and self.is_packed:
            if self._gzipped is None:
                self._gzipped = self._formed(igzip.compress(self.body, GZIP_LEVEL, mtime=0), "-gzip")
            return self._gzipped
        if self._plain is None:
            self._plain = self._formed(self.body, "")
        return self._plain

    def size(self) -> int:
        """Return the bytes of every encoding it is offered in; those that were not made yet are made now."""
        encodings = (False, True) if self.is_packed else (False,)
        return sum(len(self.forms(is_gzipped)[0].body) for is_gzipped in encodings)

    def _formed(self, body: bytes, suffix: str) -> tuple[Answer, Answer, str]:
        etag = f'"{self.etag}{suffix}"' if self.etag else ""
        headers = [*self.headers, ("Content-Length", str(len(body)))]
        if suffix:
            headers.append(("Content-Encoding", "gzip"))
        if etag:
            headers.append(("ETag", etag))
        unchanged = list(headers)
        remove_entity_headers(unchanged)
        return Answer(self.status, headers, body), Answer("304 NOT MODIFIED", unchanged, b""), etag


def takes_gzip(accept_encoding: str) -> bool:
    """Whether who sends this header reads gzip."""
    if "gzip" not in accept_encoding and "*" not in accept_encoding:
        return False
    return _parsed(accept_encoding) if len(accept_encoding) < 200 else _parsed.__wrapped__(accept_encoding)


@lru_cache(64)
def _parsed(accept_encoding: str) -> bool:
    return bool(parse_accept_header(accept_encoding)["gzip"])


def _names(if_none_match: str, etag: str) -> bool:
    # A proxy that compresses by itself makes ours a weak one; for a 304 both are the same.
    return parse_etags(if_none_match).contains_weak(etag.strip('"'))


def etag_of(body: bytes) -> str:
    """Return the strong ETag of bytes that have no digest of their own."""
    return sha256(body).hexdigest()[:32]


def shrinks(body: bytes, mimetype: str) -> bool:
    """Whether gzip makes a body smaller."""
    is_text = mimetype.startswith("text/") or mimetype.endswith(("json", "jsonl", "xml", "javascript"))
    return is_text and len(body) >= SMALLEST_PACKED


def page_of(response: Response) -> Page:
    """Return a finished answer as a page, with the headers that it has now."""
    body, etag = response.get_data(), ""
    if response.status_code == 200:
        etag = response.get_etag()[0] or etag_of(body)
    is_packed = shrinks(body, response.mimetype or "")
    if is_packed:
        response.vary.add("Accept-Encoding")
    headers = [(name, value) for name, value in response.headers if name.lower() not in {"etag", "content-length"}]
    return Page(response.status, headers, body, etag=etag, is_packed=is_packed)


def finish(response: Response) -> Response:
    """Return an answer that caches may keep in the form its reader asked for; any other as it is."""
    mark = mark_of(current_app, request.endpoint)
    if response.status_code not in KEPT_STATUSES or request.method not in {"GET", "HEAD"} or response.is_streamed:
        return response
    if mark:
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    if not response.headers.get("Cache-Control", "").startswith("public"):
        return response
    page = page_of(response)
    if mark:
        page.is_endless = mark.is_endless or response.status_code != 200
        request.environ[PAGE] = page
    return _sent(response, page.answer(request.environ))


def _sent(response: Response, answer: Answer) -> Response:
    response.set_data(answer.body)
    response.status = answer.status
    response.headers = Headers(answer.headers)
    return response


def install(app: Flask) -> None:
    """Finish every answer. Called before the other parts: what is registered first runs last."""
    app.after_request(finish)
