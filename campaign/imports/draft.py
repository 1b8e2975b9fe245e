"""A row of a sheet on its way to a file: what it fills, what it cites, what a person should look at."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from campaign.cases.file import CaseFile, Episode, Note
from campaign.duplicates.search import Warned
from campaign.imports.facts.own import Own
from campaign.imports.mapping import Map
from campaign.text import UNREADABLE, entered

MINOR = "This person may be under 18: no portrait, birth date or exact place may be public."
MINOR_TAG = "minor"


@dataclass
class Draft:
    """A row on its way to a file; `letters` are the single letters that its column of genders holds."""

    key: str
    number: int
    map: Map
    file: CaseFile
    episode: Episode
    cited: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    age: str = ""
    age_column: str = ""
    letters: frozenset[str] = frozenset()
    own: Own = field(default_factory=Own)

    def id_for(self, what: str) -> str:
        """Return the id of a row of the file: the same for the same key and kind, in every reading."""
        return hashlib.sha256(f"{self.map.scheme}:{self.key}:{what}".encode(errors="replace")).hexdigest()[:8]

    def warn(self, column: str, value: str, message: str) -> None:
        """Report something for a person to look at."""
        self.warnings.append(Warned(self.number, column, value, message))

    def keep(self, column: str, value: str) -> None:
        """Keep a cell on the case as a note, with the column that it stood in; the same cell once."""
        said = [note for note in self.file.notes if note.came_from == column]
        if value not in (note.text for note in said):
            beside = f" {value}" if said else ""
            self.file.notes.append(Note(id=self.id_for(f"note {column}{beside}"), text=value, came_from=column))

    def mark_minor(self, column: str, value: str) -> None:
        """Mark the person as possibly under 18, once, and tell of the cell that says so."""
        if MINOR_TAG not in self.file.tags:
            self.file.tags.append(MINOR_TAG)
            self.warn(column, value, MINOR)

    def fill(self, path: str) -> None:
        """Remember a fact that this row states: the sheet's source is cited for it."""
        self.cited.append(path)


def clean(raw: str) -> str:
    """Return a cell as texts are kept, without blanks around it, runs of blanks as one, controls gone."""
    if not (raw.isascii() and raw.isprintable()):
        raw = entered("".join(letter for letter in raw if _is_kept(letter)))
    return " ".join(raw.split())


def paragraphs(raw: str) -> str:
    """Return a cell as `clean` does, its lines kept, and at most one empty line between two."""
    lines = "\n".join(clean(line) for line in raw.splitlines())
    return re.sub("\n{3,}", "\n\n", lines).strip()


def _is_kept(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in UNREADABLE
