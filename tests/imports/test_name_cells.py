"""Name cells of invented lists through the import: who becomes a person, under which name, and what is told."""

from campaign.imports.steps import Step
from tests.imports.conftest import Planned, told


def names(step: Step) -> list[str]:
    return [name.text for name in step.draft.file.names]


def test_nobody_becomes_a_person_of_a_placeholder(planned: Planned) -> None:
    steps = planned("f24_no_name_to_tell.csv")
    assert [(step.outcome, names(step)) for step in steps] == [("refused", [])] * 6
    assert all("This names nobody" in told(step) for step in steps)


def test_totals_and_footers_are_nobody_and_one_may_be_news(planned: Planned) -> None:
    steps = planned("f19_totals_and_footers.xlsx")
    created = [names(step) for step in steps if step.outcome == "created"]
    assert created == [["Amina Testova"], ["Bahtiyar Testov"]]
    assert [step.outcome for step in steps[2:]] == ["refused"] * len(steps[2:])
    assert all("news of somebody" in told(step) or "names nobody" in told(step) for step in steps[2:])


def test_a_section_row_is_refused_with_a_line(planned: Planned) -> None:
    section, amina = planned("p09_section_rows.csv")
    assert (section.outcome, amina.outcome, names(amina)) == ("refused", "created", ["Amina Testova"])
    assert "No name is in this row" in told(section)


def test_words_beside_a_name_leave_it_and_are_told(planned: Planned) -> None:
    steps = planned("f29_words_beside_a_name.csv")
    assert [names(step) for step in steps[:4]] == [
        ["Amina Testova"], ["Bahtiyar Testov"], ["Zulfiya Testova"], ["Ilham Testov"],
    ]  # fmt: skip
    words = ["“RELEASED”", "“(deceased)”", "“[1]”", "“*”"]
    assert all(word in told(step) for word, step in zip(words, steps, strict=False))
    assert [note.text for note in steps[0].draft.file.notes] == ["Amina Testova - RELEASED"]


def test_news_beside_a_name_is_told_and_nothing_is_made_of_it(planned: Planned) -> None:
    released, deceased = planned("f29_words_beside_a_name.csv")[:2]
    for step in (released, deceased):
        assert (step.draft.file.status_override, step.draft.file.episodes) == ("", [])
        assert "nothing is made of it" in told(step)


def test_two_persons_in_a_cell_are_not_one(planned: Planned) -> None:
    step = planned("f29_words_beside_a_name.csv")[4]
    assert (step.outcome, names(step)) == ("refused", [])
    assert "“Osman Testov” and “Rahile Testova”" in told(step)


def test_a_child_named_by_its_mother_keeps_the_words_at_the_desk(planned: Planned) -> None:
    step = planned("f29_words_beside_a_name.csv")[5]
    assert [(name.text, name.is_public) for name in step.draft.file.names] == [("Baby of Amina Testova", False)]
    assert step.draft.file.tags == ["minor"]
    assert "names the person by a relative" in told(step)


def test_names_in_every_script_come_in_and_each_tells_its_script(planned: Planned) -> None:
    steps = planned("f31_scripts.csv")
    assert [step.outcome for step in steps] == ["created"] * 4
    assert [[(name.text, name.script) for name in step.draft.file.names] for step in steps] == [
        [("Sample One", "Latn"), ("예시 하나", "Hang")],
        [("Sample Two", "Latn"), ("タトエ", "Kana")],
        [("Sample Three", "Latn"), ("სანდრო ნიმუში", "Geor")],
        [("Sample Four", "Latn"), ("ตัวอย่าง สี่", "Thai")],
    ]


def test_a_joiner_inside_a_word_stays(planned: Planned) -> None:
    (step,) = planned("f11_zwnj.csv")
    assert "علی\u200cاکبر نمونه\u200cپور" in names(step)
    assert step.draft.file.occupation == "دانش\u200cآموز"


def test_a_note_keeps_its_paragraphs(planned: Planned) -> None:
    (step,) = planned("f30_paragraphs.csv")
    assert [note.text for note in step.draft.file.notes] == ["First paragraph.\n\nSecond paragraph."]
