"""The forty of the public search, and the people of the campaign's sheet where it is there, found at the desk alike."""

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name, OutsideId
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import importing, mapping, planning
from campaign.names.scripts import script_of
from campaign.places import current as current_places
from campaign.settings import read
from tests import cluster, tables
from tests.cast import Member, sign_in
from tests.search.askings import SCHEME, Invented, askings, invented, one_letter_off, place_names

SHARED = Path(os.environ.get("BYNAME_SHARED", Path(__file__).parents[3] / "shared")) / "data"
SHEET = SHARED / "amnesty_fxd_batch_2021.csv"
# Among how many the person must be: of a place there may be many, of a name or a number not.
FIRST = {"number": 1, "name": 3, "letter": 3}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def home_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A desk without cases."""
    environment = {"CAMPAIGN_HOME": str(tmp_path_factory.mktemp("desk")), "CAMPAIGN_ADDRESS": "https://localhost"}
    environment["CAMPAIGN_SWEEP_SECONDS"] = "0"
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.new_address(folder)
    app = create_app(read(environment))
    tables.create(app)
    yield app
    tables.close(app)


@pytest.fixture(scope="module")
def edo(home_app: Flask) -> Member:
    """An editor at this desk."""
    return sign_in(home_app, "Edo", "editor")


@pytest.fixture(scope="module")
def refs(home_app: Flask, edo: Member) -> dict[str, str]:
    """The forty at the desk: references by key."""
    with home_app.app_context():
        by = db.session.get_one(Account, edo.account_id)
        cases = {one.key: revisions.create(file_of(one), by=by, reason="Invented.") for one in invented()}
        db.session.commit()
        return {key: case.ref for key, case in cases.items()}


def file_of(person: Invented) -> CaseFile:
    names = [Name(text=text, script=script, language=language) for text, script, language in person.names]
    ids = [OutsideId(scheme=SCHEME, value=person.key)]
    return CaseFile(names=names, origin_place=person.origin, occupation=person.work, outside_ids=ids)


def found_by(edo: Member, query: str) -> list[str]:
    """Return whom the desk shows, in order."""
    page = edo.get("/staff/cases", query_string={"q": query})
    assert page.status_code == 200
    return re.findall(r'data-label="Number">([A-Z]+-\d{5})<', page.text)


@pytest.mark.parametrize("key", [person.key for person in invented()])
def test_an_invented_person_is_found_by_all_that_anybody_may_type(edo: Member, refs: dict[str, str], key: str) -> None:
    person = next(one for one in invented() if one.key == key)
    for asking in askings(person):
        assert refs[key] in found_by(edo, asking.query)[: FIRST.get(asking.what)], asking


@pytest.mark.long
@pytest.mark.skipif(not SHEET.exists(), reason="the campaign's sheet is not on this machine")
def test_everybody_of_the_campaigns_sheet_is_found(home_app: Flask, edo: Member) -> None:
    missed = []
    with SHEET.open(encoding="utf-8-sig", newline="") as lines:
        places_in_words = {row["case_id"].strip(): row["home_town"].strip() for row in csv.DictReader(lines)}
    for ref, file in imported(home_app, edo):
        own_words = places_in_words[file.outside_ids[0].value]
        assert own_words
        for what, query in (*of_sheet(file), ("place in the sheet's own words", own_words)):
            if ref not in found_by(edo, query)[: FIRST.get(what)]:
                missed.append((file.outside_ids[0].value, what))
    assert missed == []


def imported(home_app: Flask, edo: Member) -> list[tuple[str, CaseFile]]:
    with home_app.app_context():
        by = db.session.get_one(Account, edo.account_id)
        table = sheets.read(SHEET).sheet
        chosen = mapping.propose(table)
        steps = list(planning.plan(table, chosen, by=by))
        assert len(importing.write(steps, chosen, by=by)) == 58
        db.session.commit()
        cases = (db.session.get_one(Case, step.case_id) for step in steps)
        return [(case.ref, revisions.head(case)) for case in cases]


def of_sheet(file: CaseFile) -> Iterator[tuple[str, str]]:
    """Yield all that one person of the sheet must be found by."""
    for name in file.names:
        yield "name", name.text
        if script_of(name.text) == "Latn":
            yield "letter", one_letter_off(name.text)
    if file.origin_place in current_places.gazetteer():
        yield from (("place", name) for name in place_names(file.origin_place))
    yield "number", file.outside_ids[0].value
