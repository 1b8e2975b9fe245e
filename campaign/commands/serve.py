"""`flask serve`: waitress for a process with the desk, granian for one of the public edge alone.

Both are set so that four hundred stalled sockets do not stop them. waitress has the sweep beside it (`flask sweep` is
the same as a command of its own); granian's workers respawn, each a process with a page cache of its own.
"""

import errno
import ipaddress
import logging
import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from campaign import sandbox, schema
from campaign.commands.group import Command
from campaign.commands.init import refuse_what_is_not_ready
from campaign.database import db
from campaign.ledger import facet_index, public_file
from campaign.read_setting import is_numeric
from campaign.web import limits, metrics
from campaign.web.context import settings
from campaign.web.headers import DATA_POLICY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 8  # of a process; an export whose reader is slow keeps one (partners/answers.py, MOST_EXPORTS)
CONNECTIONS = 3000
STALLED_SECONDS = 15  # for whoever begins a request and does not end it
HEAD_BYTES = 65_536  # of a request line and its headers
WORKERS = 2
PORTS = click.IntRange(1, 65_535)
MOST_BYTES = 64_000_000  # of a body; it is kept in memory while it comes, never in a temporary file
LONGEST_START_SECONDS = 30  # of the desk, whose file a public process of another user waits for
LAST_REQUESTS_SECONDS = 10  # what a worker may still take when it is told to end
# granian writes its own name unless it is given one.
NO_SERVER = ("Server", "")
PLAIN_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}
# What waitress answers by itself (400, 413, 431, 501); granian lets nobody add to its own.
OF_EVERY_ANSWER = [("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", DATA_POLICY)]
_made: list[Flask] = []  # the application that a worker inherits when it is forked


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class RefusalTask(ErrorTask):  # type: ignore[misc]
    """The answer of waitress to what is no request, with the headers of whatever is not HTML."""

    def execute(self) -> None:
        """Answer."""
        self.response_headers.extend(OF_EVERY_ANSWER)
        super().execute()


def start_jobs(app: Flask) -> list[threading.Event]:
    """Start the sweep and the jobs of imports beside a process of the staff edge; set what is returned to stop them."""
    here = app.extensions["settings"]
    if "staff" not in here.edges:
        return []
    # A process of the public edge alone must not load the door.
    from campaign.audit import registering
    from campaign.doctor import errors, rounds
    from campaign.publishing import import_jobs, sweep

    with app.app_context():
        registering.catch_up()
        db.session.commit()
    public_file.hold_open(app)
    return [sweep.start(app, here.sweep_seconds, rounds.of_desk), import_jobs.start(app), errors.start(app)]


def refuse_to_listen(app: Flask, host: str, port: int) -> None:
    """Raise ClickException for an open address outside production, and for a port that somebody else has."""
    if not is_loopback(host) and not app.extensions["settings"].production:
        raise click.ClickException(
            f"{host} can be reached by others. Set CAMPAIGN_PRODUCTION=1 (and what it asks for), or use 127.0.0.1."
        )
    if not is_loopback(host) and not is_numeric(host):
        raise click.ClickException(f"{host} is a name. Name the address to listen on in digits, such as 0.0.0.0.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise click.ClickException(f"Nothing can be served on {host}, port {port}: {error.strerror}.") from error
        raise click.ClickException(f"Port {port} is used by another program. Name another one: --port.") from error


def run(app: Flask, *, host: str, port: int) -> None:
    """Serve with waitress until interrupted. Raises ClickException for what `refuse_to_listen` refuses."""
    here = app.extensions["settings"]
    refuse_to_listen(app, host, port)
    # Behind a proxy that ends TLS the connection is plain, the visit is not.
    scheme = here.address.partition(":")[0]
    # outbuf_high_watermark: how much of an export waits here for a slow reader, while its people may be withdrawn.
    jobs = start_jobs(app)
    metrics.start(app, besides=port)
    HTTPChannel.error_task_class = RefusalTask
    try:
        with sandbox.running():
            waitress.serve(
                app, host=host, port=port, threads=THREADS, connection_limit=CONNECTIONS,
                channel_timeout=STALLED_SECONDS, ident="", max_request_body_size=MOST_BYTES, inbuf_overflow=MOST_BYTES,
                outbuf_high_watermark=1_000_000, clear_untrusted_proxy_headers=not here.trusted_proxies,
                url_scheme=scheme,
            )  # fmt: skip
    finally:
        for stopped in jobs:
            stopped.set()


def run_public(app: Flask, *, host: str, port: int, workers: int = WORKERS) -> None:
    """Serve the public edge with granian until interrupted. Raises ClickException as `run` does."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    refuse_to_listen(app, host, port)
    server = Server(
        "app:create_app",
        address="127.0.0.1" if host == "localhost" else host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS // workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=STALLED_SECONDS * 1000, max_buffer_size=HEAD_BYTES),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUESTS_SECONDS,
        log_level=LogLevels.error,
        log_dictconfig=PLAIN_LOGGING,
    )
    _made.append(app)
    server.serve(target_loader=worker_application, wrap_loader=False)


def worker_application() -> Any:
    """Return the WSGI application of a worker: that of the process it was forked from, or (spawned) one of its own."""
    from app import create_app

    app = _made[-1] if _made else create_app()
    with app.app_context():
        # What was connected before the fork belongs to the parent.
        db.engine.dispose(close=False)
        read_lists()
    if "public" in app.extensions["settings"].edges:
        from campaign.public import pictures  # not at the top: a process of the desk alone has no pages

        pictures.start(app)
    scheme = app.extensions["settings"].address.partition(":")[0]
    metrics.start(app)

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = scheme

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, NO_SERVER], exc_info)

        return app(environ, started)

    return application


def read_lists() -> None:
    """Read the index of the lists before anybody asks for one; where it can't be read now, the first visitor's turn."""
    try:
        facet_index.current()
    except SQLAlchemyError:
        logging.getLogger(__name__).warning("The index of the lists could not be read at the start.")
    finally:
        db.session.remove()


def wait_for_the_desk() -> None:
    """Wait until SQLite's file can be read, which the desk opens as it starts. Raises OperationalError at the end."""
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while True:
        try:
            schema.complaint()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


@click.command("serve", cls=Command)
@click.option("--edge", type=click.Choice(["public", "staff"]), help="Only this edge (public: with the JSON).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORTS, default=5000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=WORKERS, show_default=True, help="Processes of the public edge.")
@with_appcontext
def serve(edge: str | None, host: str, port: int, workers: int) -> None:
    """Serve this home: the public edge alone with granian, any process with the desk with waitress."""
    here = settings()
    if "staff" not in here.edges and here.database_file is not None:
        wait_for_the_desk()
    refuse_what_is_not_ready()
    if edge and edge not in here.edges:
        raise click.ClickException(f"This process was not started for the edge {edge}.")
    click.echo(f"{here.name}: http://{host}:{port}/", err=True)
    if here.production:
        click.echo(limits.proxies_in_words(here), err=True)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if "staff" in here.edges:
        run(app, host=host, port=port)
    else:
        run_public(app, host=host, port=port, workers=workers)


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(serve)
