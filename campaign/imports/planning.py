"""The plan of an import: what each row of a sheet comes to (steps.py). Writes nothing.

A row is its person again by its number, by its cells, or by who it tells of. Where the number is known and its person
does not fit, a person decides; nothing is written before. An empty cell says nothing, and removes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median_low

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import marks, revisions
from campaign.cases.checks import Refused, check
from campaign.cases.classification import MACHINE_MADE
from campaign.cases.fingerprints import ABOUT_SIGNING
from campaign.cases.models import Case, Person
from campaign.cases.queries import by_ref
from campaign.clock import today
from campaign.database import db
from campaign.dates import ages, edtf
from campaign.dates import columns as dates_of_columns
from campaign.dates.columns import AS_WRITTEN
from campaign.duplicates.search import Warned
from campaign.imports import date_cells, further_rows, set_aside
from campaign.imports.columns_read import columns_read
from campaign.imports.compare import compare
from campaign.imports.draft import clean
from campaign.imports.facts.consent import sign
from campaign.imports.mapping import Map, require_name
from campaign.imports.mapping.further import is_further
from campaign.imports.match_case import ask_who, carriers, fits, lay_over, recognise
from campaign.imports.readings import APART, Readings
from campaign.imports.row_keys import cells_key, counting_columns, hidden, say_as_much, without
from campaign.imports.rows import LATER, Row, build, key_of, rows_of, warn_of_later
from campaign.imports.steps import LEAVE_OUT, SOMEBODY_ELSE, Decisions, OfSheet, Reading, Step
from campaign.sheets import Sheet

# What belongs to signatures and files, and is no sheet's to state.
NEVER_STATED = (ABOUT_SIGNING | MACHINE_MADE | {"form_name"}) - {"confirmed_on", "assessed_on"}


ERASED = "Somebody of this number, or of this name and birth, was erased here."


class NoSuchRow(Refused):
    """A decision about a row that the sheet does not have, or not in these words."""


def plan(
    sheet: Sheet,
    mapping: Map,
    *,
    by: Account,
    signer: Person | None = None,
    decisions: Decisions | None = None,
    deciders: Mapping[str, int] | None = None,
) -> Iterator[Step]:
    """Yield what each row comes to, in order. Writes nothing.

    `signer` stated the map's consent and risk, where that was not `by`. `decisions` are choices by `Step.row_key`
    (steps.py), `deciders` the accounts that made them, where that was not `by`. Raises BadMap where no column is a
    name, and NoSuchRow, after the last row, for a decision about no row.
    """
    require_name(mapping, sheet)
    planning = _Planning(sheet, mapping, by, signer or by, decisions or {})
    planning.deciders = deciders or {}
    for row in rows_of(sheet, planning.map):
        yield planning.step(row)
    planning.finish()


class _Planning:
    """One sheet on its way to a plan."""

    def __init__(self, sheet: Sheet, mapping: Map, by: Account, signer: Person, decisions: Decisions) -> None:
        self._by, self._decisions, self._unused = by, decisions, set(decisions)
        self.deciders: Mapping[str, int] = {}
        self._counting = counting_columns(sheet, mapping)
        self.map = mapping_of(without(mapping, self._counting), signer)
        self._numbering = self._counting | frozenset(self.map.key)
        self._year = sheet_year(sheet, mapping)
        self._letters = letters_of_genders(sheet, mapping)
        self._readings = Readings(self.map, by, self._numbering)
        self._readings.await_rows(rows_of(sheet, self.map))
        self._carriers = carriers(self.map, by)
        asked = (*date_cells.asked(sheet, self.map), *further_rows.not_taken(sheet, self.map))
        columns = tuple(columns_read(sheet, self.map))
        self._of_sheet = OfSheet(self._counting, tuple(set_aside.of_sheet(sheet)), columns, asked=asked)
        self._footnotes = set_aside.footnotes(sheet)
        self._has_erased = marks.are_there("erased")
        self._seen: Counter[str] = Counter()

    def step(self, row: Row) -> Step:
        """Return what a row comes to, once what a person decided of it is heard."""
        if self._counting:
            said = {header: cell for header, cell in row.cells.items() if header not in self._counting}
            row = row._replace(cells=said)
        number = hidden(key_of(row.cells, self.map))
        key = number or cells_key(row.cells, self._numbering)
        self._seen[key] += 1
        if number and self._seen[key] > 1:
            step = self._built(row, key, None)
            cells = " + ".join(row.cells[header] for header in self.map.key)
            step.refuse(" + ".join(self.map.key), cells, "A row above has the same key; this one is not imported.")
            return step
        # The same cells twice in one sheet may be namesakes: the second is a row of its own.
        key = key if self._seen[key] == 1 else f"{key}/{self._seen[key]}"
        return self._unless_erased(self._decided(self._compared(self._built(row, key, self._known(row, number))), row))

    def _known(self, row: Row, number: str) -> Reading | None:
        found = self._readings.of_number(number, row.cells) if number else None
        if found is None and not self._readings.under(number):
            found = self._readings.of_cells(row.cells, is_numbered=bool(number))
        return self._readings.of_person(row.cells) if found is None and not number else found

    def _built(self, row: Row, key: str, earlier: Reading | None) -> Step:
        """Return a row as a step with its file; of a row that was read before, with what its empty cells said then."""
        cells, blank, missing = _filled(row.cells, earlier, self._counting, self.map)
        seed = earlier.key.partition(APART)[0] if earlier else key
        draft = build(cells, self.map, key=seed, number=row.number, sheet_year=self._year,
                      letters=self._letters)  # fmt: skip
        warn_of_later(draft, row)
        set_aside.tell(draft, row.cells, row.notes, self._footnotes)
        sign(draft.file, self._by)
        for header, said in blank.items():
            draft.warn(header, said, "This cell is empty now. Nothing is removed by that: take it out of the case.")
        known_as = frozenset(one.id for one in self._readings.under(key))
        said = json.dumps(row.cells, ensure_ascii=False)
        kept = said if cells == row.cells else json.dumps(cells, ensure_ascii=False)
        step = Step(draft, kept, key, said, earlier=earlier, known_as=known_as)
        step.row_count, step.notes, step.of_sheet = row.row_count, row.notes, self._of_sheet
        self._of_sheet.gone_columns.update(dict.fromkeys(missing))
        return step

    def _compared(self, step: Step) -> Step:
        if not step.draft.file.names:
            step.refuse_nameless()
        elif problems := check(step.draft.file):
            step.draft.warnings += [Warned(step.draft.number, one.path, "", one.sentence) for one in problems]
        elif step.earlier is not None:
            self._read_again(step)
        elif under := self._readings.under(step.key) if step.is_numbered else ():
            cases = [db.session.get_one(Case, one.case_id) for one in under]
            said = json.loads(step.said)
            same = [
                one
                for one, case in zip(under, cases, strict=True)
                if say_as_much(said, json.loads(one.cells), self.map) and fits(step.draft.file, revisions.head(case))
            ]
            if len(same) == 1:
                return self._compared(self._again(step, same[0]))
            ask_who(step, cases)
        else:
            step.outcome = "created"
            recognise(step, self._carriers)
        return step

    def _read_again(self, step: Step) -> None:
        assert step.earlier is not None
        step.outcome, step.case_id = "unchanged", step.earlier.case_id
        if step.earlier.cells == step.cells:
            return
        before: dict[str, str] = json.loads(step.earlier.cells)
        key = step.earlier.key.partition(APART)[0]
        step.before = build(before, self.map, key=key, number=step.draft.number, sheet_year=None,
                            letters=self._letters).file  # fmt: skip
        compare(step, db.session.get_one(Case, step.earlier.case_id))

    def _again(self, step: Step, earlier: Reading | None) -> Step:
        """Return a step built anew as the next reading of one, or as the first of a new case."""
        cells = json.loads(step.cells)
        return self._built(Row(step.draft.number, cells, step.row_count, step.notes), step.key, earlier)

    def _decided(self, step: Step, row: Row) -> Step:
        choice = self._decisions.get(step.row_key, "") if self._decisions else ""
        self._unused.discard(step.row_key) if choice else None
        if choice == LEAVE_OUT:
            step.refuse("", step.name, "Left out, as somebody decided.")
        elif choice and step.outcome != "refused":
            step = self._somebody_else(row, step.key) if choice == SOMEBODY_ELSE else self._the_same(row, step, choice)
        step.decided = choice
        return step

    def _unless_erased(self, step: Step) -> Step:
        """Ask of a row that would open a case of somebody who was erased; a safety officer's word alone opens it."""
        if not self._has_erased or step.outcome == "refused":
            return step
        is_known = step.earlier is not None or (step.outcome != "created" and not step.decided)
        found = {} if is_known else marks.met("erased", self._tokens(step))
        if not found:
            return step
        decider = db.session.get_one(Account, self.deciders.get(step.row_key, self._by.id))
        if step.decided and may(decider, Action.CONFIRM_SAFETY):
            step.despite, step.decided_by = tuple(found), decider.id
        elif step.decided:
            step.refuse("", step.name, f"{ERASED} Only a safety officer decides about it; the row is not imported.")
        else:
            step.ask(f"{ERASED} A safety officer decides.")
        return step

    def _tokens(self, step: Step) -> set[str]:
        return {marks.row_token(self.map.scheme, step.key), *marks.asked(step.draft.file)}

    def _somebody_else(self, row: Row, key: str) -> Step:
        step = self._built(row, key, None)
        step.outcome = "created"
        return step

    def _the_same(self, row: Row, step: Step, ref: str) -> Step:
        case = by_ref(ref, self._by)
        if case is None:
            step.refuse("", ref, "There is no case of this reference that you may see; the row is not imported.")
            return step
        earlier = self._readings.of_case(case.id, step.key)
        new = self._built(row, step.key, earlier)
        if earlier is not None:
            self._read_again(new)
        else:
            lay_over(new, case)
        return new

    def finish(self) -> None:
        """Note which rows of the list the sheet has not. Raise NoSuchRow where a row was decided that is not there."""
        self._of_sheet.gone_rows = self._readings.named_of_those_left()
        if self._unused:
            raise NoSuchRow(
                f"No row of this sheet has the key {', '.join(sorted(self._unused)[:3])}: it was changed since "
                "somebody decided about it. Look at the sheet again, and decide anew."
            )


