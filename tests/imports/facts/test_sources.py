"""Sources of a row, comments and links beside its cells, and what is cited."""

import pytest
from flask import Flask

from campaign.cases.file import CaseFile
from campaign.imports.facts.comments import asks_for_silence
from tests.imports.facts.conftest import CASES, Brings
from tests.imports.facts.public import document_of

LIST = "[source]\ntype = 'ngo_report'\ntitle = 'The list'\nurl = 'https://list.example/'\n"
WORK = {"Work": ("occupation", "Baker")}


def cited(file: CaseFile) -> set[tuple[str, str]]:
    known = {source.id: source for source in file.sources}
    rows = {(row.fact, known[row.source_id].url or known[row.source_id].author) for row in file.citations}
    return {(fact, source) for fact, source in rows if not fact.startswith("names/")}


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_the_source_of_a_row_is_cited_for_what_it_fills_in_place_of_the_list(app: Flask, brings: Brings) -> None:
    file = brings({
        **WORK, "Arrest": ("arrest_date", "2017"), "Source": ("source_title", "Daily Orchard"),
        "Kind": ("source_kind", "newspaper"), "Link": ("source_url", "https://news.example/1"),
        "Published": ("source_date", "2018-03-01"),
    }, stated=LIST).file  # fmt: skip
    (source,) = file.sources
    assert (source.type, source.title, source.url, source.date.edtf, source.is_confidential) == (
        "media", "Daily Orchard", "https://news.example/1", "2018-03-01", False,
    )  # fmt: skip
    episode = file.episodes[0]
    assert cited(file) == {
        (fact, "https://news.example/1")
        for fact in (
            "occupation", f"episodes/{episode.id}", f"episodes/{episode.id}/start",
            f"episodes/{episode.id}/events/{episode.events[0].id}",
        )
    }  # fmt: skip


def test_a_row_without_a_source_is_the_lists(brings: Brings) -> None:
    assert cited(brings(WORK, stated=LIST).file) == {("occupation", "https://list.example/")}


def test_several_addresses_are_several_sources(brings: Brings) -> None:
    file = brings({**WORK, "Links": ("source_url", "https://a.example/1; https://b.example/2")}).file
    assert [source.url for source in file.sources] == ["https://a.example/1", "https://b.example/2"]


def test_an_address_in_a_column_of_titles_is_an_address(brings: Brings) -> None:
    (source,) = brings({**WORK, "Source": ("source_title", "Daily Orchard, https://news.example/1")}).file.sources
    assert (source.title, source.url, source.is_confidential) == ("Daily Orchard", "https://news.example/1", False)


def test_a_source_without_an_address_and_a_person_are_confidential(brings: Brings) -> None:
    file = brings(
        {**WORK, "Source": ("source_title", "Karim Zulyarov, a brother"), "Told by": ("source_person", "Aygul")}
    ).file
    assert [(source.title, source.author, source.is_confidential) for source in file.sources] == [
        ("Karim Zulyarov, a brother", "", True),
        ("", "Aygul", True),
    ]
    told = document_of(file)
    assert "Zulyarov" not in told
    assert "Aygul" not in told
    assert "A person with knowledge of the case" in told


def test_what_is_no_address_kind_or_date_is_kept_and_told(brings: Brings) -> None:
    brought = brings({
        **WORK, "Link": ("source_url", "see folder 3"), "Kind": ("source_kind", "pigeon"),
        "When": ("source_date", "late"),
    })  # fmt: skip
    assert {(note.came_from, note.text) for note in brought.file.notes} == {
        ("Link", "see folder 3"), ("Kind", "pigeon"), ("When", "late"),
    }  # fmt: skip
    assert {column for column, _ in brought.told} == {"Link", "Kind", "When"}
    assert brought.file.sources == []


def test_a_release_that_the_authorities_alone_tell_of_is_told_as_their_claim(brings: Brings) -> None:
    brought = brings({
        "Arrest": ("arrest_date", "2017"), "Released": ("release_date", "2019"),
        "Kind": ("source_kind", "official statement"), "Link": ("source_url", "https://gov.example/1"),
    })  # fmt: skip
    assert brought.says("is their claim and moves nothing")


@pytest.mark.parametrize(
    "words",
    ["The family asked us not to publish the name", "please do NOT share", "家属要求不要公开",
     "семья просила не называть",
     "lütfen yayınlanmasın", "طلبت العائلة عدم النشر", "منتشر نشود", "la familia pidió no publicar", "ne pas publier",
     "bitte nicht veröffentlichen", "жариялауға болмайды", "ئاشكارىلىماڭ، مەخپىي"],
)  # fmt: skip
def test_words_that_ask_for_silence_are_known(words: str) -> None:
    assert asks_for_silence(words)


@pytest.mark.parametrize(
    "words", ["Published in two papers", "arrested at home", "нет новостей", "她是老师", "no news"]
)
def test_other_words_ask_for_nothing(words: str) -> None:
    assert not asks_for_silence(words)


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_a_comment_is_a_note_and_told_as_a_refusal_and_a_link_is_the_address(app: Flask, brings: Brings) -> None:
    brought = brings(path=CASES / "f20_comment_and_link.xlsx", stated="[columns]\n'Source' = 'source_title'\n")
    first, second = brought.files
    assert [(note.came_from, note.text) for note in first.notes] == [
        ("Name (cell comment)", "The family asked us not to publish the name")
    ]
    assert [one.row for one in brought.report.warnings if "ask that something is not published" in one.message] == [2]
    assert [(source.title, source.url, source.is_confidential) for source in first.sources] == [
        ("report", "https://example.org/report/17", False)
    ]
    assert [(source.title, source.url, source.is_confidential) for source in second.sources] == [("report", "", True)]


def test_a_link_of_another_column_is_a_note_and_told(brings: Brings) -> None:
    brought = brings(path=CASES / "f20_comment_and_link.xlsx", stated="[columns]\n'Source' = 'ignore'\n")
    assert ("Source (cell link)", "https://example.org/report/17") in {
        (note.came_from, note.text) for note in brought.file.notes
    }
    assert ("Source", "An address stands behind this cell. It is kept as a note.") in brought.told
