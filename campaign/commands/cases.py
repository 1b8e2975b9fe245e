"""`flask cases import`: a sheet becomes cases. `flask cases reindex`: what the desk lists and finds, anew."""

import json
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select
from tqdm import tqdm

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases.checks import Refused
from campaign.cases.models import Case
from campaign.cases.reindexing import reindex
from campaign.cases.revisions import each_with_file
from campaign.clock import now
from campaign.commands.group import Group
from campaign.commands.operators import proven
from campaign.commands.sheets import chosen_in_a_file, read_sheet
from campaign.database import db, reading
from campaign.imports import duplicate_rows, importing, mapping, planning
from campaign.imports.duplicate_rows import sift
from campaign.imports.importing import Report
from campaign.imports.steps import Decisions
from campaign.publishing import restricted_duplicates
from campaign.sheets import Sheet, Unreadable

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
        table = read_sheet(file, sheet=sheet, encoding=encoding)
        if propose:
            click.echo(mapping.written(mapping.propose(table)) + mapping.offered(), nl=False)
            return
        stated = map_file.read_text("utf-8") if map_file else ""
        chosen = mapping.parsed(stated, table)
        decided = mapping.decisions(stated)
        report = run(table, chosen, by=importer(email, chosen), dry_run=dry_run, decisions=decided)
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


def run(table: Sheet, chosen: mapping.Map, *, by: Account, dry_run: bool, decisions: Decisions | None = None) -> Report:
    """Plan the sheet and make it ready while others may write, then write it in one short transaction.

    Raises Overtaken where somebody else imported rows of the same list meanwhile; then nothing is written. Raises
    NoSuchRow for a decision about a row that is not there.
    """
    with reading():
        planned = planning.plan(table, chosen, by=by, decisions=decisions)
        steps = list(tqdm(planned, total=len(table.rows), desc="reading", file=sys.stderr))
        read = sift(steps, by)
        if dry_run:
            return importing.counted(steps, chosen)
        importing.prepare_new(steps, read)
        del read  # 30 MB of 10,000 rows
    db.session.rollback()
    started = now()
    with tqdm(total=len(steps), desc="writing", file=sys.stderr) as bar:
        report = importing.write(steps, chosen, by=by, tick=bar.update)
    duplicate_rows.remember_pairs(steps)
    restricted_duplicates.alert(each_with_file(select(Case.id).where(Case.updated_at >= started).order_by(Case.id)))
    record("cases.imported", by=by.id, details={"rows": report.rows, "created": report.created})
    db.session.commit()
    return report


def report_text(report: Report, *, dry_run: bool) -> str:
    """Return the report for a person to read."""
    would = "Would have read" if dry_run else "Read"
    lines = [
        f"{would} {report.rows} rows: {report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.refused} refused, {report.asked} asked; "
        f"{len(report.warnings)} to look at."
    ]
    lines += [f"  row {one.row}, {one.column}: {one.value!r}. {one.message}" for one in report.warnings]
    return "\n".join(lines)