def _filled(
    cells: Mapping[str, str], earlier: Reading | None, counting: frozenset[str], mapping: Map
) -> tuple[Mapping[str, str], dict[str, str], tuple[str, ...]]:
    """Return a row's cells, the empty ones as they were read last; what these said; the columns that are missing."""
    if earlier is None:
        return cells, {}, ()
    before: dict[str, str] = {
        header: cell for header, cell in json.loads(earlier.cells).items() if header not in counting and clean(cell)
    }
    cells = further_rows.placed(cells, before, mapping)
    blank = {header: before[header] for header, cell in cells.items() if header in before and not clean(cell)}
    gone = {header: cell for header, cell in before.items() if header not in cells}
    # A row of a further sheet is its person's, and no column of the list.
    blank |= {header: cell for header, cell in gone.items() if is_further(header, mapping.further)}
    return (
        {**cells, **blank, **gone},
        blank,
        tuple(header for header in gone if header not in blank and not header.endswith(LATER)),
    )


def mapping_of(mapping: Map, by: Person) -> Map:
    """Return a map whose consent and risk are signed by who imports: they answer for them as safety officer."""
    consent, risk = dict(mapping.consent), dict(mapping.risk)
    if consent:
        # A sheet confirms in nobody else's name and signs for no second person; and nothing is on file of it.
        consent = {name: value for name, value in consent.items() if name not in NEVER_STATED}
        own = {"confirmed_by": by.id, "stated_by": by.id, "needs_second": True}
        consent = {"confirmed_on": today().isoformat()} | consent | own
    if risk:
        risk = {name: value for name, value in risk.items() if name not in NEVER_STATED}
        risk = {"assessed_on": today().isoformat()} | risk | {"assessed_by": by.id}
    return replace(mapping, consent=consent, risk=risk)


