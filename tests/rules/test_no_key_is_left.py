"""What is withdrawn or narrowed is gone from every index in the same transaction.

From the bytes of an SQLite file it is gone as soon as the file is written anew, as an erasure and a reindex do.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from bench.invented import invented_names
from campaign.database import db
from campaign.ledger import remains, search, writer
from campaign.ledger.models import DERIVED, INDEX
from campaign.ledger.parts import Name, OutsideId, Text
from campaign.names.blocking_keys import keys
from campaign.search.index import words
from tests.ledger.home import home_app, sqlite_app
from tests.ledger.samples import a_profile, made

__all__ = ["home_app", "sqlite_app"]
REF = "FXD-77777"
LATIN, ARABIC = "Qanarxoja Zuwdunbeg", "قانارغوجا زۇۋدۇنبەگ"
STORY, NUMBER = "Quxquwaz orchards", "canary-88731"


def a_name(text: str, script: str) -> Name:
    return made(Name, text=text, kind="full", script=script, language="ug", is_preferred=script == "Latn")


def canary(**changes: object):
    story = made(Text, id="00000009", language="en", text=STORY, translation_state="original")
    person = a_profile(ref=REF, name=LATIN, outside_ids=[made(OutsideId, scheme="sheet", value=NUMBER)], story=[story])
    names = [a_name(LATIN, "Latn"), a_name(ARABIC, "Arab")]
    return msgspec.structs.replace(person, **{"names": names, **changes})


def crowd() -> None:
    """Publish so many others that the tables have grown inner pages."""
    for number, name in enumerate(invented_names(150, seed=7)):
        person = a_profile(ref=f"FXD-{20000 + number}", name=name)
        writer.append("publish", person.ref, msgspec.structs.replace(person, names=[a_name(name, "Latn")]))
    db.session.flush()


def marks(*texts: str) -> set[str]:
    """Return what names and words leave: as they are written, their keys, their words."""
    return {*texts, *(key for text in texts for key in keys(text)), *(word for text in texts for word in words(text))}


def values() -> set[object]:
    """Return every value of every row of every derived table."""
    return {value for model in DERIVED for row in db.session.execute(select(*model.__table__.c)) for value in row}


def found(query: str) -> list[str]:
    return [hit.card.ref for hit in search.people(query, {}).page(after="", limit=50)[0]]


def test_a_narrowed_name_leaves_no_key_while_the_other_stays(home_app: Flask) -> None:
    with home_app.app_context():
        crowd()
        writer.append("publish", REF, canary(names=[a_name(LATIN, "Latn")], story=[]))
        before = values()
        writer.append("publish", REF, canary(version=2))
        own = (marks(ARABIC) | marks(STORY)) & (values() - before)
        assert len(own) > 10
        writer.append("publish", REF, canary(version=3, names=[a_name(LATIN, "Latn")], story=[]), hides_older=True)
        assert own & values() == set()
        assert (found(LATIN), found(STORY)) == ([REF], [])
        db.session.rollback()


def test_a_withdrawn_person_leaves_no_key_in_the_same_transaction(home_app: Flask) -> None:
    with home_app.app_context():
        crowd()
        before = values()
        number = writer.append("publish", REF, canary()).number
        own = marks(LATIN, ARABIC) & (values() - before)
        assert len(own) > 20
        assert found(LATIN) == found(ARABIC) == found(NUMBER) == [REF]
        writer.append("withdraw", REF)
        assert own & values() == set()
        assert [db.session.scalar(select(table.docid).where(table.docid == number)) for table in INDEX] == [None] * 3
        db.session.rollback()


@pytest.mark.parametrize("last", ["narrowed", "withdrawn"])
def test_a_file_written_anew_holds_no_byte_of_them(sqlite_app: Flask, tmp_path: Path, last: str) -> None:
    with sqlite_app.app_context():
        crowd()
        before = whole(tmp_path)
        writer.append("publish", REF, canary())
        now = whole(tmp_path)
        own = {
            mark for mark in marks(LATIN, ARABIC, STORY, NUMBER) if mark.encode() in now and mark.encode() not in before
        }
        assert len(own) > 30
        if last == "withdrawn":
            writer.append("withdraw", REF)
        else:
            other = a_profile(ref=REF, name="Somebody Else", version=2)
            writer.append("publish", REF, other, hides_older=True)
        db.session.commit()
        db.session.remove()
        remains.remove()
        left = whole(tmp_path)
        assert {mark for mark in own if mark.encode() in left} == set()


def whole(folder: Path) -> bytes:
    """Commit, and return the bytes of the database with everything that was written to it."""
    db.session.commit()
    db.session.remove()
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as file:
        assert file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    return b"".join(path.read_bytes() for path in sorted(folder.glob("ledger.sqlite*")))
