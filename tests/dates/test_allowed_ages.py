"""Which ages the words allow, in the languages of partners, and who is shown by them to be grown up."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.age_words import CHILDHOOD
from campaign.dates.ages import OLDEST, ages_on, allowed_ages, is_shown_grown_up, parse_age, reported_ages_on
from campaign.dates.edtf import PartialDate, parse

DAY = datetime.date(2026, 5, 1)
UNSAID = PartialDate()

ALLOWED = [
    ("42", 42, 42), ("30-35", 30, 35), ("55 or 56", 55, 56), ("About 60", 55, 65), ("60?", 55, 65),
    ("Early seventies", 70, 73), ("mid-40s", 44, 46), ("forties", 40, 49), ("42岁", 42, 42),
    ("около 60 лет", 55, 65), ("примерно 60", 55, 65), ("60 лет", 60, 60), ("21 год", 21, 21),
    ("лет 60", 55, 65), ("30–35 лет", 30, 35), ("60-летний", 60, 60), ("в возрасте 60 лет", 60, 60),
    ("约60岁", 55, 65), ("60岁左右", 55, 65), ("六十岁", 60, 60), ("六十多岁", 60, 69), ("二十几岁", 20, 29),
    ("六十来岁", 55, 65), ("十七八岁", 17, 18), ("七八岁", 7, 8), ("十六岁", 16, 16), ("حوالي 60 عاما", 55, 65),
    ("60 عاما", 60, 60), ("٦٠ سنة", 60, 60), ("60 عامًا تقريبًا", 55, 65), ("في الستينيات", 60, 69),
    ("الأربعينات", 40, 49), ("yaklaşık 60 yaşında", 55, 65), ("60 yaşında", 60, 60),
    ("60'lı yaşlarında", 60, 69), ("60 yaş civarında", 55, 65), ("шамамен 60 жаста", 55, 65),
    ("60 жаста", 60, 60), ("60 жас шамасында", 55, 65), ("تەخمىنەن 60 ياش", 55, 65),
    ("60 ياشتا", 60, 60), ("60 ياش ئەتراپىدا", 55, 65), ("texminen 60 yash", 55, 65),
    ("60 yashta", 60, 60), ("teenager", 10, 19), ("A teenager", 10, 19), ("in his teens", 10, 19),
    ("a minor", 0, 17), ("minor", 0, 17), ("Minor (16)", 16, 16), ("17 (minor)", 17, 17),
    ("20 (minor)", 0, 20), ("still a minor", 0, 17), ("schoolboy", 0, 17), ("pupil", 0, 17),
    ("middle school student", 0, 17), ("minor at the time of arrest", 0, 17),
    ("17 (at time of arrest)", 17, 17), ("17 (at the time of arrest)", 17, 17),
    ("17 at time of arrest", 17, 17), ("17, at the time of his arrest", 17, 17),
    ("17 when arrested", 17, 17), ("17 when she was detained", 17, 17), ("16 or 17", 16, 17),
    ("under 18", 0, 17), ("Under the age of 18", 0, 17), ("below 18", 0, 17),
    ("younger than 16", 0, 15), ("<18", 0, 17), ("18 or under", 0, 18), ("over 60", 60, 120),
    ("60+", 60, 120), ("18+", 18, 120), ("at least 60", 60, 120), ("60 or older", 60, 120),
    ("almost 18", 13, 17), ("nearly 60", 55, 59), ("6 months", 0, 0), ("18 months", 1, 1),
    ("18 months old", 1, 1), ("3 weeks old", 0, 0), ("infant", 0, 3), ("несовершеннолетний", 0, 17),
    ("несовершеннолетняя", 0, 17), ("ребёнок", 0, 17), ("школьник", 0, 17), ("подросток", 0, 17),
    ("младше 18 лет", 0, 17), ("до 18 лет", 0, 17), ("моложе 18", 0, 17), ("старше 60 лет", 60, 120),
    ("за 60", 60, 120), ("17 лет (на момент ареста)", 17, 17), ("6 месяцев", 0, 0), ("未成年", 0, 17),
    ("未成年人", 0, 17), ("中学生", 0, 17), ("初中生", 0, 17), ("未满18岁", 0, 17), ("不满十八岁", 0, 17),
    ("未滿十八歲", 0, 17), ("18岁以下", 0, 18), ("60岁以上", 60, 120), ("被捕时17岁", 17, 17),
    ("17岁（被捕时）", 17, 17),
    ("虚岁18", 16, 17), ("虚岁十八岁", 16, 17), ("18虚岁", 16, 17), ("6个月", 0, 0), ("قاصر", 0, 17),
    ("قاصرة", 0, 17), ("طفل", 0, 17), ("مراهق", 0, 17), ("دون 18 عاما", 0, 17),
    ("أقل من 18 سنة", 0, 17), ("دون سن 18", 0, 17), ("فوق 60 عاما", 60, 120),
    ("17 عاما عند اعتقاله", 17, 17), ("6 أشهر", 0, 0), ("reşit olmayan", 0, 17), ("Reşit değil", 0, 17),
    ("çocuk", 0, 17), ("lise öğrencisi", 0, 17), ("18 yaşından küçük", 0, 17), ("18 yaş altı", 0, 17),
    ("18 yaşın altında", 0, 17), ("60 yaş üstü", 60, 120), ("60 yaşından büyük", 60, 120),
    ("tutuklandığında 17 yaşında", 17, 17), ("6 aylık", 0, 0), ("кәмелетке толмаған", 0, 17),
    ("жасөспірім", 0, 17), ("оқушы", 0, 17), ("18 жасқа толмаған", 0, 17), ("18-ге толмаған", 0, 17),
    ("18 жастан кіші", 0, 17), ("60 жастан асқан", 60, 120), ("6 айлық", 0, 0),
    ("قۇرامىغا يەتمىگەن", 0, 17), ("ئۆسمۈر", 0, 17), ("18 ياشقا توشمىغان", 0, 17),
    ("18 ياشتىن تۆۋەن", 0, 17), ("60 ياشتىن يۇقىرى", 60, 120), ("6 ئايلىق", 0, 0),
    ("quramigha yetmigen", 0, 17), ("18 yashqa toshmighan", 0, 17), ("17 or so", 12, 22),
    ("(17)", 17, 17), ("age: 17", 17, 17), ("aged 17", 17, 17), ("17 yrs", 17, 17), ("17 y.o.", 17, 17),
    ("17yo", 17, 17), ("18 weeks", 0, 0), ("17 y/o", 17, 17), ("14.0", 14, 14), ("35,0", 35, 35), ("35.5", 35, 35),
    ("٣٥", 35, 35), ("۳۵", 35, 35), ("３５", 35, 35), ("卅五", 35, 35), ("thirty-five", 35, 35), ("sixteen", 16, 16),
    ("тридцать пять лет", 35, 35), ("шестнадцать", 16, 16), ("otuz beş", 35, 35), ("on altı", 16, 16),
    ("خمسة وثلاثون", 35, 35), ("ستة عشر عاما", 16, 16), ("سی و پنج ساله", 35, 35), ("treinta y cinco años", 35, 35),
    ("dieciséis", 16, 16), ("trente-cinq ans", 35, 35), ("seize ans", 16, 16), ("soixante-dix-sept", 77, 77),
    ("fünfunddreißig", 35, 35), ("sechzehn Jahre alt", 16, 16), ("отыз бес жаста", 35, 35),
    ("ئوتتۇز بەش ياش", 35, 35),
    ("on alte yash", 16, 16), ("16 ans", 16, 16), ("16 años", 16, 16), ("16 Jahre alt", 16, 16), ("16 ساله", 16, 16),
    ("between 35 and 40", 35, 40), ("unter 18", 0, 17), ("menor de 18 años", 0, 17), ("moins de 18 ans", 0, 17),
    ("≤17", 0, 17), ("≥18", 18, 120), ("1 year 6 months", 1, 1), ("2 yrs 6 mths", 2, 2), ("6 meses", 0, 0),
    ("menor de edad", 0, 17), ("mineure", 0, 17), ("minderjährig", 0, 17), ("Kind", 0, 17), ("کودک", 0, 17),
    ("school age", 0, 17), ("boy", 0, 17), ("bébé", 0, 3), ("نوزاد", 0, 3),
]  # fmt: skip
CHILDREN = [
    ("Aged about 17", 12, 22), ("a 16-year-old", 16, 16), ("17-летний подросток", 17, 17),
    ("16 жастағы бала", 16, 16),
    ("16 yaşında çocuk", 16, 16), ("16 ياشلىق بالا", 16, 16), ("طفل عمره 12 سنة", 12, 12), ("15岁的中学生", 15, 15),
    ("child of 12", 12, 12), ("child (60)", 0, 60), ("under-18s", 0, 17), ("schoolgirl, 15", 15, 15),
]  # fmt: skip
UNREAD = [
    "", "unknown", "adult", "student", "elderly", "young", "18 months ago", "not a minor", "no longer a minor",
    "1999",
    "father of two children", "25 in 2030", "born 1999", "4 2", "999", "over 999", "35-30", "Mar-18",
    "взрослый", "成年",
    "少年犯", "بالغ", "yetişkin", "совершеннолетний", "\x00", "9" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize(("words", "low", "high"), ALLOWED + CHILDREN)
def test_an_age_as_written_allows_no_more_and_no_less(words: str, low: int, high: int) -> None:
    assert allowed_ages(words) == (low, high)


@pytest.mark.parametrize("words", UNREAD, ids=range(len(UNREAD)))
def test_what_is_unread_is_none_and_shows_nobody_grown_up(words: str) -> None:
    assert allowed_ages(words) is None
    assert not is_shown_grown_up(UNSAID, words, UNSAID, DAY)


@pytest.mark.parametrize("words", ["17 (at time of arrest)", "over 60", "a minor", "младше 18", "未成年", "6 months"])
def test_what_tells_no_age_in_years_is_no_age_to_reckon_a_birth_from(words: str) -> None:
    assert parse_age(words) is None


@pytest.mark.parametrize("words", sorted(CHILDHOOD))
def test_a_word_of_childhood_leaves_a_minor_possible(words: str) -> None:
    ages = allowed_ages(words)
    assert ages is not None
    assert ages[0] < 18
    assert not is_shown_grown_up(UNSAID, words, UNSAID, DAY)


@given(
    st.text(max_size=70)
    | st.lists(st.sampled_from(["18", "under", "(", "minor", "about", "岁", "лет", "+", "-"])).map(" ".join)
)
def test_reading_never_raises_and_keeps_the_order(words: str) -> None:
    ages = allowed_ages(words)
    assert ages is None or 0 <= ages[0] <= ages[1] <= OLDEST + 5
    told = parse_age(words)
    assert told is None or (ages is not None and ages[0] <= told.low and told.high <= ages[1])


@pytest.mark.parametrize(
    ("birth", "ages"),
    [
        ("1974-04-12", (52, 52)), ("2008-05-01", (18, 18)), ("2008-05-02", (17, 17)), ("2008", (17, 18)),
        ("2008~", (16, 19)), ("2009/..", (0, 17)), ("2008/..", (0, 18)), ("../2008", (17, OLDEST)),
        ("../1970", (55, OLDEST)), ("2030", (0, 0)), ("1980/1989", (36, 46)),
    ],
)  # fmt: skip
def test_an_open_birth_gives_the_widest_age(birth: str, ages: tuple[int, int]) -> None:
    assert ages_on(parse(birth), DAY) == ages


@pytest.mark.parametrize(
    ("words", "on", "ages"),
    [
        ("17", "", (17, 17)), ("17", "2025-05-01", (18, 19)), ("17", "2025-06", (17, 18)), ("17", "2024", (18, 20)),
        ("a minor", "2017", (8, 27)), ("about 20", "2026", (15, 26)), ("17", "../2020", (22, OLDEST)),
        ("17", "2030", None),
        ("over 60", "2017", (68, OLDEST)), ("17", "2020/..", (17, 24)), ("teacher", "2017", None),
    ],
)  # fmt: skip
def test_an_age_grows_from_the_day_on_which_it_was_reported(words: str, on: str, ages: tuple[int, int] | None) -> None:
    assert reported_ages_on(words, parse(on) if on else UNSAID, DAY) == ages


@pytest.mark.parametrize(
    ("birth", "words", "on", "is_shown"),
    [
        ("1974", "", "", True), ("", "42", "", True), ("", "17", "", False), ("", "17", "2020", True),
        ("2008", "", "", False), ("", "", "", False), ("2009/..", "", "", False), ("2008/..", "", "", False),
        ("../2008", "", "", False), ("../1970", "", "", True), ("", "teenager", "", False),
    ("", "17 (at time of arrest)", "", False),
        ("", "about 20", "", False), ("", "about 25", "", True), ("", "a minor", "2007", True),
    ("", "over 18", "", True),
        ("1974", "17", "", True), ("1974", "17", "2025", False), ("2010", "60", "", False),
    ("../2015", "60", "", True), ("1974", "45", "", True),
        ("1974", "illegible", "", True), ("", "未成年", "", False), ("", "несовершеннолетний", "", False),
    ],
)  # fmt: skip
def test_grown_up_is_who_is_shown_to_be(birth: str, words: str, on: str, is_shown: bool) -> None:
    born, reported_on = (parse(text) if text else UNSAID for text in (birth, on))
    assert is_shown_grown_up(born, words, reported_on, DAY) is is_shown
