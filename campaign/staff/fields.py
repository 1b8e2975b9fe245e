"""Form fields that WTForms does not have: partial dates in words, codes of a vocabulary, lists, choices in the file.

Choices in the file are its sources, the people in it, and the facts that a citation may name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import Choice, SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.cases.classification import fields_of
from campaign.cases.diff import fact_paths
from campaign.cases.file import CaseFile, Row
from campaign.dates.edtf import PartialDate
from campaign.dates.parse import doubt, read
from campaign.dates.phrases import public_words
from campaign.staff.words import in_words, named, value_at
from campaign.vocabulary.table import Vocabulary


def options(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return (value, label) as what a select takes."""
    return [SelectChoice(value, label) for value, label in choices]


class DateField(StringField):
    """A date as people write it. What can't be read is kept as words: it is never an error."""

    def process_data(self, value: Any) -> None:
        """Take a PartialDate and show its words."""
        self.data = words_of(value) if isinstance(value, PartialDate) else (value or "")

    @property
    def reading(self) -> str:
        """Return the sentence that stands under the control: how the words are read."""
        if not self.data:
            return ""
        date = read(self.data)
        if not date.edtf:
            return f"{doubt(self.data)} Not read as a date; kept as these words.".strip()
        return f"Read as {date.edtf}. In public at most: “{public_words(date.edtf)}”."


def words_of(date: PartialDate) -> str:
    """Return the words in which a date stands in a form: as somebody wrote them, else the notation."""
    return date.written or date.edtf


class CodeField(SelectField):
    """One code of a vocabulary, or none. A stored code is kept even where it is retired."""

    def __init__(self, label: str = "", *, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(label, choices=[], **kwargs)
        self.vocabulary = vocabulary

    def iter_choices(self) -> Any:
        """Yield what may be chosen; "not stated" first."""
        stored = self.object_data if isinstance(self.object_data, str) else ""
        offered = [] if "" in self.vocabulary else [("", "Not stated")]
        offered += self.vocabulary.choices(keep=stored)
        if stored and stored not in dict(offered):
            offered.append((stored, f"{stored} (not in the list)"))
        return [Choice(code, label, code == (self.data or ""), {}) for code, label in offered]

    def pre_validate(self, form: Any) -> None:
        """Refuse a code that was not offered."""
        if (self.data or "") not in {choice[0] for choice in self.iter_choices()}:
            raise ValidationError("Choose one from the list.")


class ListedField(StringField):
    """One code of a list that is too long to choose from: its label or its code is typed, a datalist offers it."""

    def __init__(self, label: str = "", *, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.vocabulary = vocabulary
        self.render_kw = {**(self.render_kw or {}), "list": f"list-{vocabulary.name}", "autocomplete": "off"}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the code of what was typed; what is in no list stays as typed and is refused."""
        if valuelist:
            self.data = self.vocabulary.by_words(valuelist[0]) or valuelist[0].strip()

    def _value(self) -> str:
        data = self.data or ""
        return self.vocabulary.label(data) if data in self.vocabulary else data

    def pre_validate(self, form: Any) -> None:
        """Refuse what is in no list."""
        if self.data and self.data not in self.vocabulary:
            raise ValidationError(f"“{self.data[:80]}” is not in the list. Write its English name, or leave it empty.")


class AnswerField(SelectField):
    """Yes, no, or nobody has said: bool or None."""

    WORDS = {"": None, "yes": True, "no": False}  # noqa: RUF012 - never changed

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        choices = options([("", "Not stated"), ("yes", "Yes"), ("no", "No")])
        super().__init__(label, choices=choices, coerce=lambda value: value, **kwargs)

    def process_data(self, value: Any) -> None:
        """Take True, False or None."""
        self.data = {True: "yes", False: "no"}.get(value, "")

    @property
    def answer(self) -> bool | None:
        """Return the answer as the file keeps it."""
        return self.WORDS.get(self.data)


class TicksField(SelectMultipleField):
    """Any number of codes, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse a code that was neither offered nor there before."""
        known = {value for value, *_ in self.iter_choices()}
        if set(self.data or []) - known:
            raise ValidationError("Choose from the list.")


class WordsField(StringField):
    """Several words with commas between them: list[str]."""

    data: Any

    def process_data(self, value: Any) -> None:
        """Take a list."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Cut what was typed at its commas."""
        if valuelist:
            parts = valuelist[0].replace("،", ",").replace("，", ",").split(",")
            self.data = [part.strip() for part in parts if part.strip()]

    def _value(self) -> str:
        return ", ".join(self.data or [])


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
