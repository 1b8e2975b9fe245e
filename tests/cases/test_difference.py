"""What a reader of the history sees of a change."""

from campaign.cases.classification import Visibility
from campaign.cases.diff import Change, differences
from campaign.cases.file import CaseFile, Episode, Event, Name, Relative, Sentence

OPEN, CLOSED = Visibility.PUBLIC, Visibility.CONFIDENTIAL


def test_the_same_file_has_no_differences() -> None:
    file = CaseFile(names=[Name(text="Nurgul")])
    assert differences(file, file) == []


def test_a_field_a_part_and_a_row_are_told_by_path_and_label() -> None:
    event = "0000000f"
    before = CaseFile(episodes=[Episode(id="0000000e", events=[Event(id=event)])])
    after = CaseFile(
        occupation="nurse",
        episodes=[
            Episode(id="0000000e", sentence=Sentence(kind="life"), events=[Event(id=event, account="Seen in court")])
        ],
    )
    assert differences(before, after) == [
        Change("occupation", "Occupation", "", "nurse", OPEN),
        Change(
            "episodes/0000000e/events/0000000f/account",
            "Episodes of detention, Events, What is known of it",
            "",
            "Seen in court",
            OPEN,
        ),
        Change(
            "episodes/0000000e/sentence/kind", "Episodes of detention, Sentence, Kind of sentence", "", "life", OPEN
        ),
    ]


def test_a_new_row_is_told_by_its_filled_fields_each_as_closed_as_it_is() -> None:
    after = CaseFile(relatives=[Relative(id="0000000c", relation="child", name="His son")])
    assert differences(CaseFile(), after) == [
        Change("relatives/0000000c/relation", "Relatives, Relation", None, "child", OPEN),
        Change("relatives/0000000c/name", "Relatives, Name", None, "His son", CLOSED),
    ]


def test_a_removed_row_is_told_by_what_it_held() -> None:
    before = CaseFile(names=[Name(id="0000000a", text="Nurgul"), Name(id="0000000b", text="Nur")])
    after = CaseFile(names=before.names[1:])
    assert differences(before, after) == [Change("names/0000000a/text", "Names, Name", "Nurgul", None, OPEN)]


def test_an_empty_new_row_is_told_too() -> None:
    assert differences(CaseFile(), CaseFile(names=[Name(id="0000000a")])) == [
        Change("names/0000000a", "Names", None, "0000000a", OPEN)
    ]


def test_rows_that_changed_places_are_one_change() -> None:
    names = [Name(id="0000000a", text="Nurgul"), Name(id="0000000b", text="Nur")]
    assert differences(CaseFile(names=names), CaseFile(names=names[::-1])) == [
        Change("names", "Names, order", ["0000000a", "0000000b"], ["0000000b", "0000000a"], OPEN)
    ]
