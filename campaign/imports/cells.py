"""Parsers of single cells, by what their column means: one reader a target, and no cell says more than it does.

The readers here are those of the commonest values; facts/readers.py has all of them.

`arrest_last_contact_*` is the last contact and never an arrest; a prison is a kind of place and never a sentence;
"Unknown" means not known to us; no language is assumed of a name.
"""

import re
from collections.abc import Callable

from campaign.dates import ages, edtf
from campaign.imports import date_cells, name_cells, place_cells
from campaign.imports.draft import Draft
from campaign.vocabulary.as_written import gender_of, peoples_of, says_no_gender
from campaign.vocabulary.sentences import says_nothing

UNKNOWN = re.compile(
    r"(?i)^(unknown|not known|n/?a|#n/a|none|null|nil|nan|no data|неизвестно|нет данных|не указано|белгісіз|bilinmiyor"
    r"|不详|不詳|未知|不明"
    r"|غير معروف|نامعلوم|نامشخص|نامەلۇم|namelum|desconocid[oa]|inconnue?|unbekannt|-+|\?+|\*+|\.+)\.?$"
)


def _age(draft: Draft, column: str, value: str) -> None:
    draft.age, draft.age_column = value, column
    if UNKNOWN.match(value):
        return
    draft.file.age_reported = value
    draft.fill("age_reported")
    if draft.map.as_of and not draft.file.age_reported_on.edtf:
        draft.file.age_reported_on = edtf.parse(draft.map.as_of)
    if ages.parse_age(value) is None and ages.allowed_ages(value) is None:
        draft.warn(column, value, "No age could be read from this. The words are kept as written.")


def _ethnicity(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    peoples = peoples_of(value)
    draft.file.ethnicities += [code for code in peoples.codes if code != "unknown"]
    if draft.file.ethnicities:
        draft.fill("ethnicities")
    if peoples.others:
        words = " and ".join(f"“{word}”" for word in peoples.others)
        is_or_are = "are" if len(peoples.others) > 1 else "is"
        draft.keep(column, value)
        draft.warn(column, value, f"{words} {is_or_are} not in the list of peoples. The cell is kept as a note.")


def _gender(draft: Draft, column: str, value: str) -> None:
    code = gender_of(value, draft.letters)
    if code:
        draft.file.gender = code
        draft.fill("gender")
    elif not says_no_gender(value):
        draft.keep(column, value)
        draft.warn(column, value, "Gender stays not stated; the cell is kept as a note.")


def _occupation(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.file.occupation = value
        draft.fill("occupation")


def _stated(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    if says_nothing(value):
        draft.keep(column, value)
        return
    draft.episode.reason_stated = value
    draft.fill(f"episodes/{draft.episode.id}/reason_stated")


def _suspected(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.episode.reason_suspected = value
        draft.fill(f"episodes/{draft.episode.id}/reason_suspected")


READERS: dict[str, Callable[[Draft, str, str], None]] = {
    "name": name_cells.name,
    "birth": date_cells.birth,
    "age": _age,
    "gender": _gender,
    "ethnicity": _ethnicity,
    "home_town": place_cells.home_town,
    "occupation": _occupation,
    "reason_stated": _stated,
    "reason_suspected": _suspected,
    "last_contact_date": date_cells.contact_date,
    "last_contact_place": place_cells.contact_place,
}

# Targets whose texts keep their lines; every other cell is one line.
KEEPS_LINES = frozenset({"note", "summary"})
