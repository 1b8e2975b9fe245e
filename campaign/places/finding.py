"""The places that a few words may name, in the order to offer them."""

from typing import TYPE_CHECKING

from anyascii import anyascii

from campaign.places.folding import fold
from campaign.places.place import PlaceHit
from campaign.places.scanning import Piece, Segment, segments

if TYPE_CHECKING:
    from campaign.places.gazetteer import Gazetteer

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
