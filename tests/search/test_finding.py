"""One index and one way of asking: who is found by what, why, and who never is."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.names.blocking_keys import query_keys
from campaign.names.scripts import script_of
from campaign.search.by_name import candidates
from campaign.search.finding import Answer, find
from campaign.search.index import Entry, Field, Named
from campaign.search.place_terms import SearchFilter
from campaign.search.reasons import reasons
from campaign.search.writing import remove, write
from tests.search.side import TABLES, all_but, everybody


def ask(side: Session, query: str) -> Answer:
    return find(TABLES, query, allowed=everybody, session=side)


def found(side: Session, query: str) -> list[int]:
    return [one.docid for one in ask(side, query).found]


def why(side: Session, query: str, docid: int) -> list[str]:
    return [reason.sentence for reason in reasons(TABLES, ask(side, query), [docid], side)[docid]]


ASKED = [
    ("Ilyar Tokhtibay", [1]),
    ("tohtibay ilyar", [1]),
    ("Илъяр Тохтибай", [1]),
    ("Ilyar Tokhtiboy", [1]),
    ("ئىليار توختىباي", [1]),
    ("Aynur Saypidin", [2]),
    ("塞力克", [3, 4]),
    ("Nurlan Serik", [3, 4]),
    ("努", [3]),
    ("nurl", [3, 4]),
    ("teacher", [1, 4]),
    ("Kashgar", [1]),
    ("قەشقەر", [1]),
    ("喀什", [1]),
    ("kashger", [1]),
    ("Yining", [2]),
    ("Xinjiang", [1, 2]),
    ("伊宁裁缝", [2]),
    ("radio", [1]),
    ("FXD-40718", [1]),
    ("fxd 40719", [2]),
    ("SR12", [1]),
    ("Tokhtibay teacher Kashgar", [1]),
    ("Toqtiboy teacher Kashgar", [1]),
    ("teacher from Kashgar prefecture", [1]),
    ("Suqtal village, Anarliq town, Kashgar prefecture", [1]),
    ("teacher, 12 Orukzar Lu, Kashgar", [1]),
    ("Prison, near Yining", [2]),
    ("伊宁市苹果路", [2]),
    ("Ilyar village", [1]),
    ("Suqtal village", []),
    ("Tokhtibay haji Kashgar", [1]),
    ("Ilyar and Aynur", [1, 2]),
    ("Ильяр и Нурлан", [1, 3, 4]),
    ("Tokhtibay, Ilyar", [1]),
    ("Kashgar, Yining", [1, 2]),
    ("Nurlan Teacher", [4]),
    ("Serik Nurlann teacher", [4, 3]),
    ("teacher Yining", []),
    ("Aynur plumber", []),
    ("", []),
    ("!!! ---", []),
]


@pytest.mark.parametrize(("query", "docids"), ASKED, ids=[query for query, _ in ASKED])
def test_who_is_found(side: Session, query: str, docids: list[int]) -> None:
    assert found(side, query) == docids


SAID = [
    ("Ilyar Tokhtibay", 1, ["the same name"]),
    ("Ильяр Токтибай", 1, ["spelt Ильяр Токтибай in Russian"]),
    ("Ilyar Tohtibay", 1, ["one letter differs: Tokhtibay"]),
    ("Tokhtibay", 1, ["one of the names is Tokhtibay"]),
    ("Ilyar Tokhti", 1, ["sounds like Ilyar Tokhtibay"]),
    ("塞力克", 3, ["one of the names is 塞力克"]),
    ("Ilyar Toqtibay of Kashgar", 1, ["one of the names is Ильяр Токтибай", "from Kashgar Prefecture"]),
    ("Ilyar and Aynur", 2, ["one of the names is Aynur"]),
    ("Nurlan Serika", 4, ["one letter differs: Serik"]),
    ("FXD-40718", 1, ["number FXD-40718"]),
    ("Kashgar", 1, ["from Kashgar Prefecture"]),
    ("teacher Kashgar", 1, ["work: teacher", "from Kashgar Prefecture"]),
    ("Aksu prefecture", 1, []),
    ("radio", 1, ["radio is in the story"]),
]


@pytest.mark.parametrize(("query", "docid", "sentences"), SAID, ids=[query for query, *_ in SAID])
def test_why_somebody_is_found(side: Session, query: str, docid: int, sentences: list[str]) -> None:
    assert why(side, query, docid) == sentences


@pytest.mark.parametrize(
    ("asked", "written", "language", "sentence"),
    [
        ("Habtamu Alemu", "ሀብታሙ አለሙ", "am", "spelt ሀብታሙ አለሙ in Amharic"),
        ("Habtamu Alemu", "ሀብታሙ አለሙ", "", "spelt ሀብታሙ አለሙ in Ethiopic"),
        ("Davit Maisuradze", "დავით მაისურაძე", "ka", "spelt დავით მაისურაძე in Georgian"),
        ("Davit Maisuradze", "დავით მაისურაძე", "und", "spelt დავით მაისურაძე in Georgian"),
        ("Qahriman Bulaqtewe", "قەھرىمان بۇلاقتېۋە", "", "spelt قەھرىمان بۇلاقتېۋە in Arabic letters"),
    ],
)
def test_a_script_is_told_by_its_name(side: Session, asked: str, written: str, language: str, sentence: str) -> None:
    write(TABLES, 1, Entry(names=(Named(written, "main", script_of(written), language),)), side)
    assert why(side, asked, 1) == [sentence]


def test_who_is_known_to_be_from_either_place_of_a_name_is_found_by_it(
    side: Session,
) -> None:
    told = {5: (Field.ORIGIN, "6540"), 6: (Field.ORIGIN, "654021"), 7: (Field.ORIGIN, "654023")}
    for docid, place in told.items():
        write(TABLES, docid, Entry(places=(place, (Field.ORIGIN, "6540"), (Field.ORIGIN, "65"))), side)
    assert found(side, "Ghulja (Yining)") == [2, 6, 5]
    assert why(side, "Ghulja (Yining)", 5) == ["from Ili Prefecture"]
    assert found(side, "Ghulja county") == [6]
    assert found(side, "Ili") == [5, 6, 7]


def test_what_is_finer_than_may_be_public_is_told_as_its_county(side: Session) -> None:
    assert why(side, "Suqtal village, Kashgar prefecture", 1) == ["from Kashgar Prefecture"]


def test_whoever_may_not_be_shown_is_not_found(side: Session) -> None:
    answer = find(TABLES, "Nurlan Serik", allowed=all_but(3), session=side)
    assert [one.docid for one in answer.found] == [4]
    assert find(TABLES, "Nurlan Serik", allowed=all_but(1, 2, 3, 4), session=side).found == ()


UNSEEN = [*(query for query, _ in ASKED), "Aynur Qurbanjan", "Nurlan teacher", "Toqtiboy tailor", "Serika teacher"]


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_answers_are_those_of_an_index_without_whoever_may_not_be_shown(side: Session, hidden: int) -> None:
    allowed = all_but(hidden)
    beside = [told(side, query, allowed) for query in UNSEEN]
    remove(TABLES, hidden, side)
    assert beside == [told(side, query, allowed) for query in UNSEEN]


def told(side: Session, query: str, allowed: SearchFilter) -> str:
    """Return all that an answer tells: who, how well, why, who is near, and by which keys they were chosen."""
    answer = find(TABLES, query, allowed=allowed, session=side)
    why = reasons(TABLES, answer, [one.docid for one in (*answer.found, *answer.near)], side)
    chosen = candidates(TABLES, query_keys(query), allowed=allowed, session=side)
    return repr((answer.found, answer.near, why, chosen))


def test_a_name_that_is_one_of_the_words_is_not_called_somewhat_like_it(side: Session) -> None:
    answer = ask(side, "Ilyar Quzghun")
    assert (answer.found, [one.docid for one in answer.near]) == ((), [1])
    told = reasons(TABLES, answer, [1], side)[1]
    assert [reason.sentence for reason in told] == ["one of the names is Ilyar"]


def test_where_nothing_answers_the_nearest_names_are_offered(side: Session) -> None:
    answer = ask(side, "Aynur Qurbanjan")
    assert answer.found == ()
    assert [one.docid for one in answer.near] == [2]


@pytest.mark.parametrize("asked", ["Aung San Thet Kyi", "San", "Aung San", "Suu San Kyi"])
def test_a_name_of_which_no_word_is_like_what_was_asked_is_not_offered(side: Session, asked: str) -> None:
    write(TABLES, 1, Entry(names=(Named("Yasinjan Ghopur"),)), side)
    answer = ask(side, asked)
    assert 1 not in [one.docid for one in (*answer.found, *answer.near)]


def test_what_is_removed_leaves_no_row(side: Session) -> None:
    remove(TABLES, 1, side)
    assert found(side, "Ilyar Tokhtibay") == []
    assert [side.scalar(select(table.docid).where(table.docid == 1)) for table in TABLES] == [None] * 3


def test_what_is_written_again_replaces_what_was_there(side: Session) -> None:
    write(TABLES, 1, Entry(names=(Named("Somebody Else"),)), side)
    assert found(side, "Ilyar Tokhtibay") == []
    assert found(side, "Kashgar") == []
    assert found(side, "Somebody Else") == [1]


def test_candidates_need_keys_alone(side: Session) -> None:
    points = candidates(TABLES, query_keys("Tokhtibay"), allowed=everybody, session=side)
    assert next(iter(points)) == (1, 0)


HOSTILE = ["\ud800", "\0", "' OR 1=1 --", "name:* AND NEAR(", '"', "%_", "a " * 10_000, "ا" * 5000, "伊" * 5000,
           "𠀀", "\u202e\u200b", "@6531", "@", "🙂", "1", "é" * 300, "\\", "a" * 199 + "\ud83d"]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[ascii(query)[:30] for query in HOSTILE])
def test_any_string_is_answered(side: Session, query: str) -> None:
    answer = ask(side, query)
    reasons(TABLES, answer, [one.docid for one in answer.found], side)
    assert answer.asked.is_cut == (len(query) > 200)
