"""The bitmap index follows the ledger: after any change it is that of reading everybody anew."""

import datetime
import random

import pytest
import time_machine
from sqlalchemy import event, select

from campaign.database import db
from campaign.ledger import facet_index, reader, writer
from campaign.ledger.models import Listing
from campaign.ledger.stamp import public_stamp
from tests.ledger.samples import a_profile

START = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)
NAMES = ("Dana Model", "Aqan Sample", "Bota Example", "Erlan Pattern", "Ömerjan Specimen", "Һәлимә Үлге")
PEOPLES = ("uyghur", "kazakh", "hui")


def told(index):
    """Return what an index tells: orders, and of each value who has it now."""
    bits = {pair: bits & index.everybody for pair, bits in index.bits.items()}
    ranked = index.allowed(range(len(index.ranks)))
    return list(index.by_name), list(ranked), {pair: shown for pair, shown in bits.items() if shown}


def published(chance, ref, number):
    person = a_profile(ref=ref, version=number, name=chance.choice(NAMES), ethnicities=[chance.choice(PEOPLES)])
    until = START + datetime.timedelta(minutes=chance.randint(1, 90)) if chance.random() < 0.3 else None
    writer.append("publish", ref, person, public_until=until)


def in_order(by):
    """Return the entries that show somebody, put in order here and not by the database."""
    rows = db.session.execute(
        select(Listing.number, Listing.position, Listing.ref).where(reader.is_current(Listing.ref))
    )
    return [row.number for row in sorted(rows, key=by)]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_change_it_is_that_of_reading_everybody(home_app, seed):
    chance = random.Random(seed)
    with home_app.app_context(), time_machine.travel(START, tick=False) as clock:
        for number in range(1, 60):
            for _ in range(chance.choice((1, 1, 1, 4))):
                ref = f"FXD-{10_000 + chance.randint(0, 11)}"
                is_public = reader.newest_entry(ref) is not None and reader.newest_entry(ref).kind == "publish"
                if is_public and chance.random() < 0.4:
                    writer.withdraw(ref)
                else:
                    published(chance, ref, number)
            if chance.random() < 0.2:
                writer.set_public_until(ref, START + datetime.timedelta(minutes=chance.randint(1, 90)))
            clock.shift(datetime.timedelta(minutes=1))
            stamp = public_stamp()
            index = facet_index.current()
            assert told(index) == told(facet_index.read(stamp))
            assert index.by_name.tolist() == in_order(lambda row: (row.position, row.ref))
            assert list(index.allowed(index.by_name)) == in_order(lambda row: row.ref)


@pytest.fixture
def reads_everybody(sqlite_app):
    """How often all facets of everybody were read."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        if "GROUP BY listing_facet" in statement:
            statements.append(statement)

    with sqlite_app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield lambda: len(statements)


def test_one_change_is_followed_without_reading_everybody(reads_everybody):
    for number in range(3):
        writer.append("publish", f"FXD-1000{number}", a_profile(ref=f"FXD-1000{number}", name=NAMES[number]))
    assert (facet_index.current().total, reads_everybody()) == (3, 1)
    writer.withdraw("FXD-10001")
    assert (facet_index.current().total, reads_everybody()) == (2, 1)
    writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", name=NAMES[1]))
    assert (facet_index.current().total, reads_everybody()) == (3, 1)


def test_where_much_has_changed_everybody_is_read(reads_everybody, monkeypatch):
    monkeypatch.setattr(facet_index, "MANY", 20)
    assert (facet_index.current().total, reads_everybody()) == (0, 1)
    for number in range(21):
        writer.append("publish", f"FXD-{10_000 + number}", a_profile(ref=f"FXD-{10_000 + number}"))
    assert (facet_index.current().total, reads_everybody()) == (21, 2)


def test_who_was_published_while_it_was_read_is_read_for_the_next_stamp(sqlite_app):
    with sqlite_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", name="Bota Example"))
        before = facet_index.current()
        writer.append("publish", "FXD-10002", a_profile(ref="FXD-10002", name="Erlan Pattern"))
        early = facet_index.read("read too early", before)
        writer.append("publish", "FXD-10003", a_profile(ref="FXD-10003", name="Dana Model"))
        assert told(facet_index.read(public_stamp(), early)) == told(facet_index.read(public_stamp()))
        assert facet_index.current().newest == 3
