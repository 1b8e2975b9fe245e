"""Which rows of a sheet may be somebody known: a case, or an earlier row of the same sheet. Thousands of rows at once.

Coarser than the desk's search and many times cheaper (sieve.py). Only cases that the importer may see are candidates.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import TypeVar

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases.describing import outside_keys
from campaign.cases.file import display_name
from campaign.cases.finding import gate_of
from campaign.cases.indexed import CaseKey, CaseName
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.cases.revisions import head
from campaign.database import db
from campaign.intake.comparing import Step
from campaign.intake.duplicates import Candidate, Duplicate, likeliest
from campaign.intake.sieve import Kept, Sieve, kept
from campaign.intake.traits import Traits, traits_of

Value = TypeVar("Value")
AT_ONCE = 500  # values that the database is asked for together
WEIGHED = 8  # persons whose files are weighed, for each row


def sift(steps: Sequence[Step], account: Account) -> None:
    """Write on each step that would open a case who its person may be, the likeliest first, at most five."""
    rows = [step for step in steps if step.outcome == "created"]
    named = [[kept(name.text) for name in step.draft.file.names if name.text.strip()] for step in rows]
    sieve = _sieve({key for names in named for name in names for key in name.keys}, account)
    numbers = _numbers(rows, account)
    for place, (step, names) in enumerate(zip(rows, named, strict=True)):
        asked = _of_row(step, names)
        near = _near(names, sieve) | {owner: 1.0 for number in asked.numbers for owner in numbers.get(number, ())}
        weighed = nlargest(WEIGHED, near, key=lambda owner: (near[owner], -abs(owner)))
        found = likeliest(asked, ((owner, _traits(owner, rows, named)) for owner in weighed))
        step.duplicates = [_duplicate(step, candidate, rows) for candidate in found]
        for name in names:
            sieve.add(_owner_of(place), name)


def _near(names: Sequence[Kept], sieve: Sieve) -> dict[int, float]:
    near: dict[int, float] = {}
    for name in names:
        for owner, alike in sieve.near(name).items():
            near[owner] = max(alike, near.get(owner, 0.0))
    return near


# Who owns a name in the sieve: a case by its number, which is above zero, or a row by its place, counted below it.
def _owner_of(place: int) -> int:
    return -place - 1


def _sieve(wanted: set[str], account: Account) -> Sieve:
    """Return a sieve of the names of those cases that share a key with a row."""
    sieve, gate = Sieve(), gate_of(account)
    shared: dict[tuple[int, int], list[str]] = {}
    for some in _portions(wanted):
        query = select(CaseKey.key, CaseKey.docid, CaseKey.ordinal).where(CaseKey.key.in_(some))
        for key, docid, ordinal in db.session.execute(query):
            shared.setdefault((docid, ordinal), []).append(key)
    for visible in _portions(gate({docid for docid, _ in shared})):
        named = select(CaseName.docid, CaseName.ordinal, CaseName.forms).where(CaseName.docid.in_(visible))
        for docid, ordinal, packed in db.session.execute(named.order_by(CaseName.docid, CaseName.ordinal)):
            sieve.add(docid, Kept(packed, tuple(shared.get((docid, ordinal), ()))))
    return sieve


def _numbers(rows: Sequence[Step], account: Account) -> dict[tuple[str, str], list[int]]:
    """Return the cases that carry a number of a row."""
    wanted = {number for step in rows for number in outside_keys(step.draft.file)}
    found: dict[tuple[str, str], list[int]] = {}
    for some in _portions({key for _, key in wanted}):
        query = select(OutsideIdKey.scheme, OutsideIdKey.key, Case.id).join(Case, Case.id == OutsideIdKey.case_id)
        for scheme, key, number in db.session.execute(query.where(OutsideIdKey.key.in_(some), visible_to(account))):
            found.setdefault((scheme, key), []).append(number)
    return found


def _of_row(step: Step, names: Sequence[Kept]) -> Traits:
    return traits_of(step.draft.file, names=tuple(name.forms for name in names))


def _traits(owner: int, rows: Sequence[Step], named: Sequence[Sequence[Kept]]) -> Traits:
    if owner < 0:
        return _of_row(rows[-owner - 1], named[-owner - 1])
    case = db.session.get_one(Case, owner)
    return traits_of(head(case), case.ref)


def _duplicate(step: Step, candidate: Candidate[int], rows: Sequence[Step]) -> Duplicate:
    name, number = display_name(step.draft.file), step.draft.number
    if candidate.key < 0:
        row = rows[-candidate.key - 1].draft.number
        return Duplicate(number, name, f"row {row}", candidate.likeness, of_row=row)
    ref = db.session.get_one(Case, candidate.key).ref
    return Duplicate(number, name, ref, candidate.likeness, case_id=candidate.key)


def _portions(values: Iterable[Value]) -> Iterator[list[Value]]:
    ordered = list(values)
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
