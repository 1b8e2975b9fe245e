"""`flask keys rotate`: afterwards the newest key alone opens everything."""

import io
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from flask import Flask
from sqlalchemy import LargeBinary, select, type_coerce

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Revision
from campaign.database import db
from campaign.formats import unpack
from campaign.keys import Keyring
from campaign.media.stores import Vault, VaultEntry
from tests.cast import hired


def filled(app: Flask) -> VaultEntry:
    """Seal something of each kind: a case, a second factor, an original of 70,000 bytes."""
    keyring: Keyring = app.extensions["keyring"]
    with app.app_context():
        account = hired("Edo")
        account.totp_sealed = keyring.seal(b"factor")
        revisions.create(CaseFile(names=[Name(id="a0000001", text="Mahire Bulaqbeg")]), by=account, reason="Told")
        db.session.commit()
        return vault(app, keyring.fernet).put(io.BytesIO(b"original" * 8750))


def vault(app: Flask, fernet: MultiFernet) -> Vault:
    return Vault(app.extensions["settings"].home / "media" / "vault", fernet)


def rotate(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert result.exit_code == 0, result.output
    return result.output


def newest_alone(app: Flask) -> MultiFernet:
    folder: Path = app.extensions["keyring"].folder
    return MultiFernet([Fernet(max(folder.glob("content-*.key")).read_text().strip())])


def opens_everything(app: Flask, key: MultiFernet, original: VaultEntry) -> None:
    """Read each kind with one key; raises where it does not open."""
    with app.app_context():
        snapshot = db.session.scalars(select(type_coerce(Revision.snapshot, LargeBinary))).one()
        assert b"Mahire Bulaqbeg" in unpack(key.decrypt(bytes(snapshot)))
        assert key.decrypt(db.session.scalars(select(Account)).one().totp_sealed or b"") == b"factor"
    vault(app, key).verify(original)


def test_the_newest_key_alone_opens_all_that_older_ones_sealed(app: Flask) -> None:
    original = filled(app)
    words = rotate(app)
    assert "1  revision.snapshot" in words
    assert "1  account.totp_sealed" in words
    assert "1  files of the vault" in words
    opens_everything(app, newest_alone(app), original)


def test_rotating_twice_leaves_everything_with_the_third_key(app: Flask) -> None:
    original = filled(app)
    rotate(app)
    rotate(app)
    assert len(list(app.extensions["keyring"].folder.glob("content-*.key"))) == 3
    opens_everything(app, newest_alone(app), original)


def test_an_empty_home_rotates_too(app: Flask) -> None:
    assert "0  files of the vault" in rotate(app)
