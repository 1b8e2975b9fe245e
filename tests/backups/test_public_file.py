"""A restore beside a public site of another user: its file shows nobody before the register was followed."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campaign.cases.queries import any_by_ref
from campaign.database import db
from campaign.publishing import takedown
from tests.backups.conftest import Home, Start
from tests.backups.drill import people
from tests.backups.test_drill import published

pytestmark = pytest.mark.parametrize("start", ["sqlite"], indirect=True)


def listed(path: Path) -> set[str]:
    """Return who is on the lists of a file."""
    with sqlite3.connect(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'listing'").fetchall():
            return set()
        return {ref for (ref,) in connection.execute("SELECT ref FROM listing")}


def test_who_was_withdrawn_after_the_copy_never_comes_back_to_the_public_file(start: Start, tmp_path: Path) -> None:
    public = tmp_path / "shown" / "public.sqlite"
    desk = start("first", CAMPAIGN_PUBLIC_DATABASE=str(public))
    desk.done("init")
    desk.sheets = [word for word in desk.done("backup", "keys").split() if word.startswith("AGE-SECRET-KEY-1")]
    numbers = people(desk.app)
    kept, gone = published(desk, numbers, 2)
    desk.done("backup", "write")
    with desk.app.app_context():
        case = any_by_ref(gone)
        assert case is not None
        takedown.withdraw_profile(case, by=numbers["pia"], why="safety")
        db.session.commit()
    assert listed(public) == {kept}
    new: Home = start("second", like=desk, CAMPAIGN_PUBLIC_DATABASE=str(public))
    shown: list[set[str]] = []

    def watch(_session: object) -> None:
        shown.append(listed(public))

    event.listen(Session, "after_commit", watch)
    try:
        said = new.done(
            "restore", desk.copies()[0], "--register", desk.folder / "register", typed=f"{desk.sheets[0]}\n"
        )
    finally:
        event.remove(Session, "after_commit", watch)
    assert f"Withdrawn again: 1: {gone}." in said
    assert f"Public file {public}: up to date." in said
    assert listed(public) == {kept}
    assert shown
    assert all(gone not in refs for refs in shown)
