"""When a term ends, by its beginning and its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.edtf import parse
from campaign.dates.terms import end_of_term, to_the_month, unmarked


@pytest.mark.parametrize(
    ("start", "length", "ends"),
    [
        ("2018-04", {"years": 3}, "2021-04"), ("2018-04-10", {"years": 1, "months": 6}, "2019-10"),
        ("2019", {"years": 15}, "2034"), ("2018", {"years": 2, "months": 6}, "2020/2021"),
        ("2018~", {"years": 3}, "2021~"), ("2018?", {"years": 3}, "2021~"), ("2017-06/2017-07", {"years": 1}, "2018"),
        ("2020-02-29", {"years": 1}, "2021-02"), ("2020-01-20", {"days": 15}, "2020-02"),
        ("2017-21", {"years": 2}, "2019"),
        ("../2018", {"years": 3}, ""), ("2018/..", {"years": 3}, ""), ("2018", {}, ""), ("9990", {"years": 20}, ""),
    ],
)  # fmt: skip
def test_an_end_is_as_fine_and_as_sure_as_its_beginning(start: str, length: dict[str, int], ends: str) -> None:
    assert end_of_term(parse(start), **length).edtf == ends


@given(st.dates(), st.integers(0, 30), st.integers(0, 30), st.integers(0, 900))
def test_no_term_ends_before_it_begins(start, years, months, days):  # type: ignore[no-untyped-def]
    begun = parse(start.isoformat())
    end = end_of_term(begun, years=years, months=months, days=days)
    assert not end.edtf or (end.latest and begun.latest and end.latest >= begun.latest)


def test_a_sentence_tells_months() -> None:
    told = [
        to_the_month(edtf) for edtf in ("2018-04-10", "2018-04-10~", "2018", "2017-01-02/2017-01-05", "../2018", "")
    ]
    assert told == ["2018-04", "2018-04~", "2018", "2017-01-02/2017-01-05", "../2018", ""]
    assert unmarked("2017~/2018?") == "2017/2018"
