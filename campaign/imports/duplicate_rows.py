"""Which rows of a sheet may be somebody known: a case, or an earlier row of the same sheet. Thousands of rows at once.

An in-memory inverted index of names by their blocking keys: those that share a key are scored, the best are aligned.
Coarser than the desk's search and many times cheaper. Only cases that the importer may see are candidates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases.file import display_name
from campaign.cases.index import CaseKey, CaseName, outside_keys
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import search_filter_of, visible_to
from campaign.cases.revisions import head
from campaign.database import db
from campaign.duplicates.models import LikelyPair
from campaign.duplicates.pairs import known_pairs
from campaign.duplicates.search import Candidate, Duplicate, likeliest
from campaign.duplicates.traits import Traits, traits_of
from campaign.imports.models import ImportedRow
from campaign.imports.steps import Step, the_same
from campaign.names.matching import may_be_alike, promise, score
from campaign.names.reading import NameForms
from campaign.search.index import unpack
from campaign.search.writing import ReadName, read_name

FULL = "sfnw"  # kinds of keys that hold a whole word (names.blocking_keys)
COMMON = 150  # a key that so many names share tells none from another
PROMISED = 8  # names of which a promise is asked; with twelve 3 of 1,103 real spellings more are met, at twice the cost
PROMISING = 0.75
ALIKE = 0.62  # a little above what half of a name makes: among thousands of rows families would fill the report
MOST_NAMES = 1 << 32  # in a sieve
Value = TypeVar("Value")
AT_ONCE = 500  # values that the database is asked for together
WEIGHED = 8  # persons whose files are weighed, for each row


class Kept(NamedTuple):
    """One name as the sieve keeps it: read (1 KB instead of the ten of its forms), and the keys by which it is met."""

    read: ReadName
    keys: tuple[str, ...]

    @property
    def forms(self) -> NameForms:
        """The name's forms."""
        return forms_of(self.read.packed)


@lru_cache(maxsize=256)
def forms_of(packed: bytes) -> NameForms:
    """Return a name's forms. Those of one row and of who is like it are asked for again and again, then no more."""
    return unpack(packed)


def kept(text: str) -> Kept:
    """Return a name read. Of a name of several words a slip spoils one: the others' full keys find it."""
    read = read_name(text)
    is_long = any(len(one.tokens) > 1 for one in unpack(read.packed).names)
    return Kept(read, tuple(key for key in read.keys if key[0] in FULL) if is_long else read.keys)


class Sieve:
    """Names with their owners: numbers of whatever kind the caller chooses.

    `shared` are the keys by which one can meet another: of the others, ten to a name, nothing is kept.
    """

    def __init__(self, shared: frozenset[str] | set[str]) -> None:
        self._shared = shared
        self._owners: list[int] = []
        self._packed: list[bytes] = []
        self._postings: dict[str, list[int]] = {}

    def add(self, owner: int, name: Kept) -> None:
        """Add one name of an owner."""
        place = len(self._owners)
        self._owners.append(owner)
        self._packed.append(name.read.packed)
        for key in self._shared.intersection(name.keys):
            self._postings.setdefault(key, []).append(place)

    def near(self, name: Kept) -> dict[int, float]:
        """Return the owners of names that are alike, with how alike (0..1)."""
        asked, found = name.forms, dict[int, float]()
        for place in self._likeliest(name):
            other, owner = forms_of(self._packed[place]), self._owners[place]
            if promise(asked, other) < PROMISING or not may_be_alike(asked, other):
                continue
            if (alike := score(asked, other).score) >= ALIKE:
                found[owner] = max(alike, found.get(owner, 0.0))
        return found

    def _likeliest(self, name: Kept) -> list[int]:
        # Whole numbers, so that equal sums are equal in any order; of equals the first comes first.
        points: dict[int, int] = {}
        for key in name.keys:
            places = self._postings.get(key, ())
            if 0 < len(places) <= COMMON:
                says = round(log(1 + len(self._owners) / len(places)) * 1_000_000)
                for place in places:
                    points[place] = points.get(place, 0) + says
        ranked = nlargest(PROMISED, [said * MOST_NAMES - place for place, said in points.items()])
        return [-rank % MOST_NAMES for rank in ranked]


@dataclass(frozen=True)
class _Sheet:
    """The rows that would open a case, and their names by the text; an owner above zero is a case's number."""

    rows: Sequence[Step]
    names: dict[str, Kept]

    @staticmethod
    def owner_of(place: int) -> int:
        """Return a row as an owner: its place, counted below zero."""
        return -place - 1

    def row(self, owner: int) -> Step:
        return self.rows[-owner - 1]

    def names_of(self, row: Step) -> list[Kept]:
        return [self.names[name.text] for name in row.draft.file.names if name.text.strip()]

    def traits(self, row: Step) -> Traits:
        return traits_of(row.draft.file, names=tuple(name.forms for name in self.names_of(row)))


def sift(steps: Sequence[Step], account: Account) -> dict[str, ReadName]:
    """Write on each step that would open a case who its person may be, the likeliest first, at most five.

    Return the names of these steps as they were read, by their text: to read one costs more than all the rest.
    """
    rows = [step for step in steps if step.outcome == "created"]
    texts = dict.fromkeys(name.text for step in rows for name in step.draft.file.names if name.text.strip())
    sheet = _Sheet(rows, {text: kept(text) for text in texts})
    sieve, numbers = _sieve(sheet, account), _numbers(rows, account)
    for place, step in enumerate(rows):
        near = {owner: 1.0 for number in outside_keys(step.draft.file) for owner in numbers.get(number, ())}
        for name in sheet.names_of(step):
            for owner, alike in sieve.near(name).items():
                near[owner] = max(alike, near.get(owner, 0.0))
        step.duplicates = _likeliest(step, near, sheet) if near else []
        for name in sheet.names_of(step):
            sieve.add(sheet.owner_of(place), name)
    _ask_of_earlier_rows(steps)
    return {text: name.read for text, name in sheet.names.items()}


