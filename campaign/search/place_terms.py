"""The places that the words of a question name, in any spelling, and the filter of who may be shown."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.places.current import gazetteer
from campaign.places.gazetteer import alike, groups_of
from campaign.places.scanning import Piece, Segment, segments
from campaign.places.segments import resolve
from campaign.search.index import COUNTY, IS_HAN, RUN, place_alone, place_word
from campaign.text import folded_for_search

AT_ONCE = 5_000  # documents that are named in a statement; of more, everybody who may be shown is read
MEANT = {"sounds": 0.9, "typo": 0.8}
EITHER = 0.7  # of Ghulja, which is a city and a county: somebody of whom no more is known than the prefecture of both


@dataclass(frozen=True)
class SearchFilter:
    """Who may be shown. Whoever may not is not counted either: how rare a key is would tell that they are there.

    `ordered` takes docids and returns those that may be shown, in the order of their references; `condition` says the
    same of a column of docids, in a statement; `count` tells how many may be shown.
    """

    ordered: Callable[[Collection[int]], Sequence[int]]
    condition: Callable[[ColumnElement[int]], ColumnElement[bool]]
    count: Callable[[], int]

    def __call__(self, docids: Collection[int]) -> Sequence[int]:
        """Return those documents that may be shown, in the order of their references."""
        return self.ordered(docids)


def search_filter(
    docid: InstrumentedAttribute[int],
    reference: InstrumentedAttribute[Any],
    clause: ColumnElement[bool],
    session: Session,
) -> SearchFilter:
    """Return the filter of a side whose table says by `clause` which of its rows may be shown."""

    def ordered(docids: Collection[int]) -> Sequence[int]:
        query = select(docid, reference).where(clause)
        if len(docids) <= AT_ONCE:
            # Numbers of our own, written into the statement: thousands of parameters cost more than the question.
            some: Any = bindparam("docids", sorted(docids), expanding=True, literal_execute=True)
            query = query.where(docid.in_(some))
        references: dict[int, Any] = dict(session.connection().execute(query).all())
        return sorted(references.keys() & docids, key=references.__getitem__)

    def condition(column: ColumnElement[int]) -> ColumnElement[bool]:
        # Asked of each row by its number: most words have few rows, and a list of all who may be shown is long.
        return exists().where(docid == column, clause)

    @cache  # one question asks it several times
    def count() -> int:
        return session.scalar(select(func.count(docid)).where(clause)) or 0

    return SearchFilter(ordered, condition, count)


class Meaning(NamedTuple):
    """The places that a word may name: words of the index, with how surely (0..1); `is_link`: "from" before one."""

    places: tuple[tuple[str, float], ...] = ()
    is_link: bool = False


def parted(run: str) -> list[str]:
    """Return a run of Chinese in words: a place that is named in it stands alone; other runs as they are."""
    if not IS_HAN.match(run):
        return [run]
    found: list[str] = []
    was_place = True
    for piece in (piece for segment in segments(run, gazetteer().index.exact) for piece in segment.pieces):
        is_place = piece.sense == "place" or (piece.sense == "level" and was_place and bool(found))
        found = [*found, piece.text] if is_place or was_place else [*found[:-1], found[-1] + piece.text]
        was_place = is_place
    return found or [run]


def meanings(words: list[str]) -> list[Meaning]:
    """Return what each of the folded words of a question says of places; a unit ("county") goes with its name."""
    text = " ".join(words)
    told = [pair for segment in segments(text, gazetteer().index.exact) for pair in _of_pieces(segment.pieces)]
    found, start = [], 0
    for word in words:
        end = start + len(word)
        over = [meaning for piece, meaning in told if piece.start < end and start < piece.end]
        found.append(_of_word(word, over))
        start = end + 1
    return found


def finer(text: str) -> frozenset[str]:
    """Return the folded words of a question that say where within a place: a street, a village, a kind of building.

    "Supila village, Arslanbag town, Kashgar prefecture" says so of all words but the last two.
    """
    pieces = [piece for segment in segments(text, gazetteer().index.exact) for piece in _finer(segment)]
    return frozenset(word for piece in pieces for word in RUN.findall(folded_for_search(piece.text)))


def _finer(segment: Segment) -> Iterator[Piece]:
    is_finer = any(piece.sense in {"address", "facility"} or piece.value == "town" for piece in segment.pieces)
    for piece in segment.pieces:
        says_where = piece.sense == "place" or (piece.sense == "level" and piece.value != "town")
        if piece.sense == "near" or (is_finer and not says_where):
            yield piece


def _of_word(word: str, over: list[Meaning]) -> Meaning:
    if over and all(meaning.places for meaning in over):
        return Meaning(tuple(dict(pair for meaning in over for pair in meaning.places).items()))
    if over and all(meaning.is_link for meaning in over):
        return Meaning((), is_link=True)
    if any(meaning.places for meaning in over):
        return Meaning()
    how, codes = alike(gazetteer(), word)
    return Meaning(tuple((place_word(code), MEANT[how]) for code in codes))


def _of_pieces(pieces: tuple[Piece, ...]) -> list[tuple[Piece, Meaning]]:
    groups = iter(groups_of(gazetteer(), pieces))
    named = [_of_codes(next(groups)) if piece.sense == "place" else Meaning() for piece in pieces]
    return [(piece, named[at] if named[at].places else _beside(pieces, named, at)) for at, piece in enumerate(pieces)]


def _of_codes(codes: tuple[str, ...]) -> Meaning:
    """Return what a name of places says; who is from a town is public as from its county, and less surely meant."""
    known = gazetteer()
    around = {place_word(known.public(code).code): MEANT["sounds"] for code in codes}
    holder = resolve(known, [codes]).certain
    is_either = holder not in codes and holder in known and known.by_code(holder).depth < COUNTY
    either = {place_alone(holder): EITHER} if is_either else {}
    return Meaning(tuple((either | around | {place_word(code): 1.0 for code in codes}).items()))


def _beside(pieces: tuple[Piece, ...], named: list[Meaning], at: int) -> Meaning:
    """Return the meaning of a word that says nothing alone: "prefecture" after Aksu, "from" before it."""
    around = [named[near] for near in (at - 1, at + 1) if 0 <= near < len(pieces) and named[near].places]
    if not around:
        return Meaning()
    if pieces[at].sense == "level":
        return around[0]
    return Meaning((), is_link=pieces[at].sense == "link")
