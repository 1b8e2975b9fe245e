"""`flask doctor`: plain words, JSON for programs, silence and a status for timers; outside only when asked."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.doctor import files, outside
from campaign.outbound import NotAsked
from campaign.publishing import sweep
from campaign.settings import read
from tests import tables
from tests.web import processes


@pytest.fixture
def quiet(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A home that is well on a machine that is well."""
    monkeypatch.setattr(files, "VISITS", ())
    monkeypatch.setattr(files, "FULL_BYTES", 0)
    runner = app.test_cli_runner()
    for words in (["ledger", "reindex"], ["cases", "reindex"]):
        assert runner.invoke(args=words).exit_code == 0
    with app.app_context():
        sweep.sweep()
    return app


def test_a_timer_hears_nothing_of_a_home_that_is_well(quiet: Flask) -> None:
    ran = quiet.test_cli_runner().invoke(args=["doctor", "--quiet"])
    assert (ran.exit_code, ran.output) == (0, "")
    ran = quiet.test_cli_runner().invoke(args=["doctor"])
    assert ran.exit_code == 0
    assert "well    ledger: Nothing of the ledger was changed.\n" in ran.output
    assert "advice  people: " in ran.output
    assert ran.output.endswith("reaches nothing: no setting that opens a connection is given.\n")


def test_what_is_red_ends_with_status_1(quiet: Flask) -> None:
    quiet.extensions["settings"].home.chmod(0o777)
    ran = quiet.test_cli_runner().invoke(args=["doctor", "--quiet"])
    assert ran.exit_code == 1
    assert [line.partition(":")[0] for line in ran.output.splitlines()] == ["RED     modes"]
    told = json.loads(quiet.test_cli_runner().invoke(args=["doctor", "--json"]).output)
    assert told["is_well"] is False
    assert {"check", "wrong", "endangers", "to_do", "is_red"} == set(told["diagnoses"][0])


def test_a_process_of_the_public_edge_is_asked_for_its_own(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners"}))
    tables.create(app)
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "ledger: " in said
    for name in ("audit: ", "people: "):
        assert name not in said
    tables.close(app)


@pytest.fixture
def served(home: Path) -> Iterator[Flask]:
    """A home that a real server serves; the doctor asks it from this process."""
    port = processes.free_port()
    environment = processes.home_environment(home, port)
    app = create_app(read(environment))
    tables.create(app)
    with processes.serving(environment, port):
        yield app
    tables.close(app)


def test_the_site_is_asked_from_outside_when_somebody_says_so(served: Flask) -> None:
    with served.app_context(), pytest.raises(NotAsked, match="CAMPAIGN_ASK_OUTSIDE is not set"):
        outside.ask("http://127.0.0.1:9", "/")
    said = served.test_cli_runner().invoke(args=["doctor", "--outside"]).output
    assert "well    outside: The world is answered as it should be.\n" in said
    assert "reaches CAMPAIGN_ASK_OUTSIDE: Questions of a visitor" in said


class Careless(BaseHTTPRequestHandler):
    """A proxy that answers whoever asks for whatever, without a header of the program, and takes nothing large."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def do_POST(self) -> None:
        self.send_response(413)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def careless(app: Flask) -> Iterator[Flask]:
    """A home whose site is such a proxy."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        app.extensions["settings"] = replace(app.extensions["settings"], ask_outside=True, address=address)
        yield app
        server.shutdown()


def test_a_careless_proxy_is_found_in_each_of_its_faults(careless: Flask) -> None:
    address = careless.extensions["settings"].address
    with careless.app_context():
        found = [diagnosis.wrong.removeprefix(address) for diagnosis in outside.site()]
    for words in ("/ comes without the program's own content-security-policy", "/ names its server's version: BaseHTTP",
                  "/ comes uncompressed.", "/staff/sign-in comes without", " answers to any Host."):  # fmt: skip
        assert any(one.startswith(words) for one in found), words
    assert f"The proxy of {address} refuses 2 MB." in found


def hangs_up(asked: BaseHTTPRequestHandler) -> None:
    """Answer as nginx does whom it does not know."""


def says_nothing(asked: BaseHTTPRequestHandler) -> None:
    """Answer as Caddy does whom it does not know."""
    asked.send_response(200)
    asked.end_headers()


@pytest.mark.parametrize("answer", [hangs_up, says_nothing])
def test_a_proxy_that_shows_a_stranger_nothing_is_not_blamed(
    careless: Flask, monkeypatch: pytest.MonkeyPatch, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    known = Careless.do_GET
    monkeypatch.setattr(
        Careless, "do_GET", lambda asked: (answer if asked.headers["Host"] == outside.STRANGER else known)(asked)
    )
    with careless.app_context():
        found = [diagnosis.wrong for diagnosis in outside.site()]
    assert any("uncompressed" in one for one in found)
    assert not any("any Host" in one or "does not answer" in one for one in found)


def test_a_bare_name_of_the_proxy_is_no_fault(careless: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """nginx as shipped sends no more than that."""
    monkeypatch.setattr(Careless, "version_string", lambda _: "nginx")
    with careless.app_context():
        assert not any("names its server" in diagnosis.wrong for diagnosis in outside.site())


def test_an_address_that_nobody_serves_is_told(app: Flask) -> None:
    here = app.extensions["settings"]
    address = f"http://127.0.0.1:{processes.free_port()}"
    app.extensions["settings"] = replace(here, ask_outside=True, address=address)
    with app.app_context():
        (found,) = outside.site()
    assert found.wrong.startswith(f"{address} does not answer: ")
