"""`flask serve`: the server, set so that four hundred stalled sockets do not stop it, and the sweep beside it."""

import ipaddress
import threading

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from campaign.commands.init import refuse_what_is_not_ready
from campaign.web import proxies, settings


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def start_sweeping(app: Flask) -> threading.Event:
    """Start the sweep beside a process that serves the staff edge; set what is returned to stop it."""
    here = app.extensions["settings"]
    if "staff" not in here.edges:
        return threading.Event()
    # A process of the public edge alone must not load the door.
    from campaign.publishing.sweep import start

    return start(app, here.sweep_seconds)


def run(app: Flask, *, host: str, port: int) -> None:
    """Serve until interrupted. Raises ClickException for an open address outside production."""
    here = app.extensions["settings"]
    if not is_loopback(host) and not here.production:
        raise click.ClickException(
            f"{host} can be reached by others. Set CAMPAIGN_PRODUCTION=1 (and what it asks for), or use 127.0.0.1."
        )
    if here.production:
        click.echo(proxies.meaning(here), err=True)
    # Behind a proxy that ends TLS the connection is plain, the visit is not.
    scheme = here.address.partition(":")[0]
    # outbuf_high_watermark: how much of an export waits here for a slow reader, while its people may be withdrawn.
    stop = start_sweeping(app)
    try:
        waitress.serve(
            app, host=host, port=port, threads=8, connection_limit=3000, channel_timeout=15, ident="",
            max_request_body_size=64_000_000, outbuf_high_watermark=1_000_000,
            clear_untrusted_proxy_headers=not here.trusted_proxies, url_scheme=scheme,
        )  # fmt: skip
    finally:
        stop.set()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, help="Port to listen on.")
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve this home."""
    refuse_what_is_not_ready()
    click.echo(f"{settings().name}: http://{host}:{port}/", err=True)
    run(current_app._get_current_object(), host=host, port=port)  # type: ignore[attr-defined]


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(serve)
