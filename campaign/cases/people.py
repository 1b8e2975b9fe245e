"""Who acts and who reads, as far as this room needs to know."""

from typing import Protocol


class Person(Protocol):
    """Anybody with an account."""

    @property
    def id(self) -> int:
        """The account's number."""


class Reader(Person, Protocol):
    """Somebody whose roles decide what they see."""

    @property
    def role_codes(self) -> frozenset[str]:
        """The codes of their roles."""
