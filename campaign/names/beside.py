"""What lists write beside a name in its cell: news ("- RELEASED"), remarks ("(minor)"), titles, footnotes' marks.

They leave the name and are told; none is acted on. What stands in brackets and is no such word stays: it is another
name of the person. Words: beside_name.tsv.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from campaign.names.tables import rows
from campaign.text import folded_words

Kind = Literal["news", "remark", "title", "mark", "relative"]
_BRACKET = re.compile(r"\s*[(\[{（【〔［]([^()\[\]{}（）【】〔〕［］]*)(?:[)\]}）】〕］]|$)\s*")
_MARK_BEHIND = re.compile(r"\s*([*†‡§※#¹²³⁴⁵⁶⁷⁸⁹⁰✝☆★?？!]+|(?<=[^\W\d])[0-9])$")
_MARK_BEFORE = re.compile(r"^([*†‡§※•·✝☆★]+|[-–—]\s|(?:№|no\.?|#)?\s?[0-9]{1,5}\s*[.)、:：])\s*", re.IGNORECASE)
_JOINT = re.compile(r"\s+[-–—]+\s*|[-–—]+\s+|\s*[,;:/|،؛；：，]\s*|(?<=\S)[-–—](?=\S)|\s+")
_DEAD = frozenset("†✝")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_HAN = 2
_NEVER_A_NAME = 7  # letters: shorter news may be somebody's name (Shahid, Erkin, Free)


class Word(NamedTuple):
    """Something that stood beside a name, as written, and what kind of thing it is."""

    text: str
    kind: Kind


class Split(NamedTuple):
    """A name without what stood beside it, and the words that did, in the order in which they were taken off."""

    name: str
    words: tuple[Word, ...]


def split_name(text: str) -> Split:
    """Return the name in a cell, and what stands beside it: ("Amina Testova", news) of "Amina Testova - RELEASED".

    A cell that holds nothing else keeps its text as the name.
    """
    rest, found = " ".join(text.split()), list[Word]()
    while taken := next((one for peel in _PEELS if (one := peel(rest)) and _is_some_name(one[0])), None):
        rest = taken[0]
        found.append(taken[1])
    return Split(rest, tuple(found))


def is_news(text: str) -> bool:
    """Say whether `text` holds a word of what happened to somebody: released, died, sentenced, missing."""
    words = folded_words(text)
    return any(_kind_of(" ".join(words.split()[place:])) == "news" for place in range(len(words.split())))


def tells_only(text: str) -> bool:
    """Say whether `text` is news and no name: "RELEASED", "died in 2019"."""
    news = _news_in(text)
    is_all = news == folded_words(text)
    if not any(letter.isupper() or letter.islower() for letter in text):
        return bool(news) and is_all and news not in folded_forms("also_name")
    is_no_name = len(news) >= _NEVER_A_NAME or text.islower() or text.isupper()
    return bool(news) and is_no_name and (is_all or _is_written_small(text))


def _news_in(text: str) -> str:
    """Return the news that `text` begins with, "" for none; a short word of it may begin a name too (Erkin, Azad)."""
    words = folded_words(text)
    found = _begin("news", "held").match(words)
    news = found[0].strip() if found else words if words in _chinese_folded("news", "held") else ""
    is_name = len(news) < _NEVER_A_NAME and news != words and news in folded_forms("also_name")
    return "" if is_name else news


def _is_news(text: str) -> bool:
    """Say whether `text` is news and no other name: short news counts with a small letter or a number behind."""
    news = _news_in(text)
    rest = folded_words(text)[len(news) :].strip()
    return bool(news) and (len(news) >= _NEVER_A_NAME or not rest or _is_written_small(text) or bool(_HAN.match(text)))


def _is_written_small(text: str) -> bool:
    """Say whether a word behind the first is written small, or is a number; in scripts without case any is."""
    return any(not word[:1].isupper() for word in text.split()[1:])


def tells_no_longer_held(text: str) -> bool:
    """Say whether `text` begins with news of somebody who is no longer held: "released in 2019", "at home", "died".

    A short word of it before a capital may begin a name: "Home Street Prison" does not.
    """
    words = folded_words(text)
    found = _begin("news").match(words)
    news = found[0].strip() if found else ""
    return bool(news) and not may_begin_a_name(news, text)


def may_begin_a_name(news: str, text: str) -> bool:
    """Say whether short news that `text` begins with is rather the first word of a name: "Free" of "Free Street"."""
    return news != folded_words(text) and news in folded_forms("also_name") and not _is_written_small(text)


def tells_held(text: str) -> bool:
    """Say whether `text` is nothing but a word of somebody who is held, without a place: "detained", "in custody"."""
    return folded_words(text) in folded_forms("held")


Taken = tuple[str, Word] | None


def _is_some_name(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _bracketed(text: str) -> Taken:
    for found in _BRACKET.finditer(text):
        inner = found[1].strip()
        kind = "mark" if not _is_some_name(inner) and not re.search("[0-9]{2}", inner) else _kind_of(inner)
        if kind:
            rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
            return rest, Word(found[0].strip(), kind)
    return None


def _marked_behind(text: str) -> Taken:
    found = _MARK_BEHIND.search(text)
    return (text[: found.start()], Word(found[1], "news" if set(found[1]) & _DEAD else "mark")) if found else None


def _marked_before(text: str) -> Taken:
    found = _MARK_BEFORE.match(text)
    return (text[found.end() :], Word(found[1].strip(), "news" if set(found[1]) & _DEAD else "mark")) if found else None


def _told_behind(text: str) -> Taken:
    """Return a name without what a dash, a comma or a change of case parts from it: "Amina Testova RELEASED"."""
    for joint in _JOINT.finditer(text):
        head, tail = text[: joint.start()], text[joint.end() :]
        kind = _kind_of(tail)
        if not kind or not head or not tail:
            continue
        # A hyphen without blanks joins parts of a name: Ku-man.
        if joint[0] in {"-", "–", "—"} and not (kind == "news" and _is_set_apart(head, tail)):
            continue
        has_number = any(letter.isdecimal() for letter in tail)
        if joint[0].strip() or ((kind == "news" or has_number) and _is_set_apart(head, tail)):
            return head, Word(tail, kind)
    return _told_behind_in_chinese(text)


def _told_behind_in_chinese(text: str) -> Taken:
    for word in _chinese("news", "held", "title") if _HAN.search(text) else ():
        head = text.removesuffix(word).strip()
        if text.endswith(word) and len(_HAN.findall(head)) >= _LEAST_HAN:
            return head, Word(word, "title" if word in _chinese("title") else "news")
    return None


def _told_before(text: str) -> Taken:
    found = re.match(r"(.+?)\s*(?:\s[-–—]+\s|[:：|])\s*(.+)", text)
    if found and (kind := _kind_of(found[1])):
        return found[2], Word(found[1], kind)
    first = _leading(text, "before")
    return (first[1], Word(first[0], "news")) if first else None


def _titled(text: str) -> Taken:
    first = _leading(text, "title")
    return (first[1], Word(first[0], "title")) if first else None


def _leading(text: str, kind: str) -> tuple[str, str] | None:
    words = text.split()
    for count in (2, 1):
        if len(words) > count and folded_words(" ".join(words[:count])) in folded_forms(kind):
            return " ".join(words[:count]), " ".join(words[count:])
    return None


_PEELS: tuple[Callable[[str], Taken], ...] = (
    _bracketed, _marked_behind, _marked_before, _told_before, _told_behind, _titled,
)  # fmt: skip


def _is_set_apart(head: str, tail: str) -> bool:
    """Say whether a tail is written in another case than the name before it; scripts without case tell nothing.

    There several words are needed, of which no name is made.
    """
    if not any(letter.isupper() or letter.islower() for letter in tail):
        return " " in tail.strip()
    if len(tail) >= _NEVER_A_NAME and _kind_of(tail) == "news":
        return True
    is_shouted = tail.isupper() and not head.isupper()
    return is_shouted or (tail[:1].islower() and head[:1].isupper())


def _kind_of(text: str) -> Kind | None:
    """Return what words beside a name are, by how they begin; None for any others, which may be a name.

    A remark counts whole: "imam" is one, "Imam Hajim" a name; beside a number ("born 1974 in Kashgar") it always does.
    """
    words = folded_words(text)
    if not words:
        return None
    if _is_news(text):
        return "news"
    if _begin("of", "child").match(words) or any(words.endswith(one) for one in _chinese("of_behind", "child_behind")):
        return "relative"
    has_number = any(letter.isdecimal() for letter in words)
    if (has_number and (_begin("remark").match(words) or not any(letter.isalpha() for letter in words))) or (
        _whole_remark().fullmatch(words)
    ):
        return "remark"
    return None


@cache
def as_written(*kinds: str) -> tuple[str, ...]:
    """Return the words of some kinds of beside_name.tsv, each once."""
    found = (
        word.strip() for row in rows("beside_name.tsv") if row["kind"] in kinds for word in row["words"].split("|")
    )
    return tuple(dict.fromkeys(found))


@cache
def folded_forms(*kinds: str) -> frozenset[str]:
    """Return the words of some kinds as `folded_words` gives them."""
    return frozenset(folded_words(word) for word in as_written(*kinds)) - {""}


@cache
def _chinese(*kinds: str) -> tuple[str, ...]:
    return tuple(sorted((word for word in as_written(*kinds) if _HAN.match(word)), key=len, reverse=True))


@cache
def _chinese_folded(*kinds: str) -> frozenset[str]:
    return frozenset(folded_words(word) for word in _chinese(*kinds))


def _alternatives(kinds: tuple[str, ...]) -> Iterator[str]:
    for word in sorted(as_written(*kinds), key=len, reverse=True):
        folded = re.escape(folded_words(word))
        if folded:
            yield f"{folded}\\w*" if word.endswith("-") else folded


@cache
def _begin(*kinds: str) -> re.Pattern[str]:
    """Return what matches words that begin with one of some kinds; of Chinese, whatever follows at once."""
    words = "|".join(_alternatives(kinds))
    chinese = "|".join(_chinese(*kinds)) or "(?!)"
    return re.compile(rf"(?:{words})(?: |$)|(?:{chinese})")


@cache
def _whole_remark() -> re.Pattern[str]:
    words = "|".join(_alternatives(("remark",)))
    return re.compile(rf"(?:(?:{words})(?: (?=.)|$))+")
