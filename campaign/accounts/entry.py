"""Views of signing in: invitation, password, authenticator, code; and of signing out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import credentials, factors, invitations, sessions, vouching
from campaign.accounts.forms import CodeForm, InvitationForm, SignInForm
from campaign.accounts.guards import safe_next, signed_in
from campaign.accounts.models import Invitation
from campaign.accounts.permissions import first_page
from campaign.audit.log import record
from campaign.database import db
from campaign.web.context import keyring
from campaign.web.forms import done, page
from campaign.web.marks import ANYONE, mark

blueprint = Blueprint("accounts", __name__, url_prefix="/staff")

WRONG = "This address and this password do not match."
WRONG_HANDED = "This is not the code that was handed over for this link. Ask for it, or for a new one."
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
        else:
            factors.warn_owner(account)
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
        if codes := factors.keep_authenticator(account, secret, form.typed):
            factors.complete(account)
            db.session.commit()
            return page("accounts/recovery_codes.html", codes=codes, onward=first_page(account))
        db.session.commit()
        form.code.errors = [WRONG_CODE]
    return page("accounts/set_up.html", form=form, secret=secret, account=account, totp=credentials)


def offered_secret() -> bytes:
    """Return the secret this session offers, sealed in the cookie, made where there is none."""
    if "offered" not in session:
        session["offered"] = keyring().seal(credentials.new_secret()).decode()
    return keyring().unseal(session["offered"].encode())


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@mark(ANYONE)
def invitation(token: str) -> ResponseReturnValue:
    """Let whom a link invites choose a name and a password. It signs nobody in."""
    found = invitations.found(token)
    if found is None:
        return render_template("accounts/invitation_gone.html"), 410
    row, account = found
    form = InvitationForm(account)
    if not invitations.needs_code(row, account):
        del form.handed
    if form.validate_on_submit() and _is_opened(form, row):
        if not invitations.consume(token):
            return render_template("accounts/invitation_gone.html"), 410
        account.name = (form.name.data or "").strip()
        invitations.admit(row, account, form.chosen)
        return done("Your password is saved. Sign in with it now.", "accounts.sign_in")
    seconds = vouching.seconds(account.id, row.made_by_id) if "handed" in form else []
    return page("accounts/invitation.html", form=form, account=account, seconds=seconds)


def _is_opened(form: InvitationForm, row: Invitation) -> bool:
    """Whether a link opens: it needs no code, or the one that was handed over was typed; wrong ones are counted."""
    if "handed" not in form:
        return True
    factors.claim(f"invitation:{row.id}")
    is_right = invitations.opens_with(row, form.handed.data or "")
    if not is_right:
        db.session.commit()
        form.handed.errors = [WRONG_HANDED]
    return is_right


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


@blueprint.app_errorhandler(factors.TooOften)
def too_often(_error: factors.TooOften) -> ResponseReturnValue:
    """Answer 429 with when it goes on."""
    db.session.rollback()
    answer = render_template("accounts/too_often.html")
    return answer, 429, {"Retry-After": "900"}
