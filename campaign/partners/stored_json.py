"""The JSON of one profile, read, verified and counted in front of Flask: partners ask for one after the other.

Flask answers the first question, and whatever is not simply there: its headers are those of all others.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from campaign.ledger.chain import digest_of
from campaign.ledger.stamp import ReadConnection
from campaign.web.pages import HeaderList, Page

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

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
        headers = self.headers.get(environ["wsgi.url_scheme"]) if found and not environ["QUERY_STRING"] else None
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
            self.headers[environ["wsgi.url_scheme"]] = [one for one in headers if one[0].lower() not in OF_ONE_ANSWER]
