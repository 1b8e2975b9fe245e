"""Search for the cases that are likely one person's: chosen by names and numbers, weighed by their files.

Only among what the account may see: a restricted case is nobody's candidate who is not named on it. How likely two are
one is for an officer to decide, with what speaks for it and against: nothing here merges, moves or hides anything. At
most MOST candidates are ever offered.
Two cases that somebody decided are two people are kept as a pair, so that nobody is asked twice, until it is taken
back. Who may decide is the caller's question: both cases must be visible to them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Select, and_, or_, select

from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.file import CaseFile
from campaign.cases.index import TABLES
from campaign.cases.models import Case, OutsideIdKey, Person
from campaign.cases.queries import visible_to
from campaign.cases.revisions import with_files
from campaign.database import db
from campaign.duplicates import evidence, names_alike
from campaign.duplicates.evidence import Evidence
from campaign.duplicates.models import NotTheSame
from campaign.duplicates.traits import MOST_NAMES, Traits, traits_of
from campaign.names.blocking_keys import query_keys
from campaign.names.matching import Match
from campaign.names.reading import NameForms
from campaign.search.by_name import by_names
from campaign.search.index import unpack
from campaign.search.place_terms import SearchFilter, search_filter

Key = TypeVar("Key")
MOST = 5
LIKELY = 0.75  # what is offered as likely the same
SAYS_SOMETHING = 0.03  # evidence beside the names that says less is shared by thousands: a people, a region
# Names and numbers of one person that are asked for, and cases whose files are opened to be weighed.
MOST_ASKED = 6
MOST_NUMBERS = 50
WEIGHED = 20
NEWS = 0.2  # the share of a name's keys that no name before it has, from which on it is asked for
ALIKE = 0.5  # a name less like it is not worth opening a file for


@dataclass(frozen=True)
class Warned:
    """Something that a person should look at: where it stands, what it says, why."""

    row: int
    column: str
    value: str
    message: str


def tell_apart(one: Case, other: Case, *, by: Person, reason: str = "") -> NotTheSame:
    """Remember that two cases are two people. Twice does no harm: the first decision stands. Raises ValueError."""
    if known := _decision(one, other):
        return known
    first, second = _in_order(one, other)
    decision = NotTheSame(first_id=first.id, second_id=second.id, by_id=by.id, reason=reason)
    db.session.add(decision)
    db.session.flush()
    record("case.told_apart", by=by.id, subject=one.ref, details={"other": other.ref})
    return decision


def take_back(one: Case, other: Case, *, by: Person) -> bool:
    """Forget that two cases are two people; return whether anybody had said so."""
    decision = _decision(one, other)
    if decision is None:
        return False
    db.session.delete(decision)
    db.session.flush()
    record("case.told_apart_taken_back", by=by.id, subject=one.ref, details={"other": other.ref})
    return True


def told_apart_from(case_id: int) -> frozenset[int]:
    """Return the numbers of the cases that are known to be somebody else's."""
    return frozenset(db.session.scalars(told_apart(case_id)))


def told_apart(case_id: int) -> Select[int]:
    """Return the same as a condition of a statement: the numbers of the cases that are known to be somebody else's."""
    other = NotTheSame.first_id + NotTheSame.second_id - case_id
    return select(other).where(or_(NotTheSame.first_id == case_id, NotTheSame.second_id == case_id))


def _decision(one: Case, other: Case) -> NotTheSame | None:
    first, second = _in_order(one, other)
    pair = select(NotTheSame).where(NotTheSame.first_id == first.id, NotTheSame.second_id == second.id)
    return db.session.scalar(pair)


def _in_order(one: Case, other: Case) -> tuple[Case, Case]:
    if one.id == other.id:
        raise ValueError(f"{one.ref} can't be told apart from itself")
    return (one, other) if one.id < other.id else (other, one)


@dataclass(frozen=True)
class Likeness:
    """How likely two persons are one (0..1), and the sentences for and against it.

    `is_more_than_names` says that something besides a name speaks for it.
    """

    score: float
    for_: tuple[str, ...]
    against: tuple[str, ...]
    is_more_than_names: bool = False

    @property
    def is_likely(self) -> bool:
        """Whether the pair is offered to an officer."""
        return self.score >= LIKELY

    @property
    def is_twin(self) -> bool:
        """Whether a case is kept from the public while the other one is restricted."""
        return self.is_likely and self.is_more_than_names


@dataclass(frozen=True)
class Candidate(Generic[Key]):
    """Somebody who may be the same, by whatever key the caller knows them."""

    key: Key
    likeness: Likeness


@dataclass(frozen=True)
class Duplicate:
    """A row of a sheet that may be somebody known: of a case (`case_id`), or of an earlier row (`of_row`), the other 0.

    `of` names them for a person: a reference, or "row 12".
    """

    row: int
    name: str
    of: str
    likeness: Likeness
    case_id: int = 0
    of_row: int = 0

    @property
    def warned(self) -> Warned:
        """The duplicate as one line of the report."""
        because = " ".join(self.likeness.for_[:1])
        return Warned(self.row, "", self.name, f"This may be the same person as {self.of}. {because}".strip())

    def as_dict(self) -> dict[str, object]:
        """Return the duplicate as `--json` prints it."""
        told = {"for": list(self.likeness.for_), "against": list(self.likeness.against)}
        return {"row": self.row, "name": self.name, "of": self.of, "score": self.likeness.score, **told}


def likeness(one: Traits, other: Traits) -> Likeness:
    """Return how likely two persons are one.

    It begins with what the names say; each piece of evidence for takes its share of the doubt that is left, each piece
    against its share of the likeness.
    """
    return _weighed(one, other).likeness()


