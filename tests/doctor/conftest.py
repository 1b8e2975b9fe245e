"""What the checks of the doctor are asked about: a home on either database, with a register and a sweep behind it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from campaign.cases import reindexing
from campaign.database import db
from campaign.doctor.checks import examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import writer
from campaign.publishing import sweep

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
