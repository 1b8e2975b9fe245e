"""What the checks of the doctor are asked about: a home on either database, with a register and a sweep behind it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import reindexing
from campaign.database import db
from campaign.doctor.checks import examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import writer
from campaign.publishing import sweep
from tests.doctor.certificates import Authority
from tests.doctor.mail_server import Mailbox, receiving
from tests.publishing.desk import Desk, staffed
from tests.web import processes

Sends = Callable[..., Flask]
Asked = Callable[[str], list[Diagnosis]]


@pytest.fixture
def well(app: Flask) -> Flask:
    """A home of which the doctor has nothing red to say."""
    here = app.extensions["settings"]
    app.extensions["settings"] = replace(here, register=here.home.parent / "register")
    with app.app_context():
        writer.rebuild()
        reindexing.reindex()
        db.session.commit()
        sweep.sweep()
    return app


@pytest.fixture
def asked(well: Flask) -> Asked:
    """Asks one check by its name."""

    def ask(name: str) -> list[Diagnosis]:
        with well.app_context():
            (check,) = (one for one in table() if one.name == name)
            return examine(check)

    return ask


@pytest.fixture
def moment(tmp_path: Path) -> Iterator[datetime]:
    """The machine's own instant, as its file system has it."""
    (tmp_path / "clock").touch()
    there = datetime.fromtimestamp((tmp_path / "clock").stat().st_mtime, UTC)
    with time_machine.travel(there):
        yield there


@pytest.fixture
def authority(tmp_path: Path, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this process trusts, as it would one of the machine's list."""
    made = Authority(tmp_path, moment)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return processes.free_port()


@pytest.fixture
def mailbox(port: int) -> Iterator[Mailbox]:
    """A mail server on that port, and what it takes."""
    with receiving(port) as mailbox:
        yield mailbox


@pytest.fixture
def sends(well: Flask, port: int) -> Sends:
    """Lets a home send its mails to the server, before the hour of the digest unless a test says otherwise."""

    def begin(**settings: Any) -> Flask:
        usual = {
            "smtp_host": "localhost",
            "smtp_port": port,
            "smtp_security": "none",
            "smtp_sender": "desk@names.example",
        }
        well.extensions["settings"] = replace(well.extensions["settings"], **{**usual, **settings})
        return well

    return begin


@pytest.fixture
def early() -> Iterator[time_machine.Traveller]:
    """Two in the night of a Monday: no digest is due. The clock stands, and can be moved on."""
    with time_machine.travel("2026-11-30T02:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def desk(sends: Sends) -> Iterator[Desk]:
    """A desk whose people can all sign in; a publisher and an officer can deal with what is urgent."""
    with sends().app_context():
        desk = staffed()
        for account in db.session.scalars(select(Account)):
            account.totp_sealed = b"sealed"
        db.session.commit()
        yield desk
        db.session.rollback()
