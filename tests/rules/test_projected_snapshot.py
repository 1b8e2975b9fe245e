"""What was reviewed is what appears: the approved revision's snapshot is projected, and whether it is public is asked
of the ledger alone."""

from pathlib import Path

import msgspec
from sqlalchemy import inspect

from campaign.cases.models import Case
from campaign.cases.revisions import at, revision
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.publishing.context import publication_of
from campaign.publishing.models import Publication
from campaign.publishing.projection.profile import project
from tests.publishing.builders import a_file, a_meta
from tests.publishing.conftest import app, desk
from tests.publishing.desk import Desk

__all__ = ["app", "desk"]


def test_the_public_body_is_the_projection_of_the_revision_that_was_approved(desk: Desk) -> None:
    case = desk.public()
    publication = db.session.query(Publication).one()
    assert revision(case, publication.revision).digest == case.approved_digest
    desk.saves(case, occupation="Headmistress")
    public = reader.profile(case.ref)
    assert public is not None
    again = publication_of(case, at(case, publication.revision), kind="first", salt=public.salt).projected.document
    same = msgspec.structs.replace(again, version=1, published_at=public.published_at)
    assert documents.encode(same) == documents.encode(public)


def test_the_projection_is_a_pure_function() -> None:
    file = a_file()
    before = msgspec.json.encode(file)
    first, second = project(file, a_meta(file)), project(file, a_meta(file))
    assert first == second
    assert msgspec.json.encode(file) == before


def test_the_projection_names_no_database_and_no_clock() -> None:
    folder = Path(__file__).parents[2] / "campaign" / "publishing"
    pure = [*(folder / "projection").glob("*.py"), folder / "narrowing.py", folder / "consent" / "scopes.py"]
    assert len(pure) > 6
    for path in pure:
        name, source = path.name, path.read_text(encoding="utf-8")
        for word in ("campaign.database", "sqlalchemy", "current_app", "now()", "date.today"):
            assert word not in source, (name, word)


def test_no_column_of_a_case_says_whether_it_is_public() -> None:
    columns = {column.key for column in inspect(Case).columns}
    assert not {name for name in columns if "public" in name or "withdrawn" in name or "listed" in name}
