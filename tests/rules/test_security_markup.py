"""security.md 2, 5, 33, 34: no rendered page holds a script, style or handler of its own, or asks another host.

Every GET address is rendered for a visitor and at the desk, every form is sent empty, and one case holds markup in
each of its texts. The source is read as well: for what switches escaping off, and for SQL made of pieces.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from flask import Flask

from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.cases.file import CaseFile
from campaign.database import db
from campaign.publishing import door
from campaign.web.limits import limiter
from tests.cast import Browser, Cast
from tests.publishing.planting import planted
from tests.web.walking import Sample, a_sample, addresses

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
MARKUP = (
    """</script><script>alert(1)</script><style>*{}</style><img src=//evil.example onerror='x' style="y"> "'{{7*7}}"""
)
LOADS = {"src", "srcset", "poster", "data", "formaction", "action", "background", "ping"}


class Offences(HTMLParser):
    """What a page holds that the policy forbids, as a browser would take it."""

    def __init__(self, page: str, *, may_embed_data: bool) -> None:
        super().__init__()
        self.found: list[str] = []
        self.may_embed_data = may_embed_data
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_inline = tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        if is_inline or tag in {"style", "base", "iframe", "object", "embed"}:
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        # These two name an address; no browser fetches it.
        is_link = tag == "link" and given.get("rel") not in {"canonical", "alternate"}
        loaded = {name: value for name, value in given.items() if name in LOADS or (is_link and name == "href")}
        self.found += [f"<{tag} {name}={value}>" for name, value in loaded.items() if self.is_foreign(value)]
        if given.get("href", "").lower().lstrip().startswith(("javascript:", "data:", "vbscript:")):
            self.found.append(f"<{tag} href={given['href']}>")

    def is_foreign(self, address: str) -> bool:
        """Whether an address leads away from this site; data: is allowed where the policy allows it."""
        if self.may_embed_data and address.startswith("data:image/svg+xml"):
            return False
        return re.match(r"\s*([a-z][a-z+.-]*:|//|\\)", address, re.IGNORECASE) is not None


def offences(path: str, page: str) -> list[str]:
    found = Offences(page, may_embed_data=path.startswith("/staff")).found
    return [f"{path}: {offence}" for offence in found]


def hostile_file() -> CaseFile:
    """Return a case file that holds markup in every free text."""
    words = json.dumps(MARKUP)
    sent = re.sub(rb'"canary-[^"]*"', lambda _: words.encode(), msgspec.json.encode(planted().file))
    file = msgspec.json.decode(sent, type=CaseFile)
    if file.death is not None:
        file.death.independent_sources = []
    return msgspec.structs.replace(file, consents=[], risks=[], our_view=[])


@pytest.fixture
def sample(app: Flask) -> Iterator[Sample]:
    limiter.enabled = False
    yield a_sample(app)
    limiter.enabled = True


@pytest.fixture
def hostile(app: Flask, sample: Sample) -> Sample:
    """The sample with one more case, which holds markup in every text; it stands where the one in review stood."""
    with app.app_context():
        edith = db.session.query(Account).filter_by(email="edith@example.org").one()
        edith.name = MARKUP[:110]
        case = door.create(hostile_file(), by=edith, reason=MARKUP)
        db.session.commit()
        return replace(sample, in_review=case.ref)


def test_no_page_for_a_visitor_breaks_the_policy(app: Flask, sample: Sample) -> None:
    visitor = Browser(app, app.response_class, use_cookies=True)
    assert every_offence(app, visitor, sample) == []


def test_no_page_of_the_desk_breaks_the_policy_whatever_the_texts_hold(app: Flask, hostile: Sample, cast: Cast) -> None:
    everybody = cast("Omni", *[role.value for role in Role])
    found = every_offence(app, everybody, hostile)
    token = everybody.token_on("/staff/me")
    for _, path in addresses(app, hostile, "POST"):
        found += offences(path, everybody.post(path, data={"csrf_token": token}).text)
    assert found == []
    page = everybody.get(f"/staff/cases/{hostile.in_review}/edit?confidential=1")
    assert (page.status_code, "{{7*7}}" in page.text, "evil.example" in page.text) == (200, True, True)


