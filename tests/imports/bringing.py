"""Importing a sheet in a test as the command does: its record, its plan, its cases."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask

from campaign import sheets
from campaign.accounts.models import Account
from campaign.commands.cases import run
from campaign.database import db
from campaign.imports import mapping, uploads
from campaign.imports import record as imports
from campaign.imports.importing import Report
from campaign.publishing import import_jobs


def brought(
    app: Flask, path: Path, account: int, *, text: str = "", decisions: Mapping[str, str] | None = None
) -> Report:
    """Import a file with a map as TOML ("" for what the columns seem to mean), and return the report."""
    with app.app_context():
        table, by = sheets.read(path).sheet, db.session.get_one(Account, account)
        stated = text or mapping.written(mapping.propose(table))
        return run(path, table, stated + decided(decisions or {}), by=by)


def decided(decisions: Mapping[str, str]) -> str:
    """Return decisions of rows as a map states them."""
    return "\n[decisions]\n" + "".join(f'"{key}" = "{choice}"\n' for key, choice in decisions.items())


def brought_text(
    app: Flask, words: str, account: int, *, text: str = "", decisions: Mapping[str, str] | None = None
) -> Report:
    """Import the words of a CSV file."""
    path = Path(app.extensions["settings"].home) / "sheet.csv"
    path.write_text(words, "utf-8")
    return brought(app, path, account, text=text, decisions=decisions)


def planned_then(app: Flask, path: Path, account: int, meanwhile: Callable[[], object]) -> Report:
    """Plan the import of a file, let something happen, then write it."""
    with app.app_context():
        by, table = db.session.get_one(Account, account), sheets.read(path).sheet
        with path.open("rb") as stream:
            one = uploads.take_in(stream, path.name, by=by)
        chosen = imports.state_map(one, mapping.written(mapping.propose(table)), table, by=by)
        db.session.commit()
        return import_jobs.at_once(one, table, chosen, by=by, bar=lambda **kwargs: Bar(meanwhile, **kwargs))


class Bar:
    """A bar of progress after whose first stage something happens."""

    def __init__(self, meanwhile: Callable[[], object], *, desc: str, total: int) -> None:
        self.meanwhile, self.is_first = meanwhile, desc == "reading"

    def __enter__(self) -> "Bar":
        return self

    def update(self, _count: int) -> None:
        """Take note of nothing."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Any:
        if self.is_first and error is None:
            self.meanwhile()
