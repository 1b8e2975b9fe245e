"""Evidence for and against two persons being one, in words an officer reads."""

import pytest

from campaign.cases.file import CaseFile, Episode, Name, OutsideId, Relative
from campaign.dates.edtf import parse
from campaign.dates.parse import read
from campaign.duplicates.search import LIKELY, MOST, Likeness, likeliest, likeness
from campaign.duplicates.traits import traits_of


def person(*names: str, **fields: object) -> CaseFile:
    """An invented person with these names."""
    return CaseFile(names=[Name(text=name) for name in names], **fields)  # type: ignore[arg-type]


def of_files(one: CaseFile, other: CaseFile) -> Likeness:
    """How likely two files are one person's."""
    return likeness(traits_of(one), traits_of(other))


def numbered(value: str, scheme: str = "sheet") -> list[OutsideId]:
    return [OutsideId(scheme=scheme, value=value)]


@pytest.mark.parametrize(
    "other", ["Qahriman Bulaqtéwe", "Кахриман Булактеве", "قەھرىمان بۇلاقتېۋە", "Qahriman Bulaqtewi"]
)
def test_one_person_under_another_spelling_is_likely_the_same(other: str) -> None:
    assert of_files(person("Qahriman Bulaqtewe"), person(other)).is_likely


def test_every_name_is_compared_with_every_name() -> None:
    ours = person("Semet Örükzar", "Tömür Qozi")
    assert of_files(ours, person("Нигар Анарбаг", "Томур Кози")).score >= LIKELY


def test_homonyms_with_other_birth_years_are_told_apart() -> None:
    old, young = person("Nurgul Örükzar", birth=parse("1953")), person("Nurgul Örükzar", birth=parse("1987-03-02"))
    found = of_files(old, young)
    assert found.score < LIKELY
    assert found.for_ == ("The same name: Nurgul Örükzar.",)
    assert found.against == ("Born in other years: 1953 and 1987.",)


def test_a_year_between_two_births_is_a_slip_and_not_another_person() -> None:
    found = of_files(person("Nurgul Örükzar", birth=parse("1987-01-05")), person("Nurgul Örükzar", birth=parse("1986")))
    assert found.is_likely
    assert found.against == ("The dates of birth differ a little: 1987-01-05 and 1986.",)


def test_the_same_day_of_birth_says_more_than_the_same_year_and_that_more_than_nothing() -> None:
    def score(born: str) -> float:
        other = person("Nurgül Orukzar", birth=read(born))
        return of_files(person("Nurgul Örükzar", birth=parse("1987-01-05")), other).score

    assert score("5 January 1987") > score("1987") > score("Unknown") > score("1988")


@pytest.mark.parametrize(
    ("ours", "theirs", "sentence"),
    [
        ({"origin_place": "653121"}, {"origin_place": "653121"}, "Both from Konasheher County."),
        ({"origin_place": "653121"}, {"origin_place": "6531"}, "Konasheher County lies in Kashgar Prefecture."),
        ({"occupation": "Beekeeper and poet"}, {"occupation": "a poet"}, "The same work: poet."),
        ({"occupation_group": "arts"}, {"occupation_group": "arts"}, "The same field of work: arts and letters."),
        ({"ethnicities": ["kazakh", "uyghur"]}, {"ethnicities": ["uyghur"]}, "Both Uyghur."),
        (
            {"outside_ids": numbered("KN 7")},
            {"outside_ids": numbered("kn7")},
            "The same number in the list sheet: KN7.",
        ),
    ],
)
def test_what_two_cases_share_speaks_for_one_person(
    ours: dict[str, object], theirs: dict[str, object], sentence: str
) -> None:
    bare = of_files(person("Semet Örükzar"), person("Semet Örükzar"))
    found = of_files(person("Semet Örükzar", **ours), person("Semet Örükzar", **theirs))
    assert sentence in found.for_
    assert found.score > bare.score


@pytest.mark.parametrize(
    ("ours", "theirs", "sentence"),
    [
        ({"gender": "female"}, {"gender": "male"}, "One is female, the other male."),
        ({"origin_place": "653121"}, {"origin_place": "654002"}, "From different places: "),
        ({"ethnicities": ["kazakh"]}, {"ethnicities": ["uyghur"]}, "Of different peoples: Kazakh and Uyghur."),
        (
            {"outside_ids": numbered("KN7")},
            {"outside_ids": numbered("KN8")},
            "Two numbers in the list sheet: KN7 and KN8.",
        ),
    ],
)
def test_what_differs_speaks_against_it(ours: dict[str, object], theirs: dict[str, object], sentence: str) -> None:
    bare = of_files(person("Semet Örükzar"), person("Semet Örükzar"))
    found = of_files(person("Semet Örükzar", **ours), person("Semet Örükzar", **theirs))
    assert any(told.startswith(sentence) for told in found.against), found
    assert found.score < bare.score


def test_the_same_number_outweighs_a_name_that_nobody_would_match() -> None:
    ours = person("Semet Örükzar", outside_ids=numbered("KN7"))
    assert of_files(ours, person("Baqi", outside_ids=numbered("kn 7"))).score >= LIKELY


def test_a_number_of_another_list_says_nothing() -> None:
    ours, theirs = (person("Semet Örükzar", outside_ids=numbered("7", scheme)) for scheme in ("sheet", "xvd"))
    assert of_files(ours, theirs) == of_files(person("Semet Örükzar"), person("Semet Örükzar"))


def test_a_relative_of_the_same_name_is_another_person() -> None:
    ours = traits_of(person("Semet Örükzar", relatives=[Relative(case_ref="FXD-10002")]), "FXD-10001")
    assert likeness(ours, traits_of(person("Semet Örükzar"), "FXD-10002")).score < LIKELY


def test_short_names_in_other_characters_are_told_as_such() -> None:
    found = of_files(person("果静"), person("果晶"))
    assert found.against == ("Written in other characters: 果静, 果晶.",)


def test_where_they_are_held_never_speaks_against_it() -> None:
    def held(place: str) -> CaseFile:
        return person("Semet Örükzar", episodes=[Episode(held_place=place)])

    assert of_files(held("653121"), held("654002")).against == ()


def test_a_case_without_a_name_is_like_nobody() -> None:
    assert of_files(person(), person("Semet Örükzar")) == Likeness(
        0.0, (), ("No name of the one is like a name of the other.",)
    )


def test_never_more_than_five_are_offered_the_likeliest_first() -> None:
    asked = traits_of(person("Semet Örükzar", birth=parse("1970")))
    others = [(n, traits_of(person("Semet Örükzar"))) for n in range(9)]
    others.append((9, traits_of(person("Semet Örükzar", birth=parse("1970")))))
    assert [candidate.key for candidate in likeliest(asked, others)] == [9, 0, 1, 2, 3]
    assert MOST == 5
