"""security.md 21, 40, 41: what a process refuses to start with, what it makes for itself, and what its errors show."""

import contextlib
import grp
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from campaign.keys import Keyring
from campaign.secret_files import is_in_memory
from campaign.settings import Unsafe, read
from tests import needs, tables
from tests.web import processes

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # noqa: S108
DISKS = (ROOT, Path.home(), Path("/var/tmp"))  # noqa: S108
Environment = dict[str, str]


@pytest.fixture(scope="module", autouse=True)
def _in_memory() -> Iterator[None]:
    """Temporary files in memory, as production asks for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(MEMORY))
        patch.setattr(tempfile, "tempdir", None)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home, and its keys elsewhere, as the command that makes homes leaves them in production."""
    folder = tmp_path_factory.mktemp("production")
    app = create_app(read(environment_in(folder)))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    tables.close(app)
    return folder


@pytest.fixture
def production(made: Path, tmp_path: Path) -> Environment:
    """The environment of a copy of it."""
    shutil.copytree(made, tmp_path / "copy")
    return environment_in(tmp_path / "copy")


def environment_in(folder: Path) -> Environment:
    return {
        "CAMPAIGN_HOME": str(folder / "home"),
        "CAMPAIGN_KEYS": str(folder / "elsewhere"),
        "CAMPAIGN_PRODUCTION": "1",
        "CAMPAIGN_ADDRESS": "https://names.example",
        "CAMPAIGN_HOSTS": "names.example",
        "CAMPAIGN_NAME": "Names That Are Kept",
        "CAMPAIGN_CONTACT": "mailto:desk@kept-names.cc",
    }


def test_what_a_first_run_makes_only_its_owner_reads(production: Environment) -> None:
    folders = (Path(production["CAMPAIGN_HOME"]) / "secrets", Path(production["CAMPAIGN_KEYS"]))
    found = {path.name: path.stat().st_mode & 0o777 for folder in folders for path in folder.iterdir()}
    assert set(found) >= {"session.key", "index.key", "content-0001.key"}
    assert set(found.values()) == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_process_with_a_weak_secret_ends_with_status_2(production: Environment) -> None:
    path = Path(production["CAMPAIGN_HOME"]) / "secrets" / "session.key"
    path.write_text("short")
    ended = typed(production, "serve", "--port", str(processes.free_port()))
    assert ended.returncode == 2
    assert ended.stderr.startswith("Not started: ")
    assert "weaker than 32 characters" in ended.stderr
    assert "short" not in ended.stderr


