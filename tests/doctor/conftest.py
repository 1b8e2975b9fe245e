"""What the checks of the doctor are asked about: a home on either database, with a register and a sweep behind it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from campaign.cases import reindexing
from campaign.database import db
from campaign.doctor.checks import examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import writer
from campaign.publishing import sweep
from tests.doctor.certificates import Authority

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
