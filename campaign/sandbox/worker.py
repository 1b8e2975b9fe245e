"""The process that opens strangers' files, as its owner sees it: started once, asked one thing at a time, restarted.

It is started with the server or by a command, never by a request, as a fresh interpreter: a fork would carry the keys.
"""

import logging
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import IO

from campaign.sandbox.child import DONE, MEMORY, SIZES, UNKNOWN

CHILD = Path(__file__).with_name("child.py")
MAX_CPU = 8  # seconds of processor time for one file
MAX_WALL = 30.0  # seconds, on a machine that has more to do
READY = 30.0  # seconds until it must have started
AGAIN = 1.0  # seconds before it is started again, so that one that can't start does not keep the machine busy
OPEN = (
    "This machine does not let a process be closed off (seccomp): files from outside are opened without keys, database "
    "and environment, but what opens them could reach files and the network."
)


class NotRunning(RuntimeError):
    """No process for strangers' files was started here: the server starts it, and each command its own."""


class Stopped(Exception):
    """A file was not opened: `reason` is "time", "memory" or "crash"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason


class Worker:
    """One process apart, kept running by a thread of its own; `call` may be used by any thread."""

    def __init__(self) -> None:
        self.is_confined: bool | None = None
        self._turn = threading.Lock()
        self._ready = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = threading.Event()
        self._is_failing = False  # the last one did not start: nobody need wait for the next
        self._keeper = threading.Thread(target=self._keep, name="sandbox", daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int:
        """The id of the process, once it has started."""
        return self._running().pid

    def call(self, name: str, content: bytes, arguments: bytes = b"") -> bytes:
        """Return what a function of child.FUNCTIONS makes of some bytes. Others wait their turn. Raises Stopped."""
        with self._turn:
            process = self._running()
            self._limit_time(process)
            try:
                how, answer = self._asked(process, name.encode(), arguments, content)
            except (OSError, EOFError, ValueError) as error:  # ValueError: it ended, and its pipes are closed already
                raise Stopped(_why(process), str(process.returncode)) from error
        if how == UNKNOWN:
            raise KeyError(name)
        if how != DONE:
            # The kind of the error alone: its words may quote the file.
            logging.getLogger(__name__).warning(
                "A file from outside was not opened: %s", answer.decode("ascii", "replace")
            )
            raise Stopped("memory" if how == MEMORY else "crash", answer.decode("ascii", "replace"))
        return answer

    def stop(self) -> None:
        """End the process and the thread that keeps it."""
        self._is_over.set()
        with self._ready:
            if self._process is not None:
                self._process.kill()
        self._keeper.join()

    def _keep(self) -> None:
        """Keep a process running until told to stop."""
        while not self._is_over.is_set():
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
            )
            with process:
                assert process.stdout is not None
                is_ready = bool(select.select([process.stdout], [], [], READY)[0])
                first = os.read(process.stdout.fileno(), 1) if is_ready else b""
                if first:
                    with self._ready:
                        self.is_confined = first == b"1"
                        self._process, self._is_failing = process, False
                        self._ready.notify_all()
                    if first != b"1":
                        logging.getLogger(__name__).warning(OPEN)
                    if self._is_over.is_set():
                        process.kill()
                    process.wait()
                    with self._ready:
                        self._process = None
                else:
                    process.kill()
                    with self._ready:
                        self._is_failing = True
                        self._ready.notify_all()
            if not first and not self._is_over.wait(AGAIN):
                logging.getLogger(__name__).error("The process that opens files from outside does not start.")

    def _running(self) -> subprocess.Popen[bytes]:
        with self._ready:
            self._ready.wait_for(lambda: self._is_failing or self._is_alive(), READY)
            if self._process is None or not self._is_alive():
                raise Stopped("crash", "the process for files from outside does not start")
            return self._process

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _limit_time(self, process: subprocess.Popen[bytes]) -> None:
        """Let the process have MAX_CPU seconds more than it has used."""
        with suppress(OSError, AttributeError):  # a system without /proc: the clock alone ends it
            most = int(cpu_seconds(process.pid)) + MAX_CPU
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))

    def _asked(self, process: subprocess.Popen[bytes], *parts: bytes) -> tuple[bytes, bytes]:
        assert process.stdin is not None
        assert process.stdout is not None
        until = monotonic() + MAX_WALL
        process.stdin.write(SIZES.pack(*map(len, parts)) + parts[0] + parts[1])
        process.stdin.write(parts[2])
        process.stdin.flush()
        head = _exactly(process.stdout, 5, until)
        return head[:1], _exactly(process.stdout, struct.unpack(">I", head[1:])[0], until)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _exactly(pipe: IO[bytes], size: int, until: float) -> bytes:
    """Return so many bytes of a pipe. Raises EOFError where it ends before, or the time is over."""
    parts = []
    while size:
        if not select.select([pipe], [], [], max(0.0, until - monotonic()))[0]:
            raise EOFError("the time is over")
        part = os.read(pipe.fileno(), min(size, 1 << 20))
        if not part:
            raise EOFError("the process has ended")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _why(process: subprocess.Popen[bytes]) -> str:
    """End a process that gave no answer, and return why it gave none."""
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "time"
    return "time" if process.returncode == -signal.SIGXCPU else "crash"


_here: list[Worker] = []


def start() -> Worker:
    """Start the process for strangers' files of this server or command, unless it runs."""
    if not _here:
        _here.append(Worker())
    return _here[0]


def stop() -> None:
    """End the process that `start` started."""
    while _here:
        _here.pop().stop()


@contextmanager
def running() -> Iterator[Worker]:
    """Have the process for the time of a block; one that runs already is used, and goes on."""
    is_new = not _here
    worker = start()
    try:
        yield worker
    finally:
        if is_new:
            stop()


def call(name: str, content: bytes, arguments: bytes = b"") -> bytes:
    """Return what the process apart makes of a stranger's bytes, see Worker.call. Raises NotRunning, Stopped."""
    if not _here:
        raise NotRunning("No process for files from outside runs here: use `with sandbox.running()`.")
    return _here[0].call(name, content, arguments)
