"""The page cache in front of the public edge: the same answers as without it, and none of what is no longer public."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask, Response, session
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import create_app
from campaign.database import db
from campaign.settings import read
from campaign.web.page_cache import LruCache, PageCache, valid_until
from campaign.web.pages import cacheable
from tests import tables
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw

SLUG = a_profile().slug
GONE, MERGED = "FXD-40719", "FXD-40720"
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HTTPS = "https://localhost"
# Every kind of answer that is kept, and one of each status.
KEPT = {
    "/": 200,
    "/profiles": 200,
    f"/profiles/{SLUG}": 200,
    f"/profiles/{SLUG}/history": 200,
    "/profiles/FXD-40718": 301,
    f"/profiles/{GONE}": 410,
    f"/profiles/{MERGED}": 301,
    "/profiles?q=nurlan": 200,
    "/profiles?status=disappeared&from=CN-XJ": 200,
    "/about": 200,
    "/feed.atom": 200,
    "/sitemap.xml": 200,
    "/robots.txt": 200,
    "/.well-known/security.txt": 200,
    "/cloth/FXD-40718.svg": 200,
    "/qr/FXD-40718.svg": 200,
}
WAYS: dict[str, dict[str, str]] = {
    "plain": {},
    "gzip": {"Accept-Encoding": "gzip, br;q=0.5"},
    "no gzip": {"Accept-Encoding": "gzip;q=0, identity"},
}


@pytest.fixture
def cache(app: Flask) -> PageCache:
    """The page cache of a public edge that shows one person; one was withdrawn, and one was merged into the first."""
    publish(app, a_profile(), a_profile(ref=GONE), a_profile(ref=MERGED))
    withdraw(app, GONE)
    withdraw(app, MERGED, merged_into="FXD-40718")
    found: PageCache = app.extensions["page_cache"]
    return found


def ask(client: FlaskClient, path: str, method: str = "GET", **headers: str) -> TestResponse:
    return client.open(
        path, method=method, base_url=HTTPS, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data


def nobody(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Stand where Flask stands, and answer nothing."""
    raise AssertionError(f"Flask was asked for {environ['PATH_INFO']}?{environ['QUERY_STRING']}")


def is_kept(cache: PageCache, client: FlaskClient, path: str, **headers: str) -> bool:
    """Whether an address is answered without Flask."""
    before, cache.application = cache.application, nobody
    try:
        ask(client, path, **headers)
    except AssertionError:
        return False
    finally:
        cache.application = before
    return True


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", KEPT)
def test_an_answer_from_the_cache_is_that_of_flask_to_the_last_header(
    app: Flask, cache: PageCache, visitor: FlaskClient, path: str, way: str, method: str
) -> None:
    first = told(ask(visitor, path, method, **WAYS[way]))
    assert first[0] == KEPT[path]
    before, cache.application = cache.application, nobody
    kept = ask(visitor, path, method, **WAYS[way])
    assert told(kept) == first
    etag = kept.headers.get("ETag", "")
    unchanged = told(ask(visitor, path, method, If_None_Match=etag, **WAYS[way]))
    cache.application = before
    # Whoever asks for something unknown besides is answered by Flask each time.
    by_flask = f"{path}{'&' if '?' in path else '?'}nobody-knows=this"
    if KEPT[path] == 200:
        assert told(ask(visitor, by_flask, method, **WAYS[way])) == first
        assert unchanged[0] == 304
        assert told(ask(visitor, by_flask, method, If_None_Match=etag, **WAYS[way])) == unchanged


@pytest.mark.parametrize("path", [path for path, status in KEPT.items() if status == 200])
def test_both_encodings_hold_the_same_and_are_told_apart(cache: PageCache, visitor: FlaskClient, path: str) -> None:
    plain, packed = ask(visitor, path), ask(visitor, path, Accept_Encoding="gzip")
    body = gzip.decompress(packed.data) if packed.headers.get("Content-Encoding") == "gzip" else packed.data
    assert body == plain.data
    assert is_kept(cache, visitor, path, Accept_Encoding="gzip")
    if "Content-Encoding" in packed.headers:
        assert packed.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-gzip"'
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert ask(visitor, path, If_None_Match=plain.headers["ETag"], Accept_Encoding="gzip").status_code == 200
    assert ask(visitor, path, If_None_Match=f'"other", W/{plain.headers["ETag"]}').status_code == 304


NEVER = {
    "/profiles/FXD-99999": 404,
    "/nowhere": 404,
    "/profiles?q=a%00b": 400,
    "/profiles?q=%FF": 400,
    f"/profiles?q={'a' * 5000}": 414,
    "/media/" + "a" * 64: 404,
    "/qr/FXD-99999.svg": 404,
}


