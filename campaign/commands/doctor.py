"""`flask doctor`: whether what is promised holds on this installation, in plain words; status 1 where it does not."""

import json
import sys
from dataclasses import replace

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from campaign.commands.group import Command
from campaign.doctor import network, outside
from campaign.doctor.checks import Check, examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.web.context import settings

Found = list[tuple[Check, list[Diagnosis]]]


@click.command("doctor", cls=Command)
@click.option("--quiet", is_flag=True, help="Say nothing where nothing red is found: for cron or a timer.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.option("--outside", "is_outside", is_flag=True, help="Also ask the site as the world does: opens connections.")
@with_appcontext
def doctor(quiet: bool, as_json: bool, is_outside: bool) -> None:
    """Say what is wrong with this installation, what it endangers and what to type; status 1 for anything red."""
    if is_outside:
        current_app.extensions["settings"] = replace(settings(), ask_outside=True)
    checks = (*table(), *([outside.CHECK] if settings().ask_outside else []))
    found = [(checks[0], examine(checks[0]))]
    if not found[0][1]:
        # Tables of another schema can't be asked anything else.
        found += [(check, examine(check)) for check in checks[1:]]
    is_red = any(diagnosis.is_red for _, diagnoses in found for diagnosis in diagnoses)
    if as_json:
        click.echo(json.dumps(_document(found, is_red), ensure_ascii=False, indent=1))
    elif not quiet or is_red:
        _say(found, is_quiet=quiet)
    if is_red:
        sys.exit(1)


def _document(found: Found, is_red: bool) -> dict[str, object]:
    diagnoses = [diagnosis.as_json(check.name) for check, diagnoses in found for diagnosis in diagnoses]
    return {"is_well": not is_red, "checks": [check.name for check, _ in found], "diagnoses": diagnoses,
            "reaches": list(network.reached())}  # fmt: skip


def _say(found: Found, *, is_quiet: bool) -> None:
    for check, diagnoses in found:
        if not diagnoses and not is_quiet:
            click.echo(f"well    {check.name}: {check.sentence}")
        for diagnosis in diagnoses:
            if diagnosis.is_red or not is_quiet:
                click.echo(f"{'RED   ' if diagnosis.is_red else 'advice'}  {check.name}: {diagnosis.as_line().strip()}")
    if not is_quiet:
        lines = list(network.reached()) or ["nothing: no setting that opens a connection is given."]
        for line in lines:
            click.echo(f"reaches {line}")


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(doctor)
