"""Recall and precision of name matching on sheets of real spellings: what `python -m bench names` and `pairs` print."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from bench.invented import invented_names
from bench.name_index import NameIndex
from campaign.names.matching import score
from campaign.names.scripts import script_of

FULL_INDEX = 20_000
TIMED_QUERIES = 400
BENCH_COLUMNS = {"entity_id", "variant", "script"}
FOUND = 10  # how many places of the answer are looked at
PAIRS_COLUMNS = {"name_a", "name_b", "same_person"}


class BadSheet(ValueError):
    """The file can't be read, is not a sheet with the columns that the command reads, or holds nothing to ask."""


class Spelling(NamedTuple):
    """One row of the bench: whose name, the spelling, its script (as its letters say where the sheet doesn't)."""

    entity: str
    text: str
    script: str


@dataclass
class Tally:
    """How many were asked, how many found first, found among ten, and the sum of one over their ranks."""

    asked: int = 0
    first: int = 0
    among_ten: int = 0
    reciprocal: float = 0.0

    def count(self, rank: int | None) -> None:
        """Count one question; `rank` is 1 for the first place, None for not found among ten."""
        self.asked += 1
        if rank is not None:
            self.first += rank == 1
            self.among_ten += 1
            self.reciprocal += 1 / rank

    def figures(self) -> dict[str, float | int]:
        """Return asked, recall@1, recall@10 and mrr, the shares 0..1 with four digits."""
        asked = max(self.asked, 1)
        return {
            "asked": self.asked,
            "recall@1": round(self.first / asked, 4),
            "recall@10": round(self.among_ten / asked, 4),
            "mrr": round(self.reciprocal / asked, 4),
        }


@dataclass
class Bench:
    """What a bench found: all questions, those of each script, and milliseconds of search in a full index."""

    whole: Tally = field(default_factory=Tally)
    by_script: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    p95_ms: float = 0.0
    indexed: int = 0

    def figures(self) -> dict[str, object]:
        """Return recall@1, recall@10, mrr, p95_ms and by_script, as one document for --json."""
        whole = self.whole.figures()
        return {
            **{key: whole[key] for key in ("recall@1", "recall@10", "mrr")},
            "p95_ms": round(self.p95_ms, 2),
            "by_script": {script: tally.figures() for script, tally in sorted(self.by_script.items())},
        }


def spellings(path: Path, *, kind: str) -> list[Spelling]:
    """Return the different spellings of persons or places in a sheet: entity ids that begin with g: are places.

    Raises BadSheet when the columns entity_id, variant and script are not there, or no such row.
    """
    found = [
        Spelling(row["entity_id"], row["variant"], row["script"].strip() or script_of(row["variant"]))
        for row in _rows(path, BENCH_COLUMNS)
        if row["entity_id"].startswith("g:") == (kind == "place")
    ]
    if not found:
        raise BadSheet(
            f"{path.name} holds no {kind}: entity ids of places begin with g:, of persons with anything else"
        )
    return list(dict.fromkeys(found))


PlacesOf = Callable[[str], Iterable[str]]


def nowhere(_text: str) -> tuple[str, ...]:
    """Return the places that a text names, to somebody who knows no gazetteer."""
    return ()


class _Searched:
    """The entities by their first Latin spelling, and by the places that it names to a gazetteer."""

    def __init__(self, rows: Iterable[Spelling], places_of: PlacesOf) -> None:
        self.index: NameIndex[str] = NameIndex()
        self._places_of = places_of
        self._bearers: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            self.index.add(row.entity, [row.text])
            for place in places_of(row.text):
                self._bearers[place].append(row.entity)

    def search(self, text: str) -> list[str]:
        """Return the entities that `text` finds: those of the place it names first, then those of a name like it."""
        named = [entity for place in self._places_of(text) for entity in self._bearers.get(place, ())]
        return list(dict.fromkeys([*named, *(hit.id for hit in self.index.search(text, limit=FOUND))]))[:FOUND]


