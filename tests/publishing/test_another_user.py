"""On SQLite the public site runs as a user of its own, who reads the public file and the pictures, and nothing else."""

import grp
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger import public_file, pulse, remains
from campaign.media.stores import public_store
from campaign.publishing import erase, pausing, takedown
from tests import needs
from tests.publishing.builders import consent
from tests.publishing.desk import Desk, cleared
from tests.publishing.test_pictures import a_picture, published
from tests.web import processes

CAT = "/bin/cat"


@pytest.fixture
def shown() -> Iterator[Path]:
    """A folder that everybody may pass through, as /var/lib is."""
    folder = Path(tempfile.mkdtemp(prefix="shown-"))
    folder.chmod(0o711)
    yield folder / "shown"
    shutil.rmtree(folder)


@pytest.fixture
def nobody() -> pwd.struct_passwd:
    """The user of the public site."""
    return needs.another_user()


@pytest.fixture
def site(app: Flask, desk: Desk, shown: Path, home: Path, nobody: pwd.struct_passwd) -> Iterator[int]:
    """The port on which another user serves the public file of a desk."""
    here = app.extensions["settings"]
    group = grp.getgrgid(nobody.pw_gid).gr_name
    public = {"media": shown / "media", "public_database": shown / "public.sqlite", "public_group": group}
    app.extensions["settings"] = replace(here, **public)
    db.session.execute(db.text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    pulse.beat()
    db.session.commit()
    public_file.hold_open(app)
    port = processes.free_port()
    own = shown.parent / "site"
    own.mkdir()
    os.chown(own, nobody.pw_uid, nobody.pw_gid)
    environment = processes.home_environment(
        own, port, EDGES="public,partners", DATABASE_URL=f"sqlite:///{shown / 'public.sqlite'}",
        MEDIA=str(shown / "media"), PUBLIC_GROUP=group,
    )  # fmt: skip
    command = [sys.executable, "-m", "tests.web.as_another_user", str(nobody.pw_uid), str(nobody.pw_gid), str(port)]
    server = subprocess.Popen(command, cwd=processes.ROOT, env={**os.environ, **environment})
    try:
        processes.until(lambda: processes.answers(port) or server.poll() is not None, "an answer", seconds=60)
        assert server.poll() is None, "the site ended"
        yield port
    finally:
        server.terminate()
        server.wait(30)
        app.extensions[public_file.HELD].close()


def page(port: int, case: Case) -> int:
    """Return what the site answers for a case."""
    status, headers, _ = processes.ask(port, f"/profiles/{case.ref}")
    return processes.ask(port, headers["location"])[0] if status in {301, 302, 308} else status


def read_by(user: pwd.struct_passwd, path: Path) -> bool:
    """Whether a user can read a file."""
    ran = subprocess.run(
        [CAT, path], user=user.pw_uid, group=user.pw_gid, extra_groups=[], capture_output=True, check=False
    )
    return ran.returncode == 0


def test_it_serves_pages_and_pictures_and_reads_neither_the_home_nor_the_database(
    site: int, desk: Desk, app: Flask, home: Path, shown: Path, nobody: pwd.struct_passwd
) -> None:
    case = published(desk, row := a_picture())
    assert page(site, case) == 200
    assert processes.ask(site, f"/media/{row.digest_list}")[0] == 200
    assert processes.ask(site, "/readyz")[0] == 200
    assert case.ref in processes.ask(site, "/api/v1/changes")[2]
    confidential = [path for path in home.rglob("*") if path.is_file()]
    assert {path.name for path in confidential} >= {"campaign.sqlite"}
    assert [path for path in confidential if read_by(nobody, path)] == []
    assert read_by(nobody, shown / "public.sqlite")
    with sqlite3.connect(shown / "public.sqlite") as connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'case_file'").fetchall() == []


def withdrawn(desk: Desk, case: Case) -> None:
    takedown.withdraw_profile(case, by=desk.pia.id, why="safety")


def by_consent(desk: Desk, case: Case) -> None:
    desk.saves(case, by=desk.sana, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])


def paused(desk: Desk, case: Case) -> None:
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)


def erased(desk: Desk, case: Case) -> None:
    files = erase.erase(case, by=desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)


@pytest.mark.long
@pytest.mark.parametrize("goes", [withdrawn, by_consent, paused, erased])
def test_whoever_is_taken_away_is_gone_when_the_deed_returns(
    site: int, desk: Desk, shown: Path, goes: Callable[[Desk, Case], None]
) -> None:
    case = published(desk, row := a_picture())
    ref, name, place = case.ref, case.display_name.encode(), public_store().path(row.digest_list)
    assert page(site, case) == 200
    assert place.exists()
    goes(desk, case)
    db.session.commit()
    assert processes.ask(site, f"/profiles/{ref}")[0] == 410
    assert processes.ask(site, f"/media/{row.digest_list}")[0] == 404
    assert not place.exists()
    remains.remove()
    assert name not in b"".join(path.read_bytes() for path in shown.glob("public.sqlite*"))


@pytest.mark.long
def test_what_is_narrowed_is_gone_from_the_page_when_the_save_returns(site: int, desk: Desk, shown: Path) -> None:
    case = published(desk, row := a_picture())
    assert row.digest_list in processes.ask(site, "/api/v1/profiles/" + case.ref)[2]
    desk.saves(case, by=desk.sana, consents=[desk.mine(cleared("publish_story", basis="family"))])
    db.session.commit()
    assert row.digest_list not in processes.ask(site, "/api/v1/profiles/" + case.ref)[2]
    assert page(site, case) == 200
    assert row.digest_list.encode() not in b"".join(path.read_bytes() for path in shown.glob("public.sqlite*"))


def test_while_a_flag_stays_behind_nothing_is_shown_and_the_sweep_mends_it(site: int, desk: Desk, app: Flask) -> None:
    case = published(desk, a_picture())
    assert page(site, case) == 200
    flag = app.extensions["settings"].public_database.with_name("public.sqlite.behind-0000")
    flag.touch()
    os.utime(flag, (0, 0))
    processes.until(lambda: page(site, case) == 503, "the site to notice", seconds=10)
    assert public_file.is_behind()
    assert public_file.catch_up()
    assert not flag.exists()
    processes.until(lambda: page(site, case) == 200, "the site to go on", seconds=10)
