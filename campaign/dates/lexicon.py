"""The words people write in dates: what each one is. Data, readable without programming.

English, and Russian months and marks (the campaign's partners write them). Chinese is turned into
the same shapes by CHINESE before anything else is read.
"""

import re
from typing import Literal

from campaign.dates.edtf import WINTER, UnknownKind

Kind = Literal["day", "year", "month", "season", "part", "half", "decade"]

_MONTH_WORDS = (
    "january jan январь января янв",
    "february feb февраль февраля фев",
    "march mar март марта мар",
    "april apr апрель апреля апр",
    "may май мая",
    "june jun июнь июня июн",
    "july jul июль июля июл",
    "august aug август августа авг",
    "september sept sep сентябрь сентября сен",
    "october oct октябрь октября окт",
    "november nov ноябрь ноября ноя",
    "december dec декабрь декабря дек",
)
MONTHS = {word: n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
SEASONS = {
    "spring": 21, "весна": 21, "весной": 21,
    "summer": 22, "лето": 22, "летом": 22,
    "autumn": 23, "fall": 23, "осень": 23, "осенью": 23,
    "winter": WINTER, "зима": WINTER, "зимой": WINTER,
}  # fmt: skip
PARTS = {
    "early": "early",
    "mid": "mid", "middle": "mid",
    "late": "late",
    "beginning": "beginning", "start": "beginning", "начало": "beginning", "начале": "beginning",
    "end": "end", "конец": "end", "конце": "end",
}  # fmt: skip
# Words that change nothing: "on the 12th of April 1974", "12 апреля 1974 г."
FILLERS = frozenset({
    "the", "of", "in", "on", "at", "year", "month", "г", "г.", "год", "года", "году",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip

ABOUT = "about|around|approximately|approx|circa|ca|c|roughly|около|примерно"
PERHAPS = "perhaps|possibly|maybe|probably|reportedly|likely|возможно|вероятно"
# Each opening word: which end is open, and whether the date named is itself shut out.
OPENINGS = {
    "before": ("start", True), "prior to": ("start", True), "earlier than": ("start", True),
    "до": ("start", True),
    "until": ("start", False), "by": ("start", False), "no later than": ("start", False),
    "not later than": ("start", False), "not after": ("start", False),
    "after": ("end", True), "later than": ("end", True), "после": ("end", True),
    "since": ("end", False), "from": ("end", False), "not before": ("end", False),
    "no earlier than": ("end", False), "not earlier than": ("end", False), "с": ("end", False),
}  # fmt: skip

# "Unknown" in a sheet means not known to us; the other two are said only in so many words.
_UNKNOWN_WORDS: dict[UnknownKind, str] = {
    "not_known": """unknown|not known|n/a|na|n.a|none known|no information|no data|unclear|?|??|-|--
        |not available|date unknown|don't know|do not know|they do not know|they don't know|not sure
        |неизвестно|неизвестна|нет данных|不详|不詳|未知|不明|不知道|نامەلۇم""",
    "not_asked": "not asked|never asked|not yet asked|not asked yet|have not asked",
    "not_said": """will not say|won't say|would not say|they will not say|refused to say|declined
        |declined to say|prefer not to say|prefers not to say""",
}
UNKNOWN = {word.strip(): kind for kind, words in _UNKNOWN_WORDS.items() for word in words.split("|")}

_CHINESE = (
    (r"(?<=[0-9])年\s*([0-9]{1,2})月\s*([0-9]{1,2})[日号號]", r"-\1-\2"),
    (r"(?<=[0-9])年\s*([0-9]{1,2})月份?", r"-\1"),
    (r"([0-9]{4})年?(?:年初|初)", r"beginning \1"),
    (r"([0-9]{4})年?(?:年[底末]|[底末])", r"end \1"),
    (r"([0-9]{4})年?年?中", r"mid \1"),
    (r"([0-9]{4})年上半年", r"first half \1"),
    (r"([0-9]{4})年下半年", r"second half \1"),
    (r"([0-9]{4})年春[天季]?", r"spring \1"),
    (r"([0-9]{4})年夏[天季]?", r"summer \1"),
    (r"([0-9]{4})年秋[天季]?", r"autumn \1"),
    (r"([0-9]{4})年冬[天季]?", r"winter \1"),
    (r"(?<=[0-9])年", ""),
    (r"^(?:大约|大約|约|約)\s*(.+)$", r"about \1"),
    (r"^(.+?)\s*(?:左右|前后|前後)$", r"about \1"),
    (r"^(.+?)\s*(?:之前|以前|前)$", r"before \1"),
    (r"^(.+?)\s*(?:之后|之後|以后|以後|后|後)$", r"after \1"),
    (r"\s*[至到]\s*", " to "),
)
CHINESE = [(re.compile(pattern), words) for pattern, words in _CHINESE]


def kind_of(word: str) -> tuple[Kind, str] | None:
    """Return what `word` is in a date and its value as text, or None for any other word."""
    if word.isdecimal():
        return ("year", word) if len(word) == 4 else ("day", word) if len(word) < 3 else None
    tables: tuple[tuple[Kind, dict[str, int] | dict[str, str]], ...] = (
        ("month", MONTHS),
        ("season", SEASONS),
        ("part", PARTS),
    )
    for kind, table in tables:
        if word in table:
            return kind, str(table[word])
    if re.fullmatch(r"[0-9]{3}0'?s", word):
        return "decade", word[:4]
    return ("half", word) if re.fullmatch("(first|second)-half|q[1-4]", word) else None
