"""Views of signing in: invitation, password, authenticator, passkey or code, printed sheet; and of signing out.

In a demonstration alone, and from the machine itself, a link signs in without a second factor.
"""

import hmac

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import credentials, factors, invitations, passkeys, sessions, vouching
from campaign.accounts.forms import CodeForm, InvitationForm, PasskeyForm, SheetForm, SignInForm
from campaign.accounts.guards import WRONG_CODE, WRONG_PASSKEY, in_emergency, me, safe_next, signed_in
from campaign.accounts.models import Account, Invitation, SheetCode
from campaign.accounts.permissions import first_page
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db
from campaign.web.context import keyring, settings
from campaign.web.forms import done, page
from campaign.web.marks import ANYONE, mark

blueprint = Blueprint("accounts", __name__, url_prefix="/staff")

WRONG = "This address and this password do not match."
WRONG_HANDED = "This is not the code that was handed over for this link. Ask for it, or for a new one."
WRONG_SHEET = "This is no code of your newest printed sheet, or it was used up."
SHEET = "sheet"  # where the cookie holds which code of the sheet was typed


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
    form, ways = CodeForm(), factors.ways(account)
    if form.validate_on_submit():
        is_right = _is_second(account, form)
        db.session.commit()
        if is_right:
            return redirect(safe_next(request.args.get("next"), first_page(account)))
        form.code.errors = [WRONG_PASSKEY if form.passkey.data else WRONG_CODE]
    has_sheet = passkeys.has_sheet(account.id)
    return page("accounts/code.html", form=form, title="Second step", has_sheet=has_sheet, **ways)


def _is_second(account: Account, form: CodeForm) -> bool:
    """Whether the second step holds; then it signs in: by a code where a passkey is due, for an emergency alone."""
    if sent := form.passkey.data:
        is_right, is_emergency = factors.take_passkey(account, sent, "sign_in"), False
    else:
        is_right, is_emergency = factors.take_code(account, form.typed), passkeys.is_due(account)
        if not is_right:
            factors.warn_owner(account)
    if is_right:
        factors.complete(account, is_emergency=is_emergency)
        tell_what_lacks(account)
    return is_right


def tell_what_lacks(account: Account) -> None:
    """Say on the next page by when somebody needs passkeys, where they lack any."""
    if due := passkeys.lacks(account):
        flash(f"Your role asks for two passkeys, or one and a printed sheet, by {due:%Y-%m-%d}: see My account.")


@blueprint.post("/passkeys/ask")
@mark(ANYONE)
def ask_passkey() -> ResponseReturnValue:
    """Tell a browser what to sign with a passkey: of who is signed in, or of who has typed the password."""
    account, purpose = (me(), "prove") if current_user.is_authenticated else (factors.pending(), "sign_in")
    if account is None or not settings().has_passkeys:
        abort(403)
    return _json(passkeys.ask(account, purpose))


@blueprint.post("/passkeys/offer")
@mark(ANYONE)
def offer_passkey() -> ResponseReturnValue:
    """Tell a browser what to make a passkey of: for who has just shown a factor, or whose sheet's hour has passed."""
    if current_user.is_authenticated:
        is_open = sessions.is_fresh(sessions.current()) and not me().is_emergency
        account, purpose = me() if is_open else None, "add"
    else:
        account, purpose = factors.pending() if _sheet() else None, "sheet"
    if account is None or not settings().has_passkeys:
        abort(403)
    return _json(passkeys.offer(account, purpose))


def _json(body: str) -> Response:
    db.session.commit()
    return Response(body, mimetype="application/json")


@blueprint.route("/sign-in/sheet", methods=["GET", "POST"])
@mark(ANYONE)
def sheet() -> ResponseReturnValue:
    """Take a code of the printed sheet: its hour begins, or, once that has passed, a passkey may be added."""
    account = factors.pending()
    if account is None:
        return redirect(url_for("accounts.sign_in"))
    form, row = SheetForm(), None
    if form.validate_on_submit():
        factors.claim(f"sheet:{account.id}")
        row = passkeys.sheet_code(account, form.code.data or "")
        if row is None:
            factors.note_failure("sheet")
            form.code.errors = [WRONG_SHEET]
        else:
            factors.forget(f"sheet:{account.id}")
        db.session.commit()
    if row is not None and now() >= passkeys.opens_at(row):
        session[SHEET] = row.id
        return redirect(url_for("accounts.sheet_passkey"))
    return page("accounts/sheet.html", form=form, opens_at=passkeys.opens_at(row) if row else None)


@blueprint.route("/sign-in/sheet/passkey", methods=["GET", "POST"])
@mark(ANYONE)
def sheet_passkey() -> ResponseReturnValue:
    """Add a passkey by a code of the sheet whose hour has passed. It signs nobody in."""
    account, row, form = factors.pending(), _sheet(), PasskeyForm()
    if account is None or row is None:
        return redirect(url_for("accounts.sheet"))
    if form.validate_on_submit():
        try:
            passkeys.add_by_sheet(account, row, form.passkey.data or "", (form.name.data or "").strip())
        except passkeys.Refused as refusal:
            form.name.errors = [str(refusal)]
        else:
            session.pop(SHEET)
            return done("Your passkey is kept. Sign in with it now.", "accounts.second_step")
        db.session.commit()
    return page("accounts/passkey.html", form=form)


def _sheet() -> SheetCode | None:
    """Return the code of the sheet with which who has typed the password may add a passkey now, if there is one."""
    account, number = factors.pending(), session.get(SHEET)
    return passkeys.open_sheet(account, number) if account is not None and isinstance(number, int) else None


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
            tell_what_lacks(account)
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
@in_emergency
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


class NotADemonstration(Exception):
    """A link without a second factor was asked for in a home that is none for show."""


def demonstration_link(account: Account) -> str:
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
def demonstration(account_id: int, token: str) -> ResponseReturnValue:
    """Sign an invented account in at the press of a button; asked from another machine it answers 404."""
    account = db.session.get(Account, account_id)
    if not factors.asks_no_code() or account is None or not hmac.compare_digest(token, _token(account_id)):
        abort(404)
    if request.method == "POST":
        factors.complete(account)
        db.session.commit()
        return redirect(first_page(account))
    return render_template("accounts/demonstration.html", account=account)


def open_demonstration(app: Flask) -> None:
    """Open the address of these links where the home is a demonstration: so from its first byte, or never."""
    settings_here = app.extensions["settings"]
    if settings_here.is_demonstration and not settings_here.production:
        app.add_url_rule(
            "/staff/demonstration/<int:account_id>/<token>",
            f"{blueprint.name}.demonstration",
            demonstration,
            methods=["GET", "POST"],
        )


@blueprint.app_errorhandler(factors.TooOften)
def too_often(_error: factors.TooOften) -> ResponseReturnValue:
    """Answer 429 with when it goes on."""
    db.session.rollback()
    answer = render_template("accounts/too_often.html")
    return answer, 429, {"Retry-After": "900"}
