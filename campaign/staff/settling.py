"""What two people changed at once, field by field: before, theirs, mine; and what the editor chose."""

from collections.abc import Mapping
from typing import NamedTuple

from campaign.cases.classification import Visibility
from campaign.cases.merge import Conflict, Side
from campaign.cases.refusals import Stale
from campaign.staff.people import names_of
from campaign.staff.words import accounts_in, field_at, in_words

PREFIX = "settled-"
HIDDEN = "Confidential. Open the case with its confidential fields to read it."


class Unsettled(NamedTuple):
    """One field to settle, in words; an empty side says that the row was removed or the field emptied."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str


def unsettled(stale: Stale, confidential: bool) -> list[Unsettled]:
    """Return what the editor must settle. What they may not read is named and not shown."""
    people = names_of(accounts_in(stale.before, stale.theirs, stale.mine))
    return [Unsettled(f"{PREFIX}{one.path}", one.label, *_sides(one, confidential, people)) for one in stale.conflicts]


def _sides(one: Conflict, confidential: bool, people: Mapping[int, str]) -> tuple[str, str, str]:
    if one.visibility is Visibility.CONFIDENTIAL and not confidential:
        return HIDDEN, HIDDEN, HIDDEN
    field = field_at(one.path)
    before, theirs, mine = (in_words(field, value, people) for value in (one.before, one.theirs, one.mine))
    return before, theirs, mine


def settled_sides(typed: Mapping[str, str]) -> dict[str, Side]:
    """Return which side the editor chose for each path."""
    chosen: dict[str, Side] = {}
    for name, side in typed.items():
        if name.startswith(PREFIX) and side in {"theirs", "mine"}:
            chosen[name.removeprefix(PREFIX)] = "mine" if side == "mine" else "theirs"
    return chosen
