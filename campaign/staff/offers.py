"""Choices that lie in the file itself: its sources, and the facts that a source may stand for."""

from collections.abc import Iterator
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.cases.classification import fields_of
from campaign.cases.facts import fact_paths
from campaign.cases.file import CaseFile, Row
from campaign.staff.controls import options
from campaign.staff.words import in_words, named, value_at

# A row is a fact as a whole; of the fields only these are cited by themselves.
_FIELDS = {"birth", "origin_place", "occupation", "employer", "death", "health_line", "status"}
_IN_EPISODE = {
    "start",
    "end",
    "last_contact",
    "reason_stated",
    "reason_suspected",
    "sentence",
    "whereabouts",
    "held_place",
}


class Offered(SelectField):
    """One source or one fact of the file. The file's own check refuses what is not there."""

    def __init__(self, label: str = "", *, what: str, **kwargs: Any) -> None:
        super().__init__(label, choices=options([("", "Choose one")]), validate_choice=False, **kwargs)
        self.what = what

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Take the choices; one that is chosen and not among them stays, under its own words."""
        kept = [] if not self.data or self.data in dict(choices) else [(self.data, self.data)]
        self.choices = options([("", "Choose one"), *choices, *kept])


class OfferedSeveral(SelectMultipleField):
    """Several sources or facts of the file, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", *, what: str, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)
        self.what = what

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Take the choices; what is ticked and not among them stays, under its own words."""
        known = dict(choices)
        self.choices = options([*choices, *((value, value) for value in self.data or [] if value not in known)])


def offer(controls: Iterator[Any], file: CaseFile) -> None:
    """Give every control that chooses within the file what the file has."""
    choices = {"sources": sources(file), "facts": facts(file), "people": people(file)}
    for control in controls:
        if isinstance(control, Offered | OfferedSeveral):
            control.offer(choices[control.what])


def sources(file: CaseFile) -> list[tuple[str, str]]:
    """Return (id, words) of each source."""
    named_so = ((source.id, source.title or source.publisher) for source in file.sources)
    return [(key, words or f"Source {n}") for n, (key, words) in enumerate(named_so, 1)]


def people(file: CaseFile) -> list[tuple[str, str]]:
    """Return (id, name) of everybody else in the file whose own word may be recorded."""
    named_so = [(row.id, row.name) for row in file.relatives] + [(row.id, row.witness) for row in file.testimonies]
    return [(key, name) for key, name in named_so if name.strip()]


def facts(file: CaseFile) -> list[tuple[str, str]]:
    """Return (path, words) of what a citation may stand for: rows, and the fields that are filled."""
    return [
        ("status", "Situation"),
        *((path, fact_words(file, path)) for path in fact_paths(file) if _is_offered(file, path)),
    ]


def _is_offered(file: CaseFile, path: str) -> bool:
    steps = path.split("/")
    if len(steps) % 2 == 0:
        return steps[-2] != "images"
    wanted = _FIELDS if len(steps) == 1 else _IN_EPISODE if steps[0] == "episodes" and len(steps) == 3 else set()
    return steps[-1] in wanted - {"status"} and _is_filled(value_at(file, path))


def _is_filled(value: Any) -> bool:
    return value not in ("", None, []) and value != type(value)()


def fact_words(file: CaseFile, path: str) -> str:
    """Return what people call a fact, such as "Events: arrest, 2017-10"."""
    value: Any = value_at(file, path)
    label = named(path)
    if not isinstance(value, Row) or "/" not in path:
        return label
    filled = [in_words(field, getattr(value, field.name)) for field in fields_of(type(value)) if field.shape == "value"]
    told = ", ".join(word for word in filled[:2] if word)
    return f"{label}: {told[:70]}" if told else label
