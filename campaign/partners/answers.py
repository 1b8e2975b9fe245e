"""The API's parameters parsed and its answers: ETag, gzip streams, CORS, exports at once, one profile without Flask.

A parameter that can't be read is refused with a sentence, never guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from flask import Response, request
from isal import isal_zlib
from werkzeug.exceptions import ServiceUnavailable

from campaign.ledger import facet_index
from campaign.ledger.chain import digest_of
from campaign.ledger.facet_index import FILTERS
from campaign.ledger.stamp import ReadConnection
from campaign.places.current import gazetteer
from campaign.search.query import LONGEST
from campaign.vocabulary.law import ACTIVITY
from campaign.vocabulary.people import CAMPAIGN_GROUP, ETHNICITY, GENDER, OCCUPATION_GROUP, OF_HEALTH
from campaign.vocabulary.status import STATUS
from campaign.vocabulary.table import Vocabulary
from campaign.web.marks import whole_number
from campaign.web.pages import CACHE_CONTROL, KEPT_STATUSES, HeaderList, Page, takes_gzip

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

DEFAULT_LIMIT = 100
MAX_LIMIT = 500
GZIP_LEVEL = 1
GZIP_WINDOW = 31
JSON = "application/json"
# A server has eight threads, and who takes an export slowly keeps one. The others are for pages.
MOST_EXPORTS = 4
WAIT_SECONDS = 30
LEDGER_ID = re.compile(r"[0-9a-f]{32}")
_under_way: set[object] = set()


class Unanswerable(Exception):
    """A question that can't be answered; its text says what would be."""


def number(name: str, default: int) -> int:
    """Return a whole number of the query. Raises Unanswerable for anything but up to nine digits."""
    given = request.args.get(name, "")
    if not given:
        return default
    found = whole_number(given)
    if found is None:
        raise Unanswerable(f"'{name}' must be a whole number, 0 or more.")
    return found


def limit() -> int:
    """Return how many the answer may hold: 100 unless asked, 1 to 500."""
    asked = number("limit", DEFAULT_LIMIT)
    if not 1 <= asked <= MAX_LIMIT:
        raise Unanswerable(f"'limit' must lie between 1 and {MAX_LIMIT}.")
    return asked


CODES: Mapping[str, Vocabulary] = {
    "status": STATUS,
    "ethnicity": ETHNICITY,
    "gender": GENDER,
    "occupation_group": OCCUPATION_GROUP,
    "activity": ACTIVITY,
    "tag": CAMPAIGN_GROUP,
}
PLACES = frozenset({"from", "held_in"})


def refuse_unknown(known: Sequence[str]) -> None:
    """Refuse what nobody would answer: a parameter that this address does not know, or one that is given twice.

    A filter that is silently left out would answer with everybody. Raises Unanswerable.
    """
    for name, values in request.args.lists():
        if name not in known:
            told = f"It knows: {', '.join(known)}." if known else "It takes none."
            raise Unanswerable(f"This address knows no parameter '{name[:40]}'. {told}")
        if len(values) > 1:
            raise Unanswerable(f"'{name}' is given {len(values)} times. Give it once.")


def filters() -> dict[str, str]:
    """Return the filters asked for, by facet. Raises Unanswerable for a value that can't be one."""
    asked = {name: request.args.get(name, "") for name in FILTERS}
    found = {name: value for name, value in asked.items() if value}
    for name, value in found.items():
        _check(name, value)
    return found


def _check(name: str, value: str) -> None:
    if name in CODES and value not in CODES[name]:
        codes = ", ".join(CODES[name].codes)
        raise Unanswerable(f"'{name}' has no code '{value[:40]}'. /api/v1/vocabulary lists the codes: {codes}.")
    if name == "tag" and value in OF_HEALTH:
        raise Unanswerable(f"No list leads from somebody's health to the person: 'tag' can't be '{value}'.")
    if name == "released" and value not in {"yes", "no"}:
        raise Unanswerable("'released' is yes or no.")
    if name == "year" and not (value.isascii() and value.isdigit() and len(value) == 4):
        raise Unanswerable("'year' must be a year of four digits, such as 2018.")
    if name in PLACES and value not in gazetteer() and (name, value) not in facet_index.current().bits:
        raise Unanswerable(
            f"'{name}' must be the code of a place, as 'origin' and 'held_at' have it in 'code' and 'within'."
        )


def query() -> str:
    """Return what is searched for, "" for a list of everybody. Raises Unanswerable for more than a page would ask."""
    asked = request.args.get("q", "").strip()
    if len(asked) > LONGEST:
        raise Unanswerable(f"'q' must have at most {LONGEST} characters.")
    return asked


