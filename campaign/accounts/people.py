"""Views of the administrators: who has an account, inviting somebody, and one account with all that may be done to it.

No case is named here. Whatever changes an account asks for a fresh second factor first (FRESH_FACTOR).
"""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import invitations, managing, sessions, vouching
from campaign.accounts.entry import blueprint
from campaign.accounts.forms import InviteForm, RolesForm
from campaign.accounts.guards import freshly, me
from campaign.accounts.models import Account, RoleProposal
from campaign.accounts.permissions import Action, in_words, requires
from campaign.database import db
from campaign.web.forms import DeedForm, done, page

# What each button of an account's page does, and what is said when it is done.
DEEDS: dict[str, tuple[Callable[[Account], None], str]] = {
    "disable": (lambda account: managing.disable(account, by=me()), "Disabled. Every session of theirs has ended."),
    "enable": (lambda account: managing.enable(account, by=me()), "Enabled again, with the roles it had."),
    "end_sessions": (lambda account: managing.end_sessions(account, by=me()), "Signed out everywhere."),
}


@blueprint.get("/people")
@requires(Action.MANAGE_ACCOUNTS)
def people() -> ResponseReturnValue:
    """List every account, and the roles that wait for a second administrator."""
    everyone = invitations.everyone()
    words = {"everyone": everyone, "by_id": {account.id: account for account in everyone}}
    bound = vouching.sentences()
    return render_template("accounts/people.html", proposals=managing.proposals(), bound=bound.values(), **words)


@blueprint.route("/people/invite", methods=["GET", "POST"])
@requires(Action.MANAGE_ACCOUNTS)
@freshly
def invite() -> ResponseReturnValue:
    """Make an account and show its link, this once."""
    form, seconds = InviteForm(), vouching.seconds(0, me().id)
    if not form.validate_on_submit():
        return page("accounts/invite.html", form=form, seconds=seconds)
    try:
        answer = _invited(form)
    except invitations.Refused as refusal:
        db.session.rollback()
        form.email.errors = [str(refusal)]
        return page("accounts/invite.html", form=form, seconds=seconds)
    db.session.commit()
    return answer


def _invited(form: InviteForm) -> str:
    account = invitations.account_for(form.email.data or "", name=(form.name.data or "").strip(), by=me().id)
    changed = managing.change_roles(account, form.wanted | account.roles, by=me())
    return _link(account, managing.invite_again(account, by=me()), told(changed))


def _link(account: Account, link: str, told: str = "") -> str:
    seconds = vouching.seconds(account.id, me().id) if invitations.is_of_two(account) else []
    return render_template("accounts/invited.html", account=account, link=link, told=told, seconds=seconds)


@blueprint.get("/people/<int:account_id>")
@requires(Action.MANAGE_ACCOUNTS)
@freshly
def person(account_id: int) -> ResponseReturnValue:
    """Show one account: roles, whether it is open, how often it is signed in."""
    account = _account(account_id)
    return _person(account, RolesForm(roles=sorted(account.role_codes)))


def _person(account: Account, form: RolesForm) -> ResponseReturnValue:
    waiting = {proposal.role for proposal in managing.proposals() if proposal.account_id == account.id}
    words = {"waiting": waiting, "session_count": len(sessions.of(account.id)), "is_me": account.id == me().id}
    words |= {"is_of_two": invitations.is_of_two(account), "seconds": vouching.seconds(account.id, me().id)}
    words["bound"] = vouching.sentences().get(account.id, "")
    return page("accounts/person.html", account=account, form=form, **words)


@blueprint.post("/people/<int:account_id>")
@requires(Action.MANAGE_ACCOUNTS)
def change_person(account_id: int) -> ResponseReturnValue:
    """Do what a button of the page says."""
    act, words = DEEDS.get(DeedForm().deed.data or "") or abort(400)
    act(_account(account_id))
    return done(words, "accounts.person", account_id=account_id)


@blueprint.post("/people/<int:account_id>/roles")
@requires(Action.MANAGE_ACCOUNTS)
def change_roles(account_id: int) -> ResponseReturnValue:
    """Give and take roles; those that need a second administrator are proposed."""
    account, form = _account(account_id), RolesForm()
    if not form.validate():
        return _person(account, form)
    changed = managing.change_roles(account, form.wanted, by=me())
    return done(told(changed), "accounts.person", account_id=account_id)


@blueprint.post("/people/<int:account_id>/link")
@requires(Action.MANAGE_ACCOUNTS)
def new_link(account_id: int) -> ResponseReturnValue:
    """Show a new link for somebody who has not come yet, this once; earlier links end."""
    account = _account(account_id)
    answer = _link(account, managing.invite_again(account, by=me()))
    db.session.commit()
    return answer


@blueprint.post("/people/<int:account_id>/reset")
@requires(Action.MANAGE_ACCOUNTS)
def reset(account_id: int) -> ResponseReturnValue:
    """Take all factors and sessions from somebody who lost theirs, and show a link, this once."""
    account = _account(account_id)
    answer = _link(account, managing.reset(account, by=me()))
    db.session.commit()
    return answer


@blueprint.post("/people/proposals/<int:number>")
@requires(Action.MANAGE_ACCOUNTS)
def answer(number: int) -> ResponseReturnValue:
    """Agree to a role that another administrator proposed, or put the proposal away."""
    proposal = db.session.get(RoleProposal, number) or abort(404)
    if DeedForm().deed.data == "agree":
        account = db.session.get_one(Account, proposal.account_id)
        flash(f"Given: {in_words(managing.agree(proposal, by=me()))}.")
        if account in invitations.waiting_links(me()):
            db.session.commit()
            return redirect(url_for("accounts.vouching_page"))
    else:
        managing.decline(proposal, by=me())
        flash("Declined. Nobody's roles have changed.")
    db.session.commit()
    return redirect(url_for("accounts.people"))


@blueprint.errorhandler(invitations.Refused)
def refused(refusal: invitations.Refused) -> ResponseReturnValue:
    """Answer what the rules of accounts refuse: a sentence, and the way back. Nothing is kept."""
    db.session.rollback()
    return render_template("staff/refused.html", sentence=str(refusal), back=url_for("accounts.people")), 409


def told(changed: managing.Changed) -> str:
    """Return what became of the roles as sentences."""
    parts = (
        ("Given", changed.given),
        ("Taken away", changed.taken),
        ("Waits for another administrator", changed.proposed),
    )
    words = (f"{what}: {', '.join(map(in_words, sorted(roles)))}." for what, roles in parts if roles)
    return " ".join(words) or "Nothing was changed."


def _account(account_id: int) -> Account:
    return db.session.get(Account, account_id) or abort(404)