@pytest.mark.parametrize("path", NEVER)
def test_refusals_are_never_kept_here_or_elsewhere(cache: PageCache, visitor: FlaskClient, path: str) -> None:
    answers = [ask(visitor, path) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [NEVER[path]] * 2
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert not is_kept(cache, visitor, path)


def test_too_many_questions_are_refused_and_the_refusal_is_not_kept(
    app: Flask, cache: PageCache, visitor: FlaskClient
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], visitor_rate="2 per minute")
    assert [ask(visitor, "/profiles?q=nurlan").status_code for _ in range(4)] == [200] * 4
    answers = [ask(visitor, f"/profiles?q={words}") for words in ("serik", "aygul")]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert (answers[1].headers["Cache-Control"], int(answers[1].headers["Retry-After"]) > 0) == ("no-store", True)
    assert not is_kept(cache, visitor, "/profiles?q=aygul")


@pytest.mark.parametrize(
    "path", ["/?x=1", "/about?q=nurlan", "/profiles?q=nurlan&x=1", "/profiles?q=a&q=b", "/cloth/FXD-40718.svg?v=2"]
)
def test_unknown_parameters_pass_by_and_leave_nothing(cache: PageCache, visitor: FlaskClient, path: str) -> None:
    assert ask(visitor, path).status_code == 200
    assert not is_kept(cache, visitor, path)
    assert (cache.pages.held(), cache.endless.held()) == ({}, {})


def test_one_page_whatever_the_order_of_parameters_and_however_many_are_empty(
    cache: PageCache, visitor: FlaskClient
) -> None:
    ask(visitor, "/profiles?q=&from=CN-XJ&status=disappeared&gender=")
    assert is_kept(cache, visitor, "/profiles?status=disappeared&from=CN-XJ")
    assert is_kept(cache, visitor, "/profiles?released=&from=CN%2DXJ&status=disappeared")
    assert not is_kept(cache, visitor, "/profiles?from=CN-XJ")
    assert not is_kept(cache, visitor, "/profiles?q=&status=")
    assert ask(visitor, "/profiles").status_code == 200
    assert is_kept(cache, visitor, "/profiles?q=&status=")


def test_who_carries_a_session_passes_by_and_is_answered_by_flask(app: Flask, cache: PageCache) -> None:
    visitor = app.test_client(use_cookies=False)
    ask(visitor, "/about")
    assert is_kept(cache, visitor, "/about", Cookie="something=else")
    mine = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}=somebody"}
    assert not is_kept(cache, visitor, "/about", **mine)
    assert ask(visitor, "/about", **mine).headers["Cache-Control"] == "no-store"
    assert not is_kept(cache, visitor, "/about", Authorization="Bearer somebody")


@pytest.mark.parametrize("host", ["evil.example", "localhost:x", "localhost.evil.example", ""])
def test_a_foreign_host_is_answered_by_flask_and_refused(cache: PageCache, visitor: FlaskClient, host: str) -> None:
    ask(visitor, "/about")
    assert is_kept(cache, visitor, "/about", Host="localhost:8443")
    assert not is_kept(cache, visitor, "/about", Host=host)
    assert ask(visitor, "/about", Host="evil.example").status_code == 400


def test_the_two_schemes_are_two_pages(cache: PageCache, visitor: FlaskClient) -> None:
    ask(visitor, "/about")
    answer = visitor.get("/about", base_url="http://localhost")
    assert "Strict-Transport-Security" not in answer.headers
    assert "Strict-Transport-Security" in ask(visitor, "/about").headers


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "TRACE", "PUT"])
def test_other_methods_pass_by(cache: PageCache, visitor: FlaskClient, method: str) -> None:
    ask(visitor, "/about")
    cache.application = nobody
    with pytest.raises(AssertionError, match="Flask was asked"):
        ask(visitor, "/about", method)


def plant(app: Flask, path: str, view: Callable[[], Response | str]) -> None:
    """Add a view to a site that has not answered yet."""
    app.add_url_rule(path, path.strip("/"), cacheable()(view))


@pytest.fixture
def planted(home: Any) -> Iterable[Flask]:
    """A public edge with views of one's own."""
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": HTTPS, "CAMPAIGN_EDGES": "public"}))
    tables.create(app)
    yield app
    tables.close(app)


