"""The kept sample of every format is served by today's code: page, list, table, search, JSON, narrowing; a case file
at the desk, restored as well."""

import csv
import io
import json

import msgspec
import pytest
from flask import Flask
from sqlalchemy import insert, update

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import FILES, CaseFile, Name, decode
from campaign.cases.models import Revision
from campaign.database import db
from campaign.ledger import documents, reader, verification, writer
from campaign.ledger.models import Body
from campaign.publishing import narrowing
from tests.cast import Cast, Member
from tests.rules.test_ledger_formats import sample_of


def stored(app: Flask, format_: str) -> documents.Profile:
    """Store the sample of a format as it was stored when it was the newest; return what is read of it."""
    body = sample_of(format_)
    with app.app_context():
        session = db.session()
        read = documents.profile(body)
        entry = writer._add(session, kind="publish", ref=read.ref, format_=format_, body=body)
        session.execute(insert(Body).values(number=entry.number, body=body))
        writer.show(entry.number, read, session)
        session.commit()
    return read


def asked(app: Flask, path: str):
    answer = app.test_client().get(path, base_url="https://localhost")
    assert answer.status_code == 200, (path, answer.text)
    return answer


@pytest.mark.parametrize("format_", documents.PROFILES.every)
def test_a_sample_of_each_published_format_is_served(app: Flask, format_: str) -> None:
    person = stored(app, format_)
    assert asked(app, f"/api/v1/profiles/{person.ref}").data == sample_of(format_)
    assert asked(app, "/api/v1/export.jsonl").data.rstrip() == sample_of(format_)
    for path in (f"/profiles/{person.slug}", f"/profiles/{person.slug}/history", "/profiles", "/"):
        assert person.slug in asked(app, path).text, path
    assert person.slug in asked(app, f"/profiles?q={person.display_name}").text
    (row,) = csv.DictReader(io.StringIO(asked(app, "/api/v1/export.csv").data.decode("utf-8-sig"), newline=""))
    assert (row["ref"], row["display_name"]) == (person.ref, person.display_name)


@pytest.mark.parametrize("format_", documents.PROFILES.every)
def test_a_sample_of_each_published_format_is_narrowed_in_the_newest_one(app: Flask, format_: str) -> None:
    person = stored(app, format_)
    with app.app_context():
        less = narrowing.without(person, ["images", "story"], salt="f" * 32, at=person.published_at)
        assert narrowing.is_part(less, person)
        writer.publish(less, hides_older=True)
        assert json.loads(reader.profile_body(person.ref) or b"")["schema"] == documents.PROFILES.newest
        assert verification.verify().faults == ()


@pytest.mark.parametrize("name", [*FILES.every, "case/unmarked"])
def test_a_sample_of_each_case_file_is_read_and_restored_at_the_desk(app: Flask, cast: Cast, name: str) -> None:
    edna: Member = cast("Edna", "editor", "safety_officer")
    with app.app_context():
        by = db.session.get_one(Account, edna.account_id)
        case = revisions.create(CaseFile(names=[Name(text="Tursunay Sadirova")]), by=by, reason="Told.")
        old = update(Revision).where(Revision.case_id == case.id, Revision.number == 1)
        db.session.execute(old.values(snapshot=sample_of(name)))
        later = msgspec.structs.replace(revisions.head(case), employer="")
        revisions.revise(case, later, by=by, base_version=1, reason="Taken out.")
        db.session.commit()
        ref = case.ref
    for page in ("", "/edit?confidential=1", "/history", "/difference?before=1&after=2&confidential=1", "/preview"):
        assert edna.get(f"/staff/cases/{ref}{page}").status_code == 200, page
    assert edna.posts(f"/staff/cases/{ref}/restore", {"number": 1, "reason": "Asked for"}).status_code == 302
    with app.app_context():
        restored = db.session.query(Revision).filter_by(number=3).one()
        assert json.loads(restored.snapshot)["format"] == FILES.newest
        kept = {"consents": [], "risks": [], "decisions": [], "contacts": []}
        sample, found = decode(sample_of(name)), decode(restored.snapshot)
        assert msgspec.structs.replace(found, **kept) == msgspec.structs.replace(sample, **kept)
