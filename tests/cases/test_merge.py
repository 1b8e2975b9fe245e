"""Two people save the same case: what only one changed is kept, what both changed is theirs to choose between."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.cases.classification import Visibility
from campaign.cases.file import CaseFile, Episode, Event, Name, Relative, Sentence
from campaign.cases.merge import merge


@pytest.fixture
def before() -> CaseFile:
    return CaseFile(
        names=[Name(id="0000000a", text="Nurgul"), Name(id="0000000b", text="Нургуль")],
        occupation="teacher",
        relatives=[Relative(id="0000000c", name="Her brother")],
        episodes=[Episode(id="0000000e", events=[Event(id="0000000f", account="Taken from home")])],
    )


def sides(before: CaseFile) -> tuple[CaseFile, CaseFile]:
    return copy.deepcopy(before), copy.deepcopy(before)


def test_fields_that_only_one_side_changed_are_merged_without_asking(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.occupation = "head teacher"
    theirs.episodes[0].events[0].confidence = "confirmed"
    mine.employer = "A school"
    mine.episodes[0].events[0].account = "Taken from home at night"
    merged = merge(before, theirs, mine)
    assert merged.conflicts == []
    assert merged.file.occupation == "head teacher"
    assert merged.file.employer == "A school"
    event = merged.file.episodes[0].events[0]
    assert (event.account, event.confidence) == ("Taken from home at night", "confirmed")


def test_a_field_that_both_changed_otherwise_is_a_conflict_with_all_three(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.occupation, mine.occupation = "head teacher", "nurse"
    (conflict,) = merge(before, theirs, mine).conflicts
    assert (conflict.path, conflict.label) == ("occupation", "Occupation")
    assert (conflict.before, conflict.theirs, conflict.mine) == ("teacher", "head teacher", "nurse")


def test_the_same_change_on_both_sides_is_no_conflict(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.occupation = mine.occupation = "nurse"
    merged = merge(before, theirs, mine)
    assert (merged.file.occupation, merged.conflicts) == ("nurse", [])


@pytest.mark.parametrize(("side", "expected"), [("mine", "nurse"), ("theirs", "head teacher")])
def test_a_conflict_takes_the_side_that_was_chosen(before: CaseFile, side: str, expected: str) -> None:
    theirs, mine = sides(before)
    theirs.occupation, mine.occupation = "head teacher", "nurse"
    merged = merge(before, theirs, mine, {"occupation": side})  # type: ignore[dict-item]
    assert (merged.file.occupation, merged.conflicts) == (expected, [])


def test_rows_added_on_both_sides_are_all_kept_beside_their_neighbours(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.names.insert(1, Name(id="00000001", text="Nur"))
    mine.names.append(Name(id="00000002", text="努尔古丽"))
    names = merge(before, theirs, mine).file.names
    assert [name.id for name in names] == ["0000000a", "00000001", "0000000b", "00000002"]


def test_a_row_removed_on_one_side_and_untouched_on_the_other_is_gone(before: CaseFile) -> None:
    theirs, mine = sides(before)
    del mine.names[1]
    theirs.occupation = "nurse"
    assert [name.id for name in merge(before, theirs, mine).file.names] == ["0000000a"]


def test_a_row_removed_here_and_changed_there_is_a_conflict(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.relatives[0].name = "Her elder brother"
    mine.relatives = []
    merged = merge(before, theirs, mine)
    (conflict,) = merged.conflicts
    assert conflict.path == "relatives/0000000c"
    assert conflict.mine is None
    assert conflict.visibility is Visibility.CONFIDENTIAL
    assert merged.file.relatives == theirs.relatives
    assert merge(before, theirs, mine, {"relatives/0000000c": "mine"}).file.relatives == []


def test_a_changed_row_inside_an_episode_that_the_other_removed_is_a_conflict(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.episodes = []
    mine.episodes[0].events[0].account = "Taken from work"
    (conflict,) = merge(before, theirs, mine).conflicts
    assert (conflict.path, conflict.theirs) == ("episodes/0000000e", None)


def test_the_order_is_that_of_who_moved_rows(before: CaseFile) -> None:
    theirs, mine = sides(before)
    mine.names.reverse()
    theirs.names[0].kind = "alias"
    names = merge(before, theirs, mine).file.names
    assert [name.id for name in names] == ["0000000b", "0000000a"]
    assert names[1].kind == "alias"


def test_a_part_such_as_a_sentence_is_merged_by_its_fields(before: CaseFile) -> None:
    theirs, mine = sides(before)
    theirs.episodes[0].sentence = Sentence(kind="term", years=7)
    mine.episodes[0].sentence = Sentence(kind="term", fine="50,000 yuan")
    merged = merge(before, theirs, mine)
    assert merged.conflicts == []
    assert merged.file.episodes[0].sentence == Sentence(kind="term", years=7, fine="50,000 yuan")


WORDS = st.sampled_from(["", "one", "two"])
NAMES = st.lists(st.sampled_from(["0000000a", "0000000b", "0000000c"]), unique=True).flatmap(
    lambda ids: st.tuples(*(st.builds(Name, id=st.just(one), text=WORDS, pronunciation=WORDS) for one in ids))
)
FILES = st.builds(CaseFile, names=NAMES.map(list), occupation=WORDS, employer=WORDS)


@given(FILES, FILES)
def test_where_they_changed_nothing_mine_stands_whole(before: CaseFile, mine: CaseFile) -> None:
    merged = merge(before, before, mine)
    assert (merged.file, merged.conflicts) == (mine, [])


@given(FILES, FILES, FILES)
def test_the_sides_may_be_exchanged_without_losing_a_conflict(
    before: CaseFile, theirs: CaseFile, mine: CaseFile
) -> None:
    one, other = merge(before, theirs, mine), merge(before, mine, theirs)
    assert {conflict.path for conflict in one.conflicts} == {conflict.path for conflict in other.conflicts}


@given(FILES, FILES, FILES)
def test_choosing_one_side_of_all_leaves_no_conflict(before: CaseFile, theirs: CaseFile, mine: CaseFile) -> None:
    conflicts = merge(before, theirs, mine).conflicts
    assert merge(before, theirs, mine, {conflict.path: "mine" for conflict in conflicts}).conflicts == []
