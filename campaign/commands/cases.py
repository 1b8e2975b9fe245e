"""`flask cases import`: a sheet becomes cases. `flask cases reindex`: what the desk lists and finds, anew."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from tqdm import tqdm

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.checks import Refused
from campaign.cases.diff import Change
from campaign.cases.reindexing import reindex
from campaign.commands.group import Group
from campaign.commands.names import printable
from campaign.commands.operators import proven
from campaign.commands.sheets import chosen_in_a_file, read_list, tell
from campaign.database import db
from campaign.imports import importing, mapping, uploads
from campaign.imports import record as imports
from campaign.imports.columns_read import ColumnRead
from campaign.imports.importing import Report
from campaign.imports.steps import Decisions
from campaign.publishing import import_jobs, import_writing
from campaign.sheets import Sheet, Unreadable
from campaign.staff.words import field_at, in_words

group = Group("cases", help="Cases from sheets.")


def register(app: Flask) -> None:
    """Give the application its `cases` commands."""
    app.cli.add_command(group)


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "email", help="Whose work this is: the address of an account that may import.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="What the columns mean (TOML).")
@click.option("--propose", is_flag=True, help="Print a map to edit, and do nothing else.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one line of JSON.")
@chosen_in_a_file
@with_appcontext
def import_cases(
    file: Path,
    email: str | None,
    map_file: Path | None,
    propose: bool,
    dry_run: bool,
    as_json: bool,
    sheet: str | None,
    encoding: str | None,
) -> None:
    """Read FILE (CSV, XLSX, XLS, XLSB or ODS) and make or update one case for each row."""
    try:
        text = map_file.read_text("utf-8") if map_file else ""
        asked = mapping.file_stated(text)
        encoding = encoding or asked["encoding"]
        table = read_list(file, sheet=sheet or asked["sheet"], encoding=encoding)
        if propose:
            click.echo(mapping.written(mapping.propose(table, file.name)) + mapping.offered(), nl=False)
            return
        text = text or mapping.written(mapping.propose(table, file.name))
        chosen = mapping.parsed(text, table, file.name)
        tell(mapping.further.told(table, chosen.further))
        by = importer(email, chosen)
        if dry_run:
            report = rehearsed(table, chosen, by=by, decisions=mapping.decisions(text))
        else:
            report = run(file, table, text, by=by, encoding=encoding or "")
    except (Unreadable, mapping.BadMap, Refused, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else report_text(report, dry_run=dry_run))


@group.command("reindex")
@with_appcontext
def reindex_cases() -> None:
    """Write the desk's lists and index anew from the cases. Can be run at any time, any number of times."""
    with tqdm(desc="cases", file=sys.stderr) as bar:
        count = reindex(bar.update)
    db.session.commit()
    click.echo(f"{count} cases listed and indexed anew.")


def importer(email: str | None, chosen: mapping.Map) -> Account:
    """Return who imports. Refuses who may not, and a consent or risk stated by who is no safety officer."""
    if not email:
        raise click.ClickException("Say whose work this is: --by EMAIL.")
    account = proven(email, "import")
    if not may(account, Action.IMPORT_CASES):
        raise click.ClickException(f"{email} may not import: it takes the role editor.")
    if (chosen.consent or chosen.risk) and not may(account, Action.CONFIRM_SAFETY):
        raise click.ClickException("The map states a consent or a risk: only a safety officer may import it.")
    return account


def rehearsed(table: Sheet, chosen: mapping.Map, *, by: Account, decisions: Decisions | None = None) -> Report:
    """Return what an import would do. Writes nothing, and keeps no record. Raises NoSuchRow as `run` does."""
    with tqdm(total=len(table.rows), desc="reading", file=sys.stderr) as bar:
        steps = import_writing.steps_of(table, chosen, by=by, signer=by, decisions=decisions or {}, tick=bar.update)
    return importing.counted(steps, chosen)


def run(file: Path, table: Sheet, text: str, *, by: Account, encoding: str = "") -> Report:
    """Import a sheet that was read from a file, with a map as TOML: its record, its plan, its cases. Commits.

    Raises Overtaken where somebody else imported rows of the same list meanwhile; then nothing is written. Raises
    NoSuchRow for a decision about a row that is not there.
    """
    with file.open("rb") as stream:
        one = uploads.take_in(stream, file.name, by=by)
    imports.choose_sheet(one, sheet=table.name, encoding=encoding, by=by)
    chosen = imports.state_map(one, text, table, by=by)
    db.session.commit()
    return import_jobs.at_once(one, table, chosen, by=by, bar=partial(tqdm, file=sys.stderr))


def report_text(report: Report, *, dry_run: bool) -> str:
    """Return the report for a person to read."""
    would = "Would have read" if dry_run else "Read"
    lines = [
        f"{would} {report.rows} rows: {report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.refused} refused, {report.asked} asked; "
        f"{len(report.warnings)} to look at."
    ]
    lines += ["How the columns were read:", *map(_column_text, report.columns)] if report.columns else []
    lines += ["To look at:"] if report.warnings else []
    lines += [f"  row {one.row}, {one.column}: {one.value!r}. {one.message}" for one in report.warnings]
    return "\n".join(lines)


def _column_text(column: ColumnRead) -> str:
    read = [f"“{one.cell}”: {_fields_text(one.fields)}" for one in column.examples]
    return printable(f"  “{column.header}” ({column.filled} filled): {'. '.join([column.label, *read])}.")


def _fields_text(fields: Sequence[Change]) -> str:
    told = (in_words(field_at(one.path), one.after) for one in fields)
    return "; ".join(filter(None, told)) or "nothing but a note"
