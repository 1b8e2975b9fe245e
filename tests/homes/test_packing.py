"""Revisions of earlier releases lie unpacked beside those of now: all are read, and a rotation keeps both."""

import msgspec
from flask import Flask
from sqlalchemy import LargeBinary, select, type_coerce

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.formats import PACKED, unpack
from campaign.keys import Keyring
from campaign.publishing.models import Publication
from tests.homes.conftest import Load

RAW = select(type_coerce(Revision.snapshot, LargeBinary)).order_by(Revision.id)
BODIES = select(type_coerce(Publication.body, LargeBinary)).where(Publication.body.is_not(None))


def test_revisions_of_before_and_packed_ones_are_read_and_resealed_together(load: Load) -> None:
    app = load()
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    with app.app_context():
        before = unsealed(app)
        assert before
        assert all(one.startswith(b"{") for one in before)
        case = db.session.scalars(select(Case).order_by(Case.id)).all()[2]
        by = db.session.scalars(select(Account)).first()
        assert by is not None
        file = msgspec.structs.replace(revisions.head(case), last_address="12 Long Street")
        revisions.revise(case, file, by=by, base_version=case.version, reason="Told by a neighbour")
        db.session.commit()
        *older, newest = unsealed(app)
        assert older == before, "what was stored stays the bytes that it was"
        assert newest.startswith(PACKED)
        assert len(newest) < len(unpack(newest)) / 2
    rotated = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert rotated.exit_code == 0, rotated.output
    with app.app_context():
        keyring: Keyring = app.extensions["keyring"]
        newest_key = Keyring(keyring.folder)
        (keyring.folder / "content-0001.key").unlink()
        app.extensions["keyring"] = newest_key
        assert unsealed(app) == [*before, newest]
        cases = db.session.scalars(select(Case)).all()
        told = {case.ref: revisions.several(case, range(1, case.version + 1)) for case in cases}
        assert sum(map(len, told.values())) == len(before) + 1
        assert all(newest_key.unseal(bytes(one)).startswith(b"{") for one in db.session.scalars(BODIES))
        assert "12 Long Street" in {files[max(files)].last_address for files in told.values()}


def unsealed(app: Flask) -> list[bytes]:
    """Return what is stored of every revision, in order, as its keys open it."""
    keyring: Keyring = app.extensions["keyring"]
    return [keyring.unseal(bytes(sealed)) for sealed in db.session.scalars(RAW)]
