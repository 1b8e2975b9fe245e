"""The demonstration whole: seeded once into a home of its own, then only looked at."""

import hashlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.cases.models import Case, CaseMember
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.commands.demo import prepared
from campaign.database import db
from campaign.demo.home import (
    claim,
    clear_unfinished,
    demonstration_settings,
    home_of,
    note_seeded,
    sign_in_paths,
)
from campaign.demo.reading import people
from campaign.imports.models import ImportLook
from campaign.ledger import browse, reader, verification
from campaign.ledger.models import Entry
from campaign.settings import Settings, read

PORT = 5099
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def given(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of somebody whose demonstration was seeded in an empty folder."""
    home = shutil.copytree(seeded_home, tmp_path_factory.mktemp("demo") / "home")
    return read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_LOG_LEVEL": "WARNING"})


@pytest.fixture(scope="module")
def demonstration(given: Settings) -> Iterator[Flask]:
    """The seeded demonstration."""
    app = prepared(given, PORT)
    with app.app_context():
        app.extensions["links"] = {role.value: path for role, path in sign_in_paths().items()}
        db.session.rollback()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def public_refs() -> list[str]:
    return [ref for ref in db.session.scalars(select(Case.ref)) if reader.state(ref) == "public"]


def test_the_home_says_that_it_is_a_demonstration(demonstration: Flask) -> None:
    assert demonstration.extensions["settings"].is_demonstration


def test_as_many_people_are_in_every_stage_as_promised(demonstration: Flask) -> None:
    with demonstration.app_context():
        states = Counter(db.session.scalars(select(Case.state)))
        withdrawn = [ref for ref in db.session.scalars(select(Case.ref)) if reader.state(ref) == "withdrawn"]
        assert sum(states.values()) >= 44
        assert len(public_refs()) >= 28
        assert len(withdrawn) == 2
        assert states["draft"] >= 4
        assert states["in_review"] >= 4
        assert db.session.scalar(select(func.count()).select_from(ImportLook)) == 1
        assert db.session.scalar(select(func.count()).select_from(Case).where(Case.is_restricted)) == 1


def test_names_stand_in_four_scripts(demonstration: Flask) -> None:
    with demonstration.app_context():
        scripts = {name.script for case in db.session.scalars(select(Case)) for name in head(case).names}
    assert scripts >= {"Latn", "Arab", "Cyrl", "Hani"}


def test_two_people_share_every_name() -> None:
    full = ([name.text for name in person.file.names if name.kind == "full"] for person in people())
    names = Counter(tuple(sorted(texts)) for texts in full)
    assert [count for count in names.values() if count > 1] == [2]


def test_somebody_has_forty_events() -> None:
    assert max(len(episode.events) for person in people() for episode in person.file.episodes) >= 40


def test_relatives_link_to_each_other_once_both_are_public(demonstration: Flask) -> None:
    with demonstration.app_context():
        bodies = {ref: reader.profile_body(ref) or b"" for ref in public_refs()}
    linking = {ref for ref, body in bodies.items() if any(other.encode() in body for other in bodies if other != ref)}
    assert len(linking) == 4


def test_the_ledger_verifies(demonstration: Flask) -> None:
    with demonstration.app_context():
        assert not verification.verify().faults


def test_what_was_published_is_spread_over_most_of_a_year(demonstration: Flask) -> None:
    with demonstration.app_context():
        told = list(db.session.scalars(select(Entry.at).order_by(Entry.number)))
        changed = [card for card in browse.latest(100) if card.first_published_at < card.published_at]
    assert told == sorted(told)
    assert (told[-1] - told[0]).days > 200
    assert told[-1] < now()
    assert len(changed) >= 5
    assert all((now() - card.published_at).days < 31 for card in changed)


def test_the_home_page_counts_who_was_ever_public(demonstration: Flask) -> None:
    told = demonstration.test_client().get("/", base_url=BASE).text
    found = re.search(
        r'"count">(\d+) people have a page here: (.*?)\. 37 people have been profiled; some are not', told
    )
    assert found
    parts = [int(part) for part in re.findall(r"\d+", re.sub(r", \d+ of them", "", found[2]))]
    assert int(found[1]) == sum(parts) == 35


def test_the_restricted_case_is_open_to_those_named_on_it_alone(demonstration: Flask) -> None:
    with demonstration.app_context():
        query = select(func.count()).select_from(CaseMember).join(Case).where(Case.is_restricted)
        assert db.session.scalar(query) == 2


def test_every_public_page_answers(demonstration: Flask) -> None:
    with demonstration.app_context():
        refs = public_refs()
    client = demonstration.test_client()
    pages = ["/", "/profiles", "/feed.atom", "/sitemap.xml", "/robots.txt", "/about", "/methodology", "/data"]
    pages += ["/api/v1", "/api/v1/profiles", "/api/v1/changes?since=0", "/api/v1/export.jsonl"]
    pages += [f"/profiles/{ref}{tail}" for ref in refs for tail in ("", "/history")]
    answers = {page: client.get(page, base_url=BASE, follow_redirects=True).status_code for page in pages}
    assert {page: status for page, status in answers.items() if status != 200} == {}


def test_a_second_run_changes_nothing(demonstration: Flask, given: Settings) -> None:
    before = fingerprint(given.home)
    again = prepared(given, PORT)
    with again.app_context():
        db.engine.dispose()
    assert fingerprint(given.home) == before


def fingerprint(home: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a home."""
    kept = [path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def test_a_link_signs_in_at_the_press_of_a_button(demonstration: Flask) -> None:
    client = demonstration.test_client()
    link = demonstration.extensions["links"]["editor"]
    page = client.get(link, base_url=BASE)
    assert page.status_code == 200
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None
    assert client.post(link, data={"csrf_token": token[1]}, base_url=BASE).status_code == 302
    assert client.get("/staff/", base_url=BASE, follow_redirects=True).status_code == 200


def test_a_link_opens_nothing_from_elsewhere(demonstration: Flask) -> None:
    client = demonstration.test_client()
    link = demonstration.extensions["links"]["viewer"]
    assert client.get(link, base_url=BASE, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert client.get(link, base_url="http://names.example").status_code == 400


def test_a_home_that_is_no_demonstration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "campaign.sqlite").write_bytes(b"something real")
    with pytest.raises(click.ClickException, match="not a demonstration"):
        prepared(read({"CAMPAIGN_HOME": str(tmp_path)}), PORT)
    assert os.listdir(tmp_path) == ["campaign.sqlite"]


def test_without_a_home_of_its_own_it_goes_into_a_folder_inside_the_default_one() -> None:
    assert home_of(read({})).parts[-2:] == ("instance", "demo")
    assert home_of(read({"CAMPAIGN_HOME": "/srv/show"})) == Path("/srv/show")


def test_what_was_cut_short_is_cleared_and_what_was_finished_is_not(tmp_path: Path) -> None:
    claim(tmp_path)
    (tmp_path / "campaign.sqlite").write_bytes(b"half")
    clear_unfinished(tmp_path)
    assert not (tmp_path / "campaign.sqlite").exists()
    (tmp_path / "campaign.sqlite").write_bytes(b"whole")
    note_seeded(tmp_path)
    clear_unfinished(tmp_path)
    assert (tmp_path / "campaign.sqlite").read_bytes() == b"whole"


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_a_database_that_is_named_is_kept_to_and_never_one_that_holds_something(app: Flask, tmp_path: Path) -> None:
    named = app.extensions["settings"].database_url
    given = read({"CAMPAIGN_HOME": str(tmp_path / "show"), "CAMPAIGN_DATABASE_URL": named})
    assert demonstration_settings(given, PORT).database_url == named
    with pytest.raises(click.ClickException, match="holds something already"):
        prepared(given, PORT)
    note_seeded(tmp_path / "show")
    empty = replace(given, database_url=f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(click.ClickException, match="is empty, the demonstration in "):
        prepared(empty, PORT)


def test_without_one_it_is_sqlite_in_its_own_home(tmp_path: Path) -> None:
    made = demonstration_settings(read({"CAMPAIGN_HOME": str(tmp_path)}), PORT)
    assert made.database_file == tmp_path / "campaign.sqlite"
