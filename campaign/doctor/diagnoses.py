"""One thing that is wrong: what, what it endangers, and what to type."""

from typing import Any

import msgspec


class Diagnosis(msgspec.Struct, frozen=True, order=True):
    """What a check found, three short texts for who is no programmer; never a name of a person.

    One that is red must be mended before people rely on the installation; every other is advice.
    """

    wrong: str
    endangers: str
    to_do: str
    is_red: bool = True

    def as_line(self) -> str:
        """Return it as a paragraph."""
        return f"{self.wrong} {self.endangers} {self.to_do}"

    def as_json(self, check: str) -> dict[str, Any]:
        """Return it for a program, with the name of its check."""
        return {"check": check, **msgspec.structs.asdict(self)}
