"""Grown up is only who is shown to be 18 or over: by birth, by an age with its day, by a cited fact and the years."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.cases.age import has_signs_of_minor, is_shown_grown_up
from campaign.cases.file import CaseFile, Citation, Episode, Event, Sentence, Source
from campaign.dates.edtf import PartialDate, parse

DAY = datetime.date(2026, 5, 4)
ARREST, SENTENCE = "episodes/90000001/events/e0000001", "episodes/90000001/sentence"


def file(**changes: object) -> CaseFile:
    return msgspec.structs.replace(CaseFile(sources=[Source(id="50000001")]), **changes)


def of_event(kind: str, date: str, *, is_cited: bool = True, account: str = "") -> CaseFile:
    event = Event(id="e0000001", type=kind, date=parse(date), account=account)
    cited = [Citation(source_id="50000001", fact=ARREST)] if is_cited else []
    return file(episodes=[Episode(id="90000001", events=[event])], citations=cited)


@pytest.mark.parametrize(
    "known",
    [
        file(birth=parse("1974")),
        file(birth=parse("../1990")),
        file(birth=parse("2005~")),
        file(age_reported="42"),
        file(age_reported="early seventies"),
        file(age_reported="17", age_reported_on=parse("2018")),
        file(age_reported="25-30"),
        of_event("arrest", "2017-04"),
        of_event("sentence", "2019"),
        of_event("other", "2021", account="A doctorate in biology at Urumqi."),
        file(
            episodes=[Episode(id="90000001", start=parse("2018"))],
            citations=[Citation(source_id="50000001", fact="episodes/90000001")],
        ),
        file(
            episodes=[Episode(id="90000001", sentence=Sentence(kind="term", start=parse("2020")))],
            citations=[Citation(source_id="50000001", fact=SENTENCE)],
        ),
    ],
)
def test_who_is_shown_to_be_grown_up(known: CaseFile) -> None:
    assert is_shown_grown_up(known, DAY)
    assert not has_signs_of_minor(known, DAY)


@pytest.mark.parametrize(
    ("known", "has_signs"),
    [
        (file(), False),
        (file(birth=parse("2010")), True),
        (file(birth=parse("2008/..")), True),
        (file(birth=parse("2008~")), True),
        (file(age_reported="16 or 17"), True),
        (file(age_reported="17"), True),
        (file(age_reported="teenager"), True),
        (file(age_reported="17 (at time of arrest)"), True),
        (file(age_reported="подросток"), True),
        (file(age_reported="未成年"), True),
        (file(age_reported="sixteen and a half"), True),
        (file(age_reported="ninth grade"), True),
        (file(age_reported="高二学生"), True),
        (file(age_reported="девятиклассник"), True),
        (file(age_reported="o'smir"), True),
        (file(age_reported="دون الثامنة عشرة"), True),
        (file(age_reported="고등학생"), True),
        (file(tags=["under-18"]), True),
        (file(age_reported="about 18"), True),
        (file(age_reported="unknown"), False),
        (file(occupation="Pupil of a middle school"), True),
        (file(occupation="ئوقۇغۇچى"), True),
        (file(tags=["minor"]), True),
        (of_event("arrest", "2022"), False),
        (of_event("arrest", "2010", is_cited=False), False),
        (of_event("other", "2024", account="She was married."), False),
        (of_event("no_news", "2001"), False),
    ],
)
def test_anybody_else_may_be_under_18(known: CaseFile, has_signs: bool) -> None:
    assert not is_shown_grown_up(known, DAY)
    assert has_signs_of_minor(known, DAY) is has_signs


def test_a_birth_that_says_a_child_outweighs_whatever_else_is_cited() -> None:
    known = msgspec.structs.replace(of_event("arrest", "2010"), birth=parse("2012"))
    assert not is_shown_grown_up(known, DAY)


@given(
    st.dates(datetime.date(1930, 1, 1), DAY),
    st.sampled_from(["day", "month", "year", "open", "about"]),
    st.integers(0, 9),
)
def test_nobody_whose_birth_allows_less_than_18_years_is_called_grown_up(
    born: datetime.date, fineness: str, later: int
) -> None:
    said = {
        "day": born.isoformat(),
        "month": born.isoformat()[:7],
        "year": born.isoformat()[:4],
        "open": f"{born.year}/..",
        "about": f"{born.year}~",
    }[fineness]
    known = of_event("arrest", str(min(born.year + later, DAY.year - 1)))
    known = msgspec.structs.replace(known, birth=parse(said))
    youngest = {"open": DAY, "about": datetime.date(born.year + 1, 12, 31), "year": datetime.date(born.year, 12, 31)}
    last = youngest.get(fineness, born)
    years = DAY.year - last.year - ((DAY.month, DAY.day) < (last.month, last.day))
    if is_shown_grown_up(known, DAY):
        assert years >= 18 or (fineness == "open" and DAY.year - born.year >= 18)
    assert isinstance(known.birth, PartialDate)
