"""The proposal of a map: what each column seems to mean, by its whole header and by what its cells look like.

One rule: unknown is unknown. A column that nothing is known of, or whose cells speak against its header, is a
confidential note, and the map says why, for each.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from campaign.dates.calendars import LABELS
from campaign.imports.mapping import further, looks
from campaign.imports.mapping.headers import ANY, NOTHING, Meanings, in_language, meanings
from campaign.imports.mapping.maps import BadMap, Map
from campaign.imports.mapping.names import with_joins
from campaign.imports.targets import NAMES, TARGETS
from campaign.sheets import Sheet

UNKNOWN = "Nobody knows this column: its cells are kept as confidential notes."
OTHERS = "This is about somebody else: it is kept confidential and is never a name of the person."
NUMBERS = "These look like numbers of identity papers or telephones: kept as confidential notes, never public."
DOCUMENT = "Numbers of papers are kept as confidential notes and never leave."
WHOSE_REASON = (
    "It does not say whose reason this is, the authorities' or ours: kept as confidential notes until a map says so."
)
SOURCES = (
    "These may be names of people who told something: kept as confidential notes until a map says whether they are "
    "people (source_person) or publications (source_title)."
)
OF_CALENDAR = (
    "Nobody knows this column. Its cells look like dates of {}: kept as confidential notes until a map says what "
    "they are the dates of."
)
# A header that names what happened may head its places: "Arrested in", "Born in".
OF_PLACES: Final = {
    "arrest_date": "arrest_place", "last_contact_date": "last_contact_place", "birth": "birth_place",
    "death_date": "death_place",
}  # fmt: skip
_GENERIC = re.compile(
    r"(?i)\b(v?\d+|final|copy|draft|export|updated?|new|latest|version|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|"
    r"june?|july?|aug(ust)?|sep(t(ember)?)?|oct(ober)?|nov(ember)?|dec(ember)?)\b"
)
LONGEST_NAME_OF_A_LIST: Final = 40


def propose(sheet: Sheet, file_name: str = "") -> Map:
    """Return what the columns seem to mean, with a remark for each that a person should know of."""
    return completed(column_by_column(sheet, file_name), sheet)


def column_by_column(sheet: Sheet, file_name: str = "") -> Map:
    """Return what each column seems to mean by itself, before columns are joined."""
    language = language_of(sheet.headers)
    columns, remarks = {}, {}
    for header in sheet.headers:
        target, remark = _target(meanings(header), header, looks.sample(sheet.column(header)), language)
        if remark == SOURCES and _links(sheet, header) >= looks.MOST:
            target, remark = "source_title", ""
        columns[header] = target
        if remark:
            remarks[header] = remark
    key = tuple(_ids(columns, remarks, sheet)[:1])
    beside = further.proposed(sheet, key)
    name = list_name(file_name)
    return Map(columns, key=key, scheme=name, language=language, further=beside, remarks=remarks)


def _links(sheet: Sheet, header: str) -> float:
    """Return how many of the filled cells of a column have an address on the web behind them, from 0 to 1."""
    linked = {note.row for note in sheet.notes if note.kind == "link" and note.column == header
              and looks.like_an_address_on_the_web(note.words)}  # fmt: skip
    filled = sum(bool(cell.strip()) for cell in sheet.column(header))
    return len(linked) / filled if filled else 0.0


def completed(chosen: Map, sheet: Sheet, stated: frozenset[str] = frozenset()) -> Map:
    """Return a map whose parts of names are joined, and whose targets for one column have one.

    What a person `stated` of a column stays.
    """
    columns, remarks = dict(chosen.columns), dict(chosen.remarks)
    _leave_one(columns, remarks, sheet, stated | chosen.used)
    return with_joins(replace(chosen, columns=columns, remarks=remarks), sheet, stated)


def language_of(headers: Sequence[str]) -> str:
    """Return the language in which most headers are known, "" where none is."""
    spoken = Counter(language for header in headers for language in meanings(header).languages if language != ANY)
    return spoken.most_common(1)[0][0] if spoken else ""


def list_name(file_name: str) -> str:
    """Return what a list may be called by its file's name: without dates, versions and the ending."""
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", file_name.rsplit("/", 1)[-1])
    words = " ".join(re.sub(r"[\W_]+", " ", stem).split()).lower()
    kept = " ".join(_GENERIC.sub(" ", words).split())
    return (kept or words or "sheet")[:LONGEST_NAME_OF_A_LIST].strip()


