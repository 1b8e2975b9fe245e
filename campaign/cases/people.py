"""The protocol of who acts: all that this room needs to know of an account."""

from typing import Protocol


class Person(Protocol):
    """Anybody with an account."""

    @property
    def id(self) -> int:
        """The account's number."""
