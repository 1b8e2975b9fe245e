"""The page cache: WSGI middleware over an LRU cache of rendered pages, bounded by bytes, valid for one public stamp."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar
from urllib.parse import parse_qsl

from flask import Flask, request

from campaign.clock import now
from campaign.web import pages
from campaign.web.marks import MAX_QUERY_BYTES
from campaign.web.pages import PAGE, VALID_UNTIL, Page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

V = TypeVar("V")
PAGES_BYTES = 24_000_000
# Answers to what somebody typed, and addresses that anybody may invent: their flood pushes out no page.
ENDLESS_BYTES = 4_000_000
MAX_BODY_BYTES = 64_000
NO_PARAMETERS: tuple[tuple[str, str], ...] = ()
OVERHEAD_BYTES = 2_000  # what Python takes for an entry beside its bytes: key, tuples, lists of headers


class LruCache(Generic[V]):
    """An LRU cache bounded by bytes, emptied whenever the stamp of its content changes.

    So of who was withdrawn nothing stays in the memory of a process that is asked once more.
    """

    def __init__(self, max_bytes: int) -> None:
        """Hold at most `max_bytes`, as `put` counts them."""
        self.max_bytes = max_bytes
        self.bytes = 0
        self._stamp = ""
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, stamp: str, key: Hashable) -> V | None:
        """Return the value of a key, None where there is none under this stamp."""
        with self._lock:
            if stamp != self._stamp:
                self._entries.clear()
                self.bytes, self._stamp = 0, stamp
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, stamp: str, key: Hashable, value: V, size: int) -> None:
        """Hold a value of `size` bytes that was made under a stamp, in place of an earlier one of its key.

        Nothing is held where the stamp has changed meanwhile, or where the value alone is larger than the cache.
        """
        size += OVERHEAD_BYTES
        with self._lock:
            if stamp != self._stamp or size > self.max_bytes:
                return
            _, before = self._entries.pop(key, (None, 0))
            self._entries[key] = (value, size)
            self.bytes += size - before
            while self.bytes > self.max_bytes:
                _, (_, gone) = self._entries.popitem(last=False)
                self.bytes -= gone

    def held(self) -> dict[Hashable, V]:
        """Return what is held by its keys, the least recently used first."""
        with self._lock:
            return {key: value for key, (value, _) in self._entries.items()}


class Key(NamedTuple):
    """What a page depends on. The language stands in the path."""

    scheme: str
    host: str
    path: str
    parameters: tuple[tuple[str, str], ...]


class Stored(NamedTuple):
    """A page and when it ends by the clock, in seconds since 1970."""

    page: Page
    valid_until: float


class Direct(Protocol):
    """What answers some addresses from stored bytes, so that there is nothing to cache."""

    def page(self, environ: "WSGIEnvironment") -> Page | None:
        """Return the answer to a request, None where Flask has to give it."""

    def learn(self, environ: "WSGIEnvironment", status: str, headers: list[tuple[str, str]]) -> None:
        """Take note of Flask's own answer to a request."""


