"""Views of one's own account: password, factors, passkeys, codes, sessions, notices, vouching for others."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select, update

from campaign.accounts import credentials, factors, invitations, passkeys, sessions, vouching
from campaign.accounts.entry import blueprint, offered_secret
from campaign.accounts.forms import COMMANDS, CodeForm, CommandForm, NoticesForm, PasskeyForm, PasswordForm
from campaign.accounts.guards import WRONG_CODE, freshly, page_before, safe_next, signed_in, wrong
from campaign.accounts.models import Account, Notice
from campaign.audit.log import record
from campaign.database import db
from campaign.web.context import settings
from campaign.web.forms import DeedForm, done, page


@blueprint.get("/me")
@signed_in
def me() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template(
        "accounts/me.html",
        sessions=sessions.of(current_user.id),
        here=sessions.current(),
        codes_left=credentials.left(current_user.id),
        passkeys=passkeys.of(current_user.id) if settings().has_passkeys else None,
        due=passkeys.lacks(current_user),
        sheet_left=passkeys.sheet_left(current_user.id),
        asked_count=len(vouching.waiting_for(current_user)) + len(invitations.waiting_links(current_user)),
    )


@blueprint.get("/stay")
@signed_in
def stay() -> ResponseReturnValue:
    """Keep a session alive at somebody's word."""
    return "", 204


@blueprint.route("/prove", methods=["GET", "POST"])
@signed_in
def prove() -> ResponseReturnValue:
    """Show a second factor again, for ten minutes of what can't be undone."""
    form = CodeForm()
    if form.validate_on_submit():
        is_right = factors.prove_again(current_user, form.typed, form.passkey.data or "")
        db.session.commit()
        if is_right:
            return redirect(safe_next(request.args.get("next")))
        form.code.errors = [wrong(form)]
    return page("accounts/code.html", form=form, title="Show that it is you", **factors.ways(current_user))


@blueprint.route("/me/password", methods=["GET", "POST"])
@signed_in
@freshly
def password() -> ResponseReturnValue:
    """Change one's password; every other session ends."""
    form, row = PasswordForm(current_user), sessions.current()
    if row is not None and form.validate_on_submit():
        current_user.password_hash = credentials.hashed(form.chosen)
        sessions.end_all(current_user.id, but=row.id)
        record("account.password_set", by=current_user.id, subject=f"account:{current_user.id}")
        return done("Your password is changed. Every other session has ended.", "accounts.me")
    return page("accounts/password.html", form=form)


