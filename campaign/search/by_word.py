"""Search by words: of names as written, places, work, numbers elsewhere, and texts in any language."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from campaign.search.index import Field, Tables, column_of, is_alone
from campaign.search.place_terms import SearchFilter
from campaign.search.query import Word

SHORTEST_PREFIX = 3
MOST = 20_000  # documents that one word may bring; beyond, those published last are left out
MOST_READ = 100_000  # documents that all words of a question may bring together
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


@dataclass
class Reader:
    """What one question reads of an index of words: only what may be shown, and at most MOST_READ documents.

    Words that everybody's story has are met by everybody: a dozen of them cost seconds and part nobody from anybody.
    Once `left` is spent no further word is looked for; `is_spent` says so.
    """

    tables: Tables
    allowed: SearchFilter
    session: Session
    left: int = MOST_READ
    is_spent: bool = False
    read: dict[Word, Scores] = field(default_factory=dict)

    def numbered(self, number: str) -> set[int]:
        """Return the documents whose reference, or number in another list, this is."""
        word, docid, where = (column_of(self.tables.word, name) for name in ("word", "docid", "field"))
        query = select(docid).where(word == number, where == Field.NUMBER, self.allowed.condition(docid))
        return set(self.session.connection().scalars(query)) if number else set()

    def meeting_all(self, words: Collection[Word]) -> Scores:
        """Return the documents that meet every one of the words, with how well (0..1): the mean of what each says."""
        met: Scores = {}
        looked_for = 0
        for word in sorted(words, key=lambda word: -len(word.text)):
            said = self.meeting(word, within=met if looked_for else None)
            if said is None:
                break
            met = {docid: met[docid] + says for docid, says in said.items() if docid in met} if looked_for else said
            looked_for += 1
            if not met:
                return {}
        return {docid: says / looked_for for docid, says in met.items()}

    def meeting(self, word: Word, *, within: Scores | None = None) -> Scores | None:
        """Return the documents that meet one word as it is written, by its beginning, or by the place that it names.

        None where nothing is left to read. Of `within`, if few, nobody else is looked at.
        """
        if word in self.read:
            return self.read[word]
        found: Scores | None = None
        for part in word.parts:
            if self.left <= 0:
                self.is_spent = True
                break
            may_be = self._may_be(within if found is None else found)
            said = self._meeting(part, may_be)
            found = said if found is None else {docid: min(says, said[docid]) for docid, says in found.items()
                                                if docid in said}  # fmt: skip
        if found is None:
            return None
        found = self._with_places(word, found, self._may_be(within))
        if within is None or len(within) > FEW:
            self.read[word] = found
        return found

    def _with_places(self, word: Word, found: Scores, may_be: ColumnElement[bool]) -> Scores:
        named = dict(word.meaning.places)
        sure = {place: how for place, how in named.items() if how == 1.0}
        for place, how in sure.items():
            self._add_place(found, place, how, may_be)
        # A place that is only near in spelling, or around the one named, counts where the word itself is met nowhere.
        is_met = bool(found)
        for place, how in named.items():
            if place not in sure and (not is_met or is_alone(place)):
                self._add_place(found, place, how, may_be)
        return found

    def _may_be(self, within: Collection[int] | None) -> ColumnElement[bool]:
        """Return the condition that a row of words is of a document that may be found, of those `within` if few."""
        docid = column_of(self.tables.word, "docid")
        if within is None or len(within) > FEW:
            return self.allowed.condition(docid)
        some: Any = bindparam("within", sorted(within), expanding=True, literal_execute=True)
        return and_(docid.in_(some), self.allowed.condition(docid))

    def _meeting(self, part: str, may_be: ColumnElement[bool]) -> Scores:
        word, docid, where = (column_of(self.tables.word, name) for name in ("word", "docid", "field"))
        # The field that weighs most, a whole word before a beginning: one number that the database can choose by.
        rank = func.min(where * 2 + case((word == part, 0), else_=1))
        # Grouped by docid itself, SQLite would read the whole index by docid rather than the few rows of the word.
        grouped = docid + 0
        query = select(grouped, rank).where(meets(self.tables, part), may_be).group_by(grouped).order_by(grouped)
        rows = self.session.connection().execute(query.limit(MOST)).all()
        self.left -= len(rows)
        return {found: RANKS[rank] for found, rank in rows}

    def _add_place(self, found: Scores, place: str, sure: float, may_be: ColumnElement[bool]) -> None:
        word, docid = column_of(self.tables.word, "word"), column_of(self.tables.word, "docid")
        query = select(docid).distinct().where(word == place, may_be).order_by(docid)
        says = SAYS[Field.ORIGIN] * sure
        lying = self.session.connection().scalars(query.limit(MOST)).all()
        self.left -= len(lying)
        found.update((one, max(found.get(one, 0.0), says)) for one in lying)


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
        for docid, where, text in session.execute(query.order_by(word.field, word.word)):
            found.setdefault(docid, {}).setdefault(one.text, (Field(where), text if text in places else ""))
    return found
