"""The roles, by the codes that commands and rows use."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the campaign; one account may hold several."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"
    SAFETY_OFFICER = "safety_officer"
    ADMINISTRATOR = "administrator"


# Given only by two administrators, or by the shell while there is one (domain.md, Roles).
GIVEN_BY_TWO = frozenset({Role.PUBLISHER, Role.SAFETY_OFFICER, Role.ADMINISTRATOR})


def in_words(role: str) -> str:
    """Return a role as people say it: "safety officer"."""
    return role.replace("_", " ")
