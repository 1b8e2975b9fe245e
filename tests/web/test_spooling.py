"""An upload leaves nothing on a disk while it comes, and nothing beside what is kept: home and TMPDIR are searched."""

import http.client
import io
import os
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask, request

from campaign.web import marks
from tests.web import processes
from tests.web.served_home import ServedHome

MARK = b"MARKED-UPLOAD-7f3a"
FILE = MARK * 200_000  # 3.6 MB: more than any library keeps in memory by itself


def multipart(content: bytes) -> tuple[bytes, str]:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="list.xlsx"\r\n\r\n'
    return head + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def holding(folder: Path) -> list[Path]:
    """Return the files under a folder that hold the mark."""
    return [path for path in folder.rglob("*") if path.is_file() and MARK in path.read_bytes()]


def opened_in(pid: int | None, folder: Path) -> list[str]:
    """Return what a process has open in a folder, files that have no name any more too."""
    links = (Path(f"/proc/{pid}/fd") / number for number in os.listdir(f"/proc/{pid}/fd"))
    found = [os.readlink(link) for link in links if link.is_symlink()]
    return [name for name in found if name.startswith(str(folder))]


def test_a_real_server_writes_no_part_of_an_upload_to_a_disk(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    made = ServedHome(home, public_count=0)
    body, kind = multipart(FILE)
    with processes.serving(made.environment, made.port, _Spools(spool)) as server:
        with closing(http.client.HTTPConnection(processes.HOST, made.port, timeout=60)) as connection:
            connection.putrequest("POST", "/staff/sign-in")
            connection.putheader("Content-Type", kind)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            connection.send(body[:-100])
            # Another answer comes after the server has taken what was sent before.
            assert processes.answers(made.port)
            assert opened_in(server.pid, spool) == []
            assert (holding(spool), holding(home)) == ([], [])
            connection.send(body[-100:])
            assert connection.getresponse().status in {400, 413}
        assert opened_in(server.pid, spool) == []
        assert (holding(spool), holding(home)) == ([], [])


class _Spools:
    """What makes a server put its temporary files into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def __call__(self) -> None:
        tempfile.tempdir = self.folder


def test_a_form_is_taken_apart_without_a_temporary_file(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    body, kind = multipart(FILE)
    with app.test_request_context("/", method="POST", data=io.BytesIO(body), content_type=kind):
        request.max_content_length = len(body)
        assert isinstance(request, marks.StrictRequest)
        assert request.files["file"].read() == FILE
    assert not (tmp_path / "nowhere").exists()
