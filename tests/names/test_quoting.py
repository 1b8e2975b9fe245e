"""What is told of a match are words of the fields, as they stand there."""

import pytest

from campaign.names.matching import score
from campaign.names.reading import forms
from campaign.names.reasons import quoted, why

TOLD = [
    ("Ilyar Tohtibay", "Ilyar Tokhtibay", {"asked": "Tohtibay", "found": "Tokhtibay"}),
    ("Ilyar Tokhti", "Ilyar Tokhtibay", {"asked": "Ilyar Tokhti", "found": "Ilyar Tokhtibay"}),
    ("Tokhti", "Ilyar Tokhtibay", {"found": "Tokhtibay"}),
    ("Ilyar Tokti", "Ильяр Токтибай", {"name": "Ильяр Токтибай", "script": "Cyrl"}),
    ("Abdurehman", "Samet Abd al-Rahman", {"asked": "Abdurehman", "found": "Abd al-Rahman"}),
    ("Abdurrahman", "عبدالرحمان محمد", {"found": "عبدالرحمان"}),
    ("Qurbani", "رضا القرباني", {"found": "القرباني"}),
    ("Tursun", "Tursun Tursun", {"found": "Tursun"}),
    ("Nigar Anarbay", "(الف) Nigar  Anar’bag", {"asked": "Anarbay", "found": "Anar’bag"}),
    ("Ilyar Toqtibay", "伊力亚尔•托克提巴依", {"name": "伊力亚尔•托克提巴依", "script": "Hani"}),
    ("Qelem", "Ilyar Sadir (pen name Altun-Qelem)", {"name": "Altun-Qelem"}),
    ("Samet Orukzar", "SametÖrükzâr", {}),
]


@pytest.mark.parametrize(("asked", "found", "told"), TOLD, ids=[found for _, found, _ in TOLD])
def test_the_words_told_stand_in_the_fields(asked: str, found: str, told: dict[str, str]) -> None:
    parameters = why(score(asked, found), asked, found).parameters
    assert parameters == told
    assert all(value in (asked, found) or value in found or value in asked for key, value in told.items()
               if key != "script")  # fmt: skip


@pytest.mark.parametrize(
    "field", ["علی\u200cاکبر", "Tokhti’yar Haji", "НигарAnar", "ﻋﺒﺪ ﷲ", "a", "i̇lyar", "𝓘lyar Sadir"]
)
def test_a_whole_name_is_quoted_with_all_its_marks(field: str) -> None:
    assert quoted(field, forms(field).names[-1]) in field
    assert quoted(field, forms(field).names[-1])


def test_words_that_do_not_stand_together_are_parted_by_commas() -> None:
    field = "Ilyar Anar Sadir"
    assert quoted(field, forms(field).names[0], {0, 2}) == "Ilyar, Sadir"
    assert quoted("", forms(field).names[0]) == ""
