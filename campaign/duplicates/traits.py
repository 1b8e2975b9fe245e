"""The traits of a person that are compared for duplicates. Confidential fields are not among them."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from campaign.cases.file import CaseFile
from campaign.cases.index import outside_keys, words
from campaign.names.reading import NameForms, forms
from campaign.places import current as current_places

# Words that stand in many descriptions of work and tell nobody from anybody.
_WORDS_OF_ANY_WORK = frozenset({"and", "former", "owner", "employee", "company", "worker", "local", "retired", "the"})
SHORTEST_WORD = 4
# Nobody has more names; each is compared with each, and whoever types may paste any number.
MOST_NAMES = 24
# The fields of a case file that traits are made of.
READ_FROM = (
    "names", "birth", "birth_place", "origin_place", "gender", "ethnicities", "occupation", "occupation_group",
    "employer", "outside_ids", "relatives", "episodes",
)  # fmt: skip
# The same to the last control of a form, in which the field of a row is <rows>-<number>-<field>.
TYPED_IN = (
    "names-text", "birth", "birth_place", "origin_place", "gender", "ethnicities", "occupation", "occupation_group",
    "employer", "outside_ids-scheme", "outside_ids-value", "relatives-case_ref", "episodes-held_place",
)  # fmt: skip


class Born(NamedTuple):
    """The first and the last day on which somebody may have been born."""

    earliest: datetime.date
    latest: datetime.date

    @property
    def days(self) -> int:
        """How wide the bounds are; 0 for a known day."""
        return (self.latest - self.earliest).days

    @property
    def years(self) -> str:
        """The year, or the first and the last."""
        first, last = self.earliest.year, self.latest.year
        return str(first) if first == last else f"{first}-{last}"

    def __str__(self) -> str:
        """Return the day where it is known, the years otherwise."""
        return self.years if self.days else self.earliest.isoformat()


@dataclass(frozen=True)
class Traits:
    """One person as far as evidence goes; places are codes, `born` is None where an end of it is open."""

    names: tuple[NameForms, ...]
    born: Born | None
    origin: str
    held: str
    gender: str
    ethnicities: frozenset[str]
    occupation: str
    work_words: frozenset[str]
    occupation_group: str
    numbers: frozenset[tuple[str, str]]
    relatives: frozenset[str]
    ref: str


def traits_of(file: CaseFile, ref: str = "", *, names: tuple[NameForms, ...] | None = None) -> Traits:
    """Return the traits of a file; `ref` is its case's reference, where it has one already.

    `names` are its names where somebody has read them before: to read one costs more than all the rest.
    """
    return Traits(
        names=_read(file) if names is None else names,
        born=_born(file),
        origin=_known(file.origin_place or file.birth_place),
        held=_known(next((one.held_place for one in reversed(file.episodes) if one.held_place), "")),
        gender=file.gender if file.gender in {"female", "male"} else "",
        ethnicities=frozenset(file.ethnicities) - {"unknown", "other"},
        occupation=file.occupation,
        work_words=telling_words(file.occupation) | telling_words(file.employer),
        occupation_group=file.occupation_group,
        numbers=frozenset(outside_keys(file)),
        relatives=frozenset(row.case_ref for row in file.relatives if row.case_ref),
        ref=ref,
    )


def _read(file: CaseFile) -> tuple[NameForms, ...]:
    written = [name.text for name in file.names if name.text.strip()]
    return tuple(forms(text) for text in written[:MOST_NAMES])


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a description of work that say something: folded, long enough, not anybody's."""
    return frozenset(word for word in words(text) - _WORDS_OF_ANY_WORK if len(word) >= SHORTEST_WORD)


def _born(file: CaseFile) -> Born | None:
    earliest, latest = file.birth.earliest, file.birth.latest
    return Born(earliest, latest) if earliest and latest else None


def _known(code: str) -> str:
    return code if code in current_places.gazetteer() else ""
