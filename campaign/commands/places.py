"""`flask places`: what the gazetteer knows, found by any spelling, and extended by the campaign's own sheet.

These serve a public process too: places are no secret. Places of detention are in campaign.commands.facilities.
"""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from campaign.commands.group import BadInput, Group
from campaign.commands.names import printable
from campaign.commands.sheets import chosen_in_a_file, read_sheet
from campaign.places.current import COLUMNS, Remark, gazetteer, own_places, shipped
from campaign.places.extending import Extension, alone, checked, keep
from campaign.places.index import Place
from campaign.places.reading import choose, suggest
from campaign.sheets import Unreadable

READ = {*COLUMNS, "names", "name", "latitude", "longitude", "lng", "id"}


def register(app: Flask) -> None:
    """Give the application its `places` commands; the group is made anew for each, for others add to it."""
    group = Group("places", help="The gazetteer: find, list, and add the campaign's own places.")
    for command in (find, list_places, extend):
        group.add_command(command)
    app.cli.add_command(group)


@click.command("find")
@click.argument("text")
@with_appcontext
def find(text: str) -> None:
    """Show which places TEXT may mean, in any spelling or script."""
    choice = choose(text)
    codes = [choice.code] if choice.code else list(choice.candidates or suggest(text))
    if not codes:
        raise click.ClickException(f'Nothing in the gazetteer is near "{printable(text)}".')
    if not choice.code:
        click.echo("It may mean any of these:" if choice.is_named else "No place of this name. Near it:")
    for code in codes:
        click.echo(line_of(gazetteer().by_code(code)))


@click.command("list")
@click.option("--within", "within", default="", help="Only what lies in this place: a code or a name.")
@click.option("--own", is_flag=True, help="Only the places that the campaign added.")
@with_appcontext
def list_places(within: str, own: bool) -> None:
    """Show the places: code, words, names in each script."""
    known = gazetteer()
    outer = choose(within).code if within else ""
    if within and not outer:
        raise BadInput(f'"{printable(within)}" is not one place. Ask: flask places find "{printable(within)}"')
    inside = known.within(outer) if outer else [place.code for place in known]
    codes = [code for code in inside if not own or known.by_code(code) != _shipped(code)]
    for code in codes:
        click.echo(line_of(known.by_code(code)))
    click.echo(f"{len(codes)} {'place' if len(codes) == 1 else 'places'}.")


@click.command("extend")
@click.argument("file", metavar="SHEET", type=click.Path(path_type=Path))
@chosen_in_a_file
@with_appcontext
def extend(file: Path, sheet: str | None, encoding: str | None) -> None:
    """Add the places of SHEET to the campaign's own; all of them, or none where one row is wrong.

    It may be CSV, XLSX, XLS, XLSB or ODS. Columns: code, level (region, prefecture, county, town), parent (a code or a
    name), names (in any script, parted by `;`), and if known kind, pinyin, lat, lon, geonames.
    """
    home: Path = current_app.extensions["settings"].home
    try:
        table = read_sheet(file, sheet=sheet, encoding=encoding)
    except Unreadable as error:
        raise BadInput(printable(str(error))) from error
    rows = [dict(zip(table.headers, cells, strict=True)) for cells in table.rows]
    with alone(home):
        extension = checked(zip(table.numbers, rows, strict=True), own_places(home))
        if extension.refused:
            raise BadInput("\n".join(["Nothing was taken:", *map(_line, extension.refused)]))
        path = keep(home, extension)
    for line in report_lines(extension, [header for header in table.headers if header.strip().casefold() not in READ]):
        click.echo(line)
    click.echo(f"{path}: {len(own_places(home))} of the campaign's own; every running process knows them now.")


def report_lines(extension: Extension, unread: list[str]) -> list[str]:
    """Return what an extension did, for a person to read."""
    lines = [f"added     {line_of(place)}" for place in extension.added]
    lines += [f"changed   {line_of(place)}" for place in extension.changed]
    lines += [f"look at {_line(remark).strip()}" for remark in extension.remarks]
    lines += [f"not read: the column {header!r}" for header in unread]
    counts = (len(extension.added), len(extension.changed), len(extension.unchanged))
    return [*lines, "{} added, {} changed, {} unchanged.".format(*counts)]


def line_of(place: Place) -> str:
    """Return a place on one line: code, words, names in other scripts."""
    known = gazetteer()
    words = known.words(place.code) if place.code in known else place.names()[0]
    others = [name for names in (place.uyghur, place.cyrillic, place.chinese) for name in names[:1]]
    return "  ".join([f"{place.code:<10}", words, *others])


def _shipped(code: str) -> Place | None:
    return shipped().by_code(code) if code in shipped() else None


def _line(remark: Remark) -> str:
    return f"  row {remark.row}: {remark.reason}"
