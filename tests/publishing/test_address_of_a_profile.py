"""The address of a profile: its reference, and a name as every other page romanises it. Every name is invented."""

import pytest

from campaign.cases.file import CaseFile, Name
from campaign.names.reading import slug_tail
from campaign.publishing.projection.values import slug_of

REF = "FXD-10001"


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("ھاۋاگۈل", "havagul"),
        ("ئابلىمىت سادىر", "ablimit-sadir"),
        ("Нұрлан Сәбит", "nurlan-sebit"),
        ("魏兰英", "wei-lanying"),
        ("محمد نورزاد", "muhammad-nurzad"),
        ("ሀብታሙ", "habtamu"),
        ("Örükzar O’tkur", "orukzar-otkur"),
        ("Rustem\u200b Sadir (Bahar)", "rustem-sadir"),
    ],
)
def test_one_romanisation_makes_it(name: str, tail: str) -> None:
    assert slug_of(REF, CaseFile(names=[Name(text=name)])) == f"{REF}-{tail}"
    assert slug_tail(name) == tail


def test_a_name_in_latin_letters_comes_first_and_one_that_is_not_public_never() -> None:
    names = [Name(text="ھاۋاگۈل", script="Arab", is_preferred=True), Name(text="Hawagul", script="Latn")]
    assert slug_of(REF, CaseFile(names=names)) == f"{REF}-hawagul"
    names[1].is_public = False
    assert slug_of(REF, CaseFile(names=names)) == f"{REF}-havagul"


@pytest.mark.parametrize("name", ["", "🙂", "12", "\u200b"])
def test_where_nothing_can_be_read_the_reference_is_the_address(name: str) -> None:
    assert slug_of(REF, CaseFile(names=[Name(text=name)])) == REF
