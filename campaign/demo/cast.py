"""One account for each role. Their authenticators hold secrets that nobody has: in by the doorway, on loopback, only."""

from dataclasses import dataclass

from campaign.accounts import invitations, totp
from campaign.accounts.models import Account
from campaign.accounts.roles import Role
from campaign.web import keyring

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


def cast() -> Cast:
    """Make an account for every role that has none yet, and return those who work."""
    made = {role: _account(role) for role in Role}
    return Cast(made[Role.EDITOR], made[Role.PUBLISHER], made[Role.SAFETY_OFFICER])


def address_of(role: Role) -> str:
    """Return the e-mail address of the demonstration's account for a role."""
    return f"{role.value}@{DOMAIN}"


def _account(role: Role) -> Account:
    account = invitations.account_for(address_of(role), name=f"{NAMES[role]} (demonstration)")
    invitations.grant(account, [role])
    if account.totp_sealed is None:
        account.totp_sealed = keyring().seal(totp.new_secret())
    return account
