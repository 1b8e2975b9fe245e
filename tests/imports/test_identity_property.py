"""No sequence of imports of random lists ever puts one person's cells, or a consent, on another person's case.

Each invented person has cells that are theirs alone. Lists are made of them as people make lists: rows inserted, taken
out and moved, cells blanked and corrected, numbered by a register, by their place, or not at all; lists count alike.
"""

import random
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Consent
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import importing, mapping
from campaign.imports.steps import LEAVE_OUT, SOMEBODY_ELSE, Step
from campaign.publishing.import_writing import steps_of
from campaign.sheets import read

FAMILIES = ("Ornekov", "Tarimbeg", "Testov")
GIVEN = ("Aydin", "Gulnar", "Gulnur", "Semet", "Omar", "Amina", "Patime", "Qasim")
TOWNS = ("Kashgar", "Hotan", "Aksu")
Person = dict[str, str]


def population(chance: random.Random) -> list[Person]:
    """Return people of few families, of few towns and years, some of them namesakes; `work` tells whose a cell is."""
    people: list[Person] = []
    for number in range(14):
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILIES)}"
        born = str(1950 + 10 * number if number < 7 else 1955 + number)
        sex = chance.choice("mf")
        people.append(
            {"name": name, "sex": sex, "dob": born, "town": chance.choice(TOWNS), "work": f"Work of {number}"}
        )
    return people


def a_list(chance: random.Random, people: list[Person], numbering: str) -> tuple[str, list[Person | None]]:
    """Return a list as CSV and whose each row is."""
    rows = chance.sample(people, chance.randint(3, 9))
    headers = ["name", "sex", "dob", "town", "work"]
    chance.shuffle(headers)
    left_out = {chance.choice(["sex", "town", ""])} if chance.random() < 0.3 else set[str]()
    used = [header for header in headers if header not in left_out]
    number = {"none": None, "place": "No", "register": "case_id"}[numbering]
    written = {"dob": "date_of_birth", "town": "hometown", "work": "profession"}
    lines = [",".join(([number] if number else []) + [written.get(header, header) for header in used])]
    for place, person in enumerate(rows, 1):
        cells = [person[header] if header == "name" or chance.random() > 0.1 else "" for header in used]
        lines.append(",".join(([str(place) if number == "No" else f"K-{place}"] if number else []) + cells))
    return "\n".join(lines) + "\n", list(rows)


def whose(file: CaseFile) -> set[str]:
    """Return whose cells a case holds: each kind of work is one person's alone."""
    return {said.removeprefix("Work of ") for said in [file.occupation, *(note.text for note in file.notes)] if said}


def decided(
    steps: list[Step], rows: list[Person | None], people: list[Person], owners: dict[str, str]
) -> dict[str, str]:
    """Answer what is asked as somebody does who knows the people."""
    answers: dict[str, str] = {}
    for step, person in zip(steps, rows, strict=True):
        if step.outcome == "asked":
            assert person is not None
            ref = owners.get(str(people.index(person)), "")
            choices = [ask.choice for ask in step.asks]
            answers[step.row_key] = ref if ref in choices else LEAVE_OUT if ref else SOMEBODY_ELSE
    return answers


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("seed", range(8))
def test_nobodys_cells_and_no_consent_reach_another_persons_case(
    app: Flask, editor: int, seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    people = population(chance)
    with app.app_context():
        by = db.session.get_one(Account, editor)
        owners: dict[str, str] = {}
        for _ in range(8):
            text, rows = a_list(chance, people, chance.choice(["none", "place", "register", "register"]))
            path = tmp_path / "sheet.csv"
            path.write_text(text, "utf-8")
            table = read(path).sheet
            chosen = mapping.propose(table)
            answers: dict[str, str] = {}
            if chance.random() < 0.5:
                steps = steps_of(table, chosen, by=by, signer=by, decisions={})
                answers = decided(steps, rows, people, owners)
            steps = steps_of(table, chosen, by=by, signer=by, decisions=answers)
            importing.write(steps, chosen, by=by)
            db.session.commit()
            for case in db.session.scalars(select(Case).order_by(Case.id)):
                file = revisions.head(case)
                mine = whose(file)
                assert len(mine) <= 1, f"seed {seed}: {case.ref} holds the cells of {mine}\n{text}"
                for owner in mine:
                    assert file.names[0].text == people[int(owner)]["name"], (seed, case.ref)
                    owners.setdefault(owner, case.ref)
                givers = {consent.giver for consent in file.consents}
                assert givers <= {f"family of {owner}" for owner in mine}, (seed, case.ref)
                if mine and not file.consents and chance.random() < 0.5:
                    consent = Consent(id="0000cccc", giver=f"family of {next(iter(mine))}", scopes=["store"])
                    changed = msgspec.structs.replace(file, consents=[consent])
                    revisions.revise(case, changed, by=by, base_version=case.version, reason="Given.")
            db.session.commit()
