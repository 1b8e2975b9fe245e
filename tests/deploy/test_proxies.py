"""The shipped files of Caddy and nginx before a real server: what is too large is told so, and so is a closed door."""

import getpass
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import needs
from tests.deploy.conftest import ROOT
from tests.doctor.certificates import LONG, Authority
from tests.web import processes

SITE, DESK = "names.example", "desk.names.example"
LONGER = 10_000_000  # a body of so many bytes is announced alone: whoever refuses it need not read it
Asked = Callable[[str, int], int]


class Taking(BaseHTTPRequestHandler):
    """Takes whatever comes."""

    def do_POST(self) -> None:
        """Read the body, answer 200."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def behind() -> Iterator[int]:
    """The port of a server that takes whatever comes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def caddy(folder: Path, port: int, upstream: int) -> list[str | Path]:
    """Return the command that runs the shipped file of Caddy on another port, with certificates of its own."""
    program = shutil.which("caddy") or needs.lacking("Caddy")
    moved = f"admin off\n\thttp_port {processes.free_port()}\n\thttps_port {port}\n\tskip_install_trust\n"
    text = (ROOT / "deploy/Caddyfile").read_text().replace("admin off\n", moved, 1).replace("#tls", "tls")
    text = re.sub(r"127\.0\.0\.1:500[01]", f"127.0.0.1:{upstream}", text)
    text = text.replace("/var/lib/byname/door", f"{folder}/door")
    (folder / "Caddyfile").write_text(text)
    return [program, "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]


def nginx(folder: Path, port: int, upstream: int) -> list[str | Path]:
    """Return the command that runs the shipped file of nginx on another port, with a certificate of this test's."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or needs.lacking("nginx")
    pem = Authority(folder, datetime.now(UTC)).certify(SITE, LONG)
    text = (ROOT / "deploy/nginx.conf").read_text()
    for old, new in (
        (r"/etc/letsencrypt/live/names\.example/\w+\.pem", str(pem)),
        (r"/run/nginx\.pid|/var/log/nginx/error\.log", str(folder / "nginx.log")),
        (r"/var/lib/byname/door", f"{folder}/door"),
        (r"127\.0\.0\.1:500[01]", f"127.0.0.1:{upstream}"),
        (r"listen \[::\].*\n", "\n"),
        (r"listen 443", f"listen 127.0.0.1:{port}"),
        (r"listen 80", f"listen 127.0.0.1:{processes.free_port()}"),
        (r"user www-data", f"user {getpass.getuser()}"),  # the folders of tests are their owner's alone
        (r"^events", "daemon off;\nevents"),
    ):
        text = re.sub(old, new, text, flags=re.MULTILINE)
    (folder / "nginx.conf").write_text(text)
    return [program, "-c", folder / "nginx.conf"]


def status_of(port: int, host: str, size: int) -> int:
    """Return what a body of so many bytes is answered with, 0 for nothing."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    asking = f"POST /x HTTP/1.1\r\nHost: {host}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=30) as plain,
        context.wrap_socket(plain, server_hostname=host) as spoken,
    ):
        spoken.sendall(asking.encode())
        with suppress(OSError):
            spoken.sendall(b"x" * (size if size < LONGER else 0))
        return int((spoken.recv(100).split() or [b"", b"0"])[1])
    return 0


@pytest.fixture(params=[caddy, nginx])
def asked(request: pytest.FixtureRequest, tmp_path: Path, behind: int) -> Iterator[Asked]:
    """Sends a body of so many bytes to a host through the proxy; returns the status."""
    port = processes.free_port()
    (tmp_path / "door").mkdir()
    tmp_path.chmod(0o755)
    command = request.param(tmp_path, port, behind)
    home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    with (tmp_path / "said").open("wb") as said, subprocess.Popen(command, env=home, stdout=said, stderr=said) as proxy:
        for host in (SITE, DESK):
            processes.until(partial(status_of, port, host, 1), "the proxy to answer", seconds=60)
        yield partial(status_of, port)
        proxy.terminate()


def test_what_is_too_large_is_told_so_and_all_else_passes(asked: Asked) -> None:
    sizes = (1_999_999, 3_000_000, 70_000_000)
    assert [asked(SITE, size) for size in sizes] == [200, 413, 413]
    assert [asked(DESK, size) for size in (*sizes, 1_000_000_000)] == [200, 200, 413, 413]


def test_while_the_door_is_closed_everybody_is_told_to_come_again(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "door" / "closed").touch()
    assert [asked(host, 10) for host in (SITE, DESK)] == [503, 503]
