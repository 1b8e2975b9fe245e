"""What the cells of a column look like, beside what its header says.

A look is a share of the cells that are not empty, of the first few that differ: a column of dates may hold a word, and
a column of names a date, by mistake. A column without cells looks like anything.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from campaign.dates import ages, calendars, columns, parse
from campaign.dates.calendars import Calendar
from campaign.dates.lexicon import UNKNOWN
from campaign.names.scripts import script_of
from campaign.places import current
from campaign.places import reading as places

SAMPLE: Final = 60  # different cells that are looked at
MOST: Final = 0.5
URL = re.compile(r"(?i)\b(?:https?://|www\.)\S")
YES_NO: Final = frozenset({
    "yes", "no", "y", "n", "true", "false", "1", "0", "x", "ok", "oui", "non", "si", "sí", "да", "нет", "ja", "nein",
    "evet", "hayır", "hayir", "ия", "иә", "жоқ", "joq", "ھەئە", "ھە", "ياق", "نعم", "لا", "بله", "خیر", "بلی",
    "是", "否", "可以", "不可以", "有", "无", "✓", "✗",
})  # fmt: skip
_BODIES = re.compile(
    r"(?i)\b(?:polic|secur|bureau|ministry|army|military|guards?|forces?|intelligence|court|office|agency|services?|"
    r"department|government|authorit|command|brigade|gendarm|sheriff|customs|border|polis|polizei|jandarma|emniyet|"
    r"ejército|armée|sûreté|behörde|полици|служб|кнб|фсб|мвд|омон|управлени|ұқк|امن|الامن|الأمن|شرط|الشرطة|جيش|الجيش|"
    r"مخابرات|المخابرات|وزارة|حرس|نیرو|سپاه|اطلاعات|پلیس|وزارت|ساقچى)|公安|警|国保|国安|安全局|派出所|政府"
)
_ERROR = re.compile(r"#[A-Z][A-Z0-9/]*[!?]?")
Look = Callable[[str], bool]


def sample(cells: Sequence[str]) -> list[str]:
    """Return the first different cells that say something: neither empty, nor unknown, nor a spreadsheet's error."""
    found: dict[str, None] = {}
    for cell in cells:
        text = cell.strip()
        if text and text.lower() not in UNKNOWN and not _ERROR.fullmatch(text):
            found[text] = None
            if len(found) == SAMPLE:
                break
    return list(found)


def share(cells: Sequence[str], look: Look) -> float:
    """Return how many of some cells look so, from 0 to 1; 1 where there are none."""
    return sum(map(look, cells)) / len(cells) if cells else 1.0


def like_a_date(cell: str) -> bool:
    """Whether a cell may tell a date, or that none is known: digits of a day, month or year, or such words."""
    if len(cell) > parse.LONGEST or URL.search(cell):
        return False
    if columns.is_placeholder(cell):
        return True
    digits = sum(letter.isdigit() for letter in cell)
    letters = sum(letter.isalpha() for letter in cell)
    if digits and not letters and not re.search(r"\D", cell):
        return digits in {4, 5, 6, 8}
    return (2 <= digits <= 12 and letters <= 30) or bool(parse.read(cell).edtf)


def like_another_calendar(cell: str) -> tuple[Calendar, ...]:
    """Return the calendars but ours of which a cell may be a date, not by a bare number."""
    return calendars.possible(cell) if re.search(r"[^\d\s]", cell) else ()


def like_a_place(cell: str) -> bool:
    """Whether a cell names a place of the gazetteer, and tells no story."""
    reading = places.parse(cell, current.gazetteer())
    return bool(reading.code) and not reading.is_sentence


def like_a_day(cell: str) -> bool:
    """Whether a cell tells a whole day or month in digits, which no length of a sentence does."""
    return bool(re.fullmatch(r"\d{4}[-./年]\d{1,2}([-./月]\d{1,2}日?)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}", cell))


def like_an_age(cell: str) -> bool:
    """Whether a cell may tell an age; a year does not."""
    if re.fullmatch(r"(19|20)\d\d", cell):
        return False
    return ages.allowed_ages(cell) is not None or (any(letter.isdigit() for letter in cell) and len(cell) <= 60)


def like_a_gender(cell: str) -> bool:
    """Whether a cell is short enough for a gender: a word or two, no figures."""
    return len(cell) <= 24 and len(cell.split()) <= 3 and not any(letter.isdigit() for letter in cell)