@blueprint.post("/me/recovery-codes")
@signed_in
@freshly
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them this once; the old ones end."""
    codes = credentials.make(current_user.id)
    record("account.recovery_codes_made", by=current_user.id, subject=f"account:{current_user.id}")
    db.session.commit()
    return page("accounts/recovery_codes.html", codes=codes, onward="/staff/me")


@blueprint.route("/me/second-factor", methods=["GET", "POST"])
@signed_in
@freshly
def second_factor() -> ResponseReturnValue:
    """Replace the authenticator by another one; the old recovery codes and every other session end."""
    secret, form, row = offered_secret(), CodeForm(), sessions.current()
    if row is not None and form.validate_on_submit():
        codes = factors.keep_authenticator(current_user, secret, form.typed, but=row.id)
        db.session.commit()
        if codes:
            session.pop("offered")
            return page("accounts/recovery_codes.html", codes=codes, onward="/staff/me", is_replaced=True)
        form.code.errors = [WRONG_CODE]
    return page("accounts/set_up.html", form=form, secret=secret, account=current_user, totp=credentials)


@blueprint.route("/me/passkeys/new", methods=["GET", "POST"])
@signed_in
@freshly
def new_passkey() -> ResponseReturnValue:
    """Add a passkey that the browser makes."""
    if not settings().has_passkeys:
        abort(404)
    form = PasskeyForm()
    if form.validate_on_submit():
        try:
            passkeys.add(current_user, form.passkey.data or "", (form.name.data or "").strip(), "add")
        except passkeys.Refused as refusal:
            form.name.errors = [str(refusal)]
        else:
            return done("The passkey is kept. From now on you sign in with it.", "accounts.me", _anchor="passkeys")
        db.session.commit()
    return page("accounts/passkey.html", form=form)


@blueprint.post("/me/passkeys/<int:number>/remove")
@signed_in
@freshly
def remove_passkey(number: int) -> ResponseReturnValue:
    """Remove a passkey; every other session ends."""
    row = sessions.current()
    try:
        passkeys.remove(current_user, number, but=row.id if row else 0)
    except passkeys.Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "problem")
        return redirect(url_for("accounts.me", _anchor="passkeys"))
    return done("The passkey is removed. Every other session has ended.", "accounts.me", _anchor="passkeys")


@blueprint.post("/me/sheet")
@signed_in
@freshly
def new_sheet() -> ResponseReturnValue:
    """Make a sheet to print and show it this once; an older one ends."""
    codes = passkeys.make_sheet(current_user)
    db.session.commit()
    return page("accounts/printed_sheet.html", codes=codes)


@blueprint.route("/me/command", methods=["GET", "POST"])
@signed_in
@freshly
def command() -> ResponseReturnValue:
    """Show a code of ten minutes for one command, this once."""
    form, code = CommandForm(), ""
    if form.validate_on_submit():
        code = credentials.show_for_command(current_user.id, form.deed.data)
        record("account.command_code_shown", by=current_user.id, subject=f"account:{current_user.id}",
               details={"command": form.deed.data})  # fmt: skip
        db.session.commit()
    return page("accounts/command.html", form=form, code=code, command=COMMANDS.get(form.deed.data or "", ""))


@blueprint.post("/me/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    if sessions.end(current_user.id, session_id):
        record("account.session_ended", by=current_user.id, subject=f"account:{current_user.id}")
        flash("That session has ended.")
    db.session.commit()
    return redirect(url_for("accounts.me"))


@blueprint.get("/me/vouching")
@signed_in
def vouching_page() -> ResponseReturnValue:
    """Show for whom one could vouch, and whose link waits for a code that one could hand over."""
    return _vouching()


def _vouching(code: str = "", of: Account | None = None) -> ResponseReturnValue:
    waiting, links = vouching.waiting_for(current_user), invitations.waiting_links(current_user)
    return render_template("accounts/vouching.html", waiting=waiting, links=links, code=code, of=of)


@blueprint.post("/me/vouching/<int:account_id>")
@signed_in
@freshly
def vouch(account_id: int) -> ResponseReturnValue:
    """Vouch for somebody, or show the code to hand over to them, this once."""
    account = db.session.get(Account, account_id) or abort(404)
    if DeedForm().deed.data == "hand_over":
        code = invitations.hand_over(account, by=current_user)
        db.session.commit()
        return _vouching(code, account)
    vouching.vouch(account, by=current_user)
    return done(f"You vouch for {account.display_name}. It is recorded.", "accounts.vouching_page")


@blueprint.post("/me/notices/read")
@signed_in
def read_notices() -> ResponseReturnValue:
    """Put away what has been read, and go on where it was read."""
    put_away(current_user.id, until=NoticesForm().until.data or 0)
    db.session.commit()
    return redirect(page_before())


def unread(account_id: int) -> list[Notice]:
    """Return what waits for somebody, oldest first."""
    query = select(Notice).where(Notice.account_id == account_id, Notice.is_read.is_(False))
    return list(db.session.scalars(query.order_by(Notice.id)))


def put_away(account_id: int, until: int) -> None:
    """Mark what waits as read up to the notice numbered `until`: what came since has not been seen."""
    shown = (Notice.account_id == account_id, Notice.id <= until)
    db.session.execute(update(Notice).where(*shown).values(is_read=True))
