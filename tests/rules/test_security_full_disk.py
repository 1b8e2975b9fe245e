"""security.md 44: where the disk takes no more, reading goes on, writing says so, and nothing stands half written."""

import io
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import Engine, NullPool, create_engine, event, select, text

from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger import verification
from tests import tables
from tests.cast import Browser, Member
from tests.web import processes
from tests.web.served_home import ServedHome

PUBLIC, MOST = 2, 300


@pytest.fixture
def served(home: Path) -> Iterator[ServedHome]:
    made = ServedHome(home, PUBLIC)
    tables.close(made.app)  # the last connection to go leaves the write-ahead log empty
    yield made
    tables.close(made.app)


def small_files(limit: int) -> None:
    """Let no file of this process grow beyond a size, as a full disk or a quota does."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((500, 500), 90).save(out, "JPEG", quality=95)
    return out.getvalue()


def form_with(photo: bytes, token: str) -> tuple[bytes, str]:
    """Return the body of an upload and its media type."""
    head = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode()
    file = (
        b'\r\n--x\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        + photo
        + b"\r\n--x--\r\n"
    )
    return head + file, "multipart/form-data; boundary=x"


def files_of(home: Path) -> set[str]:
    return {str(path) for path in (home / "media").rglob("*") if path.is_file()}


@pytest.mark.long
def test_reading_goes_on_and_nothing_stands_half_written(served: ServedHome, home: Path) -> None:
    limit = (home / "campaign.sqlite").stat().st_size + 150_000
    with processes.serving(served.environment, served.port, partial(small_files, limit)):
        edo = processes.SignedIn(served.port, served.cookies["edo"])
        begun, refusal = begin_until_refused(edo)
        assert (refusal[0], refusal[1]["retry-after"]) == (503, "10")
        assert "nothing was lost" in refusal[2]
        read_everything(served, edo, begun)
        before = files_of(home)
        body, kind = form_with(a_photo(), edo.token)
        path = f"/staff/cases/{begun[0]}/images"
        sent = processes.ask(served.port, path, method="POST", body=body, Cookie=edo.cookie, Content_Type=kind)
        assert sent[0] == 503
        assert files_of(home) == before
    sound(served, begun)
    with processes.serving(served.environment, served.port):
        assert edo.posts("/staff/cases/new", name="Somebody later", anyway="Somebody later", reason="Told")[0] == 302


def begin_until_refused(edo: processes.SignedIn) -> tuple[list[str], processes.Answer]:
    """Begin cases until the server takes no more; return their references and its last answer."""
    begun: list[str] = []
    while len(begun) < MOST:
        name = f"Somebody {len(begun)}"
        answer = edo.posts("/staff/cases/new", name=name, anyway=name, reason="Told " * 90)
        if answer[0] != 302:
            return begun, answer
        begun.append(answer[1]["location"].split("/")[3])
    raise AssertionError("the disk never filled up")


def read_everything(served: ServedHome, edo: processes.SignedIn, begun: list[str]) -> None:
    """Assert that every reader goes on but the one whose reading must be recorded."""
    for path in ("/", "/profiles", f"/profiles/{served.public[0]}", "/api/v1/changes?since=0", "/api/v1/export.jsonl"):
        assert processes.ask(served.port, path)[0] in {200, 301, 302, 308}, path
    for path in ("/staff/cases", f"/staff/cases/{begun[0]}", f"/staff/cases/{begun[0]}/edit"):
        assert edo.sees(path)[0] == 200, path
    # A record is smaller than a case: the last free pages take a few more.
    recorded = [edo.sees(f"/staff/cases/{begun[0]}/edit?confidential=1")[0] for _ in range(100)]
    assert (set(recorded), recorded[-1]) in (({200, 503}, 503), ({503}, 503))


def sound(served: ServedHome, begun: list[str]) -> None:
    """Assert that the file is whole and holds what was acknowledged, and not a row more."""
    path = Path(served.environment["CAMPAIGN_HOME"]) / "campaign.sqlite"
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with served.app.app_context():
        cases = set(db.session.scalars(select(Case.ref)))
        assert cases == {*begun, *served.public}
        assert set(db.session.scalars(select(Case.ref).join(Revision, Revision.case_id == Case.id))) == cases
        assert cases <= set(db.session.scalars(select(AuditRow.subject)))
        assert (log.verify().faults, verification.verify().faults) == ((), ())


def test_a_process_that_starts_on_a_full_disk_says_what_is_wrong(served: ServedHome) -> None:
    """SQLite needs 32 kB beside its database before the first process can even read."""
    for path in Path(served.environment["CAMPAIGN_HOME"]).glob("campaign.sqlite-*"):
        path.unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "serve", "--port", str(served.port)],
        cwd=Path(__file__).parents[2], env={**os.environ, **served.environment}, capture_output=True, text=True,
        preexec_fn=partial(small_files, 20_000), timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1, ended.stderr
    assert "The disk of this home's database is full" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_no_visitor_meets_a_connection_that_the_server_has_ended(app: Flask) -> None:
    visitor = Browser(app, app.response_class, use_cookies=True)
    assert visitor.get("/profiles?page=1").status_code == 200
    others = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                  "WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
    with app.app_context():
        apart = create_engine(db.engine.url, poolclass=NullPool)
    with apart.connect() as connection:
        assert connection.scalars(others).all()
    assert [visitor.get(path).status_code for path in ("/profiles?page=1", "/staff/sign-in", "/about")] == [200] * 3


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_a_database_that_only_reads_is_read_and_says_so(app: Flask, edo: Member) -> None:
    with app.app_context():
        let_only_read(db.engine)
        db.engine.dispose()
    visitor = Browser(app, app.response_class, use_cookies=True)
    assert [visitor.get(path).status_code for path in ("/profiles", "/api/v1/profiles")] == [200, 200]
    # Five minutes on, when the use of the session would be noted.
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        assert edo.get("/staff/me").status_code == 200
        answer = edo.posts("/staff/me/notices/read")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def let_only_read(engine: Engine) -> None:
    """Let every later connection read alone, as a copy that follows another database does."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA query_only=ON").close())
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
