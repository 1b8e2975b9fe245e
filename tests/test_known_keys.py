"""Keys that are not those of the database stop every start, by name; none is ever made beside a database in use."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app, refuse_other_keys
from campaign import known_keys
from campaign.audit.log import record
from campaign.database import db
from campaign.keys import Keyring
from campaign.settings import Unsafe, read
from tests import cluster, tables
from tests.homes import loading

STARTED: list[Flask] = []
BOTH = pytest.mark.parametrize("kept", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Let go of the connections of every process of a test."""
    yield
    while STARTED:
        tables.close(STARTED.pop())


@pytest.fixture
def kept(request: pytest.FixtureRequest, home: Path) -> Flask:
    """A home as `flask init` leaves it, in use."""
    is_sqlite = getattr(request, "param", "sqlite") == "sqlite"
    app = started(home, "" if is_sqlite else cluster.empty_database(request.getfixturevalue("cluster_folder")))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    with app.app_context():
        record("tested", by=None, actor="test")
        db.session.commit()
    return app


def started(home: Path, database: str) -> Flask:
    """Return the application of a process started now."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0", "CAMPAIGN_DATABASE_URL": database}
    STARTED.append(create_app(read(environment)))
    return STARTED[-1]


def again(app: Flask) -> Flask:
    here = app.extensions["settings"]
    return started(here.home, here.database_url)


def keys_of(app: Flask) -> Path:
    return Path(app.extensions["settings"].keys)


def lose_all(keys: Path) -> None:
    shutil.rmtree(keys)


def lose_the_index_key(keys: Path) -> None:
    (keys / "index.key").unlink()


def bring_another(keys: Path) -> None:
    (keys / "content-0001.key").unlink()
    Keyring(keys).add_key()


def add_one(keys: Path) -> None:
    Keyring(keys).add_key()


WRONG: list[tuple[Callable[[Path], None], str]] = [
    (lose_all, "content-0001.key is missing. index.key is missing."),
    (lose_the_index_key, "index.key is missing."),
    (bring_another, "content-0001.key is another key than the one that belongs here."),
    (add_one, "content-0002.key is new: nothing here was sealed with it."),
]


@BOTH
@pytest.mark.parametrize(("change", "told"), WRONG, ids=[change.__name__ for change, _ in WRONG])
def test_other_keys_stop_every_start_by_name(kept: Flask, change: Callable[[Path], None], told: str) -> None:
    change(keys_of(kept))
    process = again(kept)
    before = {path.name for path in keys_of(kept).glob("*")}
    with pytest.raises(Unsafe, match=told):
        refuse_other_keys(process)
    for command in (["init"], ["serve"]):
        ended = process.test_cli_runner().invoke(args=command)
        assert ended.exit_code == 2
        assert told in ended.output
    assert process.test_client().get("/", base_url="http://localhost").status_code == 503
    assert told in process.test_client().get("/readyz", base_url="http://localhost").text
    assert {path.name for path in keys_of(kept).glob("*")} == before, "No key was made meanwhile."


def test_a_running_process_stops_serving_when_its_database_is_another_ones(kept: Flask) -> None:
    assert kept.test_client().get("/", base_url="http://localhost").status_code == 200
    bring_another(keys_of(kept))
    assert kept.test_client().get("/readyz", base_url="http://localhost").status_code == 503


def test_its_own_keys_start_it(kept: Flask) -> None:
    refuse_other_keys(again(kept))
    assert again(kept).test_cli_runner().invoke(args=["init"]).exit_code == 0


def test_after_a_rotation_the_older_key_may_go_but_not_be_another(kept: Flask) -> None:
    assert kept.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    refuse_other_keys(again(kept))
    (keys_of(kept) / "content-0001.key").unlink()
    refuse_other_keys(again(kept))
    (keys_of(kept) / "content-0001.key").write_bytes((keys_of(kept) / "content-0002.key").read_bytes())
    with pytest.raises(Unsafe, match=r"content-0001\.key is another key"):
        refuse_other_keys(again(kept))


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_home_of_an_earlier_release_without_its_keys_is_refused(
    request: pytest.FixtureRequest, database: str, home: Path
) -> None:
    url = "" if database == "sqlite" else cluster.empty_database(request.getfixturevalue("cluster_folder"))
    app = loading.load(loading.SCHEMAS[-1], home, url)
    shutil.move(keys_of(app), home / "away")
    ended = app.test_cli_runner().invoke(args=["init"])
    assert ended.exit_code == 2
    assert "lacks its keys" in ended.output
    assert not keys_of(app).exists()
    Keyring(keys_of(app)).add_key()
    shutil.copy(home / "away" / "index.key", keys_of(app))
    ended = app.test_cli_runner().invoke(args=["init"])
    assert ended.exit_code == 2
    assert "open nothing of this database" in ended.output
    with app.app_context():
        db.engine.dispose()


def test_a_home_of_an_earlier_release_notes_its_keys_once(home: Path) -> None:
    app = loading.load(loading.SCHEMAS[-1], home)
    assert "Fingerprints of keys noted in the database: 2." in app.test_cli_runner().invoke(args=["init"]).output
    assert "Fingerprints" not in app.test_cli_runner().invoke(args=["init"]).output
    with app.app_context():
        wanted, retired = known_keys.noted(db.session())
        assert (wanted.keys(), retired) == ({"content-0001.key", "index.key"}, {})
        db.session.rollback()
        db.engine.dispose()
