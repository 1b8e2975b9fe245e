"""What must hold with the next version of both documents in a home that was filled before. edits.py is planted."""

import csv
import io
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from flask import Flask
from sqlalchemy import LargeBinary, select, type_coerce

from app import create_app
from campaign.accounts.models import Account
from campaign.cases import reindexing, revisions
from campaign.cases.file import FILES, CaseFile
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger import browse, documents, reader, writer
from campaign.ledger.models import Body, Entry
from campaign.ledger.verification import verify
from campaign.publishing import decisions, door
from campaign.publishing.models import Publication
from campaign.publishing.published import outdated_of
from campaign.settings import read
from tests import tables
from tests.cast import Member, sign_in
from tests.publishing.builders import consent
from tests.publishing.desk import Desk
from tests.rules.next_format import edits
from tests.rules.next_format.old_home import OLD, SAMPLE, facts

HOME = Path(os.environ["CAMPAIGN_HOME"])
KEPT = Path(documents.__file__).parent / "schemas"
REFS, BODIES = facts(HOME)["refs"], facts(HOME)["bodies"]


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """The old home served by the next version."""
    shutil.copytree(KEPT, documents.SCHEMAS)
    (documents.SCHEMAS / "profile-3.json").write_text(json.dumps(documents.json_schema()))
    application = create_app(read(os.environ))
    application.testing = False
    yield application
    tables.close(application)


@pytest.fixture(scope="module")
def edna(app: Flask) -> Member:
    """Somebody who edits, reviews and reads what is confidential."""
    return sign_in(app, "Edna", "editor", "safety_officer")


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """The people of the old home."""
    with app.app_context():
        people = {name: db.session.scalars(select(Account).where(Account.name == name)).one() for name in CAST}
        yield Desk(**people)
        db.session.rollback()


CAST = ("edo", "rana", "pia", "sana")


def case(name: str) -> Case:
    return db.session.scalars(select(Case).where(Case.ref == REFS[name])).one()


def asked(app: Flask, path: str):
    answer = app.test_client().get(path, base_url="https://localhost")
    assert answer.status_code == 200, (path, answer.text)
    return answer


def test_every_edit_was_made(app: Flask) -> None:
    assert set(edits.EDITS) - edits.made == set()
    assert (documents.PROFILES.newest, FILES.newest) == ("profile/3", "case/3")


@pytest.mark.parametrize("name", ["sample", "told"])
def test_an_old_profile_is_served_as_page_history_and_its_own_bytes(app: Flask, name: str) -> None:
    ref = REFS[name]
    body = BODIES[ref].encode()
    assert name != "sample" or body == SAMPLE.read_bytes()
    assert asked(app, f"/api/v1/profiles/{ref}").data == body
    document = json.loads(body)
    page = asked(app, f"/profiles/{document['slug']}").text
    assert document["display_name"] in page
    assert "Education" not in page
    assert "version" in asked(app, f"/profiles/{document['slug']}/history").text.lower()


def lists(app: Flask) -> dict[str, Any]:
    """Return what the lists say of the sample and of a case."""
    name = json.loads(BODIES[REFS["sample"]])["display_name"]
    rows = csv.DictReader(io.StringIO(asked(app, "/api/v1/export.csv").data.decode("utf-8-sig"), newline=""))
    refs = {REFS["sample"], REFS["told"]}
    return {
        "list": {ref: ref in asked(app, "/profiles").text for ref in refs},
        "search": {ref: ref in asked(app, f"/profiles?q={name}").text for ref in refs},
        "table": {
            row["ref"]: row["employer"] if "employer" in row else row["status"] for row in rows if row["ref"] in refs
        },
        "bytes": [
            line for line in asked(app, "/api/v1/export.jsonl").text.splitlines() if json.loads(line)["ref"] in refs
        ],
    }


def test_lists_search_and_table_are_the_same_before_and_after_the_lists_are_made_anew(app: Flask) -> None:
    before = lists(app)
    assert before["list"] == dict.fromkeys(before["list"], True)
    assert before["search"][REFS["sample"]]
    assert len(before["table"]) == len(before["bytes"]) == 2
    with app.app_context():
        assert writer.is_due()
        assert writer.rebuild() == browse.total()
        assert not writer.is_due()
        db.session.commit()
    assert lists(app) == before


def test_each_format_has_its_schema_and_the_description_knows_both(app: Flask) -> None:
    old, new = (asked(app, f"/api/v1/schema/profile-{number}.json").json for number in (2, 3))
    assert {name: old[name] for name in ("$defs", "$ref")} == {
        name: documents.kept_schema(2)[name]
        for name in ("$defs", "$ref")  # type: ignore[index]
    }
    assert "education" in new["$defs"]["Profile"]["required"]
    jsonschema.validate(json.loads(SAMPLE.read_bytes()), old)
    described = asked(app, "/api/v1/openapi.json").json
    answers = described["paths"]["/api/v1/profiles"]["get"]["responses"]["200"]["content"]["application/json"]
    told = asked(app, "/api/v1/profiles").json
    jsonschema.validate(told, {**answers["schema"], "components": described["components"]})
    broken = json.loads(json.dumps(told).replace('"profile/2"', '"profile/3"'))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, {**answers["schema"], "components": described["components"]})


