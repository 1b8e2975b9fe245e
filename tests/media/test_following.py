"""A replica's pictures: what the primary gives is taken only under its own digest, and what is not shown is dropped."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign.media import following
from campaign.media.following import Followed, follow
from campaign.media.stores import public_store
from campaign.public.pictures import Follower, follow_once
from campaign.settings import Unsafe, read
from tests import tables
from tests.elsewhere import elsewhere
from tests.media.pictures import drawn, encoded

PORTRAIT, OTHER = encoded(drawn(), "JPEG"), encoded(drawn(300), "JPEG")
DIGEST, LACKING = hashlib.sha256(PORTRAIT).hexdigest(), "e" * 64


@contextmanager
def primary(**gives: tuple[int, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve a site that gives pictures by digest; give its address, and the paths that it was asked for."""
    kept = {f"/media/{name.removeprefix('d')}": answer for name, answer in gives.items()}
    paths: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        paths.append(path)
        return kept.get(path, (404, b"none"))

    with elsewhere(answer) as site:
        yield site.address, paths


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """The public edge of a replica, of which a picture lies open that nothing shows."""
    made = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners"}))
    tables.create(made)
    with made.app_context():
        public_store().put(OTHER, "jpg")
    yield made
    tables.close(made)


def followed(app: Flask, address: str, *digests: str) -> Followed:
    app.extensions["settings"] = replace(app.extensions["settings"], primary=address)
    with app.app_context():
        return follow(set(digests))


def test_what_is_shown_comes_and_what_is_not_goes(app: Flask) -> None:
    with primary(**{f"d{DIGEST}": (200, PORTRAIT)}) as (address, asked):
        assert followed(app, address, DIGEST) == Followed(taken=1, dropped=1, lacking=0)
        assert followed(app, address, DIGEST) == Followed()
        assert asked == [f"/media/{DIGEST}"]
    with app.app_context():
        assert [public_store().path(name).read_bytes() for name in public_store().names()] == [PORTRAIT]


@pytest.mark.parametrize(
    "answer",
    [(200, OTHER), (200, b"x" * (following.MOST_BYTES + 1)), (404, PORTRAIT), (302, PORTRAIT), (500, b"")],
    ids=["another picture", "too long", "gone", "elsewhere", "broken"],
)
def test_nothing_else_is_taken(app: Flask, answer: tuple[int, bytes]) -> None:
    with primary(**{f"d{DIGEST}": answer}) as (address, _):
        assert followed(app, address, DIGEST) == Followed(dropped=1, lacking=1)
    with app.app_context():
        assert list(public_store().names()) == []


def test_a_primary_that_is_away_is_asked_once_and_what_is_not_shown_goes_all_the_same(app: Flask) -> None:
    with primary() as (address, _):
        pass
    assert followed(app, address, DIGEST, LACKING) == Followed(dropped=1, lacking=2)


def test_what_lacks_is_asked_for_again_later_and_nothing_while_nothing_changes(app: Flask) -> None:
    with primary() as (address, _), app.app_context():
        app.extensions["settings"] = replace(app.extensions["settings"], primary=address)
        follower = Follower()
        follower.look()
        assert (follower.stamp, follower.again_at) == ("0-0-0", float("inf"))
        assert list(public_store().names()) == []
        public_store().put(OTHER, "jpg")
        follower.look()
        assert list(public_store().names()) != []
        assert follow_once() == Followed(dropped=1)


def test_a_desk_is_no_replica(home: Path) -> None:
    with pytest.raises(Unsafe, match="CAMPAIGN_PRIMARY is for a replica"):
        read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_PRIMARY": "https://names.example"})


def test_the_command_needs_the_setting(app: Flask) -> None:
    ran = app.test_cli_runner().invoke(args=["replica", "pictures"])
    assert (ran.exit_code, "CAMPAIGN_PRIMARY is not set" in ran.output) == (2, True)
