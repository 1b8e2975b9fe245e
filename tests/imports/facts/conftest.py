"""Rows brought in through the real import, each column with a target; the case file that comes of the first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.commands.cases import run
from campaign.database import db
from campaign.imports.importing import Report
from tests.cast import hired

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Brought:
    """What an import said, and the files of its cases in order."""

    report: Report
    files: list[CaseFile]

    @property
    def file(self) -> CaseFile:
        return self.files[0]

    @property
    def told(self) -> list[tuple[str, str]]:
        """Column and message of each line to look at."""
        return [(one.column, one.message) for one in self.report.warnings]

    def says(self, words: str) -> bool:
        return any(words in message for _, message in self.told)


OTHER = {"Name": ("name", "Bahtiyar Testov")}  # for a second row in one test
Brings = Callable[..., Brought]


@pytest.fixture
def officer(app: Flask) -> int:
    """The number of an account that edits and guards safety."""
    with app.app_context():
        number = hired("Sana", "safety_officer", "editor").id
        db.session.commit()
        return number


@pytest.fixture
def brings(app: Flask, editor: int) -> Brings:
    """Import one row: targets and cells by header, or a file of tests/imports/cases."""

    def bring(
        columns: dict[str, tuple[str, str]] | None = None, *, stated: str = "", path: Path | None = None,
        by: int = editor, again: bool = False,
    ) -> Brought:  # fmt: skip
        if path is None:
            path = Path(app.extensions["settings"].home) / "sheet.csv"
            cells = {"Name": ("name", "Amina Testova")} | (columns or {})
            path.write_text(f"{_line(cells)}\n{_line([cell for _, cell in cells.values()])}\n", "utf-8")
            stated = _columns({header: target for header, (target, _) in cells.items()}) + stated
        with app.app_context():
            table = sheets.read(path).sheet
            report = run(path, table, stated, by=db.session.get_one(Account, by))
            cases = db.session.scalars(select(Case).order_by(Case.id))
            return Brought(report, [revisions.head(case) for case in cases])

    return bring


def _line(cells: object) -> str:
    return ",".join(_quoted(cell) for cell in cells)  # type: ignore[attr-defined]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _columns(targets: dict[str, str]) -> str:
    lines = [f'"{header}" = "{target}"' for header, target in targets.items()]
    return "[columns]\n" + "\n".join(lines) + "\n"
