"""Parsers of cells that tell a date, by what a person said of their column, and what there is to ask of a column.

Whatever is not wholly read is told; what can be read in two ways is asked once for the column.
"""

from collections.abc import Iterator

from campaign.dates import columns
from campaign.dates.columns import AS_WRITTEN
from campaign.dates.edtf import PartialDate
from campaign.duplicates.search import Warned
from campaign.imports.draft import Draft, clean
from campaign.imports.mapping import Map
from campaign.imports.targets import TARGETS
from campaign.sheets import Sheet

DATES = frozenset({"birth", "age_on", *(code for code in TARGETS if code.endswith("_date"))})
UNREAD = "No date could be read from this."
KEPT = "The words are kept as written."


def dated(draft: Draft, column: str, value: str) -> PartialDate:
    """Return the date of a cell, and tell what of it is no date, can't be read, or was read in one of two ways."""
    date = columns.read(value, draft.map.dates.get(column, AS_WRITTEN))
    if date.unknown and columns.is_placeholder(value):
        draft.warn(column, value, columns.doubt(value))
    elif not date.edtf and not date.unknown:
        doubt = columns.doubt(value)
        draft.warn(column, value, " ".join(filter(None, (doubt or UNREAD, "" if KEPT.rstrip(".") in doubt else KEPT))))
    elif columns.is_years_or_season(value):
        draft.warn(column, value, "This may mean the years, or a season of the first. It is read as the years.")
    return date


def date_or_note(draft: Draft, column: str, value: str) -> PartialDate | None:
    """Return the date of a cell, None where none is known; words of which no date could be read are kept as a note."""
    date = dated(draft, column, value)
    if date.edtf:
        return date
    if not date.unknown:
        draft.keep(column, value)
    return None


def birth(draft: Draft, column: str, value: str) -> None:
    """Read when the person was born."""
    draft.file.birth = dated(draft, column, value)
    if draft.file.birth.edtf:
        draft.fill("birth")


def contact_date(draft: Draft, column: str, value: str) -> None:
    """Read when the person was last heard of: never an arrest."""
    draft.episode.last_contact = dated(draft, column, value)
    if draft.episode.last_contact.edtf:
        draft.fill(f"episodes/{draft.episode.id}/last_contact")


def questions_of(sheet: Sheet, mapping: Map) -> Iterator[tuple[str, columns.Question]]:
    """Yield what a person has to say of each column of dates, with its header."""
    for header, target in mapping.columns.items():
        if target in DATES and header in sheet.headers:
            cells = [clean(cell) for cell in sheet.column(header)]
            for question in columns.questions(cells, mapping.dates.get(header, AS_WRITTEN)):
                yield header, question


def asked(sheet: Sheet, mapping: Map) -> Iterator[Warned]:
    """Yield the questions about columns of dates as lines of a report."""
    for header, question in questions_of(sheet, mapping):
        yield Warned(1, header, "", question.sentence)
