"""The controls in which a person writes what the campaign keeps a list of, in any spelling and script.

One rule: nothing is taken that the words do not say. What means several things, or nothing that is known, comes back
beside the field with what to choose from; without script a choice is one more post, and nothing typed is lost.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wtforms import StringField, ValidationError
from wtforms.utils import unset_value

from campaign.places import choose, gazetteer

LONGEST_ECHO = 80


class Candidate(NamedTuple):
    """One of several things that the words may mean: what the form sends, its words, what tells it from the others."""

    value: str
    words: str
    more: str


class ChosenField(StringField):
    """A thing of a list. Its data is what the case file keeps; beside the words the form may send a choice.

    `<name>-pick` is the value of a candidate of exactly these words, or "=" and the words: keep them as they are.
    """

    endpoint = ""  # where a script asks for candidates while somebody types
    candidates: Sequence[Candidate] = ()
    may_keep = False  # whether words that mean nothing known may stay
    refusal = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was typed, and what was chosen beside it."""
        picked = formdata.getlist(f"{self.name}-pick") if formdata is not None else []
        self._pick = picked[-1] if picked else ""
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the words; what is not settled stays as typed and is refused."""
        if not valuelist:
            return
        typed = valuelist[0].strip()
        self.data = self._pick.removeprefix("=") if typed and self._pick == f"={typed}" else self._settled(typed)

    def _settled(self, typed: str) -> str:
        raise NotImplementedError

    def _offer(self, typed: str, candidates: Sequence[Candidate], refusal: str) -> str:
        """Return the candidate that was picked; otherwise the words, to be refused with the candidates."""
        if any(one.value == self._pick for one in candidates):
            return self._pick
        self.candidates, self.refusal = candidates, refusal
        return typed

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not settled."""
        if self.refusal:
            raise ValidationError(self.refusal)

    @property
    def kept(self) -> str:
        """Return what the form sends besides, so that words kept before are not asked about again; "" for nothing."""
        return f"={self.data}" if self.data and not self.refusal and not self.is_listed else ""

    @property
    def is_listed(self) -> bool:
        """Say whether the data is a thing of the list."""
        raise NotImplementedError


class PlaceField(ChosenField):
    """A place of the gazetteer, by its name in any spelling or by its code. Its data is the code."""

    endpoint = "staff.suggest_places"

    def process_data(self, value: Any) -> None:
        """Take a code."""
        self.data = value or ""

    def _settled(self, typed: str) -> str:
        choice = choose(typed)
        if choice.code or not typed:
            return choice.code
        return self._offer(typed, [candidate(code) for code in choice.candidates], _refusal(typed, choice.is_named))

    def _value(self) -> str:
        return gazetteer().words(self.data) if self.is_listed else self.data or ""

    @property
    def is_listed(self) -> bool:
        """Say whether the gazetteer has the code."""
        return bool(self.data) and self.data in gazetteer()

    @property
    def reading(self) -> str:
        """Return the sentence under the control: what of the place may be public, or that it is not known any more."""
        if not self.data or self.refusal:
            return ""
        if not self.is_listed:
            return "A code that the gazetteer does not hold now; kept as it is."
        public = gazetteer().public(self.data)
        return "" if public.code == self.data else f"In public at most: {gazetteer().words(public.code)}."

    @property
    def other_names(self) -> Mapping[str, str]:
        """Return the name in the scripts of the region, by language."""
        if not self.data or not self.is_listed:
            return {}
        place = gazetteer().by_code(self.data)
        firsts = {"ug": place.uyghur[:1], "zh": place.chinese[:1], "ru": place.cyrillic[:1]}
        return {language: names[0] for language, names in firsts.items() if names}


def candidate(code: str) -> Candidate:
    """Return a place to be chosen: its words, its kind and its names in the scripts of the region."""
    place = gazetteer().by_code(code)
    names = (*place.uyghur[:1], *place.chinese[:1])
    return Candidate(code, gazetteer().words(code), " · ".join((place.kind.capitalize(), *names)))


def _refusal(typed: str, is_named: bool) -> str:
    words = typed if len(typed) <= LONGEST_ECHO else f"{typed[:LONGEST_ECHO]}…"
    if is_named:
        return f"“{words}” is the name of several places. Choose the one that is meant."
    if choose(typed).candidates:
        return f"No place of the gazetteer is called “{words}”. Choose what is meant, or write it another way."
    return f"The gazetteer has no “{words}”, and nothing near it. Write the county, the prefecture or the region."
