"""From a sheet to the site by five people of a small team: nobody clicks more than eight times a case, all together.

Edo edits and brings the sheet, Sana and Sam guard safety, Rita reviews, Pia publishes.
"""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import Consent, Risk
from campaign.cases.models import Case
from campaign.clock import today
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.imports import mapping, uploads
from campaign.imports import record as imports
from campaign.ledger import reader
from campaign.publishing import door, import_jobs
from tests.cast import Cast
from tests.imports.stated import CONSENT_AND_RISK, SOURCE_AND_STATUS
from tests.staff.clicking import Clicker

SHARED = Path(os.environ.get("BYNAME_SHARED", Path(__file__).parents[3] / "shared")) / "data"
REAL = SHARED / "amnesty_fxd_batch_2021.csv"
MOST_CLICKS, MOST_LOADS = 8, 5
SIX = """case_id,name,gender,DOB,profession,last contact
A1,Semet Örükzar,male,1961,poet,2017-05
A2,Nigar Anarbagh,female,1972,baker,2017-05
A3,Tursun Bulaqbeg,male,1958,miller,2017-05
A4,Aynur Toqtiyar,female,1980,nurse,2017-05
A5,Ghopur Derya,male,1969,teacher,2017-05
A6,Zeynep Qarlughach,female,1955,weaver,2017-05
"""


class Team:
    """Five people, of whom four meet the cases at the desk; `clicks` and `loads` are those of all of them."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app = app
        roles = {
            "Edo": "editor",
            "Sana": "safety_officer",
            "Sam": "safety_officer",
            "Rita": "editor",
            "Pia": "publisher",
        }
        self.people = {name: cast(name, role) for name, role in roles.items()}
        self.desks: list[Clicker] = []

    def account(self, name: str) -> Account:
        """Return the account of one of them, within the context that is open."""
        return db.session.get_one(Account, self.people[name].account_id)

    def brings(self, sheet: bytes, name: str, stated: str) -> int:
        """Edo brings a sheet in, Sana says what holds for all of it, and it is written; return its number."""
        with self.app.app_context():
            one = uploads.take_in(io.BytesIO(sheet), name, by=self.account("Edo"))
            table = uploads.table(one)
            days = {"today": today() - timedelta(days=3), "later": today() + timedelta(days=90)}
            text = mapping.written(mapping.propose(table)) + stated.format(**days)
            chosen = imports.state_map(one, text, table, by=self.account("Sana"))
            db.session.commit()
            import_jobs.at_once(one, table, chosen, by=self.account("Edo"), bar=Bar)
            return one.id

    def at_desk(self, name: str) -> Clicker:
        """Return somebody who has just come to the desk."""
        self.desks.append(Clicker(self.people[name]))
        return self.desks[-1]

    def count(self) -> int:
        """Return how many cases there are."""
        with self.app.app_context():
            return len(db.session.scalars(select(Case.id)).all())

    def public(self) -> int:
        """Return how many of them are public."""
        with self.app.app_context():
            return sum(reader.state(ref) == "public" for ref in db.session.scalars(select(Case.ref)))

    def a_case(self) -> tuple[float, float]:
        """Return how many clicks and page loads a case took, over everybody."""
        cases = self.count()
        return sum(one.clicks for one in self.desks) / cases, sum(one.loads for one in self.desks) / cases


class Bar:
    """A bar of progress that nobody sees."""

    def __init__(self, **_: object) -> None: ...

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None: ...

    def update(self, _count: int) -> None:
        """Take note of nothing."""


@pytest.fixture
def team(app: Flask, cast: Cast) -> Team:
    """The team, before anything is brought in."""
    return Team(app, cast)


def submits(team: Team, name: str) -> None:
    """Edo opens the cases of the import, ticks all of each page, and asks for a review."""
    edo = team.at_desk("Edo")
    edo.follows(f"“{name}”")
    waiting = team.count()
    while waiting > 0:
        waiting -= edo.ticks_all()
        edo.presses("Ask for a review")
        assert "refused" not in edo.text
        if waiting > 0:
            edo.follows("Back to the list")
            edo.follows("Next page")


def signs(team: Team, name: str) -> int:
    """An officer reads each consent and risk, ticks it, and signs; return how many there were."""
    officer, ticked = team.at_desk(name), 0
    officer.follows("To confirm")
    while True:
        ticked += officer.ticks("row")
        has_more = 'rel="next"' in officer.text
        officer.presses("Sign what is ticked")
        assert "refused" not in officer.text
        if not has_more:
            return ticked
        officer.follows("Back to the list")


def approves(team: Team) -> None:
    """Rita opens the first case that waits, and is led from each to the next."""
    rita = team.at_desk("Rita")
    rita.follows("Reviews")
    rita.follows_row()
    for _ in range(team.count()):
        rita.ticks("would_neighbour_know", "no")
        rita.presses("Approve revision")


def publishes(team: Team) -> None:
    """Pia opens the first preview, and is led from each to the next."""
    pia = team.at_desk("Pia")
    pia.follows("To publish")
    pia.follows_row()
    for _ in range(team.count()):
        pia.presses("Publish")


def holds_the_limits(team: Team) -> None:
    clicks, loads = team.a_case()
    assert clicks <= MOST_CLICKS
    assert loads <= MOST_LOADS


def unsigned(team: Team) -> None:
    """Give each case a consent and a risk that nobody has signed: Sana obtained the one, as a column would say."""
    with team.app.app_context():
        day = parse((today() - timedelta(days=3)).isoformat())
        for case in db.session.scalars(select(Case).order_by(Case.id)).all():
            consent = Consent(
                giver="Family", giver_kind="relative", basis="family", obtained_by="Sana", obtained_on=day,
                how="signed", scopes=["store", "publish_name", "publish_story"],
            )  # fmt: skip
            risk = Risk(to="person", level="low", review_by=parse((today() + timedelta(days=90)).isoformat()))
            file = msgspec.structs.replace(revisions.head(case), consents=[consent], risks=[risk])
            door.save(case, file, by=team.account("Edo"), base_version=case.version, reason="Told by the family")
        db.session.commit()


def test_six_people_of_a_sheet_whose_consents_were_stated_for_all_of_it(team: Team) -> None:
    team.brings(SIX.encode(), "six.csv", SOURCE_AND_STATUS + CONSENT_AND_RISK)
    submits(team, "six.csv")
    assert signs(team, "Sam") == 6
    approves(team)
    publishes(team)
    assert team.public() == team.count() == 6
    holds_the_limits(team)


def test_six_people_whose_consents_and_risks_are_signed_one_by_one_by_two_officers(team: Team) -> None:
    team.brings(SIX.encode(), "six.csv", SOURCE_AND_STATUS)
    unsigned(team)
    submits(team, "six.csv")
    assert signs(team, "Sana") == 12
    assert signs(team, "Sam") == 6
    approves(team)
    publishes(team)
    assert team.public() == team.count() == 6
    holds_the_limits(team)


@pytest.mark.long
@pytest.mark.skipif(not REAL.exists(), reason="the campaign's sheet is not here")
def test_the_people_of_the_campaigns_own_sheet(team: Team) -> None:
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        count = len(list(csv.DictReader(file)))
    team.brings(REAL.read_bytes(), REAL.name, SOURCE_AND_STATUS + CONSENT_AND_RISK)
    assert team.count() == count
    submits(team, REAL.name)
    signs(team, "Sam")
    approves(team)
    publishes(team)
    assert team.public() == count
    holds_the_limits(team)
