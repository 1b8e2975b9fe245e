"""A translation is read by somebody who did not write it, or says that nobody has."""

from campaign.cases.file import CaseFile, Text
from campaign.publishing import eligibility
from campaign.publishing.consent.confirmation import translated
from tests.publishing.builders import a_file
from tests.publishing.desk import Desk

TARA, RANA = 11, 12


def uyghur(**changes: object) -> Text:
    row = Text(id="f0000005", kind="summary", language="ug", text="ئوقۇتقۇچى", translation_state="reviewed")
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def saved(before: CaseFile | None, text: Text, *, by: int) -> Text:
    return translated(before, CaseFile(texts=[text]), by=by).texts[0]


def test_who_wrote_a_translation_does_not_make_it_read() -> None:
    first = saved(None, uyghur(), by=TARA)
    assert (first.translation_state, first.written_by, first.read_by) == ("unread", TARA, None)
    again = saved(CaseFile(texts=[first]), uyghur(written_by=RANA, read_by=RANA), by=TARA)
    assert (again.translation_state, again.written_by, again.read_by) == ("unread", TARA, None)


def test_a_second_reader_makes_it_read_and_a_change_makes_it_unread() -> None:
    first = saved(None, uyghur(), by=TARA)
    read = saved(CaseFile(texts=[first]), uyghur(), by=RANA)
    assert (read.translation_state, read.written_by, read.read_by) == ("reviewed", TARA, RANA)
    changed = saved(CaseFile(texts=[read]), uyghur(text="مۇئەللىم"), by=RANA)
    assert (changed.translation_state, changed.written_by, changed.read_by) == ("unread", RANA, None)


def test_an_original_has_neither_translator_nor_second_reader() -> None:
    original = saved(None, uyghur(translation_state="", written_by=TARA), by=TARA)
    assert (original.translation_state, original.written_by) == ("", None)


def test_the_translator_of_a_published_text_counts_among_its_writers(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, by=desk.rana, texts=[*a_file().texts, uyghur(our_view=True)])
    assert eligibility.writers_of(case) == {desk.rana.id}
