"""The examples of /data: each is copied from the page as a reader sees it, run, and gives what its sentence says."""

import html
import json
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app import create_app
from campaign.settings import read
from tests import tables
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw


@pytest.fixture
def site(home: Path) -> Iterator[tuple[Flask, str]]:
    """A server with both public edges, two people on it and one who was withdrawn; its address."""
    server = make_server("127.0.0.1", 0, Flask("nobody"), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    app = create_app(
        read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": address, "CAMPAIGN_EDGES": "public,partners"})
    )
    tables.create(app)
    publish(app, a_profile(), a_profile(ref="FXD-40719"), a_profile(ref="FXD-40720"))
    withdraw(app, "FXD-40719")
    server.app = app
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield app, address
    server.shutdown()
    thread.join()
    server.server_close()
    tables.close(app)


def on_the_page(app: Flask) -> dict[str, str]:
    """Return the examples by their titles, as they stand on the page."""
    page = app.test_client().get("/data").text
    found = re.findall(r"<h2[^>]*>([^<]+)</h2>\s*<div[^>]*><p>[^<]*</p><pre[^>]*><code>(.*?)</code>", page, re.DOTALL)
    return {title: html.unescape(lines) for title, lines in found}


def test_every_address_on_the_page_answers(site: tuple[Flask, str]) -> None:
    app, address = site
    shown = on_the_page(app)
    assert len(shown) == 6
    urls = [url for lines in shown.values() for url in re.findall(rf"{address}[^\s'\"]*", lines)]
    assert len(urls) == 6
    for url in urls:
        assert (
            app.test_client().get((f"{url}0" if url.endswith("=") else url).removeprefix(address)).status_code == 200
        ), url


def test_one_person_is_somebody_who_is_public(site: tuple[Flask, str]) -> None:
    app, address = site
    url = shlex.split(on_the_page(app)["One person"])[-1]
    assert app.test_client().get(url.removeprefix(address)).get_json()["ref"] in {"FXD-40718", "FXD-40720"}


def test_the_table_has_a_line_for_each(site: tuple[Flask, str]) -> None:
    app, address = site
    url = shlex.split(on_the_page(app)["A table"])[-1]
    assert len(app.test_client().get(url.removeprefix(address)).text.strip().splitlines()) == 3


@pytest.mark.parametrize(
    ("title", "said"),
    [("A count", "2 disappeared\n"), ("A copy that stays true", "2 people; ask again from 4&ledger_id=\n")],
)
def test_what_is_pasted_into_a_terminal_works(site: tuple[Flask, str], title: str, said: str) -> None:
    app, _ = site
    done = subprocess.run(["bash", "-c", on_the_page(app)[title]], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, said), done.stderr


def test_the_schema_that_is_named_is_there(site: tuple[Flask, str]) -> None:
    app, address = site
    page = app.test_client().get("/data").text
    for path in ("/api/v1/schema/profile-2.json", "/api/v1/openapi.json"):
        assert f'href="{address}{path}"' in page
        assert json.loads(app.test_client().get(path).data)


def test_the_page_of_nobody_still_has_examples(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public", "CAMPAIGN_REF_PREFIX": "FXD"}))
    tables.create(app)
    assert "profiles/FXD-00000" in on_the_page(app)["One person"]
    tables.close(app)
