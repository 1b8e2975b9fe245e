"""The controls of the sheets beside a list: whether their rows are taken, and by which columns they are somebody's."""

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from campaign.imports.mapping import Map
from campaign.imports.mapping.further import KINDS, Further
from campaign.sheets import Sheet
from campaign.staff.fields import options
from campaign.web.forms import DeskForm

FOUND = SelectChoice("", "Let it be found")


class FurtherForm(DeskForm):
    """Whether the rows of a sheet beside the list are taken, and whose they are."""

    kind = SelectField(
        "Its rows are", choices=options((kind, KINDS[kind]) for kind in ("ignore", "relative", "source"))
    )
    column = SelectField("Its column that says whose", validate_choice=False, choices=[])
    number = SelectField("The list's column with the same numbers", validate_choice=False, choices=[])


def beside(table: Sheet) -> list[Sheet]:
    """Return the sheets beside a list that have rows."""
    return [other for other in table.others if other.rows]


def filled(chosen: Map, table: Sheet) -> list[dict[str, str]]:
    """Return what the controls hold, by the map."""
    return [chosen.further.get(other.name, Further("ignore"))._asdict() for other in beside(table)]


def offer(entries: Iterable[Any], table: Sheet) -> None:
    """Give the controls of each sheet the columns that there are to choose."""
    for entry, other in zip(entries, beside(table), strict=False):
        entry.form.column.choices = [FOUND, *options((header, header) for header in other.headers)]
        entry.form.number.choices = [FOUND, *options((header, header) for header in table.headers)]


def chosen_of(entries: Iterable[Any], before: Map, table: Sheet) -> Iterator[tuple[str, Further]]:
    """Yield how each sheet is taken; one that seemed to be of use and is not taken is named too."""
    for entry, other in zip(entries, beside(table), strict=False):
        kind, column, number = (entry.form[name].data or "" for name in Further._fields)
        if kind != "ignore":
            yield other.name, Further(kind, column, number)
        elif other.name in before.further:
            yield other.name, Further("ignore")