def after() -> str:
    """Return the ref after which to go on, "" for the beginning."""
    asked = request.args.get("after", "")
    if len(asked) > 40:
        raise Unanswerable("'after' must be a reference, as 'next' gave it.")
    return asked


def stored(body: bytes, etag: str, *, mimetype: str = JSON) -> Response:
    """Return bytes under their ETag; what becomes of them on the way out is said in campaign.web.pages."""
    response = Response(body, mimetype=mimetype)
    response.set_etag(etag)
    return response


def streamed(chunks: Iterable[bytes], etag: str, *, mimetype: str, filename: str) -> Response:
    """Return what is made while it is sent, as a file to keep; 304 where the asker has it.

    Raises ServiceUnavailable where as many are under way as this process sends at once.
    """
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    tag = f"{etag}-gzip" if packed else etag
    if request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304, mimetype=mimetype), tag)
    if len(_under_way) >= MOST_EXPORTS:
        raise ServiceUnavailable("Others are taking exports just now. Try again shortly.", retry_after=WAIT_SECONDS)
    response = Response(_counted(gzipped(chunks) if packed else chunks), mimetype=mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return _tagged(response, tag)


def _counted(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks, under way from the first one until the last, or until whoever reads is gone."""
    export = object()
    _under_way.add(export)
    try:
        yield from chunks
    finally:
        _under_way.discard(export)


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks as one gzip stream."""
    packer = isal_zlib.compressobj(GZIP_LEVEL, isal_zlib.DEFLATED, GZIP_WINDOW)
    for chunk in chunks:
        packed = packer.compress(chunk)
        if packed:
            yield packed
    yield packer.flush()


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.vary.add("Accept-Encoding")
    return response


def open_to_readers(response: Response) -> Response:
    """Let any site's script read the answer, and let no cache keep it unasked. Nothing here knows a session."""
    if response.status_code in KEPT_STATUSES | {304}:
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Ledger-Head, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "600"
    return response


def ledger_id() -> str:
    """Return the id of the ledger that is followed, "" where none is told. Raises Unanswerable for what is none."""
    asked = request.args.get("ledger_id", "")
    if asked and not LEDGER_ID.fullmatch(asked):
        raise Unanswerable("'ledger_id' must be 32 hex digits, as /api/v1/changes gave it.")
    return asked


LIMITED = "campaign.limited"  # where a request's environment says that its visitor has asked too often
PATH = re.compile(r"/api/v1/profiles/([A-Z]{2,8}-[0-9]{5,9})")
# What depends on the body or on the moment; Page adds the first three.
OF_ONE_ANSWER = frozenset({"etag", "content-length", "content-encoding", "date"})
SQL = (
    "SELECT body.body, entry.digest FROM listing "
    "JOIN ledger_body AS body ON body.number = listing.number "
    "JOIN ledger_entry AS entry ON entry.number = listing.number "
    "WHERE listing.ref = {ref} AND NOT EXISTS "
    "(SELECT 1 FROM public_until WHERE public_until.ref = listing.ref AND public_until.until <= {moment})"
)


def _site(environ: "WSGIEnvironment") -> str:
    return f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '').partition(':')[0]}"


class StoredJson:
    """Answers to GET /api/v1/profiles/<ref> from the stored bytes."""

    def __init__(self, connection: ReadConnection, may_ask: Callable[[str], bool]) -> None:
        """Read by `connection`; `may_ask` counts a question of an address and says whether it is within the limit."""
        self.connection = connection
        self.may_ask = may_ask
        self.headers: dict[str, HeaderList] = {}
        names = ("ref", "moment")
        self.sql = SQL.format(**{name: connection.parameter(name) for name in names})

    def page(self, environ: "WSGIEnvironment") -> Page | None:
        """Return the answer, None where Flask has to give it: not public, damaged, limited, or not asked before."""
        found = PATH.fullmatch(environ["PATH_INFO"])
        headers = self.headers.get(_site(environ)) if found and not environ["QUERY_STRING"] else None
        if found is None or headers is None:
            return None
        if not self.may_ask(environ.get("REMOTE_ADDR", "")):
            environ[LIMITED] = True
            return None
        row = self.connection.row(self.sql, {"ref": found[1], "moment": self.connection.moment()})
        if row is None or digest_of(bytes(row[0])) != row[1]:
            return None
        return Page("200 OK", headers, bytes(row[0]), etag=row[1], is_packed=True)

    def learn(self, environ: "WSGIEnvironment", status: str, headers: HeaderList) -> None:
        """Keep the headers of Flask's own answer to such a question."""
        if status.startswith("200 ") and PATH.fullmatch(environ["PATH_INFO"]) and not environ["QUERY_STRING"]:
            self.headers[_site(environ)] = [one for one in headers if one[0].lower() not in OF_ONE_ANSWER]
