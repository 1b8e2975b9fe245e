"""Whether a name cell names nobody: a placeholder ("N.N.", "Name withheld"), a total, a line below the table.

Words: nobody.tsv. A cell is never a placeholder for a part of a word, and a name that is known in part is a name.
"""

import re
from functools import cache

from campaign.names.beside import is_news
from campaign.names.tables import rows
from campaign.text import folded_words

# Titled like a name (Nan, Na), these are names; otherwise a program wrote them for nothing.
_ALSO_NAMES = frozenset({"nan", "na", "nil", "nn"})
_ERROR_CELL = re.compile(r"#[A-Z][A-Z0-9/]*[!?]?")
_MARKED_LINE = re.compile(r"\s*[*†‡§※¹²³]+\s*(?P<rest>.+)", re.DOTALL)
_LONGEST_NAME = 4  # words
_CROSSES = re.compile(r"([xхχ])\1+")  # XX, in Latin, Cyrillic or Greek letters, once folded
_HAN = re.compile(r"[\u3400-\u9fff]+")


def is_nobody(text: str) -> bool:
    """Say whether `text` names nobody: no letters, an error of a spreadsheet, or words for a name that is not given.

    "***", "N.N.", "Name withheld", "Unidentified male 3", "姓名不详" do; "Aygul (surname unknown)" does not.
    """
    words = folded_words(text)
    if not any(letter.isalpha() for letter in words) or _ERROR_CELL.fullmatch(text.strip()):
        return True
    if _CROSSES.fullmatch(words.replace(" ", "")):
        return True
    if words in _of_kind("phrase"):
        return words not in _ALSO_NAMES or not text.strip(" .").istitle()
    return bool(_begins_unnamed().match(words)) or _is_anybody(words)


def is_footer(text: str) -> bool:
    """Say whether `text` counts or explains a table ("Total: 58", "Source: volunteers") and is no row of it.

    A line that a footnote's mark opens ("* released in 2023") is one too where what follows is no name: it may be
    news of somebody.
    """
    return _is_note_of_table(text) or is_footnote(text)


def is_footnote(text: str) -> bool:
    """Say whether a footnote's mark opens `text` and what follows is a sentence and no name: "* released in 2023"."""
    marked = _MARKED_LINE.fullmatch(text)
    words = marked["rest"].split() if marked else []
    written_small = sum(not word[0].isupper() for word in words) * 2 >= len(words)
    return bool(words) and written_small and (is_news(" ".join(words)) or len(words) > _LONGEST_NAME)


def _is_note_of_table(text: str) -> bool:
    line = " ".join(text.casefold().split())
    return bool(_footers().match(line)) or folded_words(text) in _of_kind("total")


def _is_anybody(words: str) -> bool:
    """Say whether words tell of anybody at all, such as "male 3", "woman and child", "一名男子"."""
    said = words.split()
    if len(said) == 1 and _HAN.fullmatch(words):
        return bool(_anybody_in_chinese().fullmatch(words))
    known = _of_kind("person") | _of_kind("filler")
    is_known = all(word in known or len(word) == 1 or word.isdecimal() for word in said)
    return (is_known and any(word in _of_kind("person") for word in said)) or words in _of_kind("person")


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(folded_words(word) for row in rows("nobody.tsv") if row["kind"] == kind for word in _words(row))


def _words(row: dict[str, str]) -> list[str]:
    return [word.strip() for word in row["words"].split("|")]


@cache
def _begins_unnamed() -> re.Pattern[str]:
    """Return what matches a text that begins by saying that there is no name, fillers before it left out.

    Chinese writes no spaces, so what follows there may be any character.
    """
    unnamed = sorted(_of_kind("unnamed"), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in unnamed if not _HAN.search(word))
    chinese = "|".join(word for word in unnamed if _HAN.search(word))
    before = _of_kind("filler") | _of_kind("person") | _of_kind("someone")
    spaced_before = "|".join(sorted((word for word in before if not _HAN.search(word)), key=len, reverse=True))
    chinese_before = "|".join(sorted((word for word in before if _HAN.search(word)), key=len, reverse=True))
    return re.compile(rf"(?:(?:{spaced_before}) )*(?:{spaced})(?: |$)|(?:{chinese_before})*(?:{chinese})")


@cache
def _anybody_in_chinese() -> re.Pattern[str]:
    persons = "|".join(sorted(filter(_HAN.search, _of_kind("person")), key=len, reverse=True))
    fillers = "|".join(sorted(filter(_HAN.search, _of_kind("filler")), key=len, reverse=True))
    return re.compile(rf"(?:{fillers})*(?:{persons})(?:{fillers}|{persons})*")


@cache
def _footers() -> re.Pattern[str]:
    known = {
        word.casefold() for row in rows("nobody.tsv") if row["kind"] in {"footer", "total"} for word in _words(row)
    }
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?:{words})(?:\s*[:：=]|\s*[-–—.]?\s*[(（]?[0-9０-９٠-٩۰-۹])|[0-9]+ (?:{words})$")
