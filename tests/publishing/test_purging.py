"""A CDN is told after the commit what was taken away, public paths alone, again until it answers; it stops nothing."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.database import db
from campaign.doctor.checks import examine, table
from campaign.ledger import reader
from campaign.publishing import erase, pausing, purging, sweep
from campaign.publishing.models import StalePath
from campaign.publishing.takedown import narrow_profile, withdraw_profile
from tests.elsewhere import Elsewhere, elsewhere
from tests.publishing.desk import Desk

BOTH = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
TOKEN = "a-token"


@pytest.fixture
def status() -> list[int]:
    """What the CDN answers, the last of the list."""
    return [200]


@pytest.fixture
def cdn(app: Flask, status: list[int]) -> Iterator[Elsewhere]:
    """A CDN that is told."""
    with elsewhere(lambda _: (status[-1], b"{}")) as site:
        told = {"purge_address": f"{site.address}/purge?zone=1", "purge_token": TOKEN, "languages": ("en", "ug")}
        app.extensions["settings"] = replace(app.extensions["settings"], **told)
        yield site


def ended() -> None:
    """Wait until what was begun after a commit has ended."""
    for thread in threading.enumerate():
        if thread.name == "purge":
            thread.join(30)


def files(cdn: Elsewhere) -> set[str]:
    """Return every address that the CDN was told."""
    return {file for one in cdn.asked for file in json.loads(one.body)["files"]}


def since() -> dict[str, datetime]:
    found = {row.path: row.since for row in db.session.scalars(select(StalePath))}
    db.session.rollback()
    return found


def waiting() -> int:
    found = db.session.scalar(select(func.count()).select_from(StalePath)) or 0
    db.session.rollback()
    return found


@BOTH
def test_who_is_withdrawn_is_told_after_the_commit(cdn: Elsewhere, desk: Desk) -> None:
    case = desk.public()
    slug = reader.profile(case.ref).slug
    db.session.commit()
    ended()
    assert cdn.asked == []  # nobody had seen anything that went

    withdraw_profile(case, by=desk.pia.id, why="by hand", reason="Her brother's wish")
    ended()
    assert cdn.asked == []
    db.session.commit()
    ended()
    wanted = ("/", "/profiles", f"/profiles/{slug}", f"/profiles/{case.ref}", f"/ug/profiles/{slug}", "/ug/",
              f"/api/v1/profiles/{case.ref}", "/api/v1/changes", "/sitemap.xml", "/feed.atom")  # fmt: skip
    assert {f"http://127.0.0.1:5000{path}" for path in wanted} <= files(cdn)
    assert {(one.method, one.path, one.headers["authorization"]) for one in cdn.asked} == {
        ("POST", "/purge?zone=1", f"Bearer {TOKEN}")
    }
    assert "brother" not in "".join(one.body.decode() for one in cdn.asked)
    assert max(len(json.loads(one.body)["files"]) for one in cdn.asked) <= purging.LOT
    assert waiting() == 0


def test_every_name_of_the_site_is_told_but_the_one_behind_tor(app: Flask, cdn: Elsewhere, desk: Desk) -> None:
    names = {"mirrors": ("other-names.cc",), "onion": f"{'a2' * 28}.onion"}
    app.extensions["settings"] = replace(app.extensions["settings"], **names)
    case = desk.public()
    db.session.commit()
    withdraw_profile(case, by=desk.pia.id, why="by hand")
    db.session.commit()
    ended()
    for address in ("http://127.0.0.1:5000", "http://other-names.cc"):
        assert f"{address}/profiles/{case.ref}" in files(cdn)
    assert not [file for file in files(cdn) if ".onion" in file]


def test_a_narrowing_and_a_stop_are_told_too(cdn: Elsewhere, desk: Desk) -> None:
    case = desk.public()
    narrow_profile(case, ["health"], by=desk.pia.id)
    db.session.commit()
    ended()
    assert f"http://127.0.0.1:5000/profiles/{case.ref}" in files(cdn)
    cdn.asked.clear()
    pausing.pause(case, by=desk.sana)
    db.session.commit()
    ended()
    assert f"http://127.0.0.1:5000/profiles/{case.ref}" in files(cdn)


def test_what_is_rolled_back_is_told_to_nobody(cdn: Elsewhere, desk: Desk) -> None:
    case = desk.public()
    db.session.commit()
    withdraw_profile(case, by=desk.pia.id, why="by hand")
    db.session.rollback()
    sweep.sweep()
    ended()
    assert (cdn.asked, waiting()) == ([], 0)


@BOTH
@pytest.mark.parametrize("first", [500, 302, 403])
def test_a_cdn_that_refuses_stops_nothing_and_is_asked_again(
    app: Flask, cdn: Elsewhere, desk: Desk, status: list[int], first: int
) -> None:
    status.append(first)
    case = desk.public()
    db.session.commit()
    withdraw_profile(case, by=desk.pia.id, why="by hand")
    db.session.commit()
    ended()
    assert reader.state(case.ref) == "withdrawn"
    db.session.rollback()
    assert (len(cdn.asked), waiting() > 0) == (1, True)
    (check,) = (one for one in table() if one.name == "caches")
    assert examine(check) == []
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=7)):
        (found,) = examine(check)
        assert (found.is_red, "has not answered for 7 minutes" in found.wrong) == (True, True)
        assert case.ref not in found.as_line()
    status.append(200)
    sweep.sweep()
    assert (waiting(), examine(check)) == (0, [])


def test_where_nobody_answers_a_withdrawal_holds(app: Flask, cdn: Elsewhere, desk: Desk) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], purge_address="http://127.0.0.1:9")
    case = desk.public()
    db.session.commit()
    withdraw_profile(case, by=desk.pia.id, why="by hand")
    db.session.commit()
    ended()
    assert (reader.state(case.ref), waiting() > 0) == ("withdrawn", True)


def test_an_erased_name_does_not_wait_for_a_cdn(cdn: Elsewhere, desk: Desk, status: list[int]) -> None:
    status.append(500)
    case = desk.public()
    db.session.commit()
    erase.erase(case, by=desk.sana, reason="asked by the person")
    db.session.commit()
    ended()
    assert [path for path in db.session.scalars(select(StalePath.path)) if case.ref.lower() in path.lower()] == []
    db.session.rollback()
    status.append(200)
    sweep.sweep()
    assert json.loads(cdn.asked[-1].body) == {"purge_everything": True}
    assert waiting() == 0


def test_what_is_noted_again_while_it_is_told_is_told_again(cdn: Elsewhere, desk: Desk, status: list[int]) -> None:
    status.append(500)
    first, second = desk.public(), desk.public()
    db.session.commit()
    withdraw_profile(first, by=desk.pia.id, why="by hand")
    db.session.commit()
    ended()
    before = since()
    withdraw_profile(second, by=desk.pia.id, why="by hand")
    db.session.commit()
    ended()
    after = since()
    assert after["/"] > before["/"]
    assert after[f"/profiles/{first.ref}"] == before[f"/profiles/{first.ref}"]


def test_without_a_cdn_nothing_is_kept_and_nothing_told(app: Flask, desk: Desk) -> None:
    case = desk.public()
    db.session.commit()
    withdraw_profile(case, by=desk.pia.id, why="by hand")
    db.session.commit()
    assert waiting() == 0
    db.session.add(StalePath(path="/profiles/left", since=datetime.now(UTC)))
    db.session.commit()
    sweep.sweep()
    assert waiting() == 0
