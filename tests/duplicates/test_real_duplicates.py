"""Labelled pairs of real lists, where they are at hand: one person is found again, two are not called one."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.database import db
from campaign.duplicates.search import likely_same, likeness
from campaign.duplicates.traits import Traits, traits_of
from campaign.imports import importing, mapping, planning
from tests.cast import hired

SHARED = Path(os.environ.get("BYNAME_SHARED", Path(__file__).parents[3] / "shared")) / "data"
SHEETS = {
    "amnesty": ("amnesty_fxd_batch_2021.csv", 'key = ["case_id"]', "case_id"),
    "cpj": ("cpj_imprisoned_journalists_open.csv", 'person = ["full_name"]', "full_name"),
    "cn": ("china_political_prisoners_open.csv", "key = []", "Name"),
}
Known = dict[tuple[str, str], list[int]]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real lists are not on this machine"),
]


@pytest.fixture
def editor(app: Flask) -> Iterator[Account]:
    """An editor, in whose name the lists come in."""
    with app.app_context():
        edo = hired("Edo", "editor")
        db.session.commit()
        yield edo


def all_lists(editor: Account) -> Known:
    """Import the three lists in their order; return the cases by list and key."""
    known: Known = {}
    for source, (name, key, column) in SHEETS.items():
        table = sheets.read(SHARED / name).sheet
        chosen = mapping.parsed(f"[rows]\n{key}\nscheme = {source!r}\n", table)
        steps = list(planning.plan(table, chosen, by=editor))
        importing.write(steps, chosen, by=editor)
        db.session.commit()
        cells = dict(zip(table.numbers, table.column(column), strict=True))
        for step in steps:
            if step.case_id:
                known.setdefault((source, folded(cells[step.draft.number])), []).append(step.case_id)
    return known


def folded(key: str) -> str:
    return "".join(key.split()).casefold()


def traits(number: int) -> Traits:
    case = db.session.get_one(Case, number)
    return traits_of(head(case), case.ref)


def labelled(known: Known) -> list[tuple[bool, list[int], list[int]]]:
    with (SHARED / "dedupe_pairs.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        (
            row["same_person"] == "yes",
            known[row["source_a"], folded(row["key_a"])],
            known[row["source_b"], folded(row["key_b"])],
        )
        for row in rows
    ]


def score_of(ones: list[int], others: list[int]) -> float:
    return max(likeness(traits(one), traits(other)).score for one in ones for other in others)


def is_offered(earlier: list[int], later: list[int], editor: Account) -> bool:
    for number in later:
        case = db.session.get_one(Case, number)
        offered = likely_same(traits(number), editor, case=case)
        assert len(offered) <= 5
        if {candidate.key.id for candidate in offered} & set(earlier):
            return True
    return False


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_known_people_are_offered_and_others_are_not_called_the_same(app: Flask, editor: Account) -> None:
    pairs = labelled(all_lists(editor))
    same = [(earlier, later) for is_same, earlier, later in pairs if is_same]
    others = [(earlier, later) for is_same, earlier, later in pairs if not is_same]
    assert (len(same), len(others)) == (29, 17)
    offered = sum(is_offered(earlier, later, editor) for earlier, later in same)
    middle = median(score_of(earlier, later) for earlier, later in same)
    above = sum(score_of(earlier, later) > middle for earlier, later in others)
    assert offered >= 26
    assert above <= 4


def test_one_person_of_many_years_comes_in_once(app: Flask, editor: Account) -> None:
    all_lists(editor)
    with (SHARED / SHEETS["cpj"][0]).open(encoding="utf-8-sig", newline="") as lines:
        persons = {folded(row["full_name"]) for row in csv.DictReader(lines)}
    count = len(db.session.scalars(select(Case.id)).all())
    with (SHARED / SHEETS["cn"][0]).open(encoding="utf-8-sig", newline="") as lines:
        singles = sum(bool(row["Name"].strip()) for row in csv.DictReader(lines))
    assert count == 58 + len(persons) + singles
