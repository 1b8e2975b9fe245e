"""What a reader can do for somebody: other words for who is held, who is out and who has died."""

from dataclasses import dataclass

from campaign.languages import gettext_noop
from campaign.ledger.documents import Profile
from campaign.vocabulary import SITUATION_OF, SUFFICIENT


@dataclass(frozen=True)
class Asked:
    """The messages of the band: its heading, with a place for the name, and what to write."""

    heading: str
    write: str


HELD = Asked(
    gettext_noop("Say the name of {name} where it is heard."),
    gettext_noop(
        "Write to your member of parliament and to the embassy: ask where this person is, on what ground, and how."
    ),
)
FREE = Asked(
    gettext_noop("Keep asking how {name} is."),
    gettext_noop(
        "A release can be taken back. Write to your member of parliament and to the embassy: ask whether this person "
        "may live, speak and travel freely."
    ),
)
DEAD = Asked(
    gettext_noop("Say the name of {name}, and ask for the truth."),
    gettext_noop(
        "Write to your member of parliament and to the embassy: ask how this person died, who answers for it, and that "
        "the family may mourn."
    ),
)


def asked_of(document: Profile) -> Asked:
    """Return what is asked for a person. A death or a release that is not confirmed is no reason to stop asking."""
    situation = SITUATION_OF.get(document.status.code, "unknown")
    if situation == "dead" and document.status.confidence in {"confirmed", "corroborated"}:
        return DEAD
    if situation == "free" and document.status.confidence in SUFFICIENT:
        return FREE
    return HELD