def first_latin(rows: Iterable[Spelling]) -> dict[str, Spelling]:
    """Return the spelling of each entity that is indexed; an entity without a Latin one has none, and isn't asked."""
    first: dict[str, Spelling] = {}
    for row in rows:
        if row.script == "Latn":
            first.setdefault(row.entity, row)
    return first


def bench(rows: Sequence[Spelling], *, fill_to: int = FULL_INDEX, places_of: PlacesOf = nowhere) -> Bench:
    """Return how well the first Latin spelling of each entity is found by every other one.

    `places_of` gives the codes of the places that a text names, the likeliest first. Recall is taken on the entities
    alone; then the index is filled with invented names and time is taken.
    """
    first = first_latin(rows)
    searched = _Searched(first.values(), places_of)
    questions = [row for row in rows if row.entity in first and row != first[row.entity]]
    result = Bench(indexed=len(first))
    for question in questions:
        found = searched.search(question.text)
        rank = found.index(question.entity) + 1 if question.entity in found else None
        result.whole.count(rank)
        result.by_script[question.script].count(rank)
    result.p95_ms = _p95(searched, questions, fill_to)
    return result


def _p95(searched: _Searched, questions: Sequence[Spelling], fill_to: int) -> float:
    for number, name in enumerate(invented_names(max(0, fill_to - len(searched.index)))):
        searched.index.add(f"invented:{number}", [name])
    step = max(1, len(questions) // TIMED_QUERIES)
    taken = []
    for question in questions[::step]:
        start = perf_counter()
        searched.search(question.text)
        taken.append((perf_counter() - start) * 1000)
    return sorted(taken)[int(len(taken) * 0.95)] if taken else 0.0


@dataclass
class Pairs:
    """The scores of labelled pairs of names: of the same person, and of others."""

    same: list[float]
    other: list[float]

    def figures(self) -> dict[str, float | int]:
        """Return the area under the curve, both medians, and how many false pairs score above the median true one."""
        return {
            "auc": round(self.area(), 4),
            "same": len(self.same),
            "other": len(self.other),
            "median_same": round(median(self.same), 4) if self.same else 0.0,
            "median_other": round(median(self.other), 4) if self.other else 0.0,
            "other_above_median_same": sum(score > median(self.same) for score in self.other) if self.same else 0,
        }

    def area(self) -> float:
        """Return the chance that a true pair scores above a false one, ties counted half (Mann and Whitney, 1947)."""
        if not self.same or not self.other:
            return 0.0
        wins = sum((true > false) + 0.5 * (true == false) for true in self.same for false in self.other)
        return wins / (len(self.same) * len(self.other))


def pairs(path: Path) -> Pairs:
    """Return the scores of the pairs in a sheet with name_a, name_b and same_person (yes or no). Raises BadSheet."""
    result = Pairs([], [])
    scores = {"yes": result.same, "no": result.other}
    for number, row in enumerate(_rows(path, PAIRS_COLUMNS), start=1):
        said = row["same_person"].strip().lower()
        if said not in scores:
            raise BadSheet(f"{path.name}, pair {number}: same_person is {said[:40]!r}, neither yes nor no")
        scores[said].append(score(row["name_a"], row["name_b"]).score)
    return result


def _rows(path: Path, columns: set[str]) -> Iterable[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            reader = csv.DictReader(file, restval="")
            missing = columns - set(reader.fieldnames or ())
            if missing:
                raise BadSheet(f"{path.name} has no column {', '.join(sorted(missing))}")
            return [{key: value for key, value in row.items() if key} for row in reader]
    except OSError as problem:
        raise BadSheet(f"{path} can't be read: {problem.strerror}") from problem
    except csv.Error as problem:
        raise BadSheet(f"{path.name} is not a sheet of commas: {problem}") from problem
