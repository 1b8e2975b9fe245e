"""The readings of a list so far, and which of them a row of the next sheet is: by its number, its cells, its person.

Only readings of cases that the importer may see are known. A reading is at most one row's of a sheet.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.imports.mapping import Map
from campaign.imports.models import ImportedRow
from campaign.imports.row_keys import agree, cells_key, hidden, tells_who, who
from campaign.imports.rows import Row, key_of
from campaign.imports.steps import HIDDEN, UNNUMBERED, Overtaken, Reading, Step

# Stands in a kept key between the key of the row and a number, where the key alone is taken by another case: one that
# who imports may not see, or somebody else's. To them such a row is a new one, as if that case did not exist.
APART = "\x1f"


class Readings:
    """The readings of one list, and the rows of the sheet that is compared with them."""

    def __init__(self, mapping: Map, account: Account, numbering: frozenset[str]) -> None:
        """Read what an account may see. `numbering` are the sheet's columns that number its rows, in any way."""
        self._map, self._numbering = mapping, numbering
        self._by_key: dict[str, list[Reading]] = defaultdict(list)
        for reading in _of_list(mapping.scheme, account):
            self._by_key[hidden(reading.key.partition(APART)[0])].append(reading)
        self._taken: set[int] = set()
        self._awaited: frozenset[str] = frozenset()
        self._cells: frozenset[str] = frozenset()
        self._people: Counter[str] = Counter()

    def await_rows(self, rows: Iterable[Row]) -> None:
        """Look through a sheet once: a reading that one of its rows surely is, is no other row's."""
        if not self._by_key:
            return
        some = list(rows)
        self._awaited = frozenset(hidden(key) for row in some if (key := key_of(row.cells, self._map)))
        self._cells = frozenset(cells_key(row.cells, self._numbering) for row in some)
        self._people = Counter(tells_who(who(row.cells, self._map)) for row in some)

    def under(self, key: str) -> list[Reading]:
        """Return the readings of a number, the oldest first: it may name several people, whose lists were mixed up."""
        return self._by_key.get(key, []) if key else []

    def of_number(self, key: str, cells: Mapping[str, str]) -> Reading | None:
        """Return the reading of a number that tells of the same person in the same words, None where none does."""
        if not self.under(key):
            return None
        said = who(cells, self._map)
        fitting = [one for one in self.under(key) if agree(cells, json.loads(one.cells), self._map)]
        same = [one for one in fitting if who(json.loads(one.cells), self._map) == said]
        return self._take(same or fitting if len(same or fitting) == 1 else [])

    def of_cells(self, cells: Mapping[str, str], *, is_numbered: bool) -> Reading | None:
        """Return the reading that has the same cells; for a row with a number of its own, one that no number names."""
        if not self._by_key:
            return None
        found = self._by_cells.get(cells_key(cells, self._numbering), ())
        return self._take(one for one in found if not (is_numbered and _is_numbered(one)))

    def of_person(self, cells: Mapping[str, str]) -> Reading | None:
        """Return the one reading of the person that a row surely tells of, where the row is the only one that does."""
        person = tells_who(who(cells, self._map)) if self._by_key else ""
        found = self._by_person.get(person, []) if person and self._people[person] == 1 else []
        is_free = len(found) == 1 and cells_key(json.loads(found[0].cells), self._numbering) not in self._cells
        return self._take(found if is_free else [])

    def of_case(self, case_id: int, key: str) -> Reading | None:
        """Return the reading that a case has of a number, or else its only one that no row of the sheet is."""
        same = [one for one in self.under(key) if one.case_id == case_id]
        other = [one for one in self.left() if one.case_id == case_id]
        return self._take(same or (other if len(other) == 1 else ()))

    def _take(self, found: Iterable[Reading]) -> Reading | None:
        reading = next((one for one in found if one.id not in self._taken), None)
        if reading is not None:
            self._taken.add(reading.id)
        return reading

    @cached_property
    def _by_cells(self) -> dict[str, list[Reading]]:
        found: dict[str, list[Reading]] = defaultdict(list)
        for one in self._free():
            found[cells_key(json.loads(one.cells), self._numbering)].append(one)
        return found

    @cached_property
    def _by_person(self) -> dict[str, list[Reading]]:
        found: dict[str, list[Reading]] = defaultdict(list)
        for one in self._free():
            if person := tells_who(who(json.loads(one.cells), self._map)):
                found[person].append(one)
        return found

    def _free(self) -> list[Reading]:
        """Return the readings whose number no row of the sheet has."""
        return [one for key, some in self._by_key.items() if key not in self._awaited for one in some]

    def named_of_those_left(self) -> list[str]:
        """Return those by number, or by the reference of their case; empty where the sheet met no row of the list."""
        left = self.left() if self._taken else []
        refs: dict[int, str] = {}
        if nameless := {one.case_id for one in left if not _is_told(one)}:
            refs = dict(db.session.execute(select(Case.id, Case.ref).where(Case.id.in_(nameless))).all())
        return [one.key.partition(APART)[0] if _is_told(one) else refs[one.case_id] for one in left]

    def left(self) -> list[Reading]:
        """Return the readings of the list that no row of the sheet was, once all were planned."""
        return [one for one in self._free() if one.id not in self._taken]


def _is_numbered(reading: Reading) -> bool:
    return not reading.key.startswith(UNNUMBERED)


def _is_told(reading: Reading) -> bool:
    return not reading.key.startswith(UNNUMBERED) and HIDDEN not in reading.key


def _of_list(scheme: str, account: Account) -> list[Reading]:
    query = select(ImportedRow.id, ImportedRow.key, ImportedRow.case_id, ImportedRow.cells, ImportedRow.at)
    query = query.join(Case, Case.id == ImportedRow.case_id).where(ImportedRow.scheme == scheme, visible_to(account))
    return [Reading(*row) for row in db.session.execute(query.order_by(ImportedRow.id))]


def kept_key(key: str, taken: Collection[str], case_id: int) -> str:
    """Return under which key a row is kept: its own, or one apart where another case has it."""
    return f"{key[: 200 - 20]}{APART}{case_id}" if key in taken else key


def taken_keys(scheme: str) -> set[str]:
    """Return the keys of a list of numbers that rows are kept under."""
    return set(db.session.scalars(select(ImportedRow.key).where(ImportedRow.scheme == scheme)))


def refuse_overtaken(steps: Iterable[Step], scheme: str, account: Account) -> None:
    """Raise Overtaken where a row of the plan has been read by another import since."""
    query = select(ImportedRow.id, ImportedRow.key, ImportedRow.at).join(Case, Case.id == ImportedRow.case_id)
    rows = db.session.execute(query.where(ImportedRow.scheme == scheme, visible_to(account))).all()
    read_at = {row.id: row.at for row in rows}
    known: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        known[hidden(row.key.partition(APART)[0])].add(row.id)
    for step in steps:
        is_read_again = step.earlier is not None and read_at.get(step.earlier.id) != step.earlier.at
        is_new = bool(known.get(step.key, set()) - step.known_as)
        if step.outcome not in {"refused", "asked"} and (is_read_again or is_new):
            raise Overtaken(
                f"Somebody else imported rows of the list “{scheme}” while this sheet was being read, row "
                f"{step.draft.number} among them. Nothing of this sheet was written. Import it again: what is known by "
                "then is left as it is."
            )