class PageCache:
    """WSGI middleware: finished pages by address, in two LRU caches bounded by bytes."""

    def __init__(
        self,
        application: "WSGIApplication",
        *,
        stamp: Callable[[], str],
        hosts: Iterable[str],
        session_cookie: str,
        parameters: Mapping[str, tuple[str, ...]],
        direct: Direct | None = None,
    ) -> None:
        """Wrap `application`.

        `stamp` returns the public stamp, "" where it can't be read: then Flask answers. `parameters` are the query
        parameters of the addresses that have any, in canonical order.
        """
        self.application = application
        self.stamp = stamp
        self.hosts = frozenset(hosts)
        self.session_cookie = f"{session_cookie}="
        self.parameters = parameters
        self.direct = direct
        self.pages: LruCache[Stored] = LruCache(PAGES_BYTES)
        self.endless: LruCache[Stored] = LruCache(ENDLESS_BYTES)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the cache, or let Flask answer and keep what may be kept."""
        key = self.key_of(environ)
        stamp = self.stamp() if key else ""
        if not key or not stamp:
            return self.application(environ, start_response)
        stored = self.pages.get(stamp, key) or self.endless.get(stamp, key)
        page = stored.page if stored and stored.valid_until > time() else self._direct(environ)
        if page is None:
            return self._made(environ, start_response, stamp, key)
        status, headers, body = page.answer(environ)
        start_response(status, headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _direct(self, environ: "WSGIEnvironment") -> Page | None:
        return self.direct.page(environ) if self.direct else None

    def key_of(self, environ: "WSGIEnvironment") -> Key | None:
        """Return the cache key of a request, None where its answer may not be kept."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("SCRIPT_NAME"):
            return None
        host, _, port = environ.get("HTTP_HOST", "").partition(":")
        if host not in self.hosts or not (port.isdigit() or not port):
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
            return None
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        parameters = self.canonical(path, query) if query else NO_PARAMETERS
        return None if parameters is None else Key(environ["wsgi.url_scheme"], host, path, parameters)

    def canonical(self, path: str, query: str) -> tuple[tuple[str, str], ...] | None:
        """Return the parameters that an address knows, in its order and without empty ones; None for any other."""
        known = self.parameters.get(path)
        if known is None or len(query) > MAX_QUERY_BYTES or not query.isascii():
            return None
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            return None
        given = dict(pairs)
        if len(given) != len(pairs) or not given.keys() <= set(known):
            return None
        return tuple((name, given[name]) for name in known if given.get(name))

    def _made(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", stamp: str, key: Key
    ) -> Iterable[bytes]:
        # Before anything is read for the page: what changes while it is made must not be hidden by it.
        valid_until = next_midnight()
        names: set[str] = set()

        def noted(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            names.update(name.lower() for name, _ in headers)
            if self.direct:
                self.direct.learn(environ, status, headers)
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        answer = self.application(environ, noted)
        page: Page | None = environ.get(PAGE)
        if page is not None and "set-cookie" not in names and len(page.body) <= MAX_BODY_BYTES:
            until = min(valid_until, environ.get(VALID_UNTIL, valid_until))
            cache = self.endless if page.is_endless or key.parameters else self.pages
            cache.put(stamp, key, Stored(page, until), page.size() + len(key.path) + sum(map(len, key.parameters)))
        return answer


def next_midnight() -> float:
    """Return when the day ends in UTC: pages say ages and how long ago something was."""
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=1)).timestamp()


def valid_until(moment: datetime) -> None:
    """Let the page that is being made end at a moment, if that is before the day ends."""
    given: float = request.environ.get(VALID_UNTIL, moment.timestamp())
    request.environ[VALID_UNTIL] = min(given, moment.astimezone(UTC).timestamp())


def known_parameters(app: Flask) -> dict[str, tuple[str, ...]]:
    """Return the query parameters of every address whose view reads some and may be kept."""
    # Every page says its language by a default of its rule, which is no part of the address.
    rules = (rule for rule in app.url_map.iter_rules() if rule.arguments <= set(rule.defaults or ()))
    marks = ((rule.rule, pages.mark_of(app, rule.endpoint)) for rule in rules)
    return {path: mark.parameters for path, mark in marks if mark and mark.parameters}


def install(app: Flask, stamp: Callable[[], str], direct: Direct | None = None) -> None:
    """Wrap an application in the page cache. Called last: it must know every route."""
    settings = app.extensions["settings"]
    cache = PageCache(
        app.wsgi_app,
        stamp=stamp,
        hosts=settings.every_host,
        session_cookie=app.config["SESSION_COOKIE_NAME"],
        parameters=known_parameters(app),
        direct=direct,
    )
    app.extensions["page_cache"] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]
