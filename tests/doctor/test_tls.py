"""What `flask doctor --outside` says of a site with TLS: a real one on loopback, certified by an authority of its own.

Certificates are judged by OpenSSL, which asks the machine's clock; so these tests run at the machine's own instant.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from campaign.doctor import outside
from campaign.settings import read
from tests import tables
from tests.doctor.certificates import LONG, Authority
from tests.web import processes

Site = Callable[..., list[str]]
SOON = timedelta(days=5)


class Silent(WSGIRequestHandler):
    """A handler that writes no log, and names no server."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def told_of(home: Path) -> Iterator[Site]:
    """Serves the program with a certificate at https://localhost; returns what the doctor says is wrong."""
    with ExitStack() as running:
        yield lambda certificate: running.enter_context(_asked(home, certificate))


@contextmanager
def _asked(home: Path, certificate: Path) -> Iterator[list[str]]:
    port = processes.free_port()
    app: Flask = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": f"https://localhost:{port}"}))
    tables.create(app)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = make_server("localhost", port, app, threaded=True, request_handler=Silent, ssl_context=context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.extensions["settings"] = replace(app.extensions["settings"], ask_outside=True)
    with app.app_context():
        found = [one.wrong.replace(f":{port}", "") for one in outside.site() if one.is_red]
    yield found
    server.shutdown()
    tables.close(app)


def test_a_site_with_a_good_certificate_is_well(authority: Authority, told_of: Site) -> None:
    assert told_of(authority.certify("localhost", LONG)) == []


def test_a_certificate_that_ends_soon_is_told_with_its_day(
    authority: Authority, told_of: Site, moment: datetime
) -> None:
    ends = moment + SOON
    expected = f"The certificate of https://localhost ends on {ends:%d %b %Y}."
    assert told_of(authority.certify("localhost", SOON)) == [expected]


@pytest.mark.parametrize(
    ("host", "lasts", "words"),
    [("localhost", -timedelta(days=1), "certificate has expired"), ("names.invalid", LONG, "Hostname mismatch")],
)
def test_a_certificate_that_no_browser_takes_is_told_as_no_answer(
    authority: Authority, told_of: Site, host: str, lasts: timedelta, words: str
) -> None:
    (wrong,) = told_of(authority.certify(host, lasts))
    assert wrong.startswith("https://localhost does not answer: ")
    assert words in wrong


def test_a_certificate_of_an_unknown_authority_is_told(tmp_path: Path, moment: datetime, told_of: Site) -> None:
    (wrong,) = told_of(Authority(tmp_path, moment).certify("localhost", LONG))
    assert "certificate verify failed" in wrong
