"""The controls that the case file needs and WTForms does not have: dates in words, codes, lists."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import Choice, SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.dates import PartialDate, public_words, read
from campaign.vocabulary import Vocabulary


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
            return "Not read as a date; kept as these words."
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
            raise ValidationError("Choose one of the list.")


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
