"""The files of the invented people: whole case files, every fact cited or marked, nothing misspelt let through."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from campaign.cases.checks import check
from campaign.cases.file import Malformed
from campaign.cases.status import status
from campaign.dates.edtf import parse
from campaign.demo import reading
from campaign.demo.reading import people
from campaign.publishing.gate.sources import cited_facts, facts
from campaign.vocabulary.status import STATUS

PERSON = """
stage = "draft"
[case]
format = "case/1"
names = [{ text = "Nurel Bakriyev", script = "Latn", language = "ug" }]
birth = { edtf = "1954~" }
"""


def test_every_person_is_a_sound_case_file_and_says_that_nobody_exists() -> None:
    for person in people():
        assert check(person.file) == [], person.key
        assert (reading.PEOPLE / f"{person.key}.toml").read_text().startswith("# Nobody in this file exists.")
        assert [one.value for one in person.file.outside_ids] == [person.key]


def test_every_status_is_told_of_somebody_public() -> None:
    told = {status(person.file, date(2026, 11, 1)).code for person in people() if person.stage == "published"}
    assert told == {term.code for term in STATUS}


def test_every_fact_is_cited_or_marked_as_ours() -> None:
    for person in people():
        ours = {f"texts/{text.id}" for text in person.file.texts if text.our_view}
        told = cited_facts(person.file) | set(person.file.our_view) | ours
        assert set(facts(person.file)) <= told, person.key


def test_a_quote_is_cited_by_the_source_that_it_names() -> None:
    file = next(person.file for person in people() if person.key == "D-001")
    quote = next(text for text in file.texts if text.kind == "quote")
    sources = [citation.source_id for citation in file.citations if citation.fact == f"texts/{quote.id}"]
    assert [source.title for source in file.sources if source.id in sources] == [
        "Our plants and their names, second printing, foreword"
    ]


def test_a_date_is_written_as_its_notation_and_read_with_its_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "X-1.toml").write_text(PERSON)
    monkeypatch.setattr(reading, "PEOPLE", tmp_path)
    assert people()[0].file.birth == parse("1954~")


@pytest.mark.parametrize(
    ("right", "wrong", "error"),
    [("birth", "brith", Malformed), ("stage", "stag", msgspec.ValidationError), ('"draft"', '"drft"', ValueError)],
)
def test_what_is_misspelt_is_refused(
    right: str, wrong: str, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "X-1.toml").write_text(PERSON.replace(right, wrong))
    monkeypatch.setattr(reading, "PEOPLE", tmp_path)
    with pytest.raises(error):
        people()
