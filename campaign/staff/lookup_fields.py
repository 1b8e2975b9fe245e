"""Lookup fields: a place or facility is typed in any spelling and script, and resolved against the campaign's lists.

One rule: nothing is taken that the words do not say. What means several things, or nothing that is known, comes back
beside the field with what to choose from; without script a choice is one more post, and nothing typed is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import Response, jsonify, render_template, request
from wtforms import StringField, ValidationError
from wtforms.utils import unset_value

from campaign.accounts.permissions import Action, requires
from campaign.cases import facilities
from campaign.cases.facilities import Facility
from campaign.places.current import gazetteer
from campaign.places.reading import choose, suggest
from campaign.staff.desk import blueprint
from campaign.vocabulary.events import FACILITY_TYPE, PRECISION

LONGEST_ECHO = 80
# What a profile tells of a facility of each precision: a county at the finest (campaign.publishing.projection.places).
TOLD = dict(PRECISION.choices()) | {"exact": "County (exact)", "town": "County (town)", "hidden": "Region only"}
MOST = 8  # more than these are no question: the words are too general to name one thing


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
        """Read the words; what names nothing known stays as typed and is refused."""
        if not valuelist:
            return
        typed = valuelist[0].strip()
        self.data = self._pick.removeprefix("=") if typed and self._pick == f"={typed}" else self._resolved(typed)

    def _resolved(self, typed: str) -> str:
        raise NotImplementedError

    def _offer(self, typed: str, candidates: Sequence[Candidate], refusal: str) -> str:
        """Return the candidate that was picked; otherwise the words, to be refused with the candidates."""
        if any(one.value == self._pick for one in candidates):
            return self._pick
        self.candidates, self.refusal = candidates, refusal
        return typed

    def pre_validate(self, form: Any) -> None:
        """Refuse what names nothing known."""
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

    def _resolved(self, typed: str) -> str:
        choice = choose(typed)
        if choice.code or not typed:
            return choice.code
        return self._offer(typed, [candidate(code) for code in choice.candidates], _refusal(typed, choice.is_named))

    def _value(self) -> str:
        code = self.data or ""
        return gazetteer().words(code) if self.is_listed else code

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
            return "This code is no longer in the gazetteer; it is kept as it is."
        public = gazetteer().public(self.data)
        return "" if public.code == self.data else f"In public at most: {gazetteer().words(public.code)}."

    @property
    def other_names(self) -> Mapping[str, str]:
        """Return the name in the scripts of the region, by language."""
        if not self.data or not self.is_listed:
            return {}
        names = {language: gazetteer().name(self.data, language) for language in ("ug", "zh", "ru")}
        return {language: name for language, name in names.items() if name}


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
        return f"No place in the gazetteer is called “{words}”. Choose what is meant, or write it another way."
    return f"The gazetteer has no “{words}”, and nothing near it. Write the county, the prefecture or the region."


class FacilityField(ChosenField):
    """A facility of the desk's list, by any of its names; or the words told to us, where it is in no list."""

    endpoint = "staff.suggest_facilities"
    may_keep = True
    other_names: Mapping[str, str] = {}
    listed: Facility | None = None  # what of the list the words name, once `find_listed` has asked

    def process_data(self, value: Any) -> None:
        """Take the words of a case file."""
        self.data = value or ""

    def _resolved(self, typed: str) -> str:
        if listed := facilities.by_ref(facilities.ref_in(typed)):
            return typed if typed != listed.ref else facilities.in_file(listed)
        found = facilities.find(typed)
        exact = [one for one, is_exact in found if is_exact]
        if len(exact) == 1:
            return facilities.in_file(exact[0])
        if not found or len(found) > MOST:
            return typed
        sentence = f"“{typed[:LONGEST_ECHO]}” may be in the list of facilities. Choose which, or keep the words."
        return self._offer(typed, [facility_candidate(one) for one, _ in found], sentence)

    def _value(self) -> str:
        return self.data or ""

    @property
    def ref(self) -> str:
        """Return the number with which the words begin, "" for words told to us."""
        return facilities.ref_in(self.data or "")

    @property
    def is_listed(self) -> bool:
        """Say whether the words begin with the number of a facility of the list."""
        return self.listed is not None

    @property
    def reading(self) -> str:
        """Return the sentence under the control: what the facility is, where it stands, what of it may be public."""
        if not self.data or self.refusal:
            return ""
        one = self.listed
        if one is None:
            return "Not in our list; kept in these words. Never public."
        renamed = "" if one.name in self.data else f" Now called {one.name}."
        return f"{about(one)}.{renamed} The name is never public."


def find_listed(controls: Iterable[Any]) -> None:
    """Give every control for a facility what of the list its words name, in one statement for all of them."""
    fields = [control for control in controls if isinstance(control, FacilityField)]
    known = facilities.by_refs({field.ref for field in fields})
    for field in fields:
        field.listed = known.get(field.ref)


def facility_candidate(one: Facility) -> Candidate:
    """Return a facility to be chosen: as a case file names it, and what tells it from others."""
    return Candidate(facilities.in_file(one), facilities.in_file(one), " · ".join((*one.names[1:3], about(one))))


def about(one: Facility) -> str:
    """Return what a facility is, where it stands, and how finely it may be told."""
    place = gazetteer().words(one.place) if one.place in gazetteer() else "place not known"
    return f"{FACILITY_TYPE.label(one.type)} · {place} · in public: {TOLD[one.precision].lower()}"


@blueprint.get("/places/suggest")
@requires(Action.EDIT_CASE)
def suggest_places() -> Response:
    """Answer the places that what is typed so far may name: at most eight, each with its parents in words."""
    found = [candidate(code) for code in suggest(request.args.get("q", ""))]
    return jsonify([{"words": one.words, "more": one.more} for one in found])


SHOWN = 100


@blueprint.get("/facilities", endpoint="facilities")
@requires(Action.IMPORT_CASES)
def list_facilities() -> str:
    """Show the facilities that words, a kind and a precision name: by any spelling, or by where they stand."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("q", "type", "precision")}
    every = facilities.every()
    found = [one for one in _found(asked["q"], every) if _is_asked(one, asked)]
    words = {"kinds": FACILITY_TYPE, "told": TOLD, "places": gazetteer(), "asked": asked}
    return render_template(
        "staff/facilities.html", facilities=found[:SHOWN], count=len(found), total=len(every), **words
    )


@blueprint.get("/facilities/suggest")
@requires(Action.EDIT_CASE)
def suggest_facilities() -> Response:
    """Answer the facilities that what is typed so far may name, at most eight."""
    found = facilities.find(request.args.get("q", ""))[:MOST]
    offered = [facility_candidate(one) for one, _ in found]
    return jsonify([{"words": one.words, "more": one.more} for one in offered])


def _found(words: str, every: list[Facility]) -> list[Facility]:
    if words:
        return [one for one, _ in facilities.find(words, every)]
    return sorted(every, key=lambda one: one.name.casefold())


def _is_asked(one: Facility, asked: dict[str, str]) -> bool:
    return asked["type"] in ("", one.type) and asked["precision"] in ("", one.precision)
