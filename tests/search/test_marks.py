"""The mark of an index changes whenever its rows would: with the tables of names, and with the code by its version."""

import hashlib

import pytest

from campaign.cases import reindexing
from campaign.cases.index import Description
from campaign.ledger import writer
from campaign.ledger.browse import Card
from campaign.search import writing
from campaign.search.index import Entry, Field, Named
from campaign.search.writing import rows_of

PEOPLE = (
    ("Qurban Toxti", "Latn", "ug"),
    ("Қурбан Тохти", "Cyrl", "ug"),
    ("قۇربان توختى", "Arab", "ug"),
    ("库尔班·托合提", "Hani", "zh"),
    ("محمد أمين", "Arab", "ar"),
)
ENTRY = Entry(
    names=tuple(Named(text, "main", script, language) for text, script, language in PEOPLE),
    words=((Field.WORK, "Teacher of physics"), (Field.STORY, "教师在学校")),
    places=((Field.ORIGIN, "653101"),),
    numbers=("FXD-40718", "list 17"),
)
# The version and the names' digest that gave these rows, and a digest of the rows.
KNOWN = (2, "fecabe117d99e35d", "88b2d5826433b7b1")
FIELDS = {
    "cards": (2, "4dda2659b0ee345e"),
    "descriptions": (2, "dfef348b0da25d99"),
}


def digest(thing: object) -> str:
    """Return a short digest of what is told of a thing."""
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:16]


def test_other_rows_have_another_version() -> None:
    rows = rows_of(ENTRY)
    found = (writing.ROWS_VERSION, writing.names_digest(), digest((rows.names, sorted(rows.words))))
    assert found == KNOWN, "Rows changed with no table: raise ROWS_VERSION. Then put the new three values here."


def test_another_card_or_description_has_another_version() -> None:
    found = {
        "cards": (writer.LISTING_VERSION, digest(Card.__struct_fields__)),
        "descriptions": (reindexing.CASES_VERSION, digest(Description._fields)),
    }
    assert found == FIELDS, "Raise LISTING_VERSION or CASES_VERSION, so that `flask init` rebuilds; then change this."


def test_another_table_of_names_gives_another_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    before = writing.made_by(1)
    assert writing.made_by(1) == before
    assert writing.made_by(2) != before
    assert writing.made_by(1, "places") != before
    monkeypatch.setattr(writing, "NAME_TABLES", "campaign.places.data")
    writing.names_digest.cache_clear()
    assert writing.made_by(1) != before
    monkeypatch.undo()
    writing.names_digest.cache_clear()
    assert writing.made_by(1) == before
