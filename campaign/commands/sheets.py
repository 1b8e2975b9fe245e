"""What every command that reads a sheet shares: how its sheet and encoding are chosen, and what is told of it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from campaign import sandbox, sheets
from campaign.commands.names import printable
from campaign.sheets import Sheet

F = TypeVar("F", bound=Callable[..., object])


def chosen_in_a_file(command: F) -> F:
    """Give a command the options that choose a sheet of its file, and the encoding."""
    sheet = click.option("--sheet", help="Which sheet of a workbook; without it the first that holds a list.")
    encoding = click.option("--encoding", help="How the letters of a CSV are encoded, such as cp1251 or gb18030.")
    return sheet(encoding(command))


def read_sheet(file: Path, *, sheet: str | None, encoding: str | None) -> Sheet:
    """Return the one sheet of a file that is taken; all that is told goes to standard error. Raises Unreadable."""
    found = read_list(file, sheet=sheet, encoding=encoding)
    tell(found.not_taken())
    return found


def read_list(file: Path, *, sheet: str | None, encoding: str | None) -> Sheet:
    """Return the chosen sheet of a file; what is told of it, not of others, goes to standard error."""
    with sandbox.running():
        book = sheets.read(file, file.name, sheet=sheet, encoding=encoding)
    tell(book.sheet.told)
    return book.sheet


def tell(sentences: Iterable[str]) -> None:
    """Print sentences to standard error."""
    for sentence in sentences:
        click.echo(printable(sentence), err=True)
