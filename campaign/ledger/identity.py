"""The ledger's id: made by `flask init`, and anew whenever a copy is put back; who follows the old one starts again.

Its row says as well whether the public edge is shut: after a restore without a register nobody knows who was taken
away since the copy was made, so nothing is shown before a person has looked and opened it.
"""

import secrets

from flask import Flask, Response, current_app, request
from sqlalchemy import inspect, select
from werkzeug.exceptions import ServiceUnavailable

from campaign.clock import now
from campaign.database import db, reading
from campaign.languages import gettext, gettext_noop
from campaign.ledger import public_file
from campaign.ledger.models import LedgerIdentity
from campaign.schema import Watch
from campaign.web.errors import answer, wants_problem_details

NAME = "ledger"
PUBLIC_EDGE = frozenset({"public", "partners"})
SHUT = gettext_noop(
    "This site was put back from a copy and is being looked through. Nothing is shown before that is done."
)


class Shut(ServiceUnavailable):
    """The public edge is asked while it waits for a person after a restore."""


def current() -> str:
    """Return the ledger's id, "" in a database in which `flask init` has made none yet."""
    return db.session.scalar(select(LedgerIdentity.ledger_id).where(LedgerIdentity.name == NAME)) or ""


def make() -> bool:
    """Give the ledger an id where it has none; return whether it had none. Commits nothing."""
    if current():
        return False
    renew(is_shut=False)
    return True


def renew(*, is_shut: bool) -> str:
    """Give the ledger a new id and return it; with `is_shut` the public edge waits for `open_again`."""
    row = db.session.get(LedgerIdentity, NAME)
    if row is None:
        row = LedgerIdentity(name=NAME)
        db.session.add(row)
    row.ledger_id, row.made_at, row.is_shut = secrets.token_hex(16), now(), is_shut
    db.session.flush()
    public_file.follow(db.session())
    return row.ledger_id


def open_again() -> bool:
    """Open the public edge; return whether it was shut. Commits nothing."""
    row = db.session.get(LedgerIdentity, NAME)
    if row is None or not row.is_shut:
        return False
    row.is_shut = False
    public_file.follow(db.session())
    return True


def complaint() -> str:
    """Return the sentence that the public edge answers while it is shut, otherwise "".

    A database without the table passes, as one of an earlier schema does: that is complained of elsewhere.
    """
    with reading(), db.engine.connect() as connection:
        if not inspect(connection).has_table(LedgerIdentity.__tablename__):
            return ""
        is_shut = connection.scalar(select(LedgerIdentity.is_shut).where(LedgerIdentity.name == NAME))
    return SHUT if is_shut else ""


def refuse_while_shut() -> None:
    """Answer 503 in words on every address of the public edge while it is shut. Raises ServiceUnavailable."""
    watch: Watch = current_app.extensions["shut"]
    if request.blueprint in PUBLIC_EDGE and watch.complaint():
        raise Shut(retry_after=600)


def say_shut(error: "Shut") -> Response:
    """Answer why nothing is shown, to people in their language."""
    response = answer(503, SHUT if wants_problem_details() else gettext(SHUT))
    response.headers.update({"Retry-After": str(error.retry_after), "Cache-Control": "no-store"})
    return response


def install(app: Flask) -> None:
    """Keep the public edge shut while the ledger says so."""
    app.register_error_handler(Shut, say_shut)
    app.extensions["shut"] = Watch(complaint)
    app.before_request(refuse_while_shut)
