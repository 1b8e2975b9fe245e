"""The bits of who is public follow the ledger: after any change they are those of reading everybody anew."""

import datetime
import random

import pytest
import time_machine
from flask import current_app
from sqlalchemy import event

from campaign.database import db
from campaign.ledger import following, reader, writer
from campaign.ledger.stamp import public_stamp
from tests.ledger.samples import a_profile

START = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)
NAMES = ("Dana Model", "Aqan Sample", "Bota Example", "Erlan Pattern", "Ömerjan Specimen", "Һәлимә Үлге")
PEOPLES = ("Uyghur", "Kazakh", "Hui")


def told(bits):
    return bits.bits, list(bits.by_name), list(bits.by_ref), bits.total


def published(chance, ref, number):
    person = a_profile(ref=ref, version=number, name=chance.choice(NAMES), ethnicities=[chance.choice(PEOPLES)])
    until = START + datetime.timedelta(minutes=chance.randint(1, 90)) if chance.random() < 0.3 else None
    writer.append("publish", ref, person, public_until=until)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_change_the_bits_are_those_of_reading_everybody(house, seed):
    chance = random.Random(seed)
    with house.app_context(), time_machine.travel(START, tick=False) as clock:
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
            assert told(following.current()) == told(following.everybody(stamp))


@pytest.fixture
def reads_everybody(sqlite_house):
    """How often all facets of everybody were read."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT listing_facet") and " IN " not in statement:
            statements.append(statement)

    with sqlite_house.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield lambda: len(statements)


def test_one_change_is_followed_without_reading_everybody(reads_everybody):
    for number in range(3):
        writer.append("publish", f"FXD-1000{number}", a_profile(ref=f"FXD-1000{number}", name=NAMES[number]))
    assert (following.current().total, reads_everybody()) == (3, 1)
    writer.withdraw("FXD-10001")
    assert (following.current().total, reads_everybody()) == (2, 1)


def test_where_much_has_changed_everybody_is_read(reads_everybody):
    assert (following.current().total, reads_everybody()) == (0, 1)
    for number in range(following.MANY + 1):
        writer.append("publish", f"FXD-{10_000 + number}", a_profile(ref=f"FXD-{10_000 + number}"))
    assert (following.current().total, reads_everybody()) == (following.MANY + 1, 2)


def test_who_was_published_a_moment_ago_sends_to_read_everybody(sqlite_house):
    with sqlite_house.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", name="Bota Example"))
        before = following.current()
        writer.append("publish", "FXD-10002", a_profile(ref="FXD-10002", name="Erlan Pattern"))
        writer.append("publish", "FXD-10003", a_profile(ref="FXD-10003", name="Dana Model"))
        assert following.changed_by(before, public_stamp(), ["FXD-10003"]) is None
        assert following.current().total == 3
        assert current_app.extensions["ledger_facets"].newest == 3