def typed(environment: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    """Return what became of `flask ...` in an environment."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("CAMPAIGN_")}
    command = [sys.executable, "-m", "flask", *words]
    return subprocess.run(
        command, cwd=ROOT, env={**given, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def test_all_that_keeps_a_process_from_starting_is_told_at_once(production: Environment) -> None:
    home, keys = Path(production["CAMPAIGN_HOME"]), Path(production["CAMPAIGN_KEYS"])
    (home / "secrets" / "session.key").write_text("a" * 64)
    (home / "campaign.sqlite").chmod(0o666)
    for path in (home, keys):
        path.chmod(0o777)
    wrong = {
        "TRUST_SHELL": "yes",
        "HOST": "names.example",
        "SWEEP_SECONDS": "often",
        "CONTACT": "mailto:me@example.org",
    }
    ended = typed({**production, **{f"CAMPAIGN_{name}": value for name, value in wrong.items()}}, "accounts", "list")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Not started: 8 things:\n- ")
    for words in ("TRUST_SHELL is 'yes'; it must be 0 or 1", "CAMPAIGN_HOST is no setting. Is CAMPAIGN_HOSTS meant?",
                  "must be a whole number", "an example", "session.key is weaker", f"chmod 0700 {keys}",
                  f"chmod 0600 {home / 'campaign.sqlite'}", f"{home} can be changed by everybody"):  # fmt: skip
        assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_temporary_files_on_a_disk_are_refused_with_all_else(production: Environment) -> None:
    folder = next((one for one in DISKS if not is_in_memory(one)), None) or needs.lacking("A folder on a disk")
    ended = typed({**production, "TMPDIR": str(folder), "CAMPAIGN_TRUST_SHELL": "1"}, "accounts", "list")
    assert ended.returncode == 2
    assert ended.stderr.startswith("Not started: 2 things:\n- ")
    assert f"TMPDIR, {folder}, lies on a disk" in ended.stderr
    assert "Name a folder in memory: TMPDIR=/dev/shm." in ended.stderr


CLOSED = ["home", "home/media", "home/secrets", "home/campaign.sqlite", "home/secrets/session.key", "elsewhere",
          "elsewhere/index.key"]  # fmt: skip


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o702])
@pytest.mark.parametrize("path", CLOSED)
def test_what_others_may_read_or_change_is_refused(production: Environment, path: str, mode: int) -> None:
    opened = Path(production["CAMPAIGN_HOME"]).parent / path
    opened.chmod(mode)
    refused(production, f"{opened} can be")


def test_a_named_group_reads_the_public_pictures_and_nobody_else_does(production: Environment, tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    shown.mkdir()
    shown.chmod(0o750)
    production["CAMPAIGN_MEDIA"] = str(shown)
    refused(production, f"{shown} can be read by its group")
    production["CAMPAIGN_PUBLIC_GROUP"] = grp.getgrgid(os.getegid()).gr_name
    assert read(production).production
    for mode in (0o770, 0o751, 0o754):
        shown.chmod(mode)
        refused(production, f"{shown} can be")
    shown.chmod(0o750)
    Path(production["CAMPAIGN_HOME"]).chmod(0o710)
    refused(production, f"{production['CAMPAIGN_HOME']} can be read by its group")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PUBLIC_GROUP": "no-group-of-this-name"}, "this machine has no group no-group-of-this-name"),
        ({"PUBLIC_GROUP": grp.getgrgid(os.getegid()).gr_name}, "lies inside CAMPAIGN_HOME"),
    ],
)
def test_a_group_that_could_not_read_is_told(production: Environment, settings: Environment, words: str) -> None:
    refused({**production, **{f"CAMPAIGN_{name}": value for name, value in settings.items()}}, words)


def test_whatever_a_first_run_writes_is_its_owners_alone(production: Environment, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "copy")
    environment = environment_in(tmp_path / "copy")
    assert typed(environment, "init").returncode == 0
    assert typed(environment, "ledger", "export", str(tmp_path / "copy" / "all.jsonl")).returncode == 0
    found = {path: path.stat().st_mode & 0o077 for path in (tmp_path / "copy").rglob("*")}
    assert {path.name for path in found} >= {"campaign.sqlite", "session.key", "media", "all.jsonl"}
    assert set(found.values()) == {0}


def test_a_home_that_was_left_open_is_closed_by_init(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home)}))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    for path in (home, home / "campaign.sqlite"):
        path.chmod(0o777)
    assert "2 files and folders of the home were open" in app.test_cli_runner().invoke(args=["init"]).output
    assert {path.stat().st_mode & 0o077 for path in (home, home / "campaign.sqlite")} == {0}
    tables.close(app)


def test_a_home_that_is_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    for home in ("home", "home/below"):
        ended = typed({"CAMPAIGN_HOME": str(tmp_path / home)}, "init")
        assert ended.returncode == 2
        assert ended.stderr.startswith("Not started: ")
        assert "Traceback" not in ended.stderr


def refused(environment: Environment, words: str) -> None:
    """Assert that a process would not start, and that its sentence says why."""
    with pytest.raises(Unsafe, match=words):
        create_app(read(environment))


def test_keys_that_others_can_guess_or_read_are_refused(production: Environment) -> None:
    index = Path(production["CAMPAIGN_KEYS"]) / "index.key"
    kept = index.read_text()
    index.write_text("1234")
    refused(production, "weaker than 32 characters")
    index.write_text(kept)
    index.chmod(0o644)
    refused(production, "can be read by everybody")


@pytest.mark.parametrize("name", ["index.key", "content-0001.key"])
def test_a_home_without_the_keys_it_was_made_with_is_refused(production: Environment, name: str) -> None:
    (Path(production["CAMPAIGN_KEYS"]) / name).unlink()
    refused(production, "lacks this home's keys")


def test_the_oldest_key_may_go_once_another_seals(production: Environment) -> None:
    keys = Keyring(Path(production["CAMPAIGN_KEYS"]))
    keys.add_key()
    (keys.folder / "content-0001.key").unlink()
    assert read(production).production


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TRUST_SHELL", "1", "TRUST_SHELL=1 is refused"),
        ("KEYS", "", "lies inside CAMPAIGN_HOME"),
        ("ADDRESS", "http://names.example", "must begin with https"),
        ("HOSTS", "other.example", "does not name the host"),
        ("HOSTS", "", "must name the hosts"),
        ("HOSTS", "*", "must name the hosts"),
        ("NAME", "Kept Names", "CAMPAIGN_NAME is not set"),
        ("TIMEZONE", "Mars/Olympus", "must be a zone"),
        ("EDGES", "palace", "CAMPAIGN_EDGES names"),
        ("SWEEP_SECONDS", "often", "must be a whole number"),
    ],
)
def test_what_would_endanger_people_is_refused_by_name(
    production: Environment, name: str, value: str, words: str
) -> None:
    refused({**production, f"CAMPAIGN_{name}": value}, words)


def test_a_demonstration_never_becomes_a_real_home(production: Environment) -> None:
    (Path(production["CAMPAIGN_HOME"]) / "DEMONSTRATION").touch()
    refused(production, "is a demonstration")


def test_a_fresh_home_has_nobody_in_it(production: Environment) -> None:
    app = create_app(read(production))
    assert "0 accounts." in app.test_cli_runner().invoke(args=["accounts", "list"]).stderr
    tables.close(app)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real server whose environment asks for Flask's debugger."""
    port = processes.free_port()
    environment = processes.home_environment(tmp_path_factory.mktemp("broken") / "home", port)
    app = create_app(read(environment))
    tables.create(app)
    tables.close(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLASK_DEBUG", "1")
        with processes.serving(environment, port, break_the_home_page):
            yield port


def break_the_home_page() -> None:
    """Let the home page crash, in the process that serves."""
    from campaign.ledger import browse

    def crash(count: int) -> list[object]:
        raise RuntimeError("the secret cause")

    browse.latest = crash


def test_a_crash_of_a_real_server_shows_nothing_of_its_cause(port: int) -> None:
    status, headers, page = processes.ask(port, "/")
    assert (status, "server" in headers) == (500, False)
    for word in ("secret cause", "Traceback", "RuntimeError", "werkzeug", "Flask", "waitress", "/campaign/", "Python"):
        assert word not in page, word
    assert processes.ask(port, "/console")[0] == 404
    assert processes.ask(port, "/?__debugger__=yes&cmd=resource&f=style.css")[0] == 500


RUBBISH = {
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a version that is none": b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    "half a line": b"GET /\r\n\r\n",
    "an endless line": b"A" * 300_000 + b"\r\n\r\n",
    "a foreign host": b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
}


@pytest.mark.parametrize("name", RUBBISH)
def test_whatever_is_said_to_the_socket_no_answer_names_the_server(port: int, name: str) -> None:
    answer = said_to(port, RUBBISH[name])
    assert b" 200 " not in answer.partition(b"\r\n")[0]
    for word in (b"server:", b"waitress", b"python", b"werkzeug"):
        assert word not in answer.lower(), (word, answer[:500])
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert not answer or (
        b"x-content-type-options: nosniff" in head and b"content-security-policy: default-src 'none'" in head
    )


def said_to(port: int, words: bytes) -> bytes:
    """Return all that a server says to some bytes before it hangs up."""
    answer = b""
    with socket.create_connection((processes.HOST, port), timeout=20) as sock, contextlib.suppress(ConnectionError):
        sock.sendall(words)
        sock.shutdown(socket.SHUT_WR)
        while part := sock.recv(65_536):
            answer += part
    return answer


NO_HOSTS = [
    "https://desk.example.org",
    "desk.example.org:8443",
    "Desk.example.org",
    "desk/staff",
    "me@desk",
    "a b",
    "стол.рф",
]


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_no_host_alone_is_not_taken_for_that_of_the_desk(production: Environment, host: str) -> None:
    refused({**production, "CAMPAIGN_STAFF_HOST": host}, "a host alone")


def test_the_host_of_the_desk_is_one_of_those_that_are_answered_for(production: Environment) -> None:
    refused({**production, "CAMPAIGN_STAFF_HOST": "desk.example.org"}, "does not name CAMPAIGN_STAFF_HOST")
    hosts = f"{production['CAMPAIGN_HOSTS']},desk.example.org"
    given = read({**production, "CAMPAIGN_STAFF_HOST": "desk.example.org", "CAMPAIGN_HOSTS": hosts})
    assert (given.desk_address, given.has_passkeys) == ("https://desk.example.org", True)


ADDRESSES = {
    "http://127.0.0.1:5000": ("127.0.0.1", False),
    "http://localhost:5000": ("localhost", True),
    "https://names.example.org": ("names.example.org", True),
    "http://names.example.org": ("names.example.org", False),
    "https://192.0.2.7": ("192.0.2.7", False),
    "https://[2001:db8::1]:8443": ("2001:db8::1", False),
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_passkeys_are_for_the_host_of_the_address_where_it_has_a_name_and_is_safe(home: Path, address: str) -> None:
    given = read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": address})
    assert (given.desk_host, given.has_passkeys) == ADDRESSES[address]
    assert given.desk_address == address
