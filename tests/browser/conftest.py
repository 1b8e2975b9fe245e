"""A real browser before a real server on loopback: every page that a visitor, or somebody signing in, may meet.

Without Chromium these tests are skipped at home and fail where CI is set: nobody merges what no browser has seen.
"""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page
from werkzeug.serving import BaseWSGIServer, make_server

from app import create_app
from campaign.media.stores import public_store
from campaign.settings import read
from tests import tables
from tests.browser.demonstration import Demonstration, running
from tests.ledger.samples import a_profile
from tests.public.people import a_rich_person, publish, withdraw


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with people on it: FXD-40718 with everything, FXD-40720 withdrawn."""
    home = tmp_path_factory.mktemp("browser")
    server, app = serving(home)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    tables.close(app)


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A tab of somebody who has never been here: no cookie, nothing kept."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def demonstration(
    browser: Browser, seeded_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """The invented campaign with its desk, and everybody at it."""
    home = shutil.copytree(seeded_home, tmp_path_factory.mktemp("demonstration") / "home")
    with running(home, browser) as desk:
        yield desk


def serving(home: Path) -> tuple[BaseWSGIServer, Flask]:
    """Return a server that listens, not yet answering, and its application with people in it."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}
    app = create_app(read(environment))
    tables.create(app)
    words = "He taught songs to children, and wrote down those of the old people in the valley."
    publish(app, a_rich_person(words, with_picture=True))
    publish(app, *(a_profile(ref=f"FXD-{number}", name=f"Serik Pattern {number}") for number in range(40719, 40750)))
    withdraw(app, "FXD-40720")
    draw(app)
    return make_server("127.0.0.1", 0, app, threaded=True), app


def draw(app: Flask) -> None:
    """Put a plain picture where the published profile says one is."""
    with app.app_context():
        for letter in "ab":
            path = public_store().path(letter * 64)
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (320, 400), "#445").save(path, "JPEG")
