"""The accounts of the demonstration, one for each role, and their sign-in links.

Their authenticators hold secrets that nobody has: the printed links alone lead in.
"""

from dataclasses import dataclass

from campaign.accounts import demonstration, invitations
from campaign.accounts.models import Account
from campaign.accounts.permissions import Role

DOMAIN = "demo.example"
NAMES = {
    Role.VIEWER: "Vera Viewer",
    Role.CONTRIBUTOR: "Cem Contributor",
    Role.EDITOR: "Edda Editor",
    Role.TRANSLATOR: "Timur Translator",
    Role.PUBLISHER: "Petra Publisher",
    Role.SAFETY_OFFICER: "Samir Safety",
    Role.ADMINISTRATOR: "Ada Administrator",
}


@dataclass(frozen=True)
class Cast:
    """Those who do the work of the demonstration."""

    editor: Account
    publisher: Account
    safety_officer: Account
    contributor: Account
    translator: Account


def cast() -> Cast:
    """Make an account for every role that has none yet, and return those who work."""
    made = {role: _account(role) for role in Role}
    return Cast(
        editor=made[Role.EDITOR],
        publisher=made[Role.PUBLISHER],
        safety_officer=made[Role.SAFETY_OFFICER],
        contributor=made[Role.CONTRIBUTOR],
        translator=made[Role.TRANSLATOR],
    )


def address_of(role: Role) -> str:
    """Return the e-mail address of the demonstration's account for a role."""
    return f"{role.value}@{DOMAIN}"


def sign_in_paths() -> dict[Role, str]:
    """Return, for each role, the path that signs its account in from this machine, without a second factor."""
    return {role: demonstration.link(_account(role)) for role in Role}


def _account(role: Role) -> Account:
    account = invitations.account_for(address_of(role), name=f"{NAMES[role]} (demonstration)")
    invitations.grant(account, [role])
    return account
