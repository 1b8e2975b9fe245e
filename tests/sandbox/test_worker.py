"""The process that opens files from outside: what it has not, what it can't, and that the server goes on without it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from campaign import sandbox, sheets
from campaign.sandbox import Stopped, Worker
from campaign.sandbox import worker as worker_module
from campaign.sheets import Unreadable
from tests.web import processes
from tests.web.served_home import ServedHome

ROOT = Path(__file__).parents[2]
LIST = b"id,name\n1,Amina\n"


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A process of the test's own."""
    made = Worker()
    yield made
    made.stop()


def environment_of(pid: int) -> bytes:
    """Return what a process was given as environment; nothing where it is closed even to its owner."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except PermissionError:
        return b""


def test_it_has_no_environment_and_no_file_but_its_two_pipes(worker: Worker) -> None:
    os.environ["CAMPAIGN_MARKED"] = "a secret"
    try:
        other = Worker()
        pid = other.pid
    finally:
        del os.environ["CAMPAIGN_MARKED"]
    opened = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
    found = environment_of(pid)
    other.stop()
    assert found == b""
    assert sorted(name.partition(":")[0] for name in opened) == ["/dev/null", "pipe", "pipe"]


def test_it_carries_no_line_that_knows_keys_cases_or_databases() -> None:
    script = (
        "import sys; sys.path.insert(0, '.'); from importlib import import_module\n"
        "from campaign.sandbox.child import FUNCTIONS; [import_module(name) for name in FUNCTIONS.values()]\n"
        "print(*{name.split('.')[0] if name[:9] != 'campaign.' else name for name in sys.modules})"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert {name for name in loaded if name.startswith("campaign.")} <= {
        name for name in loaded if name.startswith(("campaign.sandbox", "campaign.sheets"))
    }
    assert loaded & {"flask", "sqlalchemy", "sqlite3", "cryptography", "socket"} == set()


REACHING = {
    "a file": "open('/etc/hostname')",
    "a new file": "os.open('/tmp/x', os.O_CREAT | os.O_WRONLY)",
    "a socket": "socket.socket()",
    "a process": "os.fork()",
    "a program": "os.execv('/bin/true', ['true'])",
    "a signal": "os.kill(os.getppid(), 9)",
    "the limits of others": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
}


@pytest.mark.parametrize("deed", REACHING.values(), ids=REACHING)
def test_once_closed_it_reaches_nothing_of_the_machine(deed: str) -> None:
    script = (
        "import os, resource, socket, sys; sys.path.insert(0, '.'); from campaign.sandbox.confine import confine\n"
        f"assert confine()\ntry:\n    {deed}\nexcept PermissionError:\n    os.write(1, b'refused')\nos._exit(0)"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert answer.stdout == b"refused"


def test_it_says_that_it_is_closed(worker: Worker) -> None:
    assert worker.pid
    assert worker.is_confined is True


def test_nothing_but_what_is_listed_can_be_called(worker: Worker) -> None:
    with pytest.raises(KeyError, match=r"os\.system"):
        worker.call("os.system", b"true")


def test_what_takes_too_much_memory_is_told_in_words_and_the_next_file_is_read() -> None:
    # One letter beyond the plane of the others makes every letter of the text four bytes wide.
    wide = "id,name\n" + ("1," + "x" * 120_000 + "\n") * 400 + "2,🙂\n"
    with pytest.raises(Unreadable, match="takes more memory than a list may"):
        sheets.read(wide.encode(), "wide.csv")
    assert sheets.read(LIST, "list.csv").sheet.rows == (("1", "Amina"),)


def test_what_takes_too_long_is_ended_and_the_next_file_is_read(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = worker.pid
    monkeypatch.setattr(worker_module, "MAX_WALL", 0.0)
    with pytest.raises(Stopped) as stopped:
        worker.call("sheet", LIST)
    assert stopped.value.reason in {"time", "crash"}
    monkeypatch.undo()
    processes.until(lambda: worker.pid != before, "another process", seconds=60)


def test_one_that_was_killed_is_there_again(worker: Worker) -> None:
    before = worker.pid
    os.kill(before, signal.SIGKILL)
    processes.until(lambda: worker.pid != before, "another process", seconds=60)
    assert worker.call("sheet", b"", b"\x91\xa1x")


def test_files_that_come_at_once_take_turns() -> None:
    read: dict[int, tuple[tuple[str, ...], ...]] = {}

    def one(number: int) -> None:
        read[number] = sheets.read(f"id,name\n{number},Amina\n".encode(), "list.csv").sheet.rows

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {number: ((str(number), "Amina"),) for number in range(8)}


def test_without_it_nothing_is_read() -> None:
    script = (
        "from campaign import sandbox, sheets\n"
        "try:\n    sheets.read(b'id,name', 'x')\nexcept sandbox.NotRunning as error: print(error)"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("No process for files from outside runs here")


def test_a_command_that_has_one_uses_it_and_leaves_it_running() -> None:
    outer = sandbox.start()
    with sandbox.running() as inner:
        assert inner is outer
    assert sheets.read(LIST, "list.csv").sheet.rows == (("1", "Amina"),)


def opened_by(process: int) -> Iterator[str]:
    """Yield what a process has open; a file that it closes meanwhile is left out."""
    for number in os.listdir(f"/proc/{process}/fd"):
        with suppress(FileNotFoundError):
            yield os.readlink(f"/proc/{process}/fd/{number}")


def test_a_server_has_one_without_its_settings_and_outlives_it(home: Path) -> None:
    made = ServedHome(home, public_count=0)
    with processes.serving(made.environment, made.port) as server:
        processes.until(lambda: children(server.pid), "the process for files", seconds=60)
        (child,) = children(server.pid)
        assert b"CAMPAIGN" not in environment_of(child)
        opened = list(opened_by(child))
        assert [name for name in opened if str(home) in name or "socket" in name] == []
        os.kill(child, signal.SIGKILL)
        assert processes.answers(made.port)
        processes.until(lambda: set(children(server.pid)) - {child}, "another process", seconds=60)
        (last,) = set(children(server.pid)) - {child}
    processes.until(lambda: not Path(f"/proc/{last}").exists(), "it to end with its server", seconds=60)


def children(pid: int | None) -> list[int]:
    """Return the processes that opened the program of the sandbox under a process."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"sandbox/child.py" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found
