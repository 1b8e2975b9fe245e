"""What is wrong with a case file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be so: `path` is the field, `sentence` says what is wrong and what would be right."""

    path: str
    sentence: str