def require_name(chosen: Map, sheet: Sheet) -> None:
    """Raise BadMap, with a proposal, where no column is read as the name of the person, or one of headers is."""
    if chosen.has_name:
        _refuse_turned(chosen, sheet)
        return
    unknown = {header: looks.sample(sheet.column(header)) for header in sheet.headers if _may_be_name(chosen, header)}
    likely = max(unknown, key=lambda header: _likeness_to_names(unknown[header], sheet), default="")
    example = likely or (sheet.headers[0] if sheet.headers else "column")
    perhaps = f" Perhaps it is “{likely}”." if likely else ""
    raise BadMap(
        f"No column is known as the name of the person.{perhaps} Say in a map which one is: under [columns], "
        f'"{example}" = "name". With --propose a map is printed, to be edited. '
        f"The columns are: {', '.join(f'“{header}”' for header in sheet.headers)}."
    )


def _refuse_turned(chosen: Map, sheet: Sheet) -> None:
    """Raise BadMap for a list that stands on its side: its headers are the first column, each person is a column."""
    header = sheet.headers[0]
    if chosen.read_columns.get(header) not in NAMES:
        return
    cells = looks.sample(sheet.column(header))
    known = [cell for cell in cells if meanings(cell) != NOTHING]
    if len(known) > 1 and len(known) > len(cells) / 2:
        raise BadMap(
            f"The list seems to stand on its side: “{header}” heads a column of headers ({', '.join(known[:3])}). "
            "Turn it (copy it, and paste it transposed), so that each person is a row, and bring it again."
        )


def _may_be_name(chosen: Map, header: str) -> bool:
    return chosen.columns.get(header) == "note" and not meanings(header).targets


def _likeness_to_names(cells: Sequence[str], sheet: Sheet) -> float:
    if not cells:
        return 0.0
    words = sum(2 <= len(cell.split()) <= 5 for cell in cells) / len(cells)
    differing = len(cells) / min(len(sheet.rows), looks.SAMPLE)
    return looks.share(cells, looks.like_a_name) * min(differing, 1) * (1 + words)


def _target(said: Meanings, header: str, cells: Sequence[str], language: str) -> tuple[str, str]:
    """Return a column's target, and what to say of it, "" for nothing."""
    candidates = in_language(header, language) or said.targets
    if looks.are_identity_numbers(cells) and {*candidates} <= {"id", "outside_id", "note"}:
        return "note", NUMBERS
    if not candidates and (names := _calendars(cells)):
        return "note", OF_CALENDAR.format(names)
    if said == NOTHING or not candidates:
        return "note", WHOSE_REASON if {"reason"} <= said.concepts <= {"reason", "arrest", "detain"} else UNKNOWN
    fitting = [code for code in candidates if looks.fits(code, cells)]
    if not fitting:
        if said.concepts == {"source"}:
            return "note", SOURCES
        place = next((OF_PLACES[code] for code in candidates if code in OF_PLACES), "")
        if place and cells and looks.share(cells, looks.like_a_place) >= looks.MOST:
            return place, ""
        label = TARGETS[candidates[0]].label
        return "note", f"By its header this would be “{label}”, but its cells do not look so: kept as notes."
    return fitting[0], _remark(fitting[0], said)


def _calendars(cells: Sequence[str]) -> str:
    """Return the calendars, in words, of which most cells that nobody knows may be dates, "" for none."""
    if not cells or looks.share(cells, lambda cell: bool(looks.like_another_calendar(cell))) < looks.MOST:
        return ""
    found = dict.fromkeys(name for cell in cells for name in looks.like_another_calendar(cell))
    return " or ".join(LABELS[name] for name in found)


def _remark(target: str, said: Meanings) -> str:
    if target in {"relative", "source_person"} or "outsider" in said.concepts:
        return OTHERS
    return DOCUMENT if target == "note" and "document" in said.concepts else ""


def _ids(columns: Mapping[str, str], remarks: Mapping[str, str], sheet: Sheet) -> list[str]:
    """Return the columns whose cells name a row's person again, the best first: a number of cases before a count."""
    found = [
        header
        for header in sheet.headers
        if columns[header] == "id" or (remarks.get(header) == NUMBERS and "id" in meanings(header).targets)
    ]
    return sorted(found, key=lambda header: meanings(header).concepts == {"number"})


def _leave_one(columns: dict[str, str], remarks: dict[str, str], sheet: Sheet, stated: frozenset[str]) -> None:
    """Make notes of all columns but one of a target that only one column can have."""
    for code in {target for target in columns.values() if not TARGETS[target].may_be_several}:
        of_it = [header for header in sheet.headers if columns[header] == code]
        if code == "id":
            of_it = _ids(columns, remarks, sheet)
        kept = next((header for header in of_it if header in stated), of_it[0] if of_it else "")
        for header in of_it:
            if header != kept and header not in stated:
                columns[header] = "note"
                remarks[header] = f"“{kept}” is “{TARGETS[code].label}” already: kept as notes."
