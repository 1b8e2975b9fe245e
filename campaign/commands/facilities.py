"""`flask places facilities`: the desk's list of places of detention, from sheets."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.commands.group import Group
from campaign.commands.operators import proven
from campaign.commands.sheets import chosen_in_a_file, read_sheet
from campaign.database import db
from campaign.imports import facilities
from campaign.imports.facilities import FacilityReport
from campaign.imports.mapping import BadMap
from campaign.publishing import takedown
from campaign.sheets import Unreadable


def register(app: Flask) -> None:
    """Put `facilities` under `flask places`, where staff are served."""
    group = Group("facilities", help="Places of detention that staff know.")
    group.add_command(import_facilities)
    places = app.cli.commands["places"]
    assert isinstance(places, click.Group)
    places.add_command(group)


@click.command("import")
@click.argument("file", metavar="SHEET", type=click.Path(path_type=Path))
@click.option("--by", "email", required=True, help="Whose work this is: the address of an account that may import.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="What the columns mean (TOML).")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one line of JSON.")
@chosen_in_a_file
@with_appcontext
def import_facilities(
    file: Path,
    email: str,
    map_file: Path | None,
    dry_run: bool,
    as_json: bool,
    sheet: str | None,
    encoding: str | None,
) -> None:
    """Read SHEET (CSV, XLSX, XLS, XLSB or ODS) and create or update one facility for each row."""
    account = proven(email, "import_facilities")
    if not may(account, Action.IMPORT_CASES):
        raise click.ClickException(f"{email} may not import: it takes the role editor.")
    try:
        table = read_sheet(file, sheet=sheet, encoding=encoding)
        chosen = facilities.parsed(map_file.read_text("utf-8"), table) if map_file else facilities.propose(table)
    except (Unreadable, BadMap, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    report = facilities.take(table, chosen, by=account.id)
    public = takedown.tell_less(report.coarsened, by=account) if report.coarsened else []
    if dry_run:
        db.session.rollback()
    else:
        counts: dict[str, object] = {
            name: getattr(report, name) for name in ("rows", "created", "updated", "unchanged")
        }
        record("facilities.imported", by=account.id, details=counts)
        db.session.commit()
    click.echo(report_json(report, public) if as_json else report_text(report, public, dry_run=dry_run))


def report_json(report: FacilityReport, public: list[str]) -> str:
    """Return the report as one line; `profiles` are the public ones that tell less from now on."""
    return json.dumps(report.as_dict() | {"narrowed": report.coarsened, "profiles": public}, ensure_ascii=False)


def report_text(report: FacilityReport, public: list[str], *, dry_run: bool) -> str:
    """Return the report for a person to read."""
    would = "Would have read" if dry_run else "Read"
    lines = [
        f"{would} {report.rows} rows: {report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.refused} refused; {len(report.warnings)} to look at."
    ]
    lines += [f"  row {one.row}: {one.value + ': ' if one.value else ''}{one.message}" for one in report.warnings]
    if report.coarsened:
        lines.append(f"Told less finely from now on: {', '.join(report.coarsened)}.")
    if public:
        lines.append(f"These public profiles name one of them. Publish them anew, or pause them: {', '.join(public)}.")
    return "\n".join(lines)
