"""`python -m bench names FILE` and `python -m bench pairs FILE`: how well names are found on a sheet of real spellings.

They need no home and write nothing. What is measured is in bench.recall.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bench import recall
from bench.recall import BadSheet, Spelling, Tally
from campaign.commands.group import BadInput
from campaign.commands.names import printable
from campaign.places.current import shipped
from campaign.places.index import REGION

SHEET = click.Path(path_type=Path)


@click.group("bench")
def commands() -> None:
    """Measure how names are found and told apart."""


@commands.command("names")
@click.argument("file", type=SHEET)
@click.option("--kind", type=click.Choice(["person", "place"]), default="person", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option(
    "--fill", type=click.IntRange(0), default=20_000, show_default=True, help="Names that time is taken among."
)
def names(file: Path, kind: str, as_json: bool, fill: int) -> None:
    """Index the first Latin spelling of each entity in FILE, ask for every other, print how many were found.

    Places are found as everywhere here: those that the gazetteer knows by the name first, then those of a name like it.
    """
    with bad_input():
        rows = recall.spellings(file, kind=kind)
    result = recall.bench(rows, fill_to=fill, places_of=named if kind == "place" else recall.nowhere)
    if as_json:
        click.echo(json.dumps(result.figures()))
        return
    click.echo(f"{result.indexed} {kind}s indexed, {result.whole.asked} spellings asked")
    for script, tally in (("all", result.whole), *sorted(result.by_script.items())):
        click.echo(_told(f"{printable(script):>5}", tally))
    if kind == "place":
        known = recall.bench(of_region(rows), fill_to=0, places_of=named)
        click.echo(f"{known.indexed} of them are places of the region that the gazetteer holds")
        click.echo(_told("these", known.whole))
    click.echo(f"p95 {result.p95_ms:.1f} ms among {max(fill, result.indexed)} names")


@commands.command("pairs")
@click.argument("file", type=SHEET)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def pairs(file: Path, as_json: bool) -> None:
    """Score the labelled pairs of FILE, print how the scores part the same people from others."""
    with bad_input():
        figures = recall.pairs(file).figures()
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(f"{figures['same']} pairs of one person, median score {figures['median_same']:.3f}")
    click.echo(f"{figures['other']} pairs of two people, median score {figures['median_other']:.3f}")
    click.echo(f"area under the curve {figures['auc']:.3f}")
    click.echo(f"{figures['other_above_median_same']} pairs of two people score above the median of one person")


@contextmanager
def bad_input() -> Iterator[None]:
    """Turn a sheet that can't be worked with into one line and exit code 2."""
    try:
        yield
    except BadSheet as problem:
        raise BadInput(printable(str(problem))) from problem


def named(text: str) -> list[str]:
    """Return the shipped places that `text` names, the likeliest first.

    By GeoNames number, for a county and its seat share one; by code where there is none.
    """
    return [hit.place.geonames or hit.place.code for hit in shipped().find(text)]


def of_region(rows: Sequence[Spelling]) -> list[Spelling]:
    """Return the spellings of those places whose first one names a place of the region."""
    of_region = set(shipped().within(REGION))
    known = {
        entity
        for entity, row in recall.first_latin(rows).items()
        if any(hit.how == "exact" and hit.place.code in of_region for hit in shipped().find(row.text))
    }
    return [row for row in rows if row.entity in known]


def _told(label: str, tally: Tally) -> str:
    figures = tally.figures()
    return (
        f"{label} {figures['asked']:>6} asked   recall@1 {figures['recall@1']:.3f}"
        f"   recall@10 {figures['recall@10']:.3f}   MRR {figures['mrr']:.3f}"
    )