def _ask_of_earlier_rows(steps: Sequence[Step]) -> None:
    """Ask of a row that no number names whether it is likely one of the same list that was read before, changed."""
    rows = [step for step in steps if step.outcome == "created" and not (step.is_numbered or step.decided)]
    likely = {one.case_id for step in rows for one in step.duplicates if one.case_id}
    if not likely:
        return
    scheme, known = rows[0].draft.map.scheme, set[int]()
    for some in _portions(likely - {step.case_id for step in steps}):
        query = select(ImportedRow.case_id).where(ImportedRow.scheme == scheme, ImportedRow.case_id.in_(some))
        known |= set(db.session.scalars(query))
    for step in rows:
        if found := [one for one in step.duplicates if one.case_id in known]:
            asks = [the_same(db.session.get_one(Case, one.case_id), one.likeness) for one in found]
            refs = " or ".join(one.of for one in found)
            step.ask(f"An earlier version of this list has a row that may be the same person: {refs}.", *asks)


def _likeliest(step: Step, near: Mapping[int, float], sheet: _Sheet) -> list[Duplicate]:
    weighed = nlargest(WEIGHED, near, key=lambda owner: (near[owner], -abs(owner)))
    others = ((owner, sheet.traits(sheet.row(owner)) if owner < 0 else _of_case(owner)) for owner in weighed)
    return [_duplicate(step, candidate, sheet) for candidate in likeliest(sheet.traits(step), others)]


def _of_case(number: int) -> Traits:
    case = db.session.get_one(Case, number)
    return traits_of(head(case), case.ref)


def _duplicate(step: Step, candidate: Candidate[int], sheet: _Sheet) -> Duplicate:
    name, number = display_name(step.draft.file), step.draft.number
    if candidate.key < 0:
        row = sheet.row(candidate.key).draft.number
        return Duplicate(number, name, f"row {row}", candidate.likeness, of_row=row)
    ref = db.session.get_one(Case, candidate.key).ref
    return Duplicate(number, name, ref, candidate.likeness, case_id=candidate.key)


def _sieve(sheet: _Sheet, account: Account) -> Sieve:
    """Return a sieve of the names of those cases that share a key with a row."""
    shown = search_filter_of(account)
    shared: dict[tuple[int, int], list[str]] = {}
    for some in _portions({key for name in sheet.names.values() for key in name.keys}):
        query = select(CaseKey.key, CaseKey.docid, CaseKey.ordinal).where(CaseKey.key.in_(some))
        for key, docid, ordinal in db.session.execute(query):
            shared.setdefault((docid, ordinal), []).append(key)
    sieve = Sieve(_in_two_rows(sheet).union(*shared.values()))
    for visible in _portions(shown({docid for docid, _ in shared})):
        named = select(CaseName.docid, CaseName.ordinal, CaseName.forms).where(CaseName.docid.in_(visible))
        for docid, ordinal, packed in db.session.execute(named.order_by(CaseName.docid, CaseName.ordinal)):
            sieve.add(docid, Kept(ReadName(packed, ()), tuple(shared.get((docid, ordinal), ()))))
    return sieve


def _in_two_rows(sheet: _Sheet) -> set[str]:
    """Return the keys of names that stand in more than one place of a sheet."""
    once, again = set[str](), set[str]()
    for row in sheet.rows:
        for name in sheet.names_of(row):
            again.update(once.intersection(name.keys))
            once.update(name.keys)
    return again


def _numbers(rows: Sequence[Step], account: Account) -> dict[tuple[str, str], list[int]]:
    """Return the cases that carry a number of a row."""
    wanted = {number for step in rows for number in outside_keys(step.draft.file)}
    found: dict[tuple[str, str], list[int]] = {}
    for some in _portions({key for _, key in wanted}):
        query = select(OutsideIdKey.scheme, OutsideIdKey.key, Case.id).join(Case, Case.id == OutsideIdKey.case_id)
        for scheme, key, number in db.session.execute(query.where(OutsideIdKey.key.in_(some), visible_to(account))):
            found.setdefault((scheme, key), []).append(number)
    return found


def _portions(values: Iterable[Value]) -> Iterator[list[Value]]:
    ordered = list(values)
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def remember_pairs(steps: Sequence[Step]) -> None:
    """Keep what a sheet's rows were found to be likely, once they are cases. What was kept before stays."""
    cases = {step.draft.number: step.case_id for step in steps if step.case_id}
    found: dict[tuple[int, int], float] = {}
    for step in steps:
        for one in step.duplicates:
            other = one.case_id or cases.get(one.of_row, 0)
            if step.case_id and other:
                found[min(step.case_id, other), max(step.case_id, other)] = one.likeness.score
    known = set(known_pairs(number for pair in found for number in pair))
    db.session.add_all(
        LikelyPair(first_id=first, second_id=second, score=score)
        for (first, second), score in found.items()
        if (first, second) not in known
    )
    db.session.flush()
