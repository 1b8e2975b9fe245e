"""The drill: a copy made while others write, the machine lost, all of it back, and nobody who was taken away since."""

import shutil
from pathlib import Path

import msgspec
import pytest

from campaign.backups import copies, restoring, sealing
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import head
from campaign.database import db
from campaign.publishing import door, takedown
from tests.accounts.signing import PASSWORD, by_code
from tests.backups.conftest import Home, Start
from tests.backups.drill import NEVER_CHANGED, desk_of, digests, people, saving
from tests.backups.test_copies import filled
from tests.cast import Browser
from tests.publishing.desk import cleared

SCOPES = ("publish_photo", "publish_story", "publish_health", "publish_family")


def published(home: Home, numbers: dict[str, int], count: int) -> list[str]:
    """Publish some people; return their references."""
    with home.app.app_context():
        refs = [desk_of(numbers).public(consents=[cleared(*SCOPES)]).ref for _ in range(count)]
        db.session.commit()
        return refs


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put_back(home: Home, copy: Path) -> None:
    """Put a copy in place, and do nothing else."""
    with home.app.app_context():
        key = sealing.identity_of(home.sheets[0])
        restoring.refuse_used_home()
        manifest = copies.verify(copy, key)
        restoring.refuse_copy(manifest)
        restoring.put_back(copy, key, manifest)


def test_every_row_and_every_file_comes_back_as_it_was(desk: Home, start: Start) -> None:
    numbers = people(desk.app)
    published(desk, numbers, 2)
    desk.done("init")
    filled(desk.app)
    before = digests(desk.app)
    desk.done("backup", "write")
    elsewhere = desk.folder.parent / "shown"
    new = start("second", like=desk, CAMPAIGN_MEDIA=str(elsewhere))
    put_back(new, desk.copies()[0])
    after = digests(new.app)
    assert before.pop("audit_row") - after["audit_row"] == set()
    del after["audit_row"]
    assert after == before
    assert {name for name, rows in after.items() if rows} >= {"revision", "ledger_entry", "case_file", "account"}
    assert files(new.folder / "home/media/vault") == files(desk.folder / "home/media/vault")
    assert files(elsewhere) == files(desk.folder / "home/media/public")
    assert len(files(elsewhere)) == 1


@pytest.mark.long
def test_after_a_lost_machine_all_of_it_is_back_and_nobody_who_was_taken_away(desk: Home, start: Start) -> None:
    numbers = people(desk.app)
    kept, withdrawn, narrowed, *drafts = published(desk, numbers, 5)
    with saving(desk.app, numbers, drafts) as saved:
        desk.done("backup", "write")
        while_it_was_written = len(saved)
    after_the_copy(desk, numbers, withdrawn, narrowed)
    lost = digests(desk.app)
    (copy,) = desk.copies()

    new = start("second", like=desk)
    said = new.done("restore", copy, "--register", desk.folder / "register", typed=f"{desk.sheets[1]}\n")
    assert f"Withdrawn again: 1: {withdrawn}." in said
    assert f"Narrowed again: 1: {narrowed}." in said
    assert while_it_was_written > 0, "Nobody saved meanwhile: no drill."
    back = digests(new.app)
    with new.app.app_context():
        manifest = copies.verify(copy, sealing.identity_of(desk.sheets[0]))
    assert len(back["audit_row"] & lost["audit_row"]) == manifest.audit.number
    assert len(back["ledger_entry"] & lost["ledger_entry"]) == manifest.ledger.number
    for table in NEVER_CHANGED:
        assert len(back[table] & lost[table]) > 0, table
    is_as_it_should_be(new, kept, withdrawn, narrowed)
    signs_in_after_the_people_were_confirmed(new)
    new.done("ledger", "verify")
    new.done("audit", "verify")


def after_the_copy(desk: Home, numbers: dict[str, int], withdrawn: str, narrowed: str) -> None:
    """Withdraw one person and narrow another: the copy knows nothing of it."""
    with desk.app.app_context():
        case = any_by_ref(withdrawn)
        assert case is not None
        door.withdraw(case, by=desk_of(numbers).pia, reason="She asked")
        db.session.commit()
        case = any_by_ref(narrowed)
        assert case is not None
        told = [msgspec.structs.replace(row, scopes=["store", "publish_name"]) for row in head(case).consents]
        desk_of(numbers).saves(case, by=desk_of(numbers).sana, consents=told)
        db.session.commit()
        assert not takedown.listed_document(narrowed).story


def is_as_it_should_be(home: Home, kept: str, withdrawn: str, narrowed: str) -> None:
    """Ask the restored site as a visitor."""
    visitor = Browser(home.app, home.app.response_class)
    assert visitor.get(f"/profiles/{kept}", follow_redirects=True).status_code == 200
    assert visitor.get(f"/profiles/{withdrawn}", follow_redirects=True).status_code == 410
    with home.app.app_context():
        assert takedown.listed_document(kept).story
        assert not takedown.listed_document(narrowed).story


def signs_in_after_the_people_were_confirmed(home: Home) -> None:
    """Sign in through the pages, with the password and the authenticator that the copy knows."""
    browser = Browser(home.app, home.app.response_class, use_cookies=True)
    fields = {"email": "edo@example.org", "password": PASSWORD}
    assert browser.posts("/staff/sign-in", fields).status_code != 302
    home.done("accounts", "confirm-people", "--yes")
    assert browser.posts("/staff/sign-in", fields).status_code == 302
    assert by_code(browser).status_code == 302
    assert browser.get("/staff/", follow_redirects=True).request.path == "/staff/"


def test_what_would_not_come_back_whole_is_refused_before_anything_is_written(desk: Home, start: Start) -> None:
    desk.done("backup", "write")
    (copy,) = desk.copies()
    key = f"{desk.sheets[0]}\n"
    assert "Name the register" in start("no-register", like=desk, CAMPAIGN_REGISTER="").refused("restore", copy)
    assert "not empty" in desk.refused("restore", copy, "--without-register", typed=key)
    stranger = start("stranger")
    (stranger.folder / "register").write_bytes(b"")
    told = stranger.refused("restore", copy, typed=key)
    assert "content-0001.key is missing. index.key is missing." in told
    assert not (stranger.folder / "keys").exists()
    stranger.done("init")
    another = start("another", CAMPAIGN_KEYS=str(stranger.folder / "keys"))
    assert "another key" in another.refused("restore", copy, "--without-register", typed=key)
    assert not (another.folder / "home" / "media" / "vault").exists()


def test_a_copy_that_somebody_else_sealed_is_not_taken(desk: Home, start: Start) -> None:
    """Anybody who knows the public halves can seal something; only the home's own keys sign it."""
    stranger = start("stranger")
    stranger.done("init")
    shutil.copy(desk.folder / "home" / sealing.FILE, stranger.folder / "home")
    stranger.done("backup", "write")
    new = start("second", like=desk)
    told = new.refused("restore", stranger.copies()[0], "--without-register", typed=f"{desk.sheets[0]}\n")
    assert "another key" in told
