"""Sign-in links that need no second factor, for whoever sits at the machine of a demonstration.

Registered by `flask demo` alone, and it asks again at every request: the home is a demonstration, the visitor and
the address are loopback, the link was never used. Links live in memory and end with the process.
"""

import hashlib
import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from campaign.accounts import invitations, sessions
from campaign.accounts.roles import Role
from campaign.audit.log import record
from campaign.database import aside, db
from campaign.demo.cast import address_of
from campaign.web import settings
from campaign.web.marks import ANYONE, mark

blueprint = Blueprint("doorway", __name__)
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def open_doorway(app: Flask) -> dict[Role, str]:
    """Register the doorway and return one link for each role."""
    links = {role: secrets.token_urlsafe(32) for role in Role}
    app.extensions["doorway"] = {_digest(token): role for role, token in links.items()}
    app.register_blueprint(blueprint)
    address = app.extensions["settings"].address
    return {role: f"{address}/staff/doorway/{token}" for role, token in links.items()}


@blueprint.get("/staff/doorway/<token>")
@mark(ANYONE)
def enter(token: str) -> Response:
    """Sign somebody in as a role of the demonstration, once for each link."""
    if not (settings().is_demonstration and is_loopback(request.remote_addr) and is_loopback_host()):
        abort(404)
    unused: dict[str, Role] = current_app.extensions["doorway"]
    role = unused.pop(_digest(token), None)
    account = invitations.by_email(address_of(role)) if role else None
    if account is None:
        abort(404)
    with aside() as own:
        row = sessions.begin(account)
        db.session.expunge(row)
        own.add(row)
        record("account.demonstration_sign_in", by=account.id, subject=f"account:{account.id}", session=own)
    return redirect("/staff")


def is_loopback(address: str | None) -> bool:
    """Whether an address is of this very machine."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def is_loopback_host() -> bool:
    """Whether the address that was asked names this very machine."""
    return urlsplit(request.host_url).hostname in LOOPBACK_NAMES


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
