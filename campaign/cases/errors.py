"""The exceptions of cases, each with a sentence that says what to do next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaign.cases.checks import Problem

if TYPE_CHECKING:
    from campaign.cases.file import CaseFile
    from campaign.cases.merge import Conflict


class Refused(Exception):
    """Anything the cases room refuses; str() is a sentence for the person who asked."""


class Stale(Refused):
    """Somebody saved in between and both changed the same fields: before, theirs and mine are all here.

    `version` is the number that `theirs` has: choose a side of each conflict, then save again from it.
    """

    def __init__(
        self, before: "CaseFile", theirs: "CaseFile", mine: "CaseFile", conflicts: Sequence["Conflict"], version: int
    ) -> None:
        super().__init__(
            "Somebody else has saved this case meanwhile. Choose between what both of you changed; nothing is lost."
        )
        self.before = before
        self.theirs = theirs
        self.mine = mine
        self.conflicts = tuple(conflicts)
        self.version = version


class Unsound(Refused):
    """The file says what cannot be so; `problems` say where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)


class NoSuchRevision(Refused):
    """A revision number that the case does not have."""


class WrongState(Refused):
    """A step that does not follow from where the draft stands."""


class OwnWork(Refused):
    """Somebody would approve what they wrote."""


class Moved(Refused):
    """The case was saved after the reviewer opened it: what they read is not what they would approve."""
