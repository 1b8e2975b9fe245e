"""Managing accounts: disabling and enabling, ending sessions, giving and taking roles.

One rule: nobody acts on their own account, and roles that review, sign, publish or administer are given by two
administrators: one proposes, another agrees (domain.md, Roles). Whoever is concerned is told at the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from campaign.accounts import invitations, sessions, vouching
from campaign.accounts.invitations import Refused
from campaign.accounts.models import Account, Invitation, RoleProposal
from campaign.accounts.permissions import GIVEN_BY_TWO, Role, in_words
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db


@dataclass(frozen=True)
class Changed:
    """What became of the roles that were asked for; what is proposed waits for a second administrator."""

    given: frozenset[Role]
    taken: frozenset[Role]
    proposed: frozenset[Role]


def disable(account: Account, *, by: Account | None = None, actor: str = "shell") -> None:
    """Shut an account out: its sessions and links end now, and it signs in nowhere. Raises Refused for one's own."""
    _refuse_own(account, by)
    if not account.is_active:
        return
    account.is_active = False
    sessions.end_all(account.id)
    db.session.execute(delete(Invitation).where(Invitation.account_id == account.id))
    _record("account.disabled", account, by, actor)


def enable(account: Account, *, by: Account | None = None, actor: str = "shell") -> None:
    """Let a disabled account in again, with the roles and factors that it had. Raises Refused for one's own."""
    _refuse_own(account, by)
    if account.is_active:
        return
    account.is_active = True
    _record("account.enabled", account, by, actor)
    invitations.notify(account.id, "Your account was disabled for a while, and is enabled again.")


def end_sessions(account: Account, *, by: Account) -> None:
    """Sign somebody out wherever they are signed in. Raises Refused for oneself, who has a page for that."""
    _refuse_own(account, by)
    sessions.end_all(account.id)
    _record("account.sessions_ended", account, by)


def invite_again(account: Account, *, by: Account) -> str:
    """Return a new link for somebody who has not come yet. Raises Refused for who has.

    Who holds the link becomes that account: for a role that takes two it opens only with the code of a second person.
    """
    if account.password_hash or account.has_second_factor:
        raise Refused(f"{account.display_name} has come already. What they lost is started anew under their name.")
    _refuse_alone(account, by)
    return invitations.invite(account, by=by.id)


def reset(account: Account, *, by: Account) -> str:
    """Take all factors and sessions from somebody; return a link that starts them anew. Raises Refused.

    For a role that takes two the link opens only with the code of a second person.
    """
    _refuse_alone(account, by)
    return invitations.reset_factors(account, by=by.id)


def _refuse_alone(account: Account, by: Account) -> None:
    """Refuse a link for one's own account, for a disabled one, and where no second person could hand over a code."""
    _refuse_own(account, by)
    if not account.is_active:
        raise Refused(f"{account.display_name} is disabled. Enable the account first.")
    if invitations.is_of_two(account) and not vouching.seconds(account.id, by.id):
        raise Refused(
            f"Nobody else could hand {account.display_name} the code that this takes. The shell makes the link."
        )


def change_roles(account: Account, wanted: Iterable[Role], *, by: Account) -> Changed:
    """Take the roles that are not wanted, give those that are, propose those that need a second administrator.

    Raises Refused for one's own roles, and where no second administrator could agree.
    """
    _refuse_own(account, by)
    asked = frozenset(wanted)
    taken, missing = account.roles - asked, asked - account.roles
    given, proposed = missing - GIVEN_BY_TWO, missing & GIVEN_BY_TWO
    account.grants = [one for one in account.grants if Role(one.role) not in taken]
    for role in sorted(taken):
        _record("account.role_taken", account, by, role=role.value)
    invitations.grant(account, given, by=by.id)
    for role in sorted(proposed):
        _propose(account, role, by=by)
    if given or taken:
        invitations.notify(account.id, f"{by.display_name[:80]} changed your roles: {_list(account.roles)}.")
    return Changed(given, taken, proposed)


def agree(proposal: RoleProposal, *, by: Account) -> Role:
    """Give the role that another administrator proposed. Raises Refused for one's own proposal or one's own role.

    A proposal whose proposer is no administrator any more gives nothing.
    """
    account, role = db.session.get_one(Account, proposal.account_id), Role(proposal.role)
    proposer = proposal.proposed_by_id
    if by.id == proposer:
        raise Refused("You proposed this yourself: another administrator has to agree.")
    if barred := vouching.why_barred(by.id, [proposer]):
        raise Refused(barred)
    if proposer not in invitations.administrators() or not account.is_active:
        raise Refused("This proposal is no longer valid: who made it, or whom it is for, is disabled or changed roles.")
    _answer(proposal)
    invitations.grant(account, [role], by=by.id, proposed_by=proposer)
    invitations.notify(account.id, f"You are {in_words(role)} now, by two administrators.")
    return role


def decline(proposal: RoleProposal, *, by: Account) -> None:
    """Put a proposal away; whoever made it may do that too."""
    account = db.session.get_one(Account, proposal.account_id)
    _refuse_own(account, by)
    _answer(proposal)
    _record("account.role_declined", account, by, role=proposal.role)


def proposals() -> list[RoleProposal]:
    """Return what waits for a second administrator, oldest first."""
    return list(db.session.scalars(select(RoleProposal).order_by(RoleProposal.id)))


def _propose(account: Account, role: Role, *, by: Account) -> None:
    others = set(invitations.administrators()) - {by.id, account.id}
    if not others:
        raise Refused(
            f"{in_words(role).capitalize()} is given by two administrators, and no second one could agree. "
            "Until there is one, the shell gives it: flask accounts invite ADDRESS --role ..."
        )
    if any((one.account_id, one.role) == (account.id, role.value) for one in proposals()):
        return
    db.session.add(RoleProposal(account_id=account.id, role=role.value, proposed_by_id=by.id, at=now()))
    _record("account.role_proposed", account, by, role=role.value)
    for other in sorted(others):
        told = f"{by.display_name[:80]} proposes {account.display_name[:80]} as {in_words(role)}. Answer under People."
        invitations.notify(other, told)


def _answer(proposal: RoleProposal) -> None:
    """Take a proposal away. Of two answers at once exactly one holds; the other raises Refused."""
    gone = db.session.execute(
        delete(RoleProposal).where(RoleProposal.id == proposal.id).execution_options(synchronize_session=False)
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DELETE's result has a row count
        raise Refused("Somebody else has answered this proposal already.")
    db.session.expunge(proposal)


def _refuse_own(account: Account, by: Account | None) -> None:
    if by is not None and by.id == account.id:
        raise Refused("Nobody changes their own account here. Ask another administrator.")


def _record(action: str, account: Account, by: Account | None, actor: str = "", **details: object) -> None:
    number = by.id if by else None
    record(action, by=number, actor="" if by else actor, subject=f"account:{account.id}", details=details or None)


def _list(roles: Iterable[Role]) -> str:
    return ", ".join(in_words(role) for role in sorted(roles)) or "none"
