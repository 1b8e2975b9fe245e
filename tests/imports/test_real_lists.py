"""Real lists, where they are at hand, by the command and by the verbs of the pages: a second time nothing changes.

Of 20 rows of each list, one in every so many, every cell is found again: in the field that its column means, or kept as
a note that says which column it comes from.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports.models import ImportedRow
from campaign.places.current import gazetteer
from campaign.text import folded_words
from campaign.vocabulary.people import ETHNICITY
from tests.imports.asking import Asking
from tests.imports.bringing import brought

SHARED = Path(os.environ.get("BYNAME_SHARED", Path(__file__).parents[3] / "shared")) / "data"
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real lists are not on this machine"),
]
Where = Callable[[CaseFile], str]
ROWS = 20
ONE_PERSON_MANY_ROWS = '[rows]\nperson = ["full_name"]\n'
LISTS = {
    "amnesty_fxd_batch_2021.csv": ("", 58),
    "amnesty_fxd_batch_2021.xlsx": ("", 58),
    "china_political_prisoners_open.csv": ("", 452),
    "press_killed_gaza_ar_en.csv": ("", 120),
    "cpj_imprisoned_journalists_open.csv": (ONE_PERSON_MANY_ROWS, 511),
}
UNKNOWN = {"unknown", "n/a", "-", ""}


def names(file: CaseFile) -> str:
    return " ".join(name.text for name in file.names)


def places_of(*codes: str) -> str:
    known = gazetteer()
    return " ".join(known.words(code) for code in codes if code in known)


def of_episode(name: str) -> Where:
    return lambda file: " ".join(text_of(getattr(one, name)) for one in file.episodes)


def text_of(value: object) -> str:
    return str(msgspec.json.encode(value).decode()) if not isinstance(value, str) else value


WHERE: Mapping[str, Where] = {
    "case_id": lambda file: " ".join(one.value for one in file.outside_ids),
    **dict.fromkeys(("name_uyghur", "name_chinese", "name_ar", "name_en", "Name", "full_name"), names),
    "profession": lambda file: file.occupation,
    **dict.fromkeys(("date_of_birth", "Date of Birth"), lambda file: file.birth.written),
    "age_years": lambda file: file.age_reported,
    "ethnicity": lambda file: " ".join(ETHNICITY.label(code) for code in file.ethnicities),
    "home_town": lambda file: f"{file.origin_words} {file.last_address}",
    "arrest_reason_official": of_episode("reason_stated"),
    "arrest_reason_suspected": of_episode("reason_suspected"),
    "arrest_last_contact_date": of_episode("last_contact"),
    "arrest_last_contact_location": lambda file: (
        places_of(*(one.last_contact_place for one in file.episodes)) + file.last_address
    ),
    **dict.fromkeys(("held_location", "location_imprisoned"), of_episode("held_words")),
    **dict.fromkeys(("gender", "Gender"), lambda file: file.gender),
    "nationality": lambda file: " ".join(file.nationalities),
    "Date of Death": lambda file: file.death.date.written,
    "Source": lambda file: " ".join(one.url for one in file.sources),
    "charges": of_episode("charges"),
    "sentence": of_episode("sentence"),
}


def words(text: str) -> set[str]:
    return set(folded_words(text).split())


def is_found(header: str, cell: str, file: CaseFile) -> bool:
    """Whether a cell is in the field of its column, or in a note of it; of places and terms a word of it is enough."""
    kept = " ".join(note.text for note in file.notes if note.came_from.split(" (")[0].split(" + ")[0] == header)
    if words(cell) <= words(kept) or cell.strip().casefold() in UNKNOWN:
        return True
    field = words(WHERE[header](file)) if header in WHERE else set()
    return bool(words(cell) & field) if header in {"arrest_last_contact_location", "sentence"} else words(cell) <= field


def files_by_row(app: Flask) -> dict[int, CaseFile]:
    with app.app_context():
        rows = select(ImportedRow.row_number, Case).join(Case, Case.id == ImportedRow.case_id)
        return {number: revisions.head(case) for number, case in db.session.execute(rows)}


def lost_cells(app: Flask, name: str) -> list[tuple[int, str, str]]:
    """Return row, header and words of each cell of 20 rows that is not found again."""
    table = sheets.read(SHARED / name).sheet
    files = files_by_row(app)
    rows = [(number, row) for number, row in zip(table.numbers, table.rows, strict=True) if number in files]
    some = rows[:: max(1, len(rows) // ROWS)][:ROWS]
    assert len(some) == ROWS
    with app.app_context():
        return [
            (number, header, cell)
            for number, row in some
            for header, cell in zip(table.headers, row, strict=True)
            if cell.strip() and not is_found(header, cell, files[number])
        ]


@pytest.mark.parametrize("name", LISTS)
def test_the_command_takes_a_list_in_once_and_loses_no_cell(app: Flask, editor: int, name: str) -> None:
    text, people = LISTS[name]
    first = brought(app, SHARED / name, editor, text=text)
    assert (first.created, first.refused, first.asked) == (people, 0, 0)
    assert lost_cells(app, name) == []
    before = files_by_row(app)
    again = brought(app, SHARED / name, editor, text=text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, people)
    assert files_by_row(app) == before


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_take_a_list_in_once_and_to_the_same_cases(app: Flask, editor: int, name: str) -> None:
    text, people = LISTS[name]
    desk, content = Asking(app, editor), (SHARED / name).read_bytes()
    first = desk.sees(desk.imports(content, name=name, text=text))
    assert (first.counts["created"], first.counts["refused"], first.counts["asked"]) == (people, 0, 0)
    assert lost_cells(app, name) == []
    again = desk.sees(desk.imports(content, name=name, text=text))
    assert (again.counts["created"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, people)
