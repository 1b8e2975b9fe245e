"""security.md 1, 3, 4, 7, 31: the exact headers of every address, of every error, for visitors and at the desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from campaign.accounts.permissions import Role
from campaign.settings import read
from campaign.web.limits import limiter
from tests import tables
from tests.cast import HOST, Browser, Cast
from tests.web.walking import Sample, a_sample, addresses

# Written out here and nowhere read from the code: these are the texts of security.md.
STAFF = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
    "script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)
PUBLIC = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
    "script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; media-src 'self'"
)
EMBEDDED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), "
    "usb=(), browsing-topics=()",
    "Strict-Transport-Security": "max-age=63072000",
}


def complaints(path: str, answer: TestResponse) -> list[str]:
    """Return what is wrong with the headers of an answer over https."""
    is_staff = path.startswith("/staff")
    expected = dict(ALWAYS)
    expected["Content-Security-Policy"] = DATA if answer.mimetype != "text/html" else STAFF if is_staff else PUBLIC
    expected["Cross-Origin-Resource-Policy"] = "cross-origin" if path.startswith("/api/") else "same-origin"
    if is_staff:
        expected["Cache-Control"] = "no-store"
    wrong = [f"{path}: {name} is {answer.headers.get(name)!r}" for name in expected if
             answer.headers.getlist(name) != [expected[name]]]  # fmt: skip
    return wrong + [f"{path} says Server" for name in ("Server", "X-Powered-By") if name in answer.headers]


@pytest.fixture
def sample(app: Flask) -> Iterator[Sample]:
    limiter.enabled = False
    yield a_sample(app)
    limiter.enabled = True


def test_every_address_carries_its_headers_for_a_visitor(app: Flask, sample: Sample) -> None:
    visitor, found = Browser(app, app.response_class, use_cookies=True), []
    statuses = []
    for _, path in addresses(app, sample):
        visitor.delete_cookie(app.config["SESSION_COOKIE_NAME"], domain="localhost")
        answer = visitor.get(path)
        statuses.append(answer.status_code)
        answer.close()
        found += complaints(path, answer)
        if not path.startswith("/staff") and "Set-Cookie" in answer.headers:
            found.append(f"{path} sets a cookie")
    assert found == []
    assert {200, 301, 302, 404, 410} <= set(statuses)


def test_every_address_carries_its_headers_for_who_is_signed_in(app: Flask, sample: Sample, cast: Cast) -> None:
    everybody = cast("Omni", *[role.value for role in Role])
    found, read_pages = [], 0
    for endpoint, path in addresses(app, sample):
        answer = everybody.get(path)
        read_pages += answer.status_code == 200 and path.startswith("/staff")
        answer.close()
        found += complaints(path, answer)
        if endpoint not in {"static", "font"} and answer.headers.get("Cache-Control") != "no-store":
            found.append(f"{path} may be kept by caches though it answers to a session")
    assert found == []
    assert read_pages > 25


def test_every_form_carries_its_headers_whatever_becomes_of_it(app: Flask, sample: Sample, cast: Cast) -> None:
    everybody = cast("Omni", *[role.value for role in Role])
    token, found = everybody.token_on("/staff/me"), []
    for _, path in addresses(app, sample, "POST"):
        found += complaints(path, everybody.post(path, data={"csrf_token": token}))
    assert found == []
    assert everybody.get("/staff/me").status_code == 200, "a form ended the session: walking.ENDING must name it"


def crash(_: str = "") -> Response:
    raise RuntimeError("planted")


def ask_too_often(client: FlaskClient) -> TestResponse:
    answers = [client.get(f"/profiles?q={number}") for number in range(301)]
    return answers[-1]


ERRORS: dict[str, tuple[int, str, Callable[[FlaskClient], TestResponse]]] = {
    "foreign host": (400, "/", lambda client: client.get("/", headers={"Host": "evil.example"})),
    "foreign host at the desk": (400, "/staff", lambda client: client.get("/staff/", headers={"Host": "evil.example"})),
    "NUL byte": (400, "/x", lambda client: client.get("/x%00y")),
    "no token": (400, "/staff", lambda client: client.post("/staff/sign-in", data={"email": "a"})),
    "no page": (404, "/nowhere", lambda client: client.get("/nowhere")),
    "no page at the desk": (404, "/staff", lambda client: client.get("/staff/nowhere")),
    # An address that no edge has is not answered by the partners' edge, and no other site may read it.
    "no data": (404, "/nowhere", lambda client: client.get("/api/v1/nowhere")),
    "wrong verb": (405, "/profiles", lambda client: client.post("/profiles")),
    "trace": (405, "/profiles", lambda client: client.open("/profiles", method="TRACE")),
    "ahead": (409, "/api/v1", lambda client: client.get("/api/v1/changes?since=99")),
    "too large": (413, "/staff", lambda client: client.post("/staff/sign-in", data={"email": "a" * 2_100_000})),
    "too long": (414, "/profiles", lambda client: client.get("/profiles?q=" + "a" * 5000)),
    "too often": (429, "/profiles", ask_too_often),
    "crash": (500, "/crash", lambda client: client.get("/crash")),
    "crash at the desk": (500, "/staff", lambda client: client.get("/staff/crash")),
    "full": (503, "/full", lambda client: client.get("/full")),
}


@pytest.fixture
def failing(home: Path) -> Iterator[FlaskClient]:
    """A visitor to a site over https where two addresses crash and one says that it can't now."""
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": HOST, "CAMPAIGN_SWEEP_SECONDS": "0"}))
    crash.__dict__["permission"] = "anyone"
    app.add_url_rule("/crash", "crash", crash)
    app.add_url_rule("/staff/crash", "staff_crash", crash)
    app.add_url_rule("/full", "full", lambda: abort(503))
    tables.create(app)
    limiter.reset()
    yield Browser(app, app.response_class, use_cookies=True)
    limiter.reset()
    tables.close(app)


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_carries_the_headers_of_its_zone(failing: FlaskClient, name: str) -> None:
    status, path, ask = ERRORS[name]
    answer = ask(failing)
    assert answer.status_code == status
    assert complaints(path, answer) == []
    assert (status != 429) or int(answer.headers["Retry-After"]) > 0


