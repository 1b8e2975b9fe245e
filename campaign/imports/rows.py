"""Rows of a sheet as case files, one for each person.

Ids of the file's rows come from the sheet row's key and what they hold, so that the same cells give the same file and
two readings of a row can be compared (campaign.cases.merge).
Several rows of one person, such as one a year, are gathered into one: the map says which columns name the person. The
first row that fills a cell is believed. What later rows say otherwise is kept beside it as a note, never dropped.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from campaign.cases.age import has_signs_of_minor
from campaign.cases.file import CaseFile, Citation, Consent, Episode, Risk, Source
from campaign.cases.fingerprints import fingerprint
from campaign.clock import now
from campaign.dates import ages
from campaign.imports.cells import KEEPS_LINES, READERS
from campaign.imports.draft import Draft, clean, paragraphs
from campaign.imports.mapping import Map, arranged, row_of, status_of
from campaign.sheets import Sheet

LATER = " (later rows)"
BETWEEN = "; "


def build(
    cells: Mapping[str, str],
    mapping: Map,
    *,
    key: str,
    number: int,
    sheet_year: int | None,
    letters: frozenset[str] = frozenset(),
) -> Draft:
    """Return the file that a row's cells (by header) make, with what a person should look at.

    `sheet_year` is the year for which ages seem to be given, None where that can't be told; `letters` are the single
    letters that the sheet's column of genders holds.
    """
    draft = Draft(key, number, mapping, CaseFile(), Episode(), letters=letters)
    draft.episode.id = draft.id_for("episode")
    for column, target, raw in arranged(cells, mapping):
        value = paragraphs(raw) if target in KEEPS_LINES else clean(raw)
        if value and target != "ignore":
            READERS.get(target, READERS["note"])(draft, column, value)
    if draft.episode != Episode(id=draft.episode.id):
        draft.file.episodes.append(draft.episode)
    _check_age(draft, sheet_year)
    state_for_all(draft)
    return draft


def _check_age(draft: Draft, sheet_year: int | None) -> None:
    age = ages.parse_age(draft.age) if draft.age else None
    if (age is not None and age.low < ages.GROWN_UP) or has_signs_of_minor(draft.file, now().date()):
        born = draft.file.birth.written or draft.file.birth.edtf
        draft.mark_minor(draft.age_column, draft.age or born or draft.file.occupation)
    if age is None or sheet_year is None or not draft.file.birth.edtf:
        return
    if ages.age_agrees(age, draft.file.birth, datetime.date(sheet_year, 7, 1)) is False:
        message = f"The age does not fit the date of birth ({draft.file.birth.written}), counted in {sheet_year}."
        draft.warn(draft.age_column, draft.age, message)


def state_for_all(draft: Draft) -> None:
    """Write on a file what the map states for the whole sheet: source and citations, status, consent, risk."""
    if draft.map.tag:
        draft.file.tags.append(draft.map.tag)
    if draft.map.source:
        source = row_of(Source, "source", draft.map.source, row_id=draft.id_for("source"))
        draft.file.sources.append(source)
        facts = [*draft.cited, *([f"episodes/{draft.episode.id}"] if draft.file.episodes else [])]
        facts += ["status"] if draft.map.status else []
        for fact in facts:
            draft.file.citations.append(Citation(id=draft.id_for(f"cite {fact}"), source_id=source.id, fact=fact))
    if draft.map.consent:
        consent = row_of(Consent, "consent", draft.map.consent, row_id=draft.id_for("consent"))
        consent.fingerprint = fingerprint(consent) if consent.confirmed_by else ""
        draft.file.consents.append(consent)
    if draft.map.risk:
        risk = row_of(Risk, "risk", draft.map.risk, row_id=draft.id_for("risk"))
        risk.fingerprint = fingerprint(risk) if risk.assessed_by else ""
        draft.file.risks.append(risk)
    if draft.map.status:
        draft.file = msgspec.structs.replace(draft.file, **status_of(draft.map.status))


class Row(NamedTuple):
    """The cells of one person by header, the number of the first row, how many rows there were."""

    number: int
    cells: dict[str, str]
    row_count: int = 1


def rows_of(sheet: Sheet, mapping: Map) -> Iterator[Row]:
    """Yield each person's row; where the map gathers, rows of one key become one, in the place of the first."""
    single = (
        Row(number, dict(zip(sheet.headers, row, strict=True)))
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
    )
    if not mapping.gathers:
        yield from single
        return
    persons: dict[str, list[Row]] = {}
    for row in single:
        # A row without a key is a person of its own.
        persons.setdefault(key_of(row.cells, mapping) or f"row {row.number}", []).append(row)
    yield from (_gathered(rows) for rows in persons.values())


def key_of(cells: dict[str, str], mapping: Map) -> str:
    """Return what names the row's person again, folded; "" where a part of it is missing."""
    # Keys are stored: were a cell folded otherwise, its person would be opened a second time.
    parts = ["".join(filter(_is_of_key, cells.get(header, ""))).casefold() for header in mapping.key]
    return "|".join(parts)[:200] if parts and all(parts) else ""


def _is_of_key(letter: str) -> bool:
    return letter.isprintable() and letter != " "


def warn_of_later(draft: Draft, row: Row) -> None:
    """Report on a draft each column in which later rows said something else."""
    for header, value in row.cells.items():
        column = header.removesuffix(LATER)
        if column != header and draft.map.columns.get(column, "note") not in {"note", "ignore"}:
            draft.warn(
                column, value, "Later rows of this person say otherwise. The first stands; this is kept as a note."
            )


def _gathered(rows: list[Row]) -> Row:
    cells: dict[str, str] = {}
    for header in rows[0].cells:
        said = list(dict.fromkeys(value for row in rows if (value := clean(row.cells[header]))))
        cells[header] = said[0] if said else ""
        if said[1:]:
            cells[header + LATER] = BETWEEN.join(said[1:])
    return Row(rows[0].number, cells, len(rows))
