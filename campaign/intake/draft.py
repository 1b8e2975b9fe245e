"""A row on its way to a file: what it fills, what it cites, what a person should look at."""

import hashlib
import re
from dataclasses import dataclass, field

from campaign.cases.file import CaseFile, Episode, Note
from campaign.intake.mapping import Map


@dataclass(frozen=True)
class Warned:
    """Something that a person should look at: where it stands, what it says, why."""

    row: int
    column: str
    value: str
    message: str


@dataclass
class Draft:
    """A row on its way to a file."""

    key: str
    number: int
    map: Map
    file: CaseFile
    episode: Episode
    cited: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    age: str = ""
    age_column: str = ""

    def id_for(self, what: str) -> str:
        """Return the id of a row of the file: the same for the same key and kind, in every reading."""
        return hashlib.sha256(f"{self.map.scheme}:{self.key}:{what}".encode(errors="replace")).hexdigest()[:8]

    def warn(self, column: str, value: str, message: str) -> None:
        """Report something for a person to look at."""
        self.warnings.append(Warned(self.number, column, value, message))

    def keep(self, column: str, value: str) -> None:
        """Keep a cell on the case as a note, with the column that it stood in."""
        self.file.notes.append(Note(id=self.id_for(f"note {column}"), text=value, came_from=column))

    def fill(self, path: str) -> None:
        """Remember a fact that this row states: the sheet's source is cited for it."""
        self.cited.append(path)


def clean(raw: str) -> str:
    """Return a cell without blanks around it, runs of blanks as one, zero-width and control characters gone."""
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    kept = "".join(letter for letter in raw if letter.isprintable() or letter.isspace())
    return " ".join(re.sub("[\u200b\u2060\ufeff]", "", kept).split())
