"""What the log holds and what it never holds."""

import json
import logging

import pytest
import structlog
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign import log
from tests.cast import Browser, Member

ADDRESS, AGENT = "203.0.113.77", "MarkedBrowser/9.9"


def test_a_line_is_one_line_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:  # [39]
    log.configure("INFO")
    structlog.get_logger("test").info("odd", words="one\r\ntwo\x1b[31mred\u2028three")
    logging.getLogger("test").warning("first\nsecond")
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["odd", "first\nsecond"]


def test_members_that_tell_who_visited_are_dropped(capsys: pytest.CaptureFixture[str]) -> None:  # [37]
    log.configure("INFO")
    structlog.get_logger("test").info("visit", remote_addr=ADDRESS, user_agent=AGENT, path="/profiles")
    line = capsys.readouterr().err
    assert ADDRESS not in line
    assert AGENT not in line
    assert json.loads(line)["path"] == "/profiles"


def test_no_visit_leaves_an_address_or_a_browser_anywhere(
    app: Flask, edo: Member, capsys: pytest.CaptureFixture[str]
) -> None:  # [37]
    log.configure("DEBUG")
    visitor = Browser(app, app.response_class, use_cookies=True)
    marked = {
        "environ_overrides": {"REMOTE_ADDR": ADDRESS},
        "headers": {"User-Agent": AGENT, "Referer": "https://localhost/"},
    }
    for path in ("/", "/profiles", "/nowhere", "/api/v1", "/staff/me", "/staff/sign-in", "/x?q=%00"):
        visitor.get(path, **marked)
    visitor.post("/staff/sign-in", data={"email": "x@example.org", "password": "wrong"}, **marked)
    token = visitor.token_on("/staff/sign-in")
    visitor.post("/staff/sign-in", data={"csrf_token": token, "email": "x@example.org", "password": "no"}, **marked)
    edo.get("/staff/me", **marked)
    log.configure("INFO")
    written = capsys.readouterr().err.encode()
    for file in app.extensions["settings"].home.rglob("*"):
        if file.is_file():
            written += file.read_bytes()
    assert ADDRESS.encode() not in written
    assert AGENT.encode() not in written


def test_a_crash_is_logged_without_what_was_sent(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def crash() -> str:
        secret = "private words"  # noqa: F841 - a local that a careless log would show
        raise RuntimeError("cause")

    crash.__dict__["permission"] = "anyone"
    app.add_url_rule("/crash", "crash", crash)
    log.configure("INFO")
    assert app.test_client().get("/crash").status_code == 500
    line = capsys.readouterr().err
    assert "RuntimeError" in line
    assert "private words" not in line


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30), query=st.text(max_size=30), field=st.text(max_size=60))
def test_nothing_that_is_sent_makes_the_program_fall(app: Flask, path: str, query: str, field: str) -> None:  # [35]
    visitor = Browser(app, app.response_class, use_cookies=True)
    for start in ("/", "/profiles/", "/api/v1/profiles/", "/staff/invitation/"):
        assert visitor.get(start + path.replace("?", "").replace("#", ""), query_string={"q": query}).status_code < 500
    token = visitor.token_on("/staff/sign-in")
    sent = {"csrf_token": token, "email": field, "password": ""}
    assert visitor.post("/staff/sign-in", data=sent).status_code < 500
