"""Sign-in without a second factor: in a demonstration home, from the machine itself, and nowhere else.

The addresses exist only where the home is a demonstration (it is so from its first byte or never) and the process
is not in production; asked from another machine they answer 404.
"""

import hmac

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from campaign.accounts import credentials, factors
from campaign.accounts.entry import blueprint
from campaign.accounts.models import Account
from campaign.accounts.permissions import first_page
from campaign.database import db
from campaign.web.context import keyring, settings
from campaign.web.marks import ANYONE, mark


class NotADemonstration(Exception):
    """A link without a second factor was asked for in a home that is none for show."""


def link(account: Account) -> str:
    """Return the path that signs an invented account in. Raises NotADemonstration elsewhere.

    Gives the account an authenticator that nobody holds, because the desk opens to nobody without one.
    """
    if not settings().is_demonstration or settings().production:
        raise NotADemonstration("Sign-in links without a second factor are made in a demonstration only.")
    if account.totp_sealed is None:
        account.totp_sealed = keyring().seal(credentials.new_secret())
    return f"/staff/demonstration/{account.id}/{_token(account.id)}"


def _token(account_id: int) -> str:
    return keyring().token(f"demonstration:{account_id}")


@mark(ANYONE)
def sign_in(account_id: int, token: str) -> ResponseReturnValue:
    """Sign an invented account in at the press of a button."""
    account = db.session.get(Account, account_id)
    if not factors.asks_no_code() or account is None or not hmac.compare_digest(token, _token(account_id)):
        abort(404)
    if request.method == "POST":
        factors.complete(account)
        db.session.commit()
        return redirect(first_page(account))
    return render_template("accounts/demonstration.html", account=account)


def install(app: Flask) -> None:
    """Open the addresses where the home is a demonstration."""
    settings_here = app.extensions["settings"]
    if settings_here.is_demonstration and not settings_here.production:
        app.add_url_rule(
            "/staff/demonstration/<int:account_id>/<token>",
            f"{blueprint.name}.demonstration",
            sign_in,
            methods=["GET", "POST"],
        )