def test_what_sets_a_cookie_is_never_kept(planted: Flask) -> None:
    def greets() -> str:
        session["met"] = "before"
        return "hello"

    def hands_out() -> Response:
        answer = Response("hello")
        answer.set_cookie("a", "b")
        return answer

    plant(planted, "/greets", greets)
    plant(planted, "/hands-out", hands_out)
    for path in ("/greets", "/hands-out"):
        assert "Set-Cookie" in ask(planted.test_client(), path).headers
        assert not is_kept(planted.extensions["page_cache"], planted.test_client(), path)


@pytest.mark.parametrize(("size", "kept"), [(64_000, True), (64_001, False)])
def test_a_body_above_64_kilobytes_is_never_kept(planted: Flask, size: int, kept: bool) -> None:
    plant(planted, "/long", lambda: "x" * size)
    assert ask(planted.test_client(), "/long").content_length == size
    assert is_kept(planted.extensions["page_cache"], planted.test_client(), "/long") is kept


@pytest.mark.parametrize("status", [201, 303, 404, 500, 503])
def test_other_statuses_are_never_kept(planted: Flask, status: int) -> None:
    plant(planted, "/odd", lambda: Response("x", status))
    assert ask(planted.test_client(), "/odd").status_code == status
    assert not is_kept(planted.extensions["page_cache"], planted.test_client(), "/odd")


def test_a_page_ends_with_the_day_and_with_its_own_moment(planted: Flask) -> None:
    def ends() -> str:
        valid_until(NOON + timedelta(hours=1))
        valid_until(NOON + timedelta(hours=2))
        return f"{datetime.now(UTC):%d %H}"

    plant(planted, "/ends", ends)
    plant(planted, "/day", lambda: f"{datetime.now(UTC):%d %H}")
    client = planted.test_client()
    seen = []
    for hours in (0, 0.9, 1.1, 11.9, 12):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            seen.append((ask(client, "/ends").text, ask(client, "/day").text))
    assert seen == [("01 12", "01 12"), ("01 12", "01 12"), ("01 13", "01 12"), ("01 23", "01 12"), ("02 00", "02 00")]


def test_a_flood_of_invented_addresses_is_bounded_and_pushes_out_no_page(
    cache: PageCache, visitor: FlaskClient
) -> None:
    ask(visitor, "/about")
    cache.endless = LruCache(100_000)
    for number in range(60):
        ask(visitor, f"/profiles?q=nurlan{number}{'x' * 2_000}")
        ask(visitor, f"/profiles?after={number}")
        ask(visitor, f"/profiles/FXD-40718-{number}")
        ask(visitor, f"/profiles/{GONE}-{number}")
        ask(visitor, f"/cloth/FXD-{number:05}.svg")
    assert 0 < cache.endless.bytes <= 100_000
    assert [getattr(key, "path", "") for key in cache.pages.held()] == ["/about"]


def test_a_withdrawal_is_seen_by_the_next_request_in_every_process(
    app: Flask, cache: PageCache, visitor: FlaskClient, home: Any
) -> None:
    other = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": HTTPS, "CAMPAIGN_EDGES": "public"}))
    clients = [visitor, other.test_client()]
    paths = [f"/profiles/{SLUG}", "/profiles", "/profiles?q=nurlan", "/", "/feed.atom"]
    for client in clients:
        assert all("Nurlan" in ask(client, path).text for path in paths)
    withdraw(app, "FXD-40718")
    for client in clients:
        assert [ask(client, path).status_code for path in paths] == [410, 200, 200, 200, 200]
        assert not [path for path in paths if "Nurlan Example" in ask(client, path).text]
    held = [*cache.pages.held().values(), *cache.endless.held().values()]
    assert held
    assert not [one for one in held if b"Nurlan Example" in one.page.body]
    tables.close(other)


def test_an_end_by_the_clock_is_seen_by_the_next_request(app: Flask, visitor: FlaskClient) -> None:
    until = NOON + timedelta(minutes=5)
    with time_machine.travel(NOON, tick=False) as clock:
        publish(app, a_profile(), public_until=until)
        assert [ask(visitor, f"/profiles/{SLUG}").status_code for _ in range(2)] == [200, 200]
        clock.move_to(until)
        assert ask(visitor, f"/profiles/{SLUG}").status_code == 410
        assert "Nurlan" not in ask(visitor, "/profiles").text


def test_while_the_database_is_away_nothing_kept_is_served(app: Flask, cache: PageCache, visitor: FlaskClient) -> None:
    ask(visitor, "/about")
    cache.stamp = lambda: ""
    assert not is_kept(cache, visitor, "/about")


def test_a_database_of_another_schema_is_answered_for_by_flask(
    app: Flask, cache: PageCache, visitor: FlaskClient
) -> None:
    ask(visitor, "/about")
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    app.extensions["schema"].look_again()
    assert ask(visitor, "/about").status_code == 503
