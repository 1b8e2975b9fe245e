"""The desk's index: written in the transaction that saves, gone with the case, rebuilt to the same bytes."""

import msgspec
import pytest
from flask import Flask
from sqlalchemy import Table, select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import (
    CaseFile,
    Consent,
    Contact,
    Episode,
    Name,
    Note,
    OutsideId,
    Relative,
    Risk,
    Source,
    Testimony,
    Text,
)
from campaign.cases.index import TABLES
from campaign.cases.members import restrict
from campaign.cases.models import Case
from campaign.cases.queries import entry_of, reasons, search, search_filter_of
from campaign.cases.reindexing import reindex
from campaign.database import db
from campaign.names.blocking_keys import query_keys
from campaign.search.by_name import candidates
from campaign.search.index import Named, NameRow
from tests.cases.conftest import both_databases, known, opened

pytestmark = both_databases


def found(words: str, account: Account) -> list[int]:
    return [one.docid for one in search(words, account).found]


def rows() -> list[tuple[object, ...]]:
    """Return every row of the index, with its bytes."""
    tables = [Table(model.__tablename__, db.metadata) for model in TABLES]  # type: ignore[attr-defined]
    return [tuple(row) for table in tables for row in db.session.execute(select(table).order_by(*table.primary_key))]


def change(case: Case, by: Account, **fields: object) -> None:
    file = msgspec.structs.replace(revisions.head(case), **fields)
    revisions.revise(case, file, by=by, base_version=case.version, reason="Corrected.")


def test_a_save_is_found_before_it_is_committed_and_forgotten_when_rolled_back(edo: Account) -> None:
    case = opened(edo, name="Semet Örükzar")
    change(case, edo, names=[Name(text="Нигар Анарбаг")])
    assert found("nigar anarbagh", edo) == [case.id]
    assert found("semet", edo) == []
    db.session.rollback()
    assert found("nigar", edo) == []
    assert found("semet", edo) == [case.id]


def test_every_name_number_place_and_work_is_found(edo: Account) -> None:
    case = opened(
        edo,
        name="Semet Örükzar",
        occupation="Beekeeper",
        occupation_group="arts",
        employer="Orchard school",
        origin_place="653121",
        episodes=[Episode(held_place="654002")],
        outside_ids=[OutsideId(scheme="sheet", value="KN 17")],
    )
    for words in ("Семет", "beekeeper", "letters", "orchard", "Konasheher", "Kashgar", "Ghulja", "kn17", case.ref):
        assert found(words, edo) == [case.id], words


def test_no_confidential_field_and_no_text_is_indexed(app: Flask) -> None:
    secret = "Apricotlane"
    file = CaseFile(
        names=[Name(text="Semet Örükzar", pronunciation=secret)],
        last_address=secret,
        relatives=[Relative(name=secret)],
        testimonies=[Testimony(witness=secret, text=secret, anonymised_text=secret)],
        consents=[Consent(giver=secret, limits=secret)],
        risks=[Risk(mitigation=secret)],
        contacts=[Contact(name=secret)],
        notes=[Note(text=secret)],
        texts=[Text(text=secret)],
        sources=[Source(title=secret, author=secret)],
        origin_words=secret,
        health_condition=secret,
        episodes=[Episode(held_words=secret, last_contact_how=secret, reason_stated=secret)],
    )
    entry = entry_of("FXD-10001", file)
    assert secret not in repr(entry)
    assert entry.names == (Named("Semet Örükzar", "full", "", ""),)
    assert entry.numbers == ("FXD-10001",)


def test_a_restricted_case_is_found_by_who_is_named_on_it_alone(edo: Account, sana: Account) -> None:
    case = opened(edo, name="Semet Örükzar")
    assert found("semet", edo) == found("semet", sana) == [case.id]
    restrict(case, by=sana)
    assert found("semet", edo) == found("semet", known("vic")) == []
    assert search("semat orukza", edo).near == ()
    assert found("semet", sana) == [case.id]


WORDS = ("semet", "Semet Orukzar", "semat baker", "Semet baker Kashgar", "Nigar Qurbanjan", "baker", "KN 17", "喀什")


@pytest.mark.parametrize("name", ["edo", "vic", "cora", "pia", "sana"])
def test_no_answer_tells_of_a_case_that_its_reader_may_not_see(edo: Account, name: str) -> None:
    reader = known(name)
    for names in ("Semet Örükzar", "Nigar Anarbagh", "Samet Orukjan", "果静"):
        opened(edo if name != "cora" else reader, name=names, occupation="Beekeeper", origin_place="653121")
    before = [told(words, reader) for words in WORDS]
    secret = opened(
        known("eva"), name="Semet Qurbanjan", occupation="Baker", origin_place="653121",
        outside_ids=[OutsideId(scheme="sheet", value="KN 17")],
    )  # fmt: skip
    restrict(secret, by=known("eva"))
    assert found("semet qurbanjan", known("eva"))[0] == secret.id
    assert [told(words, reader) for words in WORDS] == before


def told(words: str, account: Account) -> str:
    """Return all that the desk tells: who, how well, why, who is near, and by which keys they were chosen."""
    answer = search(words, account)
    chosen = candidates(TABLES, query_keys(words), allowed=search_filter_of(account), session=db.session())
    return repr((answer.found, answer.near, reasons(answer, [one.docid for one in answer.found]), chosen))


def test_a_save_that_changes_nothing_of_it_writes_nothing_of_it(edo: Account) -> None:
    case = opened(edo, name="Semet Örükzar")
    name = db.session.scalars(select(TABLES.name).where(TABLES.name.docid == case.id)).one()
    assert isinstance(name, NameRow)
    name.text = "A mark"
    change(case, edo, gender="male")
    assert db.session.scalars(select(TABLES.name.text)).one() == "A mark"
    change(case, edo, occupation="Baker")
    assert db.session.scalars(select(TABLES.name.text)).one() == "Semet Örükzar"


def test_rebuilt_it_has_the_same_bytes(edo: Account, sana: Account) -> None:
    for name in ("Semet Örükzar", "Нигар Анарбаг", "ئاينۇر سەيپىدىن", "果静"):
        case = opened(edo, name=name, occupation="Baker", origin_place="653121")
    restrict(case, by=sana)
    change(case, edo, names=[Name(text="果晶")])
    before = rows()
    columns = [column for column in Case.__table__.columns if column.name != "updated_at"]
    listed = db.session.execute(select(*columns).order_by(Case.id)).all()
    db.session.execute(TABLES.word.__table__.delete())  # type: ignore[attr-defined]
    assert reindex() == 4
    assert rows() == before
    assert db.session.execute(select(*columns).order_by(Case.id)).all() == listed
    assert reindex() == 4
    assert rows() == before
