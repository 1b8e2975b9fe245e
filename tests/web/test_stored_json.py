"""The JSON of one profile in front of Flask: the same answers, counted as before, and nothing of who is withdrawn."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campaign.web.page_cache import PageCache
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw

PATH, OTHER = "/api/v1/profiles/FXD-40718", "/api/v1/profiles/FXD-40719"
WAYS: tuple[dict[str, str], ...] = ({}, {"Accept-Encoding": "gzip"})


@pytest.fixture
def front(app: Flask) -> PageCache:
    """What stands in front of an application with two public people."""
    publish(app, a_profile(), a_profile(ref="FXD-40719"))
    found: PageCache = app.extensions["page_cache"]
    return found


def nobody(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    raise AssertionError(f"Flask was asked for {environ['PATH_INFO']}")


def ask(client: FlaskClient, path: str, method: str = "GET", **headers: str) -> TestResponse:
    return client.open(path, method=method, base_url="https://localhost", headers=headers)


def told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("headers", WAYS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_is_the_answer_of_flask_to_the_last_header(
    front: PageCache, visitor: FlaskClient, headers: dict[str, str], method: str
) -> None:
    front.direct, direct = None, front.direct
    by_flask = told(ask(visitor, PATH, method, **headers))
    front.direct = direct
    ask(visitor, OTHER)
    front.application = nobody
    answer = ask(visitor, PATH, method, **headers)
    assert told(answer) == by_flask
    assert ask(visitor, PATH, **headers, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_who_is_withdrawn_is_gone_at_once(app: Flask, front: PageCache, visitor: FlaskClient) -> None:
    assert [ask(visitor, path).status_code for path in (PATH, OTHER, PATH)] == [200] * 3
    withdraw(app, "FXD-40718")
    assert [ask(visitor, path).status_code for path in (PATH, OTHER)] == [410, 200]


def test_it_stays_limited(app: Flask, front: PageCache, visitor: FlaskClient) -> None:
    ask(visitor, OTHER)
    app.extensions["settings"] = replace(app.extensions["settings"], partner_rate="2 per minute")
    answers = [ask(visitor, PATH) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[2].headers["Cache-Control"], answers[2].headers["Retry-After"]) == ("no-store", "60")
