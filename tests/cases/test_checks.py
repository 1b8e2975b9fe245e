"""What a case file must not say: one test a rule, and each rule is silent about a sound file."""

import pytest

from campaign.cases.checks import RULES, check, new_problems
from campaign.cases.file import (
    CaseFile,
    Citation,
    Death,
    Episode,
    Event,
    Name,
    Relative,
    Sentence,
    Source,
    StateResponse,
    Stay,
    Text,
    Violation,
)
from campaign.dates.parse import read


def paths(file: CaseFile) -> list[str]:
    return [problem.path for problem in check(file)]


def episode(start: str, end: str = "", *, row_id: str = "0000000a", **fields: object) -> Episode:
    return Episode(id=row_id, start=read(start), end=read(end), **fields)  # type: ignore[arg-type]


def test_a_full_and_sound_file_has_no_problem() -> None:
    event = Event(type="arrest", date=read("2017-06"), confidence="single_source")
    source = Source(type="relative", is_confidential=True)
    first = episode("2017-06", "2018-01", end_reason="released", events=[event])
    file = CaseFile(
        names=[Name(text="Nurgul", is_preferred=True), Name(text="نۇرگۈل")],
        birth=read("1974"),
        episodes=[first, episode("2019", row_id="0000000b", sentence=Sentence(kind="term", years=7))],
        sources=[source],
        citations=[Citation(source_id=source.id, fact=f"episodes/{first.id}/events/{event.id}")],
        texts=[Text(kind="summary", text="A teacher.")],
        our_view=["episodes/0000000b/reason_suspected"],
    )
    assert check(file) == []
    assert check(CaseFile()) == []


def test_only_one_name_is_preferred() -> None:
    names = [Name(text="One", is_preferred=True), Name(id="0000000b", text="Two", is_preferred=True)]
    assert paths(CaseFile(names=names)) == ["names/0000000b/is_preferred"]


def test_a_name_has_words() -> None:
    assert paths(CaseFile(names=[Name(id="0000000a", text="  ")])) == ["names/0000000a/text"]


def test_an_older_episode_stands_first() -> None:
    file = CaseFile(episodes=[episode("2019", "2020"), episode("2015", "2016", row_id="0000000b")])
    assert paths(file) == ["episodes/0000000b/start"]


def test_episodes_do_not_overlap() -> None:
    file = CaseFile(episodes=[episode("2015", "2018-03"), episode("2017-05", row_id="0000000b")])
    assert paths(file) == ["episodes/0000000b/start"]


def test_episodes_whose_dates_may_yet_fit_are_left_alone() -> None:
    file = CaseFile(episodes=[episode("2015", "2017"), episode("2017-05", row_id="0000000b")])
    assert check(file) == []


def test_an_episode_that_another_follows_has_ended() -> None:
    file = CaseFile(episodes=[episode("2015"), episode("2018", row_id="0000000b")])
    assert paths(file) == ["episodes/0000000a/end"]


def test_nothing_ends_before_it_begins() -> None:
    one = episode(
        "2018",
        "2017",
        stays=[Stay(id="0000000c", start=read("2018"), end=read("2016"))],
        sentence=Sentence(kind="term", start=read("2018-05"), expected_end=read("2018-04")),
    )
    assert paths(CaseFile(episodes=[one])) == [
        "episodes/0000000a/end",
        "episodes/0000000a/stays/0000000c/end",
        "episodes/0000000a/sentence/expected_end",
    ]


def test_a_sentence_of_a_length_has_a_kind_and_its_length_can_be() -> None:
    file = CaseFile(episodes=[episode("2018", sentence=Sentence(years=-1))])
    assert paths(file) == ["episodes/0000000a/sentence/years", "episodes/0000000a/sentence/kind"]


def test_nobody_is_detained_before_birth() -> None:
    assert paths(CaseFile(birth=read("1990"), episodes=[episode("1984")])) == ["episodes/0000000a/start"]


def test_a_citation_names_a_source_and_a_fact_that_are_there() -> None:
    file = CaseFile(citations=[Citation(id="0000000a", source_id="gone", fact="episodes/gone")], our_view=["nowhere"])
    assert paths(file) == ["citations/0000000a/source_id", "citations/0000000a/fact", "our_view"]


def test_a_row_id_stands_for_one_row() -> None:
    file = CaseFile(names=[Name(id="0000000a", text="Nur")], relatives=[Relative(id="0000000a")])
    assert check(file)[0].sentence == "The row id 0000000a is used 2 times; each row needs its own."


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (CaseFile(gender="lady"), "gender"),
        (CaseFile(ethnicities=["uyghur", "martian"]), "ethnicities"),
        (CaseFile(texts=[Text(id="0000000a", kind="poem")]), "texts/0000000a/kind"),
        (CaseFile(names=[Name(id="0000000a", text="N", script="Runes")]), "names/0000000a/script"),
    ],
)
def test_a_code_is_one_of_its_list(file: CaseFile, path: str) -> None:
    assert paths(file) == [path]


def test_a_problem_inside_a_row_is_told_with_the_names_of_what_it_lies_in() -> None:
    (problem,) = check(CaseFile(episodes=[episode("2017", sentence=Sentence(kind="forever"))]))
    assert problem.path == "episodes/0000000a/sentence/kind"
    assert problem.sentence.startswith(
        "Episodes of detention, Sentence, Kind of sentence: 'forever' is not in the list."
    )


def test_a_situation_set_by_hand_has_a_reason() -> None:
    assert paths(CaseFile(status_override="house_arrest")) == ["status_override_reason"]
    assert check(CaseFile(status_override="house_arrest", status_override_reason="His wife saw him there.")) == []


@pytest.mark.parametrize(
    "file", [CaseFile(employer="A\x00B"), CaseFile(tags=["A\x00B"]), CaseFile(employer="x" * 100_001)]
)
def test_what_can_not_be_kept_is_refused(file: CaseFile) -> None:
    assert paths(file) in (["employer"], ["tags"])


def test_children_are_counted_in_whole_people() -> None:
    assert paths(CaseFile(children_count=-1)) == ["children_count"]


def test_the_sources_of_a_death_are_two_different_ones() -> None:
    source = Source()
    file = CaseFile(sources=[source], death=Death(independent_sources=[source.id, source.id]))
    assert paths(file) == ["death/independent_sources"]


def test_a_problem_that_was_there_before_stops_nobody() -> None:
    before, after = CaseFile(children_count=-1), CaseFile(children_count=-1, gender="lady")
    assert [problem.path for problem in new_problems(before, after)] == ["gender"]
    assert new_problems(before, CaseFile(children_count=-1, employer="A school")) == []


def test_every_rule_says_what_it_asks() -> None:
    assert all(rule.__doc__ for rule in RULES)


def test_a_file_holds_no_more_text_than_the_gate_can_read() -> None:
    many = [Text(id=f"f{number:07}", kind="story", text="a word " * 2_800) for number in range(20)]
    assert "more than" in new_problems(CaseFile(), CaseFile(texts=many))[-1].sentence
    assert new_problems(CaseFile(texts=many), CaseFile(texts=many[:19])) == []
    assert new_problems(CaseFile(), CaseFile(texts=many[:10])) == []


def test_a_violation_and_an_answer_are_not_older_than_the_person() -> None:
    rows = {
        "violations": [Violation(id="70000001", kind="incommunicado_detention", date=read("1950"))],
        "state_responses": [StateResponse(id="20000009", form="denial", date=read("1950"))],
    }
    file = CaseFile(birth=read("1974"), **rows)  # type: ignore[arg-type]
    assert {problem.path.split("/")[0] for problem in check(file)} == set(rows)
