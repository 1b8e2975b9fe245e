"""The application as a whole: what every answer carries, and what is never let in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app import ROOT, Unguarded, create_app, refuse_unguarded_routes
from campaign.database import db
from campaign.settings import read
from campaign.web import headers
from tests.cast import Browser, Cast


def test_a_living_process_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_a_process_with_a_database_is_ready(app: Flask) -> None:
    app.extensions["readiness"] = []
    assert app.test_client().get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/nowhere", 404), ("/x%00y", 400), ("/static/site.css", 200)]
)
def test_every_answer_carries_the_headers_that_always_hold(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path, base_url="https://localhost")
    assert answer.status_code == status
    for name, value in headers.ALWAYS.items():
        assert answer.headers[name] == value, name
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in answer.headers


def test_strict_transport_is_promised_over_https_only(client: FlaskClient) -> None:
    assert client.get("/healthz", base_url="https://localhost").headers["Strict-Transport-Security"] == (
        "max-age=63072000"
    )
    assert "Strict-Transport-Security" not in client.get("/healthz", base_url="http://localhost").headers


def test_each_zone_has_its_exact_policy() -> None:
    assert headers.policy("/staff/sign-in", "text/html") == (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
        "script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    public = headers.policy("/profiles", "text/html")
    assert "script-src 'none'" in public
    assert "connect-src 'none'" in public
    assert "frame-ancestors *" in headers.policy("/embed/x", "text/html")
    assert headers.policy("/api/v1", "application/json").endswith("; sandbox")


@pytest.mark.parametrize("address", ["/x%00y", "/healthz?q=%00", "/healthz?q=%ff", "/healthz?%c3%28=1"])
def test_nul_and_what_is_not_utf8_are_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_query_beyond_measure_is_refused(client: FlaskClient) -> None:
    assert client.get("/healthz?q=" + "a" * 5000).status_code == 414


def test_a_foreign_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_trace_is_not_answered(client: FlaskClient) -> None:
    assert client.open("/healthz", method="TRACE").status_code == 405


def test_a_program_is_told_of_errors_as_problem_details(client: FlaskClient) -> None:
    answer = client.get("/api/v9/nothing")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


def test_a_crash_shows_nothing_of_its_cause(app: Flask) -> None:
    def crash() -> str:
        raise RuntimeError("secret cause")

    crash.__dict__["permission"] = "anyone"
    app.add_url_rule("/crash", "crash", crash)
    answer = app.test_client().get("/crash")
    assert answer.status_code == 500
    assert "secret cause" not in answer.text
    assert "Traceback" not in answer.text


def test_a_route_that_says_nowhere_who_may_enter_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/open", "open", lambda: "anyone")
    with pytest.raises(Unguarded, match="/open"):
        refuse_unguarded_routes(app)


OPEN_A_ROUTE = """
from campaign.staff.desk import blueprint
blueprint.add_url_rule("/open", "open", lambda: "anyone")
from app import create_app
create_app()
"""


def test_a_process_with_such_a_route_does_not_come_up(home: Path) -> None:
    environment = {**os.environ, "CAMPAIGN_HOME": str(home)}
    ended = subprocess.run(
        [sys.executable, "-c", OPEN_A_ROUTE],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "Unguarded: /staff/open" in ended.stderr


def test_an_unsafe_environment_ends_with_status_2(monkeypatch: pytest.MonkeyPatch, home: object) -> None:
    monkeypatch.setenv("CAMPAIGN_HOME", str(home))
    monkeypatch.setenv("CAMPAIGN_EDGES", "palace")
    with pytest.raises(SystemExit) as end:
        create_app()
    assert end.value.code == 2


def test_secrets_are_made_for_the_owner_alone(home: object) -> None:
    settings = read({"CAMPAIGN_HOME": str(home)})
    create_app(settings)
    assert (settings.home / "secrets" / "session.key").stat().st_mode & 0o777 == 0o600


def test_a_database_that_takes_no_writes_is_still_read_and_says_so(app: Flask, cast: Cast) -> None:  # [44]
    edo = cast("Edo", "editor")
    token = edo.token()
    with app.app_context():
        event.listen(
            db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON").close()
        )
        db.engine.dispose()
    browser = Browser(app, app.response_class, use_cookies=True)
    assert browser.get("/profiles").status_code == 200
    assert browser.posts("/staff/sign-in", {"email": "someone@example.org", "password": "wrong"}).status_code == 422
    answer = edo.post("/staff/cases/new", data={"csrf_token": token, "name": "Semet Örükzar", "reason": "Told"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "nothing was lost" in answer.text
