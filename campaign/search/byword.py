"""Documents by words: of names as written, places, work, numbers elsewhere, and texts in any language."""

from collections.abc import Collection, Mapping
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from campaign.search.asking import Asked, Word
from campaign.search.entry import Field, is_alone
from campaign.search.gate import Gate
from campaign.search.tables import Tables, column_of

SHORTEST_PREFIX = 3
MOST = 20_000  # documents that one word may bring; beyond, those published last are left out
FEW = 400  # documents that are named in the question instead of asking for all that have a word
LAST = "\U0010ffff"  # no word has it: what begins with a prefix lies below
# What a whole word says by the field it stands in; a word of which only the beginning was typed says less.
SAYS = {
    Field.NUMBER: 0.95,
    Field.NAME: 0.8,
    Field.ORIGIN: 0.75,
    Field.HELD: 0.75,
    Field.WORK: 0.7,
    Field.SUMMARY: 0.5,
    Field.STORY: 0.45,
    Field.QUOTE: 0.4,
    Field.DETAILS: 0.4,
    Field.OTHER: 0.35,
}
BEGINNING = 0.9
RANKS = {field * 2 + at: says * (1.0, BEGINNING)[at] for field, says in SAYS.items() for at in (0, 1)}

Scores = dict[int, float]


def by_number(tables: Tables, asked: Asked, allowed: Gate, session: Session) -> set[int]:
    """Return the documents whose reference, or number in another list, is the whole question."""
    word, docid, field = (column_of(tables.word, name) for name in ("word", "docid", "field"))
    query = select(docid).where(word == asked.number, field == Field.NUMBER, allowed.condition(docid))
    return set(session.scalars(query)) if asked.number else set()


def by_words(tables: Tables, words: Collection[Word], allowed: Gate, session: Session) -> Scores:
    """Return the documents that meet every one of the words, with how well (0..1): the mean of what each says."""
    met: list[Scores] = []
    for word in sorted(words, key=lambda word: -len(word.text)):
        within = set(met[-1]) if met and len(met[-1]) <= FEW else None
        met.append(by_word(tables, word, allowed, session, within=within))
        if not met[-1]:
            return {}
    shared: set[int] = reduce(set.intersection, map(set, met)) if met else set()
    return {docid: sum(scores[docid] for scores in met) / len(met) for docid in shared}


def by_word(
    tables: Tables, word: Word, allowed: Gate, session: Session, *, within: Collection[int] | None = None
) -> Scores:
    """Return the documents that meet one word as it is written, by its beginning, or by the place that it names."""
    may_be = _may_be(tables, allowed, within)
    parts = [_meeting(tables, part, may_be, session) for part in word.parts]
    found = {docid: min(part[docid] for part in parts) for docid in reduce(set.intersection, map(set, parts))}
    sure = {place: how for place, how in word.meaning.places if how == 1.0}
    _add_places(tables, found, sure, may_be, session)
    # A place that is only near in spelling, or around the one named, counts where the word itself is met nowhere.
    rest = {place: how for place, how in word.meaning.places if how < 1.0 and (not found or is_alone(place))}
    _add_places(tables, found, rest, may_be, session)
    return found


def _add_places(
    tables: Tables, found: Scores, places: Mapping[str, float], may_be: ColumnElement[bool], session: Session
) -> None:
    for place, sure in places.items():
        for docid in _at(tables, place, may_be, session):
            found[docid] = max(found.get(docid, 0.0), SAYS[Field.ORIGIN] * sure)


def _may_be(tables: Tables, allowed: Gate, within: Collection[int] | None) -> ColumnElement[bool]:
    """Return the condition that a row of words is of a document that may be found, of those `within` if given."""
    docid = column_of(tables.word, "docid")
    if within is None:
        return allowed.condition(docid)
    some: Any = bindparam("within", sorted(within), expanding=True, literal_execute=True)
    return and_(docid.in_(some), allowed.condition(docid))


def _meeting(tables: Tables, part: str, may_be: ColumnElement[bool], session: Session) -> Scores:
    word, docid, field = (column_of(tables.word, name) for name in ("word", "docid", "field"))
    # The field that weighs most, a whole word before a beginning: one number that the database can choose by.
    rank = func.min(field * 2 + case((word == part, 0), else_=1))
    # Grouped by docid itself, SQLite would read the whole index by docid rather than the few rows of the word.
    grouped = docid + 0
    query = select(grouped, rank).where(meets(tables, part), may_be).group_by(grouped).order_by(grouped)
    rows = session.connection().execute(query.limit(MOST)).all()
    return {found: RANKS[rank] for found, rank in rows}


def _at(tables: Tables, place: str, may_be: ColumnElement[bool], session: Session) -> Collection[int]:
    word, docid = column_of(tables.word, "word"), column_of(tables.word, "docid")
    query = select(docid).distinct().where(word == place, may_be).order_by(docid)
    return session.connection().scalars(query.limit(MOST)).all()


def meets(tables: Tables, part: str) -> ColumnElement[bool]:
    """Return the condition that a row of words meets a part of the question; numbers are met as a whole."""
    word = tables.word
    if len(part) < SHORTEST_PREFIX:
        return word.word == part
    begins = and_(word.word >= part, word.word < part + LAST)
    return and_(begins, or_(word.field != Field.NUMBER, word.word == part))


def standing(
    tables: Tables, words: Collection[Word], docids: Collection[int], session: Session
) -> dict[int, dict[str, tuple[Field, str]]]:
    """Return, for a few documents, where each word of the question stands: its field, and the place's word if one."""
    word, found = tables.word, dict[int, dict[str, tuple[Field, str]]]()
    for one in words:
        places = {place for place, _ in one.meaning.places}
        clauses = [meets(tables, part) for part in one.parts] + [word.word.in_(sorted(places))]
        query = select(word.docid, word.field, word.word).where(or_(*clauses), word.docid.in_(sorted(docids)))
        for docid, field, text in session.execute(query.order_by(word.field, word.word)):
            found.setdefault(docid, {}).setdefault(one.text, (Field(field), text if text in places else ""))
    return found
