"""The composition root: makes the application of one process. It imports every room; nobody imports it.

The rooms of an edge are imported only when CAMPAIGN_EDGES names it: a process that serves the public edge alone
has never loaded a line of the confidential side.
"""

import os
import sys
import threading
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from campaign import database, database_errors, log, outbound, schema
from campaign import settings as settings_table
from campaign.commands.libraries import fault_of_command, shut_migrations
from campaign.database import db
from campaign.doctor import figures, readiness
from campaign.keys import Keyring
from campaign.secret_files import OWNER_ALONE
from campaign.settings import Settings, Unsafe
from campaign.web import addresses, context, errors, headers, languages, limits, marks, page_cache, pages, system

if TYPE_CHECKING:
    from campaign.ledger.stamp import ReadConnection
    from campaign.partners.answers import StoredJson

ROOT = Path(__file__).parent
EDGES = {"staff": "campaign.staff", "partners": "campaign.partners", "public": "campaign.public"}
PUBLIC_EDGE = {"public", "partners"}
EDGES_ASKED = {"public": "public,partners", "staff": "staff"}
# Every command group is a module of campaign/commands that offers `register(app)`; these serve the public side too.
PUBLIC_COMMANDS = ("init", "ledger", "names", "places", "serve", "doctor", "replica")
STAFF_COMMANDS = (
    "accounts", "keys", "cases", "publishing", "audit", "demo", "backup",
    "restore", "facilities", "sweep", "database",
)  # fmt: skip
# What a confidential process must know about tables, whichever pages it serves.
CONFIDENTIAL_MODELS = (
    "campaign.known_keys",
    "campaign.audit.log",
    *(
        f"campaign.{room}.models"
        for room in ("accounts", "cases", "duplicates", "imports", "publishing", "doctor", "unsaved")
    ),
)


