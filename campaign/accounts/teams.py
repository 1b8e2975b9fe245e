"""A team that can begin: five people who among them may do everything, each thing by two of them where it takes two."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from campaign.accounts import invitations
from campaign.accounts.models import Account, Grant
from campaign.accounts.roles import Role, in_words
from campaign.database import db

# Two of every role that acts by two; nobody holds all that one publication needs.
TEAMS: dict[str, tuple[frozenset[Role], ...]] = {
    "small": (
        frozenset({Role.ADMINISTRATOR, Role.EDITOR}),
        frozenset({Role.ADMINISTRATOR, Role.PUBLISHER}),
        frozenset({Role.SAFETY_OFFICER, Role.EDITOR}),
        frozenset({Role.SAFETY_OFFICER, Role.PUBLISHER}),
        frozenset({Role.EDITOR, Role.TRANSLATOR}),
    ),
}
LEAST = {Role.PUBLISHER: 2, Role.SAFETY_OFFICER: 2}


def assemble(team: str, addresses: Sequence[str], *, actor: str) -> list[tuple[Account, str]]:
    """Invite the people of a team, in its order; return each with the link that holds once.

    Raises invitations.Refused where there are accounts already, where the number of different addresses is not the
    team's, or for what is no address.
    """
    if invitations.account_count():
        raise invitations.Refused("There are accounts already: invite further people with flask accounts invite.")
    roles = TEAMS[team]
    if len({address.strip().casefold() for address in addresses}) != len(roles) or len(addresses) != len(roles):
        raise invitations.Refused(f"A {team} team is {len(roles)} different people; {len(addresses)} were named.")
    invited = []
    for address, theirs in zip(addresses, roles, strict=True):
        account = invitations.account_for(address, actor=actor)
        invitations.grant(account, theirs, actor=actor)
        invited.append((account, invitations.invite(account, actor=actor)))
    return invited


def shortages() -> list[str]:
    """Return a sentence for each role of which a home with accounts has fewer than its work needs."""
    query = select(Grant.role).join(Account, Account.id == Grant.account_id).where(Account.is_active)
    held = Counter(db.session.scalars(query))
    if not held:
        return []
    return [
        f"Accounts with the role {in_words(role)}: {held[role]}. With fewer than {least}, work stops when one is away."
        for role, least in LEAST.items()
        if held[role] < least
    ]
