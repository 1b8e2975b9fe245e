"""A home filled by the code as it is: cases on every stage, a sample of profile/2, files without a mark."""

import json
from pathlib import Path

import msgspec
from flask import Flask
from sqlalchemy import select

from campaign.accounts.permissions import Role
from campaign.cases import reindexing
from campaign.cases.file import Name
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger import documents, reader, writer
from tests.cast import hired
from tests.publishing.builders import consent
from tests.publishing.desk import Desk

SAMPLE = Path(__file__).parents[1] / "samples" / "profile-2.json"
FORM_NAME = b'"form_name":"signed form.pdf"'
MARK = b'"format":"case/2",'
OLD = {"health_urgency": "Dialysis twice a week", "religion": "A Sufi order", "employer": "The old school"}
# What this home holds, for the process that comes after.
FACTS = "facts.json"


def fill(app: Flask, home: Path) -> None:
    """Fill the database of an application; write down whose case stands where, and what was published."""
    with app.app_context():
        desk = Desk(
            edo=hired("edo", Role.EDITOR),
            rana=hired("rana", Role.EDITOR),
            pia=hired("pia", Role.PUBLISHER),
            sana=hired("sana", Role.SAFETY_OFFICER, Role.EDITOR),
        )
        cases = {name: desk.public(**OLD) for name in ("told", "narrowed", "edited", "unmarked", "corrected")}
        # Somebody of another name: who is withdrawn is looked at before anybody like them is published.
        cases["gone"] = desk.public(**OLD, names=[Name(text="Semet Orukzar", script="Latn", is_preferred=True)])
        desk.clears(cases["gone"], consent(confirmed_by=desk.sana.id, state="withdrawn"))
        for name in ("approved", "consented"):
            cases[name] = desk.opens(**OLD)
            desk.approves(cases[name])
        forget_marks(cases["unmarked"])
        forget_marks(cases["approved"])
        sample = documents.profile(SAMPLE.read_bytes())
        writer.publish(sample)
        writer.rebuild()
        reindexing.reindex()
        db.session.commit()
        refs = {name: case.ref for name, case in cases.items()} | {"sample": sample.ref}
        bodies = {ref: body.decode() for ref in refs.values() if (body := reader.profile_body(ref))}
        (home / FACTS).write_bytes(msgspec.json.encode({"refs": refs, "bodies": bodies}))


def forget_marks(case: Case) -> None:
    """Store the files of a case as they were stored before they said a format."""
    for revision in db.session.scalars(select(Revision).where(Revision.case_id == case.id)):
        before = revision.snapshot
        # Then nothing was on file of a consent either.
        revision.snapshot = before.replace(MARK, b"", 1).replace(FORM_NAME, b'"form_name":""')
        assert MARK not in revision.snapshot


def facts(home: Path) -> dict[str, dict[str, str]]:
    """Return what `fill` wrote down."""
    found: dict[str, dict[str, str]] = json.loads((home / FACTS).read_bytes())
    return found
