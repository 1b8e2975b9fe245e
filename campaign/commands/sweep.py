"""`flask sweep`: what happens by the clock, in a process of its own, where no `flask serve` of the desk does it."""

import signal
import sys
import threading

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from campaign.commands.group import Command
from campaign.doctor import rounds
from campaign.ledger import public_file
from campaign.publishing import sweep as sweeping
from campaign.web import metrics
from campaign.web.context import settings

USUAL_SECONDS = 60


@click.command("sweep", cls=Command)
@click.option("--once", is_flag=True, help="Sweep once and say what was done: for cron or a timer.")
@with_appcontext
def sweep(once: bool) -> None:
    """Take away what ended by date and publish what waited for its hour, every CAMPAIGN_SWEEP_SECONDS."""
    if once:
        sweep_once()
        return
    seconds = settings().sweep_seconds or USUAL_SECONDS
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    metrics.start(app)
    click.echo(f"Sweeping every {seconds} seconds.", err=True)
    public_file.hold_open(app)
    sweeping.run(app, seconds, stopped, rounds.of_sweep)


def sweep_once() -> None:
    """Sweep, and say of which case what was done; end with status 1 where something was refused."""
    swept = sweeping.sweep()
    rounds.of_sweep(0)
    if swept is None:
        click.echo("Another process is sweeping; nothing was done here.")
        return
    for deed, found in (("taken away", swept.taken_away), ("published", swept.published), ("moved", swept.moved)):
        for ref in found:
            click.echo(f"{ref}: {deed}.")
    for ref, sentence in swept.refused:
        click.echo(f"{ref}: {sentence}")
    done = f"{len(swept.taken_away)} taken away, {len(swept.published)} published"
    click.echo(f"{done}, {len(swept.moved)} whose sentence was over.")
    if swept.refused:
        sys.exit(1)


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(sweep)
