"""The index of names in memory: who is found, and in what time."""

from time import perf_counter

import pytest

from bench.invented import invented_names
from bench.name_index import NameIndex
from tests.names.test_lookup import STRANGE


def index_of(*names: str) -> NameIndex[str]:
    index: NameIndex[str] = NameIndex()
    for name in names:
        index.add(name, [name])
    return index


def found(index: NameIndex[str], query: str) -> list[str]:
    return [hit.id for hit in index.search(query)]


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text[:12]))
def test_any_string_is_searched_in_time(text: str) -> None:
    index = index_of("Nurel Bakriyev", "魏兰英")
    start = perf_counter()
    index.search(text)
    assert perf_counter() - start < 2


@pytest.mark.parametrize(
    "query",
    ["Nurel", "Bakriyev", "Нурел", "نۇرېل", "Nurel Bakriyef", "Nurrel Bakriyev", "Nurl Bakriyev", "Nukel Bakriyev"],
)
def test_part_of_a_name_or_a_typing_error_still_finds_it(query: str) -> None:
    assert found(index_of("Nurel Bakriyev", "Wei Lanying", "Tariq al-Mansuri"), query)[0] == "Nurel Bakriyev"


def test_one_chinese_character_is_a_query() -> None:
    assert found(index_of("魏兰英", "Nurel Bakriyev"), "魏") == ["魏兰英"]


@pytest.mark.parametrize("typed", ["Teti Laho", "Toti Laho", "Tehi Laho", "Teji Laho", "Kehi Laho"])
def test_one_wrong_letter_in_a_short_name_is_found_among_thousands(typed: str) -> None:
    index = index_of(*dict.fromkeys(invented_names(3000)))
    index.add("Tehi Laho", ["Tehi Laho"])
    assert "Tehi Laho" in found(index, typed)


def test_a_bearer_of_many_names_is_found_once() -> None:
    index: NameIndex[int] = NameIndex()
    index.add(1, ["Dilnur Sadir", "Дильнур Садир", "Dilnur Sadyr"])
    index.add(2, ["Dilnur Qasim"])
    assert [hit.id for hit in index.search("Dilnur Sadir")] == [1, 2]
