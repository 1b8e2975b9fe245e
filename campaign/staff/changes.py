"""What changed between two revisions, in words: sources, facts, people and rows as they are called, never by id."""

from collections.abc import Mapping
from typing import Any

from campaign.cases.difference import Change
from campaign.cases.file import CaseFile
from campaign.staff.offers import fact_words, facts, people, sources
from campaign.staff.words import NOBODY, field_at, in_words

EMPTY_ROW = "a row with nothing in it"


def sides_of(one: Change, before: CaseFile, after: CaseFile, accounts: Mapping[int, str] = NOBODY) -> tuple[str, str]:
    """Return both sides of a change as people read them; "" for a side that has nothing."""
    return _side(one, before, one.before, accounts), _side(one, after, one.after, accounts)


def _side(one: Change, file: CaseFile, value: Any, accounts: Mapping[int, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and _is_order(one):
        return ", then ".join(fact_words(file, f"{one.path}/{row_id}") for row_id in value)
    if value == one.path.rpartition("/")[2]:
        return EMPTY_ROW
    known = dict([*sources(file), *facts(file), *people(file)])
    if isinstance(value, list):
        value = [known.get(item, item) if isinstance(item, str) else item for item in value]
    elif isinstance(value, str):
        value = known.get(value, value)
    return in_words(field_at(one.path), value, accounts)


def _is_order(one: Change) -> bool:
    """Whether a change is that rows changed places: its values are then ids of rows."""
    field = field_at(one.path)
    return field is not None and field.shape == "rows"
