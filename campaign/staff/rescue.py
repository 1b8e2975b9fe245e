"""What is sent without a session, or under one of before, is not lost: kept by its ticket, or shown back.

A ticket (unsaved.tickets) says for whom a form was drawn. Nothing is stored without a valid one, and nothing of what
is stored is in a case until its account, signed in again, has compared it and saves it.
"""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from wtforms import HiddenField

from campaign.accounts.guards import me, to_sign_in
from campaign.cases.models import Case
from campaign.clock import now
from campaign.database import db, is_reading
from campaign.staff.desk import blueprint
from campaign.unsaved import keeping, tickets
from campaign.unsaved.tickets import Ticket
from campaign.web.errors import on_http_error
from campaign.web.forms import DeskForm, token, typed

SIGNED_IN_AGAIN = (
    "You signed in again after this page was drawn, so it was not saved. Everything you typed is here: save it now."
)
FOR_ANOTHER = "This was typed by another account than yours. It is kept for that one, and nothing was saved."


class TicketForm(DeskForm):
    """The ticket that a form carries, whatever else it holds."""

    ticket = HiddenField()


def ticket_sent() -> Ticket | None:
    """Return the ticket of the form that was sent; None for none, or for one that is not valid."""
    return tickets.read(TicketForm().ticket.data or "")


def own_ticket() -> Ticket | None:
    """Return the ticket of the form that was sent, where it was drawn for whoever is signed in; otherwise None."""
    ticket = ticket_sent()
    return ticket if ticket is not None and ticket.account_id == me().id else None


@blueprint.app_template_global("token")
def token_and_ticket() -> Markup:
    """Return the hidden controls of a form: the token of this session, and on the desk the ticket of this form."""
    if request.blueprint != "staff" or not current_user.is_authenticated:
        return token()
    hidden = Markup('{}<input type="hidden" name="{}" value="{}">')
    return hidden.format(token(), tickets.FIELD, tickets.written(this_ticket()))


blueprint.add_app_template_global(now, "moment_now")


def this_ticket() -> Ticket:
    """Return the ticket of a form of this page: the one that was sent where the page comes back with what was typed."""
    if request.method == "POST" and (sent := own_ticket()) is not None:
        return sent
    taken_up: Ticket | None = g.get("ticket")
    return taken_up or Ticket(me().id, request.path[: tickets.LONGEST_PAGE], tickets.new_tab())


def saved() -> None:
    """Drop what is kept of the form that was sent: it is saved with the transaction of now."""
    if (ticket := own_ticket()) is not None:
        keeping.drop(ticket)


def take_up(ticket: Ticket) -> None:
    """Let the forms of this page go on with what is kept under a ticket."""
    g.ticket = ticket


def case_of(page: str) -> int | None:
    """Return the number of the case that a page of the desk is about; None for any other."""
    try:
        _, values = current_app.url_map.bind("").match(page, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    ref = values.get("ref")
    return db.session.scalar(select(Case.id).where(Case.ref == ref)) if ref else None


@blueprint.errorhandler(401)
def on_stranger(error: Exception) -> ResponseReturnValue:
    """Lead to the sign-in page whoever is signed in no more; what they sent is kept, or shown back."""
    return to_sign_in(error) if request.method != "POST" else _rescued(401)


@blueprint.errorhandler(CSRFError)
def on_old_token(error: CSRFError) -> ResponseReturnValue:
    """Keep a form that was drawn for a session of before. Whoever has no valid ticket is refused, and shown it back."""
    has_ticket = ticket_sent() is not None
    return _rescued(400) if has_ticket or not current_user.is_authenticated else _shown_back(400, error)


def _rescued(status: int) -> ResponseReturnValue:
    ticket = ticket_sent()
    if ticket is None:
        return _shown_back(status)
    target = request.path if request.endpoint != "staff.keep_unsaved" else ticket.page
    kept: dict[str, Any] = {"target": target, "case_id": case_of(ticket.page), "is_rescued": True}
    try:
        # Who may write holds the write lock already, and a second connection would wait for it for ever.
        keeping.keep(ticket, DeskForm().sent, **kept, session=None if is_reading() else db.session())
    except keeping.TooLarge:
        return _shown_back(413)
    db.session.commit()
    if request.endpoint == "staff.keep_unsaved":
        return {"said": "You were signed out. What you typed is kept: sign in, and go on."}, 401
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=url_for("staff.unsaved"), kept="yes"))
    if me().id != ticket.account_id:
        return render_template("staff/refused.html", sentence=FOR_ANOTHER, ref=None), 403
    flash(SIGNED_IN_AGAIN, "problem")
    return redirect(url_for("staff.unsaved_of", tab=ticket.tab))


def _shown_back(status: int, error: CSRFError | None = None) -> ResponseReturnValue:
    words = {name: values for name, values in typed().items() if name not in keeping.NEVER_KEPT and any(values)}
    if not words:
        return on_http_error(error) if error is not None else to_sign_in(Exception())
    return render_template("staff/shown_back.html", words=words, has_file=bool(request.files)), status