def test_strict_transport_is_promised_over_https_alone(app: Flask) -> None:
    answer = app.test_client().get("/about", base_url="http://localhost")
    assert "Strict-Transport-Security" not in answer.headers


def test_a_page_made_to_be_embedded_is_the_only_one_that_may_be(app: Flask) -> None:
    app.add_url_rule("/embed/x", "embedded", lambda: "<!doctype html>")
    answer = app.test_client().get("/embed/x")
    assert answer.headers["Content-Security-Policy"] == EMBEDDED
    assert "X-Frame-Options" not in answer.headers


def test_a_picture_is_served_as_a_picture_and_nothing_else(app: Flask, sample: Sample, cast: Cast) -> None:
    visitor = Browser(app, app.response_class, use_cookies=True)
    edo = cast("Edna", "editor")
    shown = visitor.get(f"/media/{sample.picture}.jpg")
    at_the_desk = edo.get(f"/staff/cases/{sample.public}/images/{sample.picture}")
    for answer in (shown, at_the_desk):
        answer.close()
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Content-Security-Policy"] == DATA
        assert answer.headers["Content-Disposition"] == f"inline; filename={sample.picture[:12]}.jpg"


@pytest.mark.parametrize(("kind", "mimetype"), [("csv", "text/csv"), ("json", "application/json")])
def test_an_export_is_a_file_to_keep_and_never_a_page(app: Flask, sample: Sample, kind: str, mimetype: str) -> None:
    answer = Browser(app, app.response_class, use_cookies=True).get(f"/api/v1/export.{kind}")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        mimetype,
        f'attachment; filename="profiles.{kind}"',
    )
    assert answer.headers["Content-Security-Policy"] == DATA
