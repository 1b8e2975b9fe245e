"""What a vocabulary is: a table of codes that a person who does not program can read and check."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec

NONE: Mapping[str, str] = MappingProxyType({})


class UnknownCode(LookupError):
    """A code that its vocabulary has never had."""


class Term(msgspec.Struct, frozen=True):
    """One line of a vocabulary.

    `code` is stored and published and never changes; `label` is for people; `hur` is the code of
    the HURIDOCS micro-thesauri or ""; `notes` are for staff.
    """

    code: str
    label: str
    hur: str = ""
    notes: str = ""
    is_retired: bool = False


class Vocabulary:
    """The terms of one subject, in the order in which people should be offered them.

    `table` has one line a term: code | label | HUR code | notes, of which only the first two
    must be there. `retired` has the same shape: readable for ever, offered no more. `further` are labels by code of
    a standard list that the table chooses from: any of them may be stored, and is found by its label.
    """

    def __init__(
        self, name: str, title: str, table: str, retired: str = "", *, further: Mapping[str, str] = NONE
    ) -> None:
        self.name = name
        self.title = title
        self.terms = (*_read(table, is_retired=False), *_read(retired, is_retired=True))
        self._by_code = {term.code: term for term in self.terms}
        if len(self._by_code) != len(self.terms):
            raise ValueError(f"The vocabulary {name} has a code twice.")
        rest = sorted((label, code) for code, label in further.items() if code not in self._by_code)
        self.further = tuple(Term(code, label) for label, code in rest)
        self._by_code |= {term.code: term for term in self.further}

    def __getitem__(self, code: str) -> Term:
        """Return the term of `code`, retired ones included. Raises UnknownCode by name."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(f"{self.name} has no code {code!r}") from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Term]:
        return (term for term in self.terms if not term.is_retired)

    def __len__(self) -> int:
        return len(self.codes)

    def __repr__(self) -> str:
        return f"Vocabulary({self.name!r}, {len(self)} terms)"

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes in use, in order."""
        return tuple(term.code for term in self)

    def label(self, code: str) -> str:
        """Return the label of `code`. Raises UnknownCode."""
        return self[code].label

    @property
    def every(self) -> tuple[Term, ...]:
        """Return the terms in use, those of the table first, then those of the standard list by their labels."""
        return (*self, *self.further)

    @cached_property
    def further_codes(self) -> frozenset[str]:
        """The codes that the standard list has besides."""
        return frozenset(term.code for term in self.further)

    @cached_property
    def _by_words(self) -> dict[str, str]:
        return {words.casefold(): term.code for term in self._by_code.values() for words in (term.label, term.code)}

    def by_words(self, text: str) -> str:
        """Return the code that has this label, or is this code, in any case; "" for none."""
        return self._by_words.get(text.strip().casefold(), "")

    def choices(self, keep: str = "", *, blank: str | None = None) -> list[tuple[str, str]]:
        """Return (code, label) for a form; `keep` is a stored code, offered even when retired.

        With `blank`, a first choice of no code with that label.
        """
        first = [] if blank is None else [("", blank)]
        return first + [(term.code, term.label) for term in self.terms if not term.is_retired or term.code == keep]


def rows(table: str, columns: int) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a text table as `columns` cells, missing ones at the end as "".

    Raises ValueError for a line with more.
    """
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > columns:
            raise ValueError(f"more than {columns} cells: {line.strip()!r}")
        yield (*cells, *[""] * (columns - len(cells)))


def _read(table: str, *, is_retired: bool) -> Iterator[Term]:
    for code, label, hur, notes in rows(table, 4):
        if not label:
            raise ValueError(f"the code {code!r} has no label")
        yield Term(code, label, hur, notes, is_retired)
