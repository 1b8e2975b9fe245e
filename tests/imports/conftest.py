"""Who imports, and what an input comes to."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from campaign import sheets
from campaign.accounts.models import Account
from campaign.database import db
from campaign.imports import mapping, planning
from campaign.imports.steps import Step
from campaign.sheets import Sheet
from tests.cast import hired

CASES = Path(__file__).parent / "cases"
Planned = Callable[..., list[Step]]


@pytest.fixture
def editor(app: Flask) -> int:
    """The number of an editor's account."""
    with app.app_context():
        number = hired("Edo", "editor").id
        db.session.commit()
        return number


@pytest.fixture
def planned(app: Flask, editor: int) -> Iterator[Planned]:
    """Plan the import of a file of cases/, or of text as CSV, with the proposed map and what a test states in it."""
    with app.app_context():

        def run(source: str | Sheet, **stated: Any) -> list[Step]:
            if isinstance(source, str):
                content = CASES / source if "\n" not in source else source.encode()
                source = sheets.read(content, "sheet.csv").sheet
            table = source
            chosen = replace(mapping.propose(table), **stated)
            return list(planning.plan(table, chosen, by=db.session.get_one(Account, editor)))

        yield run


def told(step: Step) -> str:
    """Return all that is told of a row."""
    return " ".join(warning.message for warning in step.draft.warnings)
