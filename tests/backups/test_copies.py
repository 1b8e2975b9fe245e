"""Copies: whole, sealed for two people each alone, without keys in them, and nothing left in clear beside them."""

import subprocess
from pathlib import Path

import pytest
from flask import Flask

from campaign.audit.log import AuditRow, record
from campaign.backups import archive, copies, sealing
from campaign.database import db
from campaign.media.stores import public_store
from tests.backups.conftest import Home, Start
from tests.cast import hired


def filled(app: Flask) -> None:
    """Put something of each kind into a home: rows, a picture that is shown, one that is sealed."""
    from campaign.media import copies as pictures

    with app.app_context():
        hired("Mahire-Bulaqbeg", "editor")
        record("tested", by=None, actor="test")
        pictures.keep(b"a sealed picture")
        public_store().put(b"a public picture", "jpg")
        db.session.commit()


def names_in(path: Path, identity: str) -> list[str]:
    with sealing.opening(path, sealing.identity_of(identity)) as plain:
        return [file.name for file in archive.read(plain, copies.read_through).files]


def test_each_of_two_sheets_opens_the_copy_alone_and_no_other_key_does(desk: Home) -> None:
    filled(desk.app)
    said = desk.done("backup", "write")
    (copy,) = desk.copies()
    assert str(copy) in said
    assert len(set(desk.sheets)) == 2
    for key in desk.sheets:
        assert f"{copy}: whole." in desk.done("backup", "verify", copy, typed=f"{key.lower()}\n")
    assert "sealed for others" in desk.refused("backup", "verify", typed=f"{sealing.new_pair().identity}\n")
    assert "no private key" in desk.refused("backup", "verify", typed="AGE-SECRET-KEY-1QQQ\n")


def test_a_copy_holds_both_stores_and_the_database_and_no_key(desk: Home) -> None:
    filled(desk.app)
    desk.done("backup", "write")
    (copy,) = desk.copies()
    found = names_in(copy, desk.sheets[0])
    assert {name.split("/")[1] for name in found if name.startswith("media/")} == {"public", "vault"}
    assert found[0].startswith("database.")
    assert not [name for name in found if "key" in name or "secret" in name]
    keys = [path.read_bytes().strip() for path in desk.folder.rglob("*.key")]
    assert len(keys) == 3
    with sealing.opening(copy, sealing.identity_of(desk.sheets[0])) as plain:
        content = plain.read()
    assert not any(key in content for key in keys)


def test_nothing_of_it_lies_in_clear_and_all_is_its_owners_alone(desk: Home) -> None:
    filled(desk.app)
    folder = desk.folder / "home" / "backups"
    (folder).mkdir(exist_ok=True, mode=0o700)
    (folder / ".0123456789abcdef.part").write_bytes(b"what a killed run left")
    desk.done("backup", "write")
    found = list(folder.iterdir())
    assert len(found) == 2
    assert not any(b"mahire" in path.read_bytes().lower() for path in found)
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}
    assert not any(key.encode() in path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()
                   for key in desk.sheets), "The private keys are kept nowhere."  # fmt: skip


@pytest.mark.parametrize("where", [300, -50], ids=["in its head", "near its end"])
def test_one_changed_byte_is_noticed_with_and_without_a_key(desk: Home, where: int) -> None:
    desk.done("backup", "write")
    (copy,) = desk.copies()
    content = bytearray(copy.read_bytes())
    content[where] ^= 1
    copy.write_bytes(content)
    assert "not what was written" in desk.refused("backup", "verify", "--outside")
    desk.refused("backup", "verify", copy, typed=f"{desk.sheets[1]}\n")


def test_a_cut_copy_is_noticed(desk: Home) -> None:
    desk.done("backup", "write")
    (copy,) = desk.copies()
    copy.write_bytes(copy.read_bytes()[:-70_000])
    assert "cut off" in desk.refused("backup", "verify", copy, typed=f"{desk.sheets[0]}\n")


def test_without_keys_for_two_people_no_copy_is_written(start: Start) -> None:
    home = start("bare")
    home.done("init")
    assert "flask backup keys" in home.refused("backup", "write")
    assert home.copies() == []
    home.done("backup", "keys")
    assert "There are keys already" in home.refused("backup", "keys")


def test_where_the_database_can_not_be_copied_no_half_copy_stays(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    if desk.app.extensions["settings"].database_file is None:
        assert "pg_dump is not installed" in desk.refused("backup", "write")
        assert list((desk.folder / "home" / "backups").iterdir()) == []


def test_the_audit_knows_of_each_copy(desk: Home) -> None:
    desk.done("backup", "write")
    with desk.app.app_context():
        actions = [row.action for row in db.session.query(AuditRow).order_by(AuditRow.number)]
        db.session.rollback()
    assert actions[-2:] == ["backup.keys", "backup.written"]


def test_a_copy_opens_without_this_program_by_age_alone(desk: Home, tmp_path: Path) -> None:
    import pyrage

    filled(desk.app)
    desk.done("backup", "write")
    (copy,) = desk.copies()
    plain = tmp_path / "plain.tar"
    pyrage.decrypt_file(str(copy), str(plain), [pyrage.x25519.Identity.from_str(desk.sheets[0])])
    listed = subprocess.run(["tar", "tf", plain], capture_output=True, text=True, check=True).stdout.splitlines()
    assert listed[-1] == "manifest.json"
