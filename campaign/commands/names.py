"""`flask names`: how a name is read, and whether two match. How well the method does is for `python -m bench names`."""

import click
from flask import Flask

from campaign.names.explaining import compared, explained


@click.group("names")
def names() -> None:
    """Read and compare names in any script. Needs no home."""


@names.command("explain")
@click.argument("name")
def explain(name: str) -> None:
    """Show each step from NAME as written to the keys it is found by."""
    for line in explained(name):
        click.echo(line)


@names.command("match")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
def match(left: str, right: str) -> None:
    """Show how alike the names A and B are, and why."""
    for line in compared(left, right):
        click.echo(line)


def register(app: Flask) -> None:
    """Give the application its `names` commands."""
    app.cli.add_command(names)
