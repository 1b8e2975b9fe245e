"""Different people with like names are rarely offered, one person under two spellings is, and no reason is false."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.cases.file import CaseFile, Name, OutsideId
from campaign.dates.edtf import parse
from campaign.duplicates.search import Likeness, likeness
from campaign.duplicates.traits import traits_of

Pair = tuple[str, str]


def labelled() -> Iterator[tuple[str, Pair]]:
    """Yield what the people of each pair of the table are to each other, and their names."""
    lines = (Path(__file__).parent / "like_names.tsv").read_text("utf-8").splitlines()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        yield row["kind"], (row["one"], row["other"])


OTHERS = [pair for kind, pair in labelled() if kind.startswith("not: ")]
SAME = [pair for kind, pair in labelled() if kind.startswith("yes: ")]


def of(pair: Pair, **facts: object) -> Likeness:
    """How likely the two are one, where all that is known of both are these facts."""
    one, other = (traits_of(CaseFile(names=[Name(text=name)], **facts)) for name in pair)  # type: ignore[arg-type]
    return likeness(one, other)


def share(pairs: list[Pair], **facts: object) -> float:
    """Which part of the pairs is offered, all that is known besides being the same."""
    return sum(of(pair, **facts).is_likely for pair in pairs) / len(pairs)


def test_the_table_is_long_enough_to_say_something() -> None:
    assert len(set(OTHERS)) >= 60
    assert len(set(SAME)) >= 40


def test_of_different_people_with_like_names_one_in_ten_is_offered_at_most() -> None:
    assert share(OTHERS) <= 0.1, [pair for pair in OTHERS if of(pair).is_likely]


def test_of_families_that_share_a_county_one_in_three_is_offered_at_most() -> None:
    assert share(OTHERS, origin_place="653121") <= 1 / 3


def test_one_person_is_offered_where_a_fact_stands_beside_the_names() -> None:
    born = {"birth": parse("1975")}
    assert [pair for pair in SAME if not of(pair, **born).is_likely] == []
    assert share(SAME, origin_place="653121") >= 0.95


def test_most_spellings_of_one_name_are_offered_without_any_fact() -> None:
    assert share(SAME) >= 0.8


@pytest.mark.parametrize("pair", [*SAME, ("Memet Tursun", "Memet Tursun"), ("魏兰英", "魏兰英")])
def test_a_name_alone_keeps_nobody_from_the_public(pair: Pair) -> None:
    assert not of(pair).is_twin
    assert not of(pair, ethnicities=["uyghur"], gender="male").is_twin
    assert not of(pair, origin_place="65").is_twin


@pytest.mark.parametrize(
    "facts",
    [
        {"birth": parse("1975")},
        {"origin_place": "653121"},
        {"occupation": "beekeeper"},
        {"outside_ids": [OutsideId(id="o0000001", scheme="sheet", value="KN 7")]},
    ],
    ids=str,
)
def test_a_name_and_a_fact_do(facts: dict[str, object]) -> None:
    assert of(("Qahriman Bulaqtewe", "قەھرىمان بۇلاقتېۋە"), **facts).is_twin


@pytest.mark.parametrize("pair", [pair for kind, pair in labelled() if kind in {"not: father and child"}])
def test_a_father_and_a_child_have_never_the_same_name(pair: Pair) -> None:
    told = of(pair)
    assert not told.is_likely
    assert [words for words in told.for_ if "same name" in words or "is spelt" in words] == []


@pytest.mark.parametrize(
    ("pair", "sentences"),
    [
        (("Abduweli Tohti", "Abduweli Tohtaxun"), ("Only somewhat alike: Tohti, Tohtaxun.",)),
        (("Gulnar Bahadir", "Gulnisa Bahadir"), ("Only somewhat alike: Gulnar, Gulnisa.",)),
        (("Saule Ospanova", "Salia Ospanova"), ("Only somewhat alike: Saule, Salia.",)),
        (("سليم حدادي", "سلمى حديدي"), ("Only somewhat alike: سليم, سلمى.",)),
        (("Elyar Ekhmet", "Elyar Ehmet"), ("One letter differs: Ekhmet, Ehmet.",)),
        (("Örükzar Semet", "Orukzer Semet"), ("One letter differs: Örükzar, Orukzer.",)),
        (("Xelil Qurban", "Khelil Qurban"), ("They sound alike: Xelil, Khelil.",)),
        (("A. Sadir", "Ablimit Sadir"), ("An initial stands for a name: A, Ablimit.",)),
        (("Г. Садир", "Гулям Садир"), ("An initial stands for a name: Г, Гулям.",)),
        (("م. زيداني", "محسن زيداني"), ("An initial stands for a name: م, محسن.",)),
        (
            ("Yaqup Qasim", "قاسىم ياقۇپ"),
            ("The same words in another order, as a father and a child may have them: Yaqup Qasim, قاسىم ياقۇپ.",),
        ),
        (("Bakriyev, Nurel", "Nurel Bakriyev"), ("The same name: Nurel Bakriyev.",)),
        (("Bakriyev Nurel", "Nurel Bakriyev"), ("The same name: Nurel Bakriyev.",)),
        (("Lanying Wei", "Wei Lanying"), ("The same name: Wei Lanying.",)),
        (("魏兰英", "魏蘭英"), ("The same name: 魏蘭英.",)),
    ],
)
def test_the_sentence_is_true(pair: Pair, sentences: tuple[str, ...]) -> None:
    told = of(pair)
    assert told.for_ + told.against == sentences


@pytest.mark.parametrize(
    "pair",
    [
        ("محمد العز", "محمد زيداني"),
        ("محمد عز", "محمد زيداني"),
        ("سعيد العر", "سعيد رشيدي"),
        ("الاء زيداني", "أحمد زيداني"),
        ("이 수민", "일성 수민"),
    ],
)
def test_a_short_word_is_no_initial(pair: Pair) -> None:
    assert [words for words in of(pair).for_ if words.startswith("An initial")] == []
