"""Every place the campaign knows by name, found under any of its spellings.

Which places those are is said in campaign.places.current.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from campaign.languages import SOURCE, current, gettext, gettext_noop
from campaign.places.finding import find
from campaign.places.folding import fold
from campaign.places.index import NameIndex
from campaign.places.place import REGION, Place, PlaceHit

# The word that a language puts after the name of a unit; other languages have a message for it.
_KIND_WORDS = {
    "en": {"prefecture": "Prefecture", "city": "City", "county": "County", "district": "District"},
    "ug": {"prefecture": "ۋىلايىتى", "city": "شەھىرى", "county": "ناھىيىسى", "district": "رايونى"},
}
_UNITS = {
    "prefecture": gettext_noop("{name} Prefecture"),
    "city": gettext_noop("{name} City"),
    "county": gettext_noop("{name} County"),
    "district": gettext_noop("{name} District"),
}
_CYRILLIC = {"ru", "kk", "ky", "ug-Cyrl", "uz-Cyrl"}


class BadPlace(ValueError):
    """A place whose parent is not known, or which lies within itself."""


class Gazetteer:
    """An unchanging set of places with an index of their names.

    Codes that are not in it raise KeyError with the code.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.code: place for place in places}
        for place in self._places.values():
            self._check(place)

    def _check(self, place: Place) -> None:
        seen, code = {place.code}, place.parent
        while code:
            if code not in self._places:
                raise BadPlace(f"The place {place.code!r} lies in {code!r}, which the gazetteer does not hold.")
            if code in seen:
                raise BadPlace(f"The place {place.code!r} lies within itself, by way of {code!r}.")
            seen.add(code)
            code = self._places[code].parent

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def by_code(self, code: str) -> Place:
        """Return the place of this code; raises KeyError."""
        return self._places[code]

    def parents(self, code: str) -> tuple[Place, ...]:
        """Return what the place lies in, the nearest first."""
        found = []
        place = self._places[code]
        while place.parent:
            place = self._places[place.parent]
            found.append(place)
        return tuple(found)

    def within(self, code: str) -> tuple[str, ...]:
        """Return the code itself and the codes of all that lies in it: what a filter by place asks for."""
        return tuple(p.code for p in self if p.code == code or code in {q.code for q in self.parents(p.code)})

    def lies_in(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` is `outer` or a part of it."""
        return inner == outer or any(place.code == outer for place in self.parents(inner))

    def public(self, code: str) -> Place:
        """Return the place itself, or its county if it is finer: what may be said in public (domain.md)."""
        return next(p for p in (self._places[code], *self.parents(code)) if p.level != "town")

    def name(self, code: str, language: str = "en") -> str:
        """Return the name to show in a language (BCP 47); the Latin one, or any, where it has none there."""
        place = self._places[code]
        if language == "zh-Latn":
            return place.pinyin or place.latin[0]
        own = place.chinese if language.startswith("zh") else place.uyghur if language == "ug" else ()
        own = place.cyrillic if language in _CYRILLIC else own
        if not own and place.level == "country" and language == current().code != SOURCE.code:
            own = tuple(filter(None, [current().locale.territories.get(code)]))
        return next(iter(own or place.names()))

    def label(self, code: str, language: str = "en") -> str:
        """Return the name with the word for its unit, so that Kashgar City and Prefecture differ in a list.

        In a language other than English and Uyghur it must be the one that is spoken.
        """
        place, name = self._places[code], self.name(code, language)
        if place.level not in ("prefecture", "county") or place.kind not in _UNITS:
            return name
        if language not in _KIND_WORDS:
            return gettext(_UNITS[place.kind]).format(name=name)
        word = _KIND_WORDS[language][place.kind]
        return name if name.endswith(word) else f"{name} {word}"

    def words(self, code: str) -> str:
        """Return the place and what it lies in, as people write it: "Ghulja City, Ili Prefecture, Xinjiang".

        No two places have the same words: where they would, the code stands behind them in brackets.
        """
        words = self._plain_words(code)
        return f"{words} ({code})" if self._worded[words] > 1 else words

    def by_words(self, text: str) -> str:
        """Return the code of the place whose `words` these are, spaces and case aside; "" for none."""
        return self._codes_by_words.get(fold(text), "")

    def _plain_words(self, code: str) -> str:
        places = (self._places[code], *self.parents(code))
        is_of_region = any(place.code == REGION for place in places)
        return ", ".join(self.label(p.code) for p in places if not (is_of_region and p.level == "country"))

    @cached_property
    def _worded(self) -> Counter[str]:
        return Counter(self._plain_words(code) for code in self._places)

    @cached_property
    def _codes_by_words(self) -> dict[str, str]:
        return {fold(self.words(code)): code for code in self._places}

    def find(self, text: str, limit: int = 10) -> list[PlaceHit]:
        """Return the places that `text` may name, the likeliest first; [] for none, whatever the text is.

        Of places of one name the wider is offered first (it holds in either case), then a city, then a
        county; the word city, county, district or prefecture in the text decides. A place in brackets or
        after a comma speaks for those that bear that name too, or lie in it.
        """
        return find(self, text, limit)

    @cached_property
    def index(self) -> NameIndex:
        """Return the index of names, made when first asked for."""
        return NameIndex(self)

    def extended(self, rows: Iterable[Place]) -> "Gazetteer":
        """Return a gazetteer with the campaign's places added; a row of a known code replaces the shipped one.

        Raises BadPlace for a parent that neither holds.
        """
        return Gazetteer((self._places | {place.code: place for place in rows}).values())
