"""`flask serve --edge public`: granian, two workers, the same site as by any other server, and nothing confidential."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.commands import serve
from campaign.settings import read
from tests import tables
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw
from tests.web import processes
from tests.web.telling import serving_public, told_by

PATH = f"/profiles/{a_profile().slug}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, int]]:
    """A home with one public person, served; an application on the same home, and the port."""
    port = processes.free_port()
    environment = processes.home_environment(
        tmp_path_factory.mktemp("served") / "home", port, ADDRESS="https://127.0.0.1", VISITOR_RATE="9000 per minute"
    )
    app = create_app(read({**environment, "CAMPAIGN_EDGES": "public,partners"}))
    tables.create(app)
    publish(app, a_profile())
    with serving_public(environment, port):
        yield app, port
    tables.close(app)


def workers(port: int) -> dict[int, set[str]]:
    """Return the modules of each of the two workers, by the number of its process."""
    found: dict[int, set[str]] = {}

    def ask() -> bool:
        with suppress(OSError):  # one that was killed has taken its visitors along
            told = told_by(port)
            found[int(str(told["pid"]))] = set(map(str, told["modules"]))  # type: ignore[call-overload]
        return len(found) == 2

    processes.until(ask, "both workers to answer", seconds=60)
    return found


def test_a_worker_knows_the_lists_before_anybody_asks_for_one(site: tuple[Flask, int]) -> None:
    assert told_by(site[1])["knows_lists"] is True


def test_it_answers_with_the_headers_of_the_program_and_names_no_server(site: tuple[Flask, int]) -> None:
    app, port = site
    for path in (PATH, "/", "/api/v1/profiles/FXD-40718", "/nowhere", "/static/site.css"):
        by_flask = app.test_client().get(path, base_url="https://127.0.0.1")
        for _ in range(2):
            status, headers, _ = processes.ask(port, path)
            assert (status, headers.pop("server", "")) == (by_flask.status_code, "")
            expected = {name.lower(): value for name, value in by_flask.headers}
            # The server lives today, the suite on a day of its own: what is said of it has another length.
            of_the_day = {name: "" for name in ("date", "content-length", "etag") if name in headers}
            assert headers | of_the_day == expected | of_the_day, path


def test_who_asks_for_the_headers_alone_is_told_no_more(site: tuple[Flask, int]) -> None:
    _, port = site
    whole, head = processes.ask(port, PATH), processes.ask(port, PATH, method="HEAD")
    assert (head[0], head[2]) == (200, "")
    assert head[1] | {"date": ""} == whole[1] | {"date": ""}
    again = processes.ask(port, PATH, If_None_Match=whole[1]["etag"])
    assert (again[0], again[2]) == (304, "")


def test_no_worker_ever_loads_a_confidential_room(site: tuple[Flask, int]) -> None:
    app, port = site
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<slug>", "FXD-40718").replace("<ref>", "FXD-40718").replace("<digest>", "a" * 64)
        assert processes.ask(port, path.replace("<path:name>", "x").replace("<name>", "x"))[0] < 500, path
    rooms = ("accounts", "audit", "cases", "demo", "duplicates", "imports", "publishing", "staff")
    for modules in workers(port).values():
        assert "campaign.public.profiles" in modules
        assert not [name for name in modules if name.startswith(tuple(f"campaign.{room}" for room in rooms))]
    assert processes.ask(port, "/staff/sign-in")[0] == 404


def test_a_withdrawal_is_seen_by_the_next_request_in_every_worker(site: tuple[Flask, int]) -> None:
    app, port = site
    person = a_profile(ref="FXD-40777", name="Serik Pattern")
    publish(app, person)
    path = f"/profiles/{person.slug}"
    workers(port)
    assert {processes.ask(port, path)[0] for _ in range(20)} == {200}
    withdraw(app, "FXD-40777")
    assert {processes.ask(port, path)[0] for _ in range(20)} == {410}


def test_a_worker_that_is_killed_comes_back(site: tuple[Flask, int]) -> None:
    _, port = site
    killed = min(workers(port))
    os.kill(killed, signal.SIGKILL)
    processes.until(lambda: killed not in workers(port), "another worker", seconds=60)
    assert processes.ask(port, PATH)[0] == 200


def test_a_port_that_is_used_is_a_sentence(home: Path) -> None:
    made = create_app(read({"CAMPAIGN_HOME": str(home)}))
    tables.create(made)
    tables.close(made)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}
        for edge in ("public", "staff"):
            command = [sys.executable, "-m", "flask", "serve", "--edge", edge, "--port", port]
            said = subprocess.run(
                command, cwd=processes.ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
            )
            assert (said.returncode, "Traceback" in said.stderr) == (1, False)
            assert f"Port {port} is used by another program." in said.stderr


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["0", "65536", "99999", "http"])
def test_a_port_that_no_machine_has_is_a_sentence(home: Path, command: str, port: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "flask", command, "--port", port], cwd=processes.ROOT,
        env={**os.environ, "CAMPAIGN_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (said.returncode, "Traceback" in said.stderr) == (2, False)
    assert "Invalid value for '--port'" in said.stderr


def test_what_is_asked_for_by_an_option_is_what_the_process_serves(home: Path) -> None:
    ask = "from app import create_app; print(sorted(create_app().extensions['settings'].edges))"
    for options, edges in (
        (["--edge", "public"], "['partners', 'public']"),
        (["--edge=staff", "--port", "1"], "['staff']"),
        ([], "['partners', 'public', 'staff']"),
    ):
        command = [sys.executable, "-c", f"import sys; sys.argv = ['flask', 'serve', *{options!r}]; {ask}"]
        environment = {**os.environ, "CAMPAIGN_HOME": str(home), "FLASK_RUN_FROM_CLI": "true"}
        said = subprocess.run(command, cwd=processes.ROOT, env=environment, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == edges


def test_a_site_waits_for_the_file_that_the_desk_opens(tmp_path: Path) -> None:
    given = {"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_EDGES": "public,partners"}
    file = tmp_path / "later" / "public.sqlite"
    app = create_app(read({**given, "CAMPAIGN_DATABASE_URL": f"sqlite:///{file}"}))

    def wait() -> None:
        with app.app_context():
            serve.wait_for_the_desk()

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    file.parent.mkdir()
    tables.create(app)
    waiting.join(20)
    assert not waiting.is_alive()
    tables.close(app)
