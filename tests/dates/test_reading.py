"""What people write: what is read, what is not, and that nothing written is lost."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.edtf import PartialDate, parse
from campaign.dates.parse import read
from campaign.dates.phrases import public_words

TODAY = datetime.date(2026, 5, 1)


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


# What people write, the notation, first and last day, and what the public reads.
READ = [
    ("12 April 1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("12th of April, 1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("April 12, 1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("12.04.1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("1974-04-12 00:00:00", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("12 апреля 1974 г.", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("1974年4月12日", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("  April 1963 ", "1963-04", "1963-04-01", "1963-04-30", "April 1963"),
    ("2017年5月", "2017-05", "2017-05-01", "2017-05-31", "May 2017"),
    ("2017/05", "2017-05", "2017-05-01", "2017-05-31", "May 2017"),
    ("early May 2017", "2017-05", "2017-05-01", "2017-05-31", "May 2017"),
    ("1965", "1965", "1965-01-01", "1965-12-31", "1965"),
    ("٢٠١٧", "2017", "2017-01-01", "2017-12-31", "2017"),
    ("June-July 2017", "2017-06/2017-07", "2017-06-01", "2017-07-31", "June to July 2017"),
    ("between May and June 2017", "2017-05/2017-06", "2017-05-01", "2017-06-30", "May to June 2017"),
    ("3–5 May 2017", "2017-05-03/2017-05-05", "2017-05-03", "2017-05-05", "3 to 5 May 2017"),
    ("December-January 2018", "2017-12/2018-01", "2017-12-01", "2018-01-31", "December 2017 to January 2018"),
    ("2016-2017", "2016/2017", "2016-01-01", "2017-12-31", "2016 to 2017"),
    ("2017/2018", "2017/2018", "2017-01-01", "2018-12-31", "2017 to 2018"),
    ("2016-17", "2016/2017", "2016-01-01", "2017-12-31", "2016 to 2017"),
    ("Early 2017", "2017-01~/2017-04~", "2017-01-01", "2017-04-30", "early 2017"),
    ("Mid-2015", "2015-05~/2015-08~", "2015-05-01", "2015-08-31", "mid-2015"),
    ("Late 2016", "2016-09~/2016-12~", "2016-09-01", "2016-12-31", "late 2016"),
    ("End 2017", "2017-11~/2017-12~", "2017-11-01", "2017-12-31", "end of 2017"),
    (
        "End 2017-beginning 2018",
        "2017-11~/2018-02~",
        "2017-11-01",
        "2018-02-28",
        "end of 2017 to beginning of 2018",
    ),
    ("first half of 2017", "2017-01/2017-06", "2017-01-01", "2017-06-30", "January to June 2017"),
    ("spring 2017", "2017-21", "2017-03-01", "2017-05-31", "spring 2017"),
    ("winter 2017", "2017-24", "2016-12-01", "2018-02-28", "winter 2017"),
    ("spring-summer 2017", "2017-03~/2017-08~", "2017-03-01", "2017-08-31", "about March to August 2017"),
    ("the 1970s", "1970/1979", "1970-01-01", "1979-12-31", "the 1970s"),
    ("Early 1970s", "1970~/1973~", "1970-01-01", "1973-12-31", "the early 1970s"),
    ("After 2015", "2016/..", "2016-01-01", "", "after 2015"),
    ("since 2017", "2017/..", "2017-01-01", "", "after 2016"),
    ("2017 or later", "2017/..", "2017-01-01", "", "after 2016"),
    ("before 2018", "../2017", "", "2017-12-31", "before 2018"),
    ("by June 2018", "../2018-06", "", "2018-06-30", "before July 2018"),
    ("before spring 2017", "../2017-02", "", "2017-02-28", "before March 2017"),
    ("after 31 December 2017", "2018-01-01/..", "2018-01-01", "", "after 31 December 2017"),
    ("about 2017", "2017~", "2017-01-01", "2017-12-31", "about 2017"),
    ("约2017年", "2017~", "2017-01-01", "2017-12-31", "about 2017"),
    ("2017?", "2017?", "2017-01-01", "2017-12-31", "perhaps 2017"),
    ("perhaps about May 2017", "2017-05%", "2017-05-01", "2017-05-31", "perhaps about May 2017"),
    ("about May-June 2017", "2017-05~/2017-06~", "2017-05-01", "2017-06-30", "about May to June 2017"),
    ("Mar-18", "2018-03?", "2018-03-01", "2018-03-31", "perhaps March 2018"),
    ("Mar-74", "1974-03?", "1974-03-01", "1974-03-31", "perhaps March 1974"),
    # Day and month can't be told apart: both months, never a choice.
    ("04/05/2017", "2017-04/2017-05", "2017-04-01", "2017-05-31", "April to May 2017"),
    ("13/05/2017", "2017-05-13", "2017-05-13", "2017-05-13", "13 May 2017"),
    ("05/13/2017", "2017-05-13", "2017-05-13", "2017-05-13", "13 May 2017"),
    # November 2010, or the two years: both lie inside.
    ("2010/11", "2010/2011", "2010-01-01", "2011-12-31", "2010 to 2011"),
    # A year of two digits: the century is sure where this one would lie in the future.
    ("03.04.74", "1974-04-03", "1974-04-03", "1974-04-03", "3 April 1974"),
    ("03/04/74", "1974-03/1974-04", "1974-03-01", "1974-04-30", "March to April 1974"),
    ("03.04.17", "2017-04-03?", "2017-04-03", "2017-04-03", "perhaps 3 April 2017"),
    ("20170412", "2017-04-12", "2017-04-12", "2017-04-12", "12 April 2017"),
    ("on or about 5 July 1970", "1970-07-05~", "1970-07-05", "1970-07-05", "about 5 July 1970"),
    ("May/1970", "1970-05", "1970-05-01", "1970-05-31", "May 1970"),
    ("12/May/1970", "1970-05-12", "1970-05-12", "1970-05-12", "12 May 1970"),
    ("winter 2016-2017", "2016-12~/2017-02~", "2016-12-01", "2017-02-28", "about December 2016 to February 2017"),
    ("Winter 1974/75", "1974-12~/1975-02~", "1974-12-01", "1975-02-28", "about December 1974 to February 1975"),
    ("winter 2016 to spring 2017", "2016-01~/2017-05~", "2016-01-01", "2017-05-31", "about January 2016 to May 2017"),
    ("Apr.1974", "1974-04", "1974-04-01", "1974-04-30", "April 1974"),
    ("12Apr1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("12.IV.1974", "1974-04-12", "1974-04-12", "1974-04-12", "12 April 1974"),
    ("3/5/2017 14:22", "2017-03/2017-05", "2017-03-01", "2017-05-31", "March to May 2017"),
    # Signs and zeros for what is not known.
    ("1974-XX-XX", "1974", "1974-01-01", "1974-12-31", "1974"),
    ("1974-05-??", "1974-05", "1974-05-01", "1974-05-31", "May 1974"),
    ("00.05.1974", "1974-05", "1974-05-01", "1974-05-31", "May 1974"),
    ("xx/05/1974", "1974", "1974-01-01", "1974-12-31", "1974"),
    ("197X", "1970/1979", "1970-01-01", "1979-12-31", "the 1970s"),
    ("2017-06/2017-07", "2017-06/2017-07", "2017-06-01", "2017-07-31", "June to July 2017"),
    ("../2018", "../2018", "", "2018-12-31", "before 2019"),
]

UNREADABLE = [
    "31 February 2017", "1952-08021", "19812", "2017-02-30", "18-Mar", "May 17", "Ramadan 2017", "Early seventies",
    "1396", "42856", "2018-2017", "12/04/05", "5/17", "1/0/1974", "12042017",
    "arrested in May 2017, released in June", "a few weeks before May 2017",
    "2017\x00", "\x00", "\ud800", "5" * 10_000, "May " * 2_500, "/" * 120, "about " * 20, "before after 2017",
    "2017-05/06",
]  # fmt: skip


@pytest.mark.parametrize(("words", "edtf", "earliest", "latest", "public"), READ)
def test_what_people_write_is_read(words: str, edtf: str, earliest: str, latest: str, public: str) -> None:
    assert read(words, today=TODAY) == PartialDate(edtf, day(earliest), day(latest), words)
    assert public_words(edtf) == public


@pytest.mark.parametrize("words", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_keeps_its_words(words: str) -> None:
    assert read(words, today=TODAY) == PartialDate(written=words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Unknown", "not_known"), (" UNKNOWN ", "not_known"), ("?", "not_known"), ("不详", "not_known"),
        ("(unknown)", "not_known"), ("not asked", "not_asked"), ("They will not say.", "not_said"), ("", ""),
        ("NULL", "not_known"), ("#N/A", "not_known"), ("0", "not_known"),
        ("00.00.0000", "not_known"), ("0000-00-00", "not_known"), ("1/0/1900", "not_known"),
        ("xx.xx.xxxx", "not_known"),
        ("99/99/9999", "not_known"), ("9999-12-31", "not_known"),
        ("Unbekannt", "not_known"), ("sin fecha", "not_known"),
    ],
)  # fmt: skip
def test_the_three_ways_of_not_knowing_are_told_apart(words: str, kind: str) -> None:
    assert read(words) == PartialDate(written=words, unknown=kind)  # type: ignore[arg-type]


DATE_WORDS = st.sampled_from(
    ["may", "2017", "12", "5", "early", "-", "/", "or", "before", "about", "?", "~", "年", "月"]
)


@given(st.text() | st.lists(DATE_WORDS).map(" ".join) | st.lists(DATE_WORDS).map("".join))
def test_reading_never_raises_keeps_the_words_and_orders_the_bounds(words: str) -> None:
    date = read(words, today=TODAY)
    assert date.written == words
    assert bool(date.edtf) == (date.earliest is not None or date.latest is not None)
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    if date.edtf:
        again = parse(date.edtf)
        assert (again.earliest, again.latest) == (date.earliest, date.latest)
        assert read(date.edtf, today=TODAY).edtf == date.edtf
        assert public_words(date.edtf)