def like_an_address_on_the_web(cell: str) -> bool:
    """Whether a cell holds an address on the web."""
    return bool(URL.search(cell))


def like_a_name(cell: str) -> bool:
    """Whether a cell may be the name of somebody: a few words of letters, no address, no figures, no yes or no."""
    if cell.lower() in YES_NO or URL.search(cell) or "@" in cell or len(cell) > 120:
        return False
    # "***" is a name that is not told, and no sign against a column of names.
    letters = sum(letter.isalpha() or unicodedata.combining(letter) > 0 for letter in cell)
    digits = sum(letter.isdigit() for letter in cell)
    return (letters > 2 * digits or not letters + digits) and len(cell.split()) <= 12


def like_a_body(cell: str) -> bool:
    """Whether a cell names a body, such as a police bureau, and no person."""
    return bool(_BODIES.search(cell))


def like_words(cell: str) -> bool:
    """Whether a cell says something in words: no address on the web, no bare figures, no yes or no."""
    return any(letter.isalpha() for letter in cell) and cell.lower() not in YES_NO and not URL.search(cell)


def like_an_article(cell: str) -> bool:
    """Whether a cell may name an article of law."""
    return not URL.search(cell) and len(cell) <= 200 and any(letter.isdigit() for letter in cell)


def like_a_permission(cell: str) -> bool:
    """Whether a cell may say what is allowed: no address on the web, no day."""
    return not URL.search(cell) and not like_a_day(cell)


def like_an_identity_number(cell: str) -> bool:
    """Whether a cell looks like a number that a state gives to a person, or like a telephone's: never to be shown.

    18 characters of China (GB 11643), 11 or 12 figures (Turkey, Kazakhstan, Russia), 10 of Iran and 9 of Palestine and
    Israel where their check digit is right.
    """
    digits = [int(figure) for figure in cell if figure.isdecimal()]
    if re.fullmatch(r"\d{17}[\dXx]|\d{11,12}", cell):
        return True
    if re.fullmatch(r"\d{10}", cell):
        rest = sum(figure * weight for figure, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        return digits[9] == (rest if rest < 2 else 11 - rest)
    if re.fullmatch(r"\d{9}", cell):
        return sum(sum(divmod(figure * (1 + place % 2), 10)) for place, figure in enumerate(digits)) % 10 == 0
    return False


def script(cells: Sequence[str]) -> str:
    """Return the script of most cells, "" where there are none."""
    counted = Counter(script_of(cell) for cell in cells)
    return counted.most_common(1)[0][0] if counted else ""


_PLACES = ("birth_place", "home_town", "arrest_place", "last_contact_place", "held_place", "facility", "death_place")
_DATES = (
    "birth", "age_on", "arrest_date", "last_contact_date", "release_date", "death_date", "status_date", "hearing_date",
    "source_date",
)  # fmt: skip
_NAMES = ("name", "name_given", "name_family", "name_patronymic", "alias", "pseudonym", "relative", "source_person")
_WORDS = (
    "occupation",
    "employer",
    "ethnicity",
    "nationality",
    "religion",
    "court",
    "summary",
    "source_title",
    "status",
)
LOOKS: Final[dict[str, Look]] = {
    **dict.fromkeys(_DATES, like_a_date),
    **dict.fromkeys(_NAMES, like_a_name),
    **dict.fromkeys((*_PLACES, *_WORDS), lambda cell: like_words(cell) and not like_a_day(cell)),
    "age": like_an_age,
    "gender": like_a_gender,
    "source_url": like_an_address_on_the_web,
    "arrest_authority": like_a_body,
    "article": like_an_article,
    "sentence": lambda cell: not like_a_day(cell) and not URL.search(cell),
    "consent": like_a_permission,
    "charge": lambda cell: not like_a_day(cell) and not URL.search(cell),
}  # fmt: skip


def fits(target: str, cells: Sequence[str]) -> bool:
    """Whether most of a sample of cells look like what a target stands for."""
    look = LOOKS.get(target)
    return look is None or share(cells, look) >= MOST


def are_identity_numbers(cells: Sequence[str]) -> bool:
    """Whether most of a sample of cells look like numbers of identity papers. No cells are none."""
    return bool(cells) and share(cells, like_an_identity_number) >= MOST
