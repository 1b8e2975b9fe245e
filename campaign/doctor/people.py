"""People: what stops if one of them is away. No name stands in a diagnosis."""

from collections import Counter
from collections.abc import Iterator

from campaign.accounts import invitations
from campaign.accounts.permissions import Role, in_words
from campaign.doctor.diagnoses import Diagnosis

# What takes two of a role, or may not wait for one who sleeps.
STOPS = {
    Role.ADMINISTRATOR: "nobody is let in and no lost authenticator replaced",
    Role.EDITOR: "what one writes is reviewed by publishers alone",
    Role.PUBLISHER: "nothing is published and nothing withdrawn; a pause is all that is left",
    Role.SAFETY_OFFICER: "no consent is confirmed, no risk assessed and nothing put back",
}
NEEDED = 2


def people() -> Iterator[Diagnosis]:
    """Find roles with fewer than two people who can sign in."""
    held = Counter[Role]()
    for account in invitations.everyone():
        if account.is_active and account.password_hash:
            held.update(account.roles)
    for role, stops in STOPS.items():
        if held[role] < NEEDED:
            yield Diagnosis(
                f"People who can sign in with the role {in_words(role)}: {held[role]}, of {NEEDED} that are needed.",
                f"If {'that one is away' if held[role] else 'none comes'}, {stops}.",
                f"Type: flask accounts invite ADDRESS --role {role.value}",
                is_red=False,
            )