def sheet_year(sheet: Sheet, mapping: Map) -> int | None:
    """Return the year for which the sheet gives ages: stated by the map, else the one that most rows agree on."""
    if mapping.as_of:
        latest = edtf.parse(mapping.as_of).latest
        return latest.year if latest else None
    of_age = {header: target for header, target in mapping.columns.items() if target in {"birth", "age"}}
    headers = {target: header for header, target in of_age.items() if header in sheet.headers}
    if len(headers) < 2:
        return None
    years = []
    for born, old in zip(sheet.column(headers["birth"]), sheet.column(headers["age"]), strict=True):
        birth, age = (
            dates_of_columns.read(clean(born), mapping.dates.get(headers["birth"], AS_WRITTEN)),
            ages.parse_age(clean(old)),
        )
        if birth.earliest and age and age.low == age.high and not age.approximate:
            years.append(birth.earliest.year + age.low)
    return median_low(years) if years else None


def letters_of_genders(sheet: Sheet, mapping: Map) -> frozenset[str]:
    """Return the single letters of a sheet's column of genders, folded: beside H an M is no man but a mujer."""
    header = next((header for header, target in mapping.columns.items() if target == "gender"), "")
    cells = sheet.column(header) if header in sheet.headers else ()
    return frozenset(letter for cell in cells if len(letter := clean(cell).casefold()) == 1)