def test_a_narrowing_writes_the_newest_format_and_says_nothing_more(desk: Desk) -> None:
    narrowed = case("narrowed")
    before = reader.profile(narrowed.ref)
    assert before is not None
    assert before.health
    scopes = [scope for scope in consent().scopes if scope != "publish_health"]
    desk.saves(narrowed, by=desk.sana, consents=[consent(scopes=scopes, confirmed_by=desk.sana.id)])
    after = json.loads(reader.profile_body(narrowed.ref) or b"")
    assert (after["schema"], after["education"], after["health"]) == ("profile/3", "", "")
    entries = db.session.scalars(select(Entry).where(Entry.ref == narrowed.ref).order_by(Entry.number)).all()
    assert [entry.format for entry in entries] == ["profile/2", "profile/3"]
    assert db.session.get(Body, entries[0].number) is None
    assert verify().faults == ()


@pytest.mark.parametrize("name", ["told", "unmarked", "approved", "gone"])
def test_an_old_case_is_read_at_the_desk(app: Flask, edna: Member, name: str) -> None:
    for page in ("", "/edit?confidential=1", "/history", "/difference?before=1&after=2", "/preview"):
        answer = edna.get(f"/staff/cases/{REFS[name]}{page}")
        assert answer.status_code == 200, (page, answer.text)
    assert OLD["health_urgency"] in edna.get(f"/staff/cases/{REFS[name]}?confidential=1").text


def test_the_index_of_the_desk_is_due_and_made_anew(app: Flask) -> None:
    with app.app_context():
        assert reindexing.is_due()
        assert reindexing.reindex() == len(REFS) - 1
        assert not reindexing.is_due()
        db.session.rollback()


@pytest.mark.parametrize("name", ["edited", "unmarked"])
def test_an_old_revision_is_restored_in_the_newest_format(desk: Desk, name: str) -> None:
    old = case(name)
    restored = door.restore(old, 1, by=desk.edo, reason="As it was").revision
    db.session.flush()
    plain = json.loads(restored.snapshot)
    assert (plain["format"], plain["health_priority"], plain["education"]) == ("case/3", OLD["health_urgency"], "")
    assert not {"religion", "health_urgency"} & set(plain)
    assert revisions.at(old, 1) == msgspec.structs.replace(revisions.head(old), consents=[], risks=[])


def test_stored_files_stay_the_bytes_that_they_were(app: Flask) -> None:
    with app.app_context():
        case_id = case("told").id
        raw = select(type_coerce(Revision.snapshot, LargeBinary)).where(Revision.case_id == case_id)
        assert len(db.session.scalars(raw).all()) == len(revisions.history(case("told")))
        for snapshot in db.session.scalars(select(Revision.snapshot).where(Revision.case_id == case_id)):
            assert FILES.format_of(snapshot) == "case/2"
            assert type(FILES.read(snapshot)) is CaseFile


@pytest.mark.parametrize("name", ["approved", "consented"])
def test_what_was_approved_before_is_published_in_the_newest_format(desk: Desk, name: str) -> None:
    approved = case(name)
    if name == "consented":
        desk.clears(approved, consent(confirmed_by=desk.sana.id, limits="Not to be printed"))
        assert approved.state == "approved"
        decisions.answer_limit(approved, consent().id, by=desk.rana, text="Nothing is printed.")
    desk.publishes(approved)
    document = json.loads(reader.profile_body(approved.ref) or b"")
    assert (document["schema"], document["education"]) == ("profile/3", "")


def test_the_new_field_goes_from_the_form_to_the_page(app: Flask, desk: Desk) -> None:
    edited = case("edited")
    desk.saves(edited, education="Agronomy")
    desk.approves(edited)
    desk.publishes(edited)
    db.session.commit()
    slug = reader.profile(edited.ref).slug  # type: ignore[union-attr]
    db.session.remove()
    page = asked(app, f"/profiles/{slug}").text
    assert "Education" in page
    assert "Agronomy" in page


def test_the_copies_of_what_is_gone_are_read(app: Flask) -> None:
    with app.app_context():
        copies = db.session.scalars(select(Publication.body).where(Publication.ref == REFS["gone"])).all()
        kept = [documents.profile(copy) for copy in copies if copy is not None]
        assert [type(copy) for copy in kept] == [documents.Profile]
        assert outdated_of(REFS["gone"]) == frozenset()
