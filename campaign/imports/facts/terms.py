"""Sentences in words: a kind, and the length of a term, read where every word of the cell is understood."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from campaign.imports.facts.words import meaning, phrases

LONGEST_TERM = 100
UNITS = {
    "years": (
        r"years?|yrs?|y|лет|года|год|жыл\w*|йил\w*|yil\w*|yıl\w*|sene|年|سنوات|سنة|سنين|عاما|عام|أعوام|سال|يىل\w*"
        r"|años|año|ans|an|années|année|jahren|jahre|jahr"
    ),
    "months": (
        r"months?|mos?|m|месяцев|месяца|месяц|мес|ай|ay|oy|个月|個月|月|أشهر|شهور|شهرا|شهر|ماه|ئاي|meses|mes|mois"
        r"|monaten|monate|monat"
    ),
    "days": r"days?|d|дней|дня|день|суток|күн|gün|kün|天|日|يوما|يوم|أيام|روز|كۈن|días|día|jours|jour|tagen|tage|tag",
}
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_HAN = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"两": 2, "兩": 2, "零": 0}
_LENGTH = re.compile(
    rf"(?P<number>\d{{1,3}}|[一二三四五六七八九十两兩]{{1,3}}|\b(?:{'|'.join(_ENGLISH)})\b)"
    rf"[\s-]*(?:\(\d{{1,3}}\)\s*)?(?:{'|'.join(f'(?P<{unit}>{words})' for unit, words in UNITS.items())})"
    r"(?![^\W\d_\u2e80-\u9fff])",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"\s*[,،，;；؛(（\n]\s*")


class Term(NamedTuple):
    """A sentence as a cell tells it; `rest` are the words behind it that were not read. "none" is no sentence."""

    kind: str
    years: int | None = None
    months: int | None = None
    days: int | None = None
    rest: str = ""


def read(cell: str, header: str = "") -> Term | None:
    """Return the sentence that a cell tells, None where a word of it is not understood; never a guess.

    A bare number has the unit that the header says. What follows a comma or a bracket is `rest`, and no part of it.
    """
    whole = _read(cell, header)
    if whole is not None:
        return whole
    cut = _SEGMENT.search(cell, 1)
    opening = _read(cell[: cut.start()], header) if cut else None
    return opening._replace(rest=cell[cut.end() :].strip(" )）")) if cut and opening else None


def _read(cell: str, header: str) -> Term | None:
    if kind := meaning("terms", cell):
        return Term(kind) if kind != "in" else None
    text = "".join(str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in cell)
    if re.fullmatch(r"\s*\d{1,3}\s*", text):
        return _of_unit(int(text), unit_of(header))
    found: dict[str, int] = {}
    rest = _LENGTH.sub(lambda one: _take(one, found), unicodedata.normalize("NFKC", text))
    kinds = _kinds_beside(rest)
    if not found or kinds is None:
        return None
    return _term(kinds or "term", found) if _is_length(found) else None


def _take(one: re.Match[str], found: dict[str, int]) -> str:
    unit = next(name for name in UNITS if one[name])
    if unit in found:
        return one[0]  # said twice: not understood
    found[unit] = _number(one["number"].casefold())
    return " | "


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    if words in _ENGLISH:
        return _ENGLISH[words]
    tens, ten, ones = words.partition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones if ten else tens, 0)


def _kinds_beside(rest: str) -> str | None:
    """Return "suspended" or "" by the words around a length, None where one of them is not known."""
    kind = ""
    for words in filter(None, (part.strip(" .。'’-–—") for part in rest.split("|"))):
        said = meaning("terms", words)
        if said == "suspended":
            kind = said
        elif said not in {"in", "unknown"} and not all(one in _known_words() for one in words.casefold().split()):
            return None
    return kind


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase, code in phrases("terms") if code == "in" for word in phrase.casefold().split())


def _is_length(found: dict[str, int]) -> bool:
    return any(found.values()) and found.get("years", 0) <= LONGEST_TERM and found.get("months", 0) <= 12 * LONGEST_TERM


def _of_unit(number: int, unit: str) -> Term | None:
    return _term("term", {unit: number}) if unit and _is_length({unit: number}) else None


def _term(kind: str, found: dict[str, int]) -> Term:
    return Term(kind, found.get("years"), found.get("months"), found.get("days"))


@cache
def unit_of(header: str) -> str:
    """Return the unit of lengths that a header names as a word of its own, "" for none or several."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", header).casefold())
    found = {
        unit
        for unit, pattern in UNITS.items()
        for word in words
        if (len(word) > 1 and re.fullmatch(pattern, word)) or any(sign in word for sign in _signs_of(pattern))
    }
    return found.pop() if len(found) == 1 else ""


def _signs_of(pattern: str) -> list[str]:
    return [word for word in pattern.split("|") if re.fullmatch(r"[\u2e80-\u9fff]+", word)]
