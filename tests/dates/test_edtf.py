"""The strict notation, and the words the public gets for it."""

import pytest

from campaign.dates import parse, public_words


@pytest.mark.parametrize(
    "text",
    [
        "", "2017-13", "2017-20", "2017-25", "2017-02-29", "2017-21-01", "0000", "17", "2017-6", "2017/", "/2017",
        "../..", "2018/2017", "2017-06-02/2017-06-01", "2017/2018/2019", "about 2017", "2017~?", " 2017", "2017\n",
        "٢٠١٧", "2" * 99,
    ],
)  # fmt: skip
def test_the_strict_notation_refuses_the_rest_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse(text)


ENDS = ["2016-02-29", "9999", "9999-24", "0001-24", "9999-12-31/..", "../0001", "2017-06?/2018%"]


@pytest.mark.parametrize("text", ENDS)
def test_the_ends_of_the_calendar_can_be_said(text: str) -> None:
    assert parse(text).edtf == text
    assert public_words(text)


def test_a_locale_without_words_gets_english() -> None:
    assert public_words("2017-05", "ug") == public_words("2017-05", "en_GB") == "May 2017"
    assert public_words("") == ""