def every_offence(app: Flask, browser: Browser, sample: Sample) -> list[str]:
    found, rendered = [], 0
    for _, path in addresses(app, sample):
        for asked in (path, f"{path}?confidential=1") if path.startswith("/staff/cases/") else (path,):
            answer = browser.get(asked)
            if answer.mimetype == "text/html":
                rendered += 1
                found += offences(asked, answer.text)
            answer.close()
    assert rendered > 40
    return found


@pytest.mark.parametrize(
    "page",
    ["<p style=x>", "<a onclick=x>", "<style>", "<script>1</script>", "<img src=//x.example>", "<a href=javascript:x>",
     "<link href=//x.example/a.css>", "<form action=https://x.example>", "<img src=data:image/png,>"]
)  # fmt: skip
def test_the_reader_sees_each_kind_of_offender(page: str) -> None:
    assert offences("/", page) != []


def test_the_reader_lets_pass_what_is_allowed() -> None:
    page = '<script src="/static/desk.js"></script><script type="application/ld+json">{}</script><a href="https://x.example">'
    assert offences("/", page) == []


def test_no_template_switches_escaping_off() -> None:
    off = re.compile(r"\|\s*safe\b|autoescape|Markup")
    assert [path.name for path in TEMPLATES if off.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_loads_from_another_host() -> None:
    loads = re.compile(
        r"""(?:src|srcset|poster|action)\s*=\s*["']?(?:https?:)?//|<link[^>]*href\s*=\s*["']?(?:https?:)?//"""
    )
    assert [path.name for path in TEMPLATES if loads.search(path.read_text(encoding="utf-8"))] == []


# Where SQL or markup is made of pieces, and why no word from outside can be among them.
PIECES = {
    "campaign/database.py": "PRAGMAs of a fixed list; a connection takes no parameters for them",
    "campaign/ledger/public_file.py": "PRAGMAs of a fixed list",
    "campaign/ledger/public_rows.py": "our own tables and columns, as the models name them, in two files at once",
    "campaign/ledger/replication.py": "DROP TABLE of our own tables, by the names of the models",
    "campaign/ledger/remains.py": "a PRAGMA with a number of ours; a connection takes no parameters for it",
}


def test_no_sql_is_made_of_pieces() -> None:
    found = {}
    for path in sorted((ROOT / "campaign").rglob("*.py")):
        lines = [call.lineno for call in calls_with_pieces(ast.parse(path.read_text(encoding="utf-8")))]
        if lines:
            found[str(path.relative_to(ROOT))] = lines
    assert set(found) == set(PIECES), found


def calls_with_pieces(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that hand a database a text which is not one literal or a name."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            is_sql = name in {"execute", "exec_driver_sql", "executescript", "text", "literal_column"}
            if is_sql and isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
                yield call


def test_the_reader_sees_sql_that_is_made_of_pieces() -> None:
    for planted_sql in ('db.execute(f"SELECT {x}")', 'text("SELECT " + x)', 'c.exec_driver_sql("SELECT %s" % x)'):
        assert list(calls_with_pieces(ast.parse(planted_sql))), planted_sql


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"; DROP TABLE account; --', "%' UNION SELECT 1 --", "\\'", "_%"])
def test_quotes_in_a_search_stay_words(app: Flask, sample: Sample, cast: Cast, words: str) -> None:
    edna = cast("Edna", "editor")
    for path in ("/staff/cases", "/profiles", "/api/v1/profiles"):
        for name in ("q", "status", "place", "year", "after", "state", "tag", "ethnicity"):
            assert edna.get(path, query_string={name: words}).status_code < 500, (path, name)
    assert sample.in_review not in edna.get("/staff/cases", query_string={"q": "' OR 1=1 --"}).text
