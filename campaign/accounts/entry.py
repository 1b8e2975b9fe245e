"""Views of signing in: invitation, password, authenticator, code; and of signing out."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import credentials, factors, invitations, sessions
from campaign.accounts.forms import CodeForm, InvitationForm, SignInForm
from campaign.accounts.guards import safe_next, signed_in
from campaign.accounts.models import Account
from campaign.accounts.permissions import first_page
from campaign.audit.log import record
from campaign.database import db
from campaign.web.context import keyring
from campaign.web.forms import done, page
from campaign.web.marks import ANYONE, mark

blueprint = Blueprint("accounts", __name__, url_prefix="/staff")

WRONG = "This address and this password do not match."
WRONG_CODE = "This code is not valid. Wait for the next one, or use a recovery code."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@mark(ANYONE)
def sign_in() -> ResponseReturnValue:
    """Take the first step: address and password."""
    form = SignInForm()
    onward = safe_next(request.args.get("next"))
    if form.validate_on_submit():
        is_right = factors.password_step(form.email.data or "", form.password.data or "")
        db.session.commit()
        if is_right:
            return redirect(url_for("accounts.second_step", next=onward))
        form.password.errors = [WRONG]
    return page("accounts/sign_in.html", form=form)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@mark(ANYONE)
def second_step() -> ResponseReturnValue:
    """Take the second step: a code. Who has no authenticator yet sets one up first."""
    account = factors.pending()
    if account is None:
        return redirect(url_for("accounts.sign_in"))
    if not account.has_second_factor:
        return redirect(url_for("accounts.set_up"))
    form = CodeForm()
    if form.validate_on_submit():
        is_right = factors.take_code(account, form.typed)
        if is_right:
            factors.complete(account)
        db.session.commit()
        if is_right:
            return redirect(safe_next(request.args.get("next"), first_page(account)))
        form.code.errors = [WRONG_CODE]
    return page("accounts/code.html", form=form, title="Second step")


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@mark(ANYONE)
def set_up() -> ResponseReturnValue:
    """Tie an authenticator to an account that has none; its first code signs in and shows the recovery codes."""
    account = factors.pending()
    if account is None or account.has_second_factor:
        return redirect(url_for("accounts.sign_in"))
    secret, form = offered_secret(), CodeForm()
    if form.validate_on_submit():
        if credentials.step_of(secret, form.typed) is not None:
            return finish_set_up(account, secret, form.typed)
        form.code.errors = [WRONG_CODE]
    return page("accounts/set_up.html", form=form, secret=secret, account=account, totp=credentials)


def offered_secret() -> bytes:
    """Return the secret this session offers, sealed in the cookie, made where there is none."""
    if "offered" not in session:
        session["offered"] = keyring().seal(credentials.new_secret()).decode()
    return keyring().unseal(session["offered"].encode())


def finish_set_up(account: Account, secret: bytes, code: str) -> ResponseReturnValue:
    """Keep the authenticator, sign in, and show the recovery codes this once."""
    account.totp_sealed, account.totp_counter = keyring().seal(secret), 0
    db.session.flush()
    if not credentials.take(account.id, account.totp_sealed, code):
        abort(409)
    codes = credentials.make(account.id)
    factors.complete(account)
    record("account.second_factor_set", by=account.id, subject=f"account:{account.id}")
    db.session.commit()
    return page("accounts/recovery_codes.html", codes=codes, onward=first_page(account))


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@mark(ANYONE)
def invitation(token: str) -> ResponseReturnValue:
    """Let whom a link invites choose a name and a password. It signs nobody in."""
    account = invitations.invited_by(token)
    if account is None:
        return render_template("accounts/invitation_gone.html"), 410
    form = InvitationForm(account)
    if form.validate_on_submit():
        if not invitations.consume(token):
            return render_template("accounts/invitation_gone.html"), 410
        account.name, account.password_hash = (form.name.data or "").strip(), credentials.hashed(form.chosen)
        record("account.password_set", by=account.id, subject=f"account:{account.id}")
        return done("Your password is saved. Sign in with it now.", "accounts.sign_in")
    return page("accounts/invitation.html", form=form, account=account)


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session on the server and let the browser forget."""
    row = sessions.current()
    if row is not None:
        record("account.signed_out", by=row.account_id, subject=f"account:{row.account_id}")
        sessions.end(row.account_id, row.id)
    db.session.commit()
    session.clear()
    answer = redirect(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache","storage"'
    return answer


@blueprint.errorhandler(factors.TooOften)
def too_often(_error: factors.TooOften) -> ResponseReturnValue:
    """Answer 429 with when it goes on."""
    db.session.rollback()
    answer = render_template("accounts/too_often.html")
    return answer, 429, {"Retry-After": "900"}
