"""A side of its own for tests of the search core: three tables and people in them, in no room of the campaign."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import DeclarativeBase, Session

from campaign.search.index import Entry, Field, KeyRow, Named, NameRow, Tables, WordRow
from campaign.search.place_terms import SearchFilter
from campaign.search.writing import write


class SideBase(DeclarativeBase):
    """Tables that no application has."""


class SideName(NameRow, SideBase):
    __tablename__ = "side_name"


class SideKey(KeyRow, SideBase):
    __tablename__ = "side_key"


class SideWord(WordRow, SideBase):
    __tablename__ = "side_word"


TABLES = Tables(SideName, SideKey, SideWord)
PEOPLE = {
    1: Entry(
        names=(Named("Ilyar Tokhtibay", "full", "Latn"), Named("Ильяр Токтибай", "alias", "Cyrl", "ru")),
        words=((Field.WORK, "Teacher of mathematics"), (Field.STORY, "He mended radios in the bazaar.")),
        places=((Field.ORIGIN, "6531"), (Field.ORIGIN, "65"), (Field.HELD, "653101")),
        numbers=("FXD-40718", "SR 12"),
    ),
    2: Entry(
        names=(Named("Aynur Seypidin", "full", "Latn"), Named("ئاينۇر سەيپىدىن", "full", "Arab", "ug")),
        words=((Field.WORK, "Tailor"), (Field.SUMMARY, "她在伊宁开了一家裁缝店。")),
        places=((Field.ORIGIN, "654002"), (Field.ORIGIN, "65")),
        numbers=("FXD-40719",),
    ),
    3: Entry(names=(Named("努尔兰·塞力克", "full", "Hani", "zh"), Named("Nurlan Serik", "full", "Latn"))),
    4: Entry(names=(Named("Serik Nurlan", "full", "Latn"),), words=((Field.WORK, "Teacher"),)),
}


def all_but(*hidden: int) -> SearchFilter:
    """Let everybody be shown but some, in the order of their numbers."""
    return SearchFilter(
        lambda docids: sorted(set(docids) - set(hidden)),
        lambda column: column.not_in(hidden),
        lambda: len(PEOPLE) - len(hidden),
    )


everybody = all_but()


@contextmanager
def furnished(address: str) -> Iterator[Engine]:
    """Give a database that holds the people."""
    engine = create_engine(address)
    SideBase.metadata.create_all(engine)
    with Session(engine) as session:
        for docid, entry in PEOPLE.items():
            write(TABLES, docid, entry, session)
        session.commit()
    yield engine
    engine.dispose()
