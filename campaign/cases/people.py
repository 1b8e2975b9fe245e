"""Who acts, as far as this room needs to know."""

from typing import Protocol


class Person(Protocol):
    """Anybody with an account."""

    @property
    def id(self) -> int:
        """The account's number."""
