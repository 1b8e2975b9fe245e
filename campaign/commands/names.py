"""`flask names`: how a name is read, whether two match, how well the method does on a sheet of real spellings."""

import json
from pathlib import Path

import click
from flask import Flask

SHEET = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group("names")
def names() -> None:
    """Read, compare and measure names in any script. Needs no home."""


@names.command("explain")
@click.argument("name")
def explain(name: str) -> None:
    """Show each step from NAME as written to the keys it is found by."""
    from campaign.names.explaining import explained

    for line in explained(name):
        click.echo(line)


@names.command("match")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
def match(left: str, right: str) -> None:
    """Show how alike the names A and B are, and why."""
    from campaign.names.explaining import compared

    for line in compared(left, right):
        click.echo(line)


@names.command("bench")
@click.argument("file", type=SHEET)
@click.option("--kind", type=click.Choice(["person", "place"]), default="person", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def bench(file: Path, kind: str, as_json: bool) -> None:
    """Index the first Latin spelling of each entity in FILE, ask for every other, print how many were found."""
    from campaign.names import bench as benches

    try:
        result = benches.bench(benches.spellings(file, kind=kind))
    except benches.BadSheet as problem:
        raise click.ClickException(str(problem)) from problem
    if as_json:
        click.echo(json.dumps(result.figures()))
        return
    click.echo(f"{result.indexed} {kind}s indexed, {result.whole.asked} spellings asked")
    for script, tally in (("all", result.whole), *sorted(result.by_script.items())):
        figures = tally.figures()
        click.echo(
            f"{script:>5} {figures['asked']:>6} asked   recall@1 {figures['recall@1']:.3f}"
            f"   recall@10 {figures['recall@10']:.3f}   MRR {figures['mrr']:.3f}"
        )
    click.echo(f"p95 {result.p95_ms:.1f} ms among {benches.FULL_INDEX} names")


@names.command("pairs")
@click.argument("file", type=SHEET)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def pairs(file: Path, as_json: bool) -> None:
    """Score the labelled pairs of FILE, print how the scores part the same people from others."""
    from campaign.names import bench as benches

    try:
        figures = benches.pairs(file).figures()
    except benches.BadSheet as problem:
        raise click.ClickException(str(problem)) from problem
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(f"{figures['same']} pairs of one person, median score {figures['median_same']:.3f}")
    click.echo(f"{figures['other']} pairs of two people, median score {figures['median_other']:.3f}")
    click.echo(f"area under the curve {figures['auc']:.3f}")
    click.echo(f"{figures['other_above_median_same']} pairs of two people score above the median of one person")


def register(app: Flask) -> None:
    """Give the application its `names` commands."""
    app.cli.add_command(names)
