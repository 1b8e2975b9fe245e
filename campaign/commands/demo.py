"""`flask demo`: an invented campaign in a home of its own, seeded once, served on loopback."""

import click
from flask import Flask, current_app

from campaign.commands.group import Command
from campaign.commands.init import make_home
from campaign.commands.serve import PORTS, refuse_to_listen, run
from campaign.database import db
from campaign.demo import home
from campaign.demo.home import sign_in_paths
from campaign.settings import Settings


def register(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(demo)


@click.command(cls=Command)
@click.option("--port", type=PORTS, default=5000, show_default=True, help="The port on 127.0.0.1.")
@click.option("--no-serve", is_flag=True, help="Only seed it.")
def demo(port: int, no_serve: bool) -> None:
    """Seed the demonstration where it is not there yet, and serve it on 127.0.0.1."""
    if not no_serve:
        refuse_to_listen(current_app._get_current_object(), home.LOOPBACK, port)  # type: ignore[attr-defined]
    app = prepared(current_app.extensions["settings"], port)
    if no_serve:
        return
    address = app.extensions["settings"].address
    with app.app_context():
        for role, path in sign_in_paths().items():
            click.echo(f"  {role.value:<15} {address}{path}")
    click.echo(f"The invented campaign is served on {address}/ (sign-in links above, for this machine only)")
    run(app, host=home.LOOPBACK, port=port)


def prepared(given: Settings, port: int) -> Flask:
    """Return the application of a seeded demonstration. Raises ClickException for what holds something else."""
    if given.production:
        raise click.ClickException("A demonstration is never served in production.")
    settings = home.demonstration_settings(given, port)
    try:
        home.claim(settings.home)
    except home.NotEmpty as refusal:
        raise click.ClickException(str(refusal)) from refusal
    home.clear_unfinished(settings.home)
    # The composition root registers this command, so it is asked for here and not above; the people and their
    # portraits are not loaded by any other command.
    from app import create_app
    from campaign.demo import seeding

    app = create_app(settings)
    with app.app_context():
        try:
            home.refuse_another_database(settings)
        except home.NotEmpty as refusal:
            db.engine.dispose()
            raise click.ClickException(str(refusal)) from refusal
        make_home()
        if not home.is_seeded(settings.home):
            for line in seeding.seed():
                click.echo(line)
            home.note_seeded(settings.home)
    return app
