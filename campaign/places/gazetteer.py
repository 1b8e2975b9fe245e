"""The gazetteer: an unchanging set of places, and the ranked lookup of those that a few words may name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from anyascii import anyascii

from campaign.languages import gettext, gettext_noop
from campaign.places.index import REGION, NameIndex, Place, PlaceHit
from campaign.places.own_names import own_name
from campaign.places.scanning import Piece, Segment, fold, segments

LONGEST_QUERY = 200


def find(gazetteer: "Gazetteer", text: str, limit: int) -> list[PlaceHit]:
    """Return the hits of Gazetteer.find."""
    text = text[:LONGEST_QUERY]
    whole = fold(text)
    if codes := gazetteer.index.exact(whole):
        return _hits(gazetteer, codes, "exact", limit)
    if codes := gazetteer.index.transcribed(whole):
        return _hits(gazetteer, codes, "sounds", limit)
    found = segments(text, gazetteer.index.exact)
    if named := _named(gazetteer, found):
        return _hits(gazetteer, named, "exact", limit)
    how, codes = alike(gazetteer, _bare(found) or text)
    return _hits(gazetteer, codes, how, limit)


def alike(gazetteer: "Gazetteer", text: str) -> tuple[str, tuple[str, ...]]:
    """Return how the places nearest to an unknown spelling answer to it, and their codes."""
    key = fold(text)
    if codes := gazetteer.index.transcribed(key):
        return "sounds", codes
    latin = key if key.isascii() else fold(anyascii(key))
    if latin != key and (codes := gazetteer.index.exact(latin)):
        return "sounds", codes
    if codes := gazetteer.index.sounding(latin):
        return "sounds", codes
    return "typo", gazetteer.index.one_letter_off(key)


def _bare(found: list[Segment]) -> str:
    """The words without "county", "town" and their like."""
    return " ".join(piece.text for segment in found for piece in segment.pieces if piece.sense == "other")


def _named(gazetteer: "Gazetteer", found: list[Segment]) -> tuple[str, ...]:
    """Codes of all places named, those first for which most of the words speak."""
    groups = [group for segment in found for group in groups_of(gazetteer, segment.pieces)]
    votes: dict[str, tuple[int, int]] = {}
    for code in (code for group in groups for code in group):
        own = sum(code in group for group in groups)
        around = sum(any(gazetteer.lies_in(code, other) for other in group) for group in groups)
        votes[code] = (own + around, gazetteer.by_code(code).depth if around > own else 0)
    return tuple(sorted(votes, key=lambda code: votes[code], reverse=True))


def groups_of(gazetteer: "Gazetteer", pieces: tuple[Piece, ...]) -> list[tuple[str, ...]]:
    """Return, for each place named, the codes it may mean, after the unit that stands beside it has spoken."""
    groups: list[tuple[str, ...]] = []
    for n, piece in enumerate(pieces):
        if piece.sense == "place":
            groups.append(of_unit(gazetteer, piece.codes, _unit_beside(pieces, n)))
    return groups


def _unit_beside(pieces: tuple[Piece, ...], n: int) -> str:
    """The unit after a name ("Hotan city"), or before it where no other name claims it ("city of Hotan")."""
    if n + 1 < len(pieces) and pieces[n + 1].sense == "level":
        return pieces[n + 1].value
    before = [piece for piece in pieces[:n] if piece.sense != "link"]
    if not before or before[-1].sense != "level" or (len(before) > 1 and before[-2].sense == "place"):
        return ""
    return before[-1].value


def of_unit(gazetteer: "Gazetteer", codes: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """Return those codes that are a county, city, district, prefecture or town; all when none is.

    "Artux county" is a city today and the only one of the name, so the wrong word does not hide it.
    """
    places = [gazetteer.by_code(code) for code in codes]
    if unit == "prefecture":
        fitting = [p.code for p in places if p.level in ("prefecture", "region")]
    elif unit == "town":
        fitting = [p.code for p in places if p.level == "town"]
    else:
        fitting = [p.code for p in places if p.kind == unit]
        fitting = fitting or [p.code for p in places if unit and p.level == "county"]
    return tuple(fitting) or codes


def _hits(gazetteer: "Gazetteer", codes: tuple[str, ...], how: str, limit: int) -> list[PlaceHit]:
    is_ambiguous = len(codes) > 1
    return [PlaceHit(gazetteer.by_code(code), how, is_ambiguous) for code in codes[:limit]]


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
        """Return the name that a language (BCP 47) itself has for a place, "" where none is known."""
        return own_name(self._places[code], language)

    def called(self, code: str, language: str = "en") -> str:
        """Return the name to show to who reads a language: its own, else the Latin one, or any."""
        return self.name(code, language) or next(iter(self._places[code].names()))

    def label(self, code: str, language: str = "en") -> str:
        """Return the name with the word for its unit, so that Kashgar City and Prefecture differ in a list.

        In a language other than English and Uyghur it must be the one that is spoken.
        """
        place, name = self._places[code], self.called(code, language)
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
