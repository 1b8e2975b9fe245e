"""Everything that the world can ask of the site: every public address, what each leads to, and the errors.

Begins at the routes and follows whatever the answers name, as a visitor and as a partner would.
"""

import gzip
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PUBLIC = {"public", "partners"}
# An address in HTML, in a feed or site map, or in JSON.
ADDRESS = re.compile(r"""(?:href|src|srcset)="([^"]+)"|<loc>([^<]+)</loc>|"(/[^"\s]{1,300})" """.strip())
QUERIES = ("", "?q=a", "?q=canary", "?since=0", "?limit=1", "?status=unknown", "?after=FXD-00000", "?place=65")
METHODS = ("HEAD", "POST", "OPTIONS")
TRIES = ("/no-such-page", "/profiles/FXD-00000", "/api/v1/profiles/FXD-00000", "/api/v1/changes?since=999", "/%00")


@dataclass
class Crawl:
    """What was answered: each address with its whole answer, headers and body, as one text."""

    answers: dict[str, str] = field(default_factory=dict)

    def naming(self, words: str) -> list[str]:
        """Return the addresses whose answer holds these words, in its headers or its body."""
        return sorted(address for address, answer in self.answers.items() if words in answer)


def crawl(app: Flask, visitor: FlaskClient, refs: list[str]) -> Crawl:
    """Return every answer that a visitor can get, from the routes on. `refs` are asked for whether listed or not."""
    seen = Crawl()
    waiting = [*starts(app, refs), *TRIES]
    while waiting:
        address = waiting.pop()
        if address in seen.answers or len(seen.answers) > 2000:
            continue
        for said in asked(visitor, address):
            seen.answers[address] = seen.answers.get(address, "") + said
            waiting += [found for found in addresses_in(said) if is_ours(app, found)]
    return seen


def starts(app: Flask, refs: list[str]) -> Iterator[str]:
    """Yield every public route, with each reference where it takes an argument, and with queries."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in PUBLIC and "." in rule.endpoint:
            continue
        if rule.alias:
            continue  # it redirects by the address alone, which it therefore repeats
        for ref in refs if rule.arguments else [""]:
            path = re.sub(r"<[^>]+>", ref, rule.rule)
            yield from (path + query for query in QUERIES)


def asked(visitor: FlaskClient, address: str) -> Iterator[str]:
    """Yield the answers to an address: read, read compressed, and asked for in ways that it does not take."""
    yield told(visitor.get(address))
    yield told(visitor.get(address, headers={"Accept-Encoding": "gzip", "Accept": "application/json"}))
    if "?" not in address:
        yield from (told(visitor.open(address, method=method)) for method in METHODS)


def told(answer: TestResponse) -> str:
    """Return headers and body of an answer as one text, decompressed, entities read."""
    assert answer.status_code != 500, (answer.request.path, answer.status_code)
    body = answer.get_data()
    answer.close()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return f"{answer.headers}\n{html.unescape(body.decode('utf-8', 'replace'))}"


def addresses_in(said: str) -> Iterator[str]:
    """Yield the addresses of this site that an answer names, without their fragment."""
    for found in ADDRESS.finditer(said):
        parts = urlsplit(next(group for group in found.groups() if group))
        if parts.netloc in {"", "localhost"} and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def is_ours(app: Flask, address: str) -> bool:
    """Whether an address belongs to the public side: the desk has doors of its own."""
    return not address.startswith(("/staff", "/accounts", "//"))
