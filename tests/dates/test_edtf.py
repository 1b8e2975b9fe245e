"""The strict notation, and the words the public gets for it."""

import pytest

from campaign.dates.edtf import parse
from campaign.dates.phrases import adverbial, public_words


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


def test_no_date_has_no_words() -> None:
    assert public_words("") == adverbial("") == ""


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2024-05-03", "on 3 May 2024"), ("2024-05", "in May 2024"), ("2024", "in 2024"), ("2024~", "about 2024"),
        ("../2018", "before 2019"), ("2019/..", "after 2018"), ("2024-21", "in spring 2024"),
        ("2024-01~/2024-04~", "in early 2024"), ("2017-06/2017-07", "in June to July 2017"),
        ("2017-06~/2017-07~", "about June to July 2017"), ("2017-11~/2017-12~", "at the end of 2017"),
        ("2017-01~/2017-02~", "beginning of 2017"), ("2017-11~/2018-02~", "at the end of 2017 to beginning of 2018"),
        ("1970/1979", "in the 1970s"), ("2017-05-03/2017-05-05", "in 3 to 5 May 2017"),
    ],
)  # fmt: skip
def test_a_date_is_joined_to_its_sentence(edtf: str, said: str) -> None:
    assert adverbial(edtf) == said
