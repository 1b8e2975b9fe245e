"""What of a withdrawn person lies in the files of a home: nothing, as soon as it is gone and no reader holds it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import time_machine
from sqlalchemy import select, text, update

from campaign.cases import facilities
from campaign.cases.models import Case
from campaign.commands.init import close_mentions
from campaign.database import db, reading
from campaign.ledger import bodies, remains
from campaign.publishing import mentions, pausing, sweep
from campaign.publishing.models import Mention
from tests.publishing.builders import a_file, event
from tests.publishing.desk import Desk, cleared

MARK = "zumradqoshiq"
MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
WORDS = "The house behind the cotton mill"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def told(desk: Desk) -> Case:
    """Return a public case whose story holds the mark, among others who are public."""
    for _ in range(12):
        desk.public()
    file = a_file(images=[], relatives=[])
    told = [msgspec.structs.replace(row, text=f"{row.text} {MARK}. " * 40) for row in file.texts[1:]]
    case = desk.public(texts=[file.texts[0], *told])
    db.session.commit()
    return case


def naming(home: Path, mark: str = MARK) -> list[str]:
    """Return the files of a home that hold a mark, as UTF-8 or UTF-16."""
    forms = (mark.encode(), mark.encode("utf-16-le"))
    kept = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    return sorted(name for name, content in kept.items() if any(form in content for form in forms))


def log_of(home: Path) -> int:
    """Return the size of the write-ahead log in bytes."""
    return (home / "campaign.sqlite-wal").stat().st_size


def withdrawn(desk: Desk, case: Case) -> None:
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)


def narrowed(desk: Desk, case: Case) -> None:
    desk.saves(case, by=desk.sana, consents=[desk.mine(cleared("publish_photo", basis="family"))])


@pytest.mark.parametrize("goes", [withdrawn, narrowed])
def test_nothing_of_it_lies_in_any_file_as_soon_as_it_is_gone(desk: Desk, home: Path, goes: object) -> None:
    case = told(desk)
    assert naming(home) != []
    goes(desk, case)  # type: ignore[operator]
    db.session.commit()
    assert log_of(home) == 0
    assert naming(home) == []
    sweep.sweep()
    assert naming(home) == []


def test_a_reader_that_holds_the_log_is_waited_for_by_the_sweep(desk: Desk, home: Path) -> None:
    case = told(desk)
    with db.engine.connect() as reader:
        with reading():
            reader.execute(text("SELECT count(*) FROM ledger_body")).scalar()
        withdrawn(desk, case)
        db.session.commit()
        assert not remains.empty_log()
        sweep.sweep()
        assert "campaign.sqlite-wal" in naming(home)
    sweep.sweep()
    assert (log_of(home), naming(home)) == (0, [])


def test_an_export_whose_reader_is_slow_holds_nothing(desk: Desk, home: Path) -> None:
    case = told(desk)
    export = bodies.every_batch(db.engine)
    next(export)
    withdrawn(desk, case)
    db.session.commit()
    assert log_of(home) == 0
    export.close()


def test_the_first_sweep_of_a_day_writes_the_file_anew(desk: Desk, home: Path, clock: time_machine.Traveller) -> None:
    told(desk)
    sweep.sweep()
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE heap (x BLOB)"))
        connection.execute(text("INSERT INTO heap VALUES (randomblob(900000))"))
        connection.execute(text("DROP TABLE heap"))
    sweep.sweep()
    before = (home / "campaign.sqlite").stat().st_size
    clock.move_to(MORNING + timedelta(days=1))
    sweep.sweep()
    assert (home / "campaign.sqlite").stat().st_size < before - 800_000


def held_in_words(desk: Desk) -> Case:
    """Return a public case whose event names a facility that is in no list."""
    file = a_file(images=[], relatives=[])
    episodes = [msgspec.structs.replace(file.episodes[0], events=[event(facility_name=WORDS)])]
    case = desk.public(episodes=episodes)
    db.session.commit()
    return case


def test_the_words_of_a_facility_do_not_lie_in_clear(desk: Desk, home: Path) -> None:
    case = held_in_words(desk)
    remains.empty_log()
    for form in (WORDS, WORDS.lower(), "cotton mill", facilities.fold(WORDS)):
        assert naming(home, form) == [], form
    assert case.ref in mentions.naming("facility", facilities.key_of(WORDS))
    assert facilities.key_of(WORDS.upper()) == facilities.key_of(WORDS)


def test_words_that_an_earlier_release_kept_are_closed_once(desk: Desk, home: Path) -> None:
    case = held_in_words(desk)
    closed = facilities.key_of(WORDS)
    in_clear = f"~{facilities.fold(WORDS)[:70]}"
    db.session.execute(update(Mention).where(Mention.subject == closed).values(subject=in_clear))
    db.session.commit()
    said = list[str]()
    close_mentions(said.append)
    close_mentions(said.append)
    assert said == ["Words of facilities in the table of mentions closed: 1."]
    assert closed in set(db.session.scalars(select(Mention.subject).where(Mention.ref == case.ref)))
    assert naming(home, facilities.fold(WORDS)) == []