class _Weighed(NamedTuple):
    """Two persons weighed: how likely they are one, what that rests on. To tell it in words costs as much again."""

    score: float
    match: Match
    pieces: list[Evidence]
    other_characters: str

    def likeness(self) -> Likeness:
        """Return the same with its sentences."""
        against_names = "" if self.other_characters else names_alike.against_one_person(self.match)
        pro = [names_alike.for_one_person(self.match), *(one.sentence for one in self.pieces if one.weight > 0)]
        con = [against_names, *(one.sentence for one in self.pieces if one.weight < 0)]
        is_more = any(one.weight >= SAYS_SOMETHING for one in self.pieces)
        return Likeness(self.score, tuple(filter(None, pro)), tuple(filter(None, con)), is_more)


def _weighed(one: Traits, other: Traits) -> _Weighed:
    match, pieces = names_alike.best(one, other), evidence.gathered(one, other)
    if sentence := names_alike.other_characters(one, other):
        pieces.append(Evidence(-names_alike.OTHER_CHARACTERS, sentence))
    doubt, kept = 1.0 - names_alike.names_say(match), 1.0
    for piece in pieces:
        if piece.weight > 0:
            doubt *= 1.0 - piece.weight
        else:
            kept *= 1.0 + piece.weight
    return _Weighed(round((1.0 - doubt) * kept, 4), match, pieces, sentence)


def likeliest(asked: Traits, others: Iterable[tuple[Key, Traits]]) -> list[Candidate[Key]]:
    """Return who among others is likely the same, the likeliest first, at most MOST; ties in the order given."""
    found = [(key, weighed) for key, other in others if (weighed := _weighed(asked, other)).score >= LIKELY]
    found.sort(key=lambda pair: -pair[1].score)
    return [Candidate(key, weighed.likeness()) for key, weighed in found[:MOST]]


def likely_same(asked: Traits, account: Account, *, case: Case | None = None) -> list[Candidate[Case]]:
    """Return the cases that are likely the same person's, the likeliest first, at most five.

    `case` is the one at hand, if it is opened already: it is no candidate, nor is what was told apart from it.
    """
    return _likely(asked, account, but=told_apart_from(case.id) | {case.id} if case is not None else frozenset())


def compared(asked: Traits, account: Account, case: Case) -> tuple[list[Candidate[Case]], list[Case]]:
    """Return who an opened case is likely the same as, and who was told apart from it, as far as both may be seen."""
    apart = _told_apart(case, account)
    likely = _likely(asked, account, but=apart.keys() | {case.id})
    return likely, [other for other in apart.values() if other is not None]


def _likely(asked: Traits, account: Account, *, but: Set[int]) -> list[Candidate[Case]]:
    scores, packed = _scores(asked, account)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    chosen = [number for number in ranked if number not in but][:WEIGHED]
    others = with_files(Case.id.in_(chosen)) if chosen else ()
    return likeliest(asked, ((other, _traits(other, file, packed.get(other.id))) for other, file in others))


def _traits(case: Case, file: CaseFile, packed: Sequence[bytes] | None) -> Traits:
    # To read a name anew takes longer than to weigh it: the index has those that were compared.
    names = tuple(unpack(one) for one in packed[:MOST_NAMES]) if packed else None
    return traits_of(file, case.ref, names=names)


def _told_apart(case: Case, account: Account) -> dict[int, Case | None]:
    """Return the cases told apart from this one by their numbers, None for one that the account may not see."""
    other = NotTheSame.first_id + NotTheSame.second_id - case.id
    seen = and_(Case.id == other, visible_to(account))
    pairs = select(other, Case).outerjoin_from(NotTheSame, Case, seen)
    pairs = pairs.where(or_(NotTheSame.first_id == case.id, NotTheSame.second_id == case.id))
    return dict(db.session.execute(pairs.order_by(Case.ref)).all())


def _scores(asked: Traits, account: Account) -> tuple[dict[int, float], dict[int, tuple[bytes, ...]]]:
    """Return how like the likest name is, by the numbers of cases with a like name or a number shared (1.0).

    Beside it the names of those that were compared, packed.
    """
    scores = dict.fromkeys(_sharing_numbers(asked.numbers, account), 1.0)
    names = list(_telling(asked.names))
    found, packed = by_names(TABLES, names, allowed=_unmerged(account), session=db.session())
    for hit in (hit for hits in found for hit in hits if hit.score >= ALIKE):
        scores[hit.docid] = max(hit.score, scores.get(hit.docid, 0.0))
    return scores, packed


def _telling(names: Iterable[NameForms]) -> Iterator[NameForms]:
    """Yield the names to ask for. One name in three scripts asks three times for the same: once is enough."""
    known: set[str] = set()
    asked = 0
    for name in names:
        keys = query_keys(name)
        news = sum(weight for key, weight in keys.items() if key not in known)
        if news > NEWS * sum(keys.values()) and asked < MOST_ASKED:
            asked += 1
            yield name
        known |= keys.keys()


def _unmerged(account: Account) -> SearchFilter:
    return search_filter(Case.id, Case.ref, and_(visible_to(account), Case.merged_into_id.is_(None)), db.session())


def _sharing_numbers(numbers: Collection[tuple[str, str]], account: Account) -> list[int]:
    if not numbers:
        return []
    # Each number as a condition of its own: SQLite asks the index for those, and reads all rows for a list of pairs.
    known = or_(
        *(
            and_(OutsideIdKey.scheme == scheme, OutsideIdKey.key == key)
            for scheme, key in sorted(numbers)[:MOST_NUMBERS]
        )
    )
    found = select(OutsideIdKey.case_id).where(known)
    seen = select(Case.id).where(Case.id.in_(found), visible_to(account), Case.merged_into_id.is_(None))
    return list(db.session.scalars(seen))