class Unguarded(Exception):
    """A route outside the public edge that nobody has said may be entered by whom."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application as the settings (by default those of the environment) want it.

    Ends the process with status 2 where the environment asks for something unsafe. Whatever the process writes from
    here on is its owner's alone.
    """
    os.umask(OWNER_ALONE)
    if settings is None:
        sys.excepthook, threading.excepthook = database_errors.except_hook, database_errors.thread_hook
        if needs_no_home():
            return group_alone(command_asked())
        if is_help_asked():
            return commands_alone()
        serve_the_edge_asked()
        try:
            app = create_app(refuse_commands(settings_table.read()))
            refuse_other_keys(app)
            return app
        except (Unsafe, OSError) as refusal:
            sys.stderr.write(not_started(refusal))
            raise SystemExit(2) from refusal
    log.configure(settings.log_level)
    app = Flask("app", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.jinja_environment = languages.Templates
    app.extensions["settings"] = settings
    app.extensions["keyring"] = Keyring(settings.keys)
    configure(app, settings)
    for part in (context, languages, pages, marks, addresses, headers, errors, limits, system):
        part.install(app)
    open_database(app, settings)
    open_edges(app, settings)
    shut_public_edge(app, settings)
    for check in readiness.CHECKS:
        system.add_check(app, check)
    register_commands(app, settings.edges)
    if settings.production:
        shut_migrations(app)
    refuse_unguarded_routes(app)
    stand_in_front(app)
    # Before the cache too: what answers in front of Flask counts the same visitors.
    limits.trust_proxies(app)
    addresses.stand_in_front(app)
    # Outermost: what the cache answers is counted too.
    figures.install(app)
    return app


def not_started(refusal: Unsafe | OSError) -> str:
    """Return what is told of all that keeps a process from starting, a line each where it is more than one thing."""
    if isinstance(refusal, OSError):
        where = refusal.filename or "a file"
        return f"Not started: {where}: {refusal.strerror}. Let the user of this process use it.\n"
    faults = str(refusal).splitlines()
    told = faults[0] if len(faults) == 1 else "".join([f"{len(faults)} things:", *(f"\n- {one}" for one in faults)])
    return f"Not started: {told}\n"


def command_asked() -> str:
    """Return the group of commands that `flask` was called with; "" where something else started this process."""
    groups = PUBLIC_COMMANDS + STAFF_COMMANDS if os.environ.get("FLASK_RUN_FROM_CLI") == "true" else ()
    return next((word for word in sys.argv[1:] if word in groups), "")


def serve_the_edge_asked() -> None:
    """Let `flask serve --edge public` (or staff) be the same as CAMPAIGN_EDGES, for this process and its workers."""
    said = " ".join(sys.argv[1:]).replace("=", " ") if command_asked() == "serve" else ""
    edges = EDGES_ASKED.get((said.partition("--edge ")[2].split() or [""])[0])
    if edges:
        os.environ["CAMPAIGN_EDGES"] = edges


def needs_no_home() -> bool:
    """Whether the command asked for works without a home: all of `flask names`, and what brings lost keys back."""
    return command_asked() == "names" or (command_asked() == "keys" and "restore" in sys.argv)


def group_alone(name: str) -> Flask:
    """Return an application with one group of commands and nothing else: no home is looked for, made or refused."""
    app = Flask("app", static_folder=None)
    import_module(f"campaign.commands.{name}").register(app)
    return app


def is_help_asked() -> bool:
    """Whether `flask` is only asked what it can do: then nothing is read, made or refused."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and (len(sys.argv) == 1 or "--help" in sys.argv)


def commands_alone() -> Flask:
    """Return an application with every command and no home."""
    app = Flask("app", static_folder=None)
    register_commands(app, frozenset(EDGES))
    return app


def refuse_commands(settings: Settings) -> Settings:
    """Return the settings of a process of `flask`, guarded. Raises Unsafe for a command that is shut in production."""
    if settings.production and (fault := fault_of_command()):
        raise Unsafe(fault)
    outbound.guard(settings)
    return settings


def refuse_other_keys(app: Flask) -> None:
    """Raise Unsafe where this process has other keys than its database was made with; a database away is no matter."""
    here: Settings = app.extensions["settings"]
    is_missing = here.database_file is not None and not here.database_file.exists()
    if "staff" not in here.edges or is_missing:
        return
    from campaign import known_keys

    with app.app_context(), suppress(SQLAlchemyError):
        complaint = known_keys.complaint()
        db.engine.dispose()
        if complaint:
            raise Unsafe(complaint)


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read; secrets come from the home, made on first use."""
    is_https = settings.address.startswith("https://")
    before = settings.home / "secrets" / "session-before.key"
    app.config.update(
        SECRET_KEY=settings.secret("session.key"),
        SECRET_KEY_FALLBACKS=[before.read_text().strip()] if before.exists() else [],
        TRUSTED_HOSTS=list(settings.every_host),
        # __Host- cookies need https; a demonstration on loopback has none.
        SESSION_COOKIE_NAME="__Host-session" if is_https else "session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SESSION_REFRESH_EACH_REQUEST=False,
        PREFERRED_URL_SCHEME="https" if is_https else "http",
        TEMPLATES_AUTO_RELOAD=False,
    )


def open_database(app: Flask, settings: Settings) -> None:
    """Bind the database, make its engine begin, wait and sync as this program wants, and watch its schema."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    # Parameters hold names; an error message must not. A connection that the server has ended meanwhile is made anew.
    is_elsewhere = settings.database_file is None
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, "pool_pre_ping": is_elsewhere}
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    with app.app_context():
        database.prepare(db.engine)
    schema.install(app)


def open_edges(app: Flask, settings: Settings) -> None:
    """Import and open the rooms of the edges that this process serves, and of no other."""
    if "staff" in settings.edges:
        for name in CONFIDENTIAL_MODELS:
            import_if_there(name)
        import_module("campaign.accounts").install(app)
        import_module("campaign.known_keys").install(app)
        system.add_check(app, complain_of_late_sweep)
        system.add_check(app, import_module("campaign.doctor.results").complaint)
    for edge, room in EDGES.items():
        if edge in settings.edges and find_spec(room) is not None:
            blueprint = getattr(import_module(room), "blueprint", None)
            if blueprint is not None:
                app.register_blueprint(blueprint)


def shut_public_edge(app: Flask, settings: Settings) -> None:
    """Let the public edge answer 503 while a ledger that was put back waits for a person, and while it is deaf."""
    if settings.edges & PUBLIC_EDGE:
        import_module("campaign.ledger.identity").install(app)
        import_module("campaign.ledger.pulse").install(app)


def stand_in_front(app: Flask) -> None:
    """Put the page cache before an application that serves the public edge."""
    if "public" not in app.extensions["settings"].edges:
        return
    from campaign.ledger.pulse import hearing
    from campaign.ledger.stamp import DEAF, ReadConnection, stamp_reader

    watches: list[schema.Watch] = [app.extensions["schema"], app.extensions["shut"]]
    with app.app_context():
        connection = ReadConnection(db.engine)
        public_stamp = stamp_reader(connection, hearing())

    def stamp() -> str:
        for watch in watches:
            if watch.is_due():
                with app.app_context(), suppress(OperationalError):
                    watch.complaint()
        # A database of another schema, one that is shut or one that is deaf is answered for by Flask, with 503.
        found = "" if any(watch.last for watch in watches) else public_stamp()
        return "" if found.endswith(DEAF) else found

    page_cache.install(app, stamp, stored_json(app, connection))


def stored_json(app: Flask, connection: "ReadConnection") -> "StoredJson | None":
    """Return what gives the JSON of one profile without Flask, where this process serves partners."""
    if "partners" not in app.extensions["settings"].edges:
        return None
    from campaign.partners.answers import StoredJson

    return StoredJson(connection, limits.counter(lambda: app.extensions["settings"].partner_rate, "profile JSON"))


def complain_of_late_sweep() -> str:
    """Return a sentence where expired consents were not looked for in the last five minutes."""
    sweep = import_if_there("campaign.publishing.sweep")
    return "" if sweep is None or sweep.is_fresh() else "The last sweep is older than five minutes."


def register_commands(app: Flask, edges: frozenset[str]) -> None:
    """Register every group of `flask ...` that exists; the confidential ones only beside the staff edge."""
    names = PUBLIC_COMMANDS + (STAFF_COMMANDS if "staff" in edges else ())
    for name in names:
        module = import_if_there(f"campaign.commands.{name}")
        if module is not None:
            module.register(app)


def import_if_there(name: str) -> ModuleType | None:
    """Return a module, or None where its file does not exist; an error inside it is an error."""
    parent = name.rpartition(".")[0]
    if find_spec(parent) is None or find_spec(name) is None:
        return None
    return import_module(name)


def refuse_unguarded_routes(app: Flask) -> None:
    """Raise Unguarded, naming the address, for a route outside the public edge without a permission mark."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in PUBLIC_EDGE:
            continue
        if marks.mark_of(app, rule.endpoint) is None:
            raise Unguarded(f"{rule.rule} ({rule.endpoint}) says nowhere who may enter; put @requires on its view.")
