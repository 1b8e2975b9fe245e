"""security.md 29, 30, 31: a picture on its whole way, from the form at the desk to the page of the world."""

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign.accounts.models import Account
from campaign.cases.file import Image
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.database import db
from campaign.publishing import door
from campaign.staff.images import MOST_PICTURES
from tests.cast import Cast, Member
from tests.media.pictures import SECRET, bomb, drawn, encoded, telling

REFUSED = {
    "nothing": b"",
    "a bomb": bomb(),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "GIF": encoded(drawn(20, 20, "P"), "GIF"),
    "half a JPEG": encoded(drawn(), "JPEG")[:1500],
    "a page that calls itself JPEG": b"\xff\xd8\xff<html><script>alert(1)</script>",
    "a JPEG with a ZIP after it": encoded(drawn(), "JPEG") + b"PK\x05\x06" + b"\0" * 18,
}


@pytest.fixture
def edna(cast: Cast) -> Member:
    return cast("Edna", "editor")


@pytest.fixture
def ref(edna: Member) -> str:
    """The reference of a case without pictures."""
    return edna.posts("/staff/cases/new", {"name": "Somebody", "reason": "Told"}).location.split("/")[3]


@pytest.fixture
def send(edna: Member, ref: str) -> Callable[..., TestResponse]:
    """Send a picture to the case, under whatever name."""

    def sent(content: bytes, name: str = "a.jpg") -> TestResponse:
        return edna.posts(f"/staff/cases/{ref}/images", {"picture": (io.BytesIO(content), name)})

    return sent


def files_of(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / "media").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_and_leaves_no_file(
    send: Callable[..., TestResponse], home: Path, name: str
) -> None:
    answer = send(REFUSED[name])
    assert answer.status_code == 422
    assert files_of(home) == {}


def test_what_is_too_large_is_refused_before_it_is_read(edna: Member, ref: str, home: Path) -> None:
    token = edna.token_on("/staff/me").encode()
    field = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token
    file = b'\r\n--x\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n\xff\xd8\xff'
    body = field + file + b"\0" * 15_200_000 + b"\r\n--x--\r\n"
    answer = edna.post(f"/staff/cases/{ref}/images", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert files_of(home) == {}


@pytest.mark.parametrize("name", ["../../evil.jpg", "a\x00.jpg", "..\\x.jpg", "portrait of nurlan.jpg", "a.php"])
def test_no_file_is_named_by_who_sent_it(send: Callable[..., TestResponse], home: Path, name: str) -> None:
    answer = send(encoded(drawn(), "JPEG"), name)
    assert answer.status_code in {302, 400}
    for path in files_of(home):
        assert path.startswith(("media/public/", "media/vault/"))
        assert "evil" not in path
        assert "nurlan" not in path
    assert not list(home.parent.rglob("evil*"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_the_file_says_of_camera_and_place_is_on_the_disk_readable(
    app: Flask, send: Callable[..., TestResponse], edna: Member, ref: str, home: Path, kind: str
) -> None:
    sent = telling(kind)
    assert SECRET in sent
    assert send(sent).status_code == 302
    kept = files_of(home)
    assert {Path(name).parts[1] for name in kept} == {"vault"}
    assert [name for name, content in kept.items() if SECRET in content or sent[:200] in content] == []
    assert [name for name, content in kept.items() if content.startswith(b"\xff\xd8")] == []
    with app.app_context():
        row = head(db.session.scalars(select(Case).where(Case.ref == ref)).one()).images[0]
    for digest in (row.digest_list, row.digest_page, row.digest_print):
        shown = edna.get(f"/staff/cases/{ref}/images/{digest}")
        assert (shown.status_code, shown.mimetype, SECRET in shown.data) == (200, "image/jpeg", False)
        shown.close()


def test_a_case_holds_so_many_pictures_and_no_more(
    app: Flask, send: Callable[..., TestResponse], ref: str, home: Path
) -> None:
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
        rows = [Image(id=f"b{number:07x}") for number in range(MOST_PICTURES)]
        file = msgspec.structs.replace(head(case), images=rows)
        edna = db.session.scalars(select(Account).where(Account.email == "edna@example.org")).one()
        door.save(case, file, by=edna, base_version=case.version, reason="many")
        db.session.commit()
    answer = send(encoded(drawn(), "JPEG"))
    assert (answer.status_code, "at most 60 pictures" in answer.text) == (422, True)
    assert files_of(home) == {}
