"""Search for other people's names in a public text, whatever their length, their script or their spelling.

The person's own public names are masked first. In what is left every word of a known name counts: as it is written,
and as it sounds in another spelling. Where the script has capitals a word begins with one, unless it stands beside a
word of kinship. A word of the person's own name excuses that word alone, and never beside a word of kinship; for
somebody under 18 nothing is excused. What is found wrongly is answered by two people (publishing.consent.signatures).
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.publishing.gate.name_needles import (
    BEGIN_SENTENCES,
    OWN_NAME,
    PREFIXES,
    SHORTEST,
    SOUNDS_ALIKE_IN_HAN,
    SOUNDS_ALIKE_TOGETHER,
    SOUNDS_ALIKE_UNCASED,
    SUFFIXES,
    Own,
    Part,
    Wanted,
    is_alike,
    is_ended,
    is_own,
    score_of,
)
from campaign.publishing.gate.words import HAN, UNSPACED, Word, is_beside, key_of, kin_spans, runs_of
from campaign.publishing.gate.words import words_of as parted
from campaign.text import folded_words, readings

HAN_NAME = range(2, 6)
MONTHS = frozenset(month.lower() for month in calendar.month_name[1:])
MACHINE = re.compile(r"[a-z0-9_]*|[0-9~?%/.:TZ-]*")  # codes, ids, digests and dates
BEFORE_KIN = frozenset({"a", "an", "the", "my", "our", "your", "his", "her", "their", "its", "no", "one", "two", "and"})
NO_NAME = frozenset({"us", "un", "uk", "eu", "uae", "prc", "ussr", "ngo"})
INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ \u00a0]?){2,3}(?!\w)")


def found_in(text: str, wanted: Sequence[Wanted], own: Own) -> Iterator[str]:
    """Yield the words of a text that name one of the people looked for, folded."""
    if MACHINE.fullmatch(text):
        return
    for reading in readings(text):
        masked = _masked(reading, own)
        words = parted(masked)
        kin = kin_spans(masked, words)
        seen = _Seen(masked, words, kin, own)
        for one in wanted:
            yield from _written(seen, one)
            yield from _by_sound(seen, one)
            yield from _unspaced(seen, one)
            yield from _initials(seen, one)


@dataclass(frozen=True)
class _Seen:
    """One reading of a text without the person's own names: its words, and where it speaks of kin."""

    text: str
    words: list[Word]
    kin: list[tuple[int, int]]
    own: Own

    def is_by_kin(self, start: int, end: int) -> bool:
        """Whether a word of kinship stands beside a place of the text."""
        return is_beside(self.text, start, end, self.kin)


def _masked(text: str, own: Own) -> str:
    """Return a reading with the person's own names blotted out where they stand whole."""
    words, blots = parted(text), set[tuple[int, int]]()
    for keys in own.words:
        if len(keys) < 2:
            continue
        for at in range(len(words) - len(keys) + 1):
            some = words[at : at + len(keys)]
            if _are_name(some, keys) or _are_name(some, keys[::-1]):
                blots.add((some[0].start, some[-1].end))
    for name in own.names:
        blots |= {(start, start + len(name)) for start in _all_of(text, name) if UNSPACED.search(name)}
        blots |= {(one.start, other.end) for one, other in _pairs(words) if _sounds_whole(text, one, other, name)}
    for start, end in blots:
        text = text[:start] + "\u2014" * (end - start) + text[end:]
    return text


def _are_name(words: Sequence[Word], keys: Sequence[str]) -> bool:
    *first, last = words
    return all(word.key == key for word, key in zip(first, keys, strict=False)) and is_ended(last.key, keys[-1])


def _sounds_whole(text: str, one: Word, other: Word, name: str) -> bool:
    return " " in name.strip() and score_of(text[one.start : other.end], name) >= OWN_NAME


def _all_of(text: str, part: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(part), text)]


def _written(seen: _Seen, wanted: Wanted) -> Iterator[str]:
    """Yield single words as they are written, and the whole name in any letter case."""
    for at, word in enumerate(seen.words):
        keys = _keys(word)
        if any(_is_written(keys, part.key) and _counts(seen, at, part, wanted) for part in wanted.parts):
            yield folded_words(word.text)
    length = len(wanted.keys)
    if length > 1 and not all(part.is_shared for part in wanted.parts):
        for at in range(len(seen.words) - length + 1):
            some = seen.words[at : at + length]
            if _are_name(some, wanted.keys) or _are_name(some, wanted.keys[::-1]):
                yield folded_words(seen.text[some[0].start : some[-1].end])


def _is_written(keys: Iterable[str], part: str) -> bool:
    """Whether one of a word's keys is a word of a name, with one of the endings that languages put on it."""
    return any(key == part or (len(part) > 1 and key.startswith(part) and key[len(part) :] in SUFFIXES) for key in keys)


def _keys(word: Word) -> set[str]:
    """Return a word's keys: whole, and without what stands behind its last apostrophe ("Ali's", "Polat'ın")."""
    stem = re.split(r"['’ʼ‘ʻ`´](?=[^'’ʼ‘ʻ`´]{1,4}$)", word.text)[0]
    bare = {word.key[1:]} if word.key[:1] in PREFIXES and len(word.key) > 2 else set()
    return {word.key, key_of(stem), *bare}


def _counts(seen: _Seen, at: int, part: Part, wanted: Wanted) -> bool:
    """Whether a word of the text that is a word of a name names somebody."""
    word = seen.words[at]
    by_kin = seen.is_by_kin(word.start, word.end)
    if part.is_shared and not wanted.is_minor:
        return by_kin or _has_initial(seen, word, part, wanted)
    if _is_by_another(seen, at, part, wanted):
        return True
    small = word.text.casefold()
    # "An uncle", "his mother": words that stand before any word of kinship name nobody by standing there.
    if by_kin and small not in BEFORE_KIN and (word.is_capital or small not in BEGIN_SENTENCES):
        return True
    if not word.is_capital:
        return False
    if word.key in MONTHS and re.match(r"\s*,?\s*\d|", seen.text[word.end :]) and _is_date(seen.text, word):
        return False
    if small in BEGIN_SENTENCES:
        return not word.begins_sentence and word.text != "I"
    return True


def _is_date(text: str, word: Word) -> bool:
    return bool(re.match(r"[\s,]*\d", text[word.end :]) or re.search(r"\d(?:st|nd|rd|th)?\s*$", text[: word.start]))


def _is_by_another(seen: _Seen, at: int, part: Part, wanted: Wanted) -> bool:
    """Whether the word before or behind is another one of the same name."""
    near = [seen.words[place] for place in (at - 1, at + 1) if 0 <= place < len(seen.words)]
    others = {one.key for one in wanted.parts if one != part}
    return any(word.key in others and word.is_capital for word in near)


def _has_initial(seen: _Seen, word: Word, part: Part, wanted: Wanted) -> bool:
    """Whether an initial of the rest of the name stands beside a family name that is shared: "P. Sadirova"."""
    initials = {one.key[:1] for one in wanted.parts if one != part} - {key[:1] for key in seen.own.keys}
    before = re.search(r"(?<!\w)([^\W\d_])\.\s?$", seen.text[: word.start])
    behind = re.match(r"\s([^\W\d_])\.", seen.text[word.end :])
    return any(found is not None and folded_words(found[1]) in initials for found in (before, behind))


def _initials(seen: _Seen, wanted: Wanted) -> Iterator[str]:
    """Yield initials that are those of a name: "A. S.", where the person's own are others."""
    ours = {"".join(key[:1] for key in keys) for keys in seen.own.words}
    theirs = "".join(key[:1] for key in wanted.keys)
    if len(theirs) < 2 or theirs in NO_NAME or theirs in ours or theirs[::-1] in ours:
        return
    for found in INITIALS.finditer(seen.text):
        letters = folded_words(found[0]).replace(" ", "")
        if letters in {theirs, theirs[::-1]} and found[0].replace(".", "").replace(" ", "").isupper():
            yield folded_words(found[0])


def _by_sound(seen: _Seen, wanted: Wanted) -> Iterator[str]:
    for part in wanted.parts:
        if UNSPACED.match(part.text):
            continue
        for at, word in enumerate(seen.words):
            if word.key != part.key and is_alike(word.text, part.text) and _counts_by_sound(seen, at, part, wanted):
                yield folded_words(word.text)
    is_one_word = len(wanted.parts) < 2 and not HAN.match(wanted.parts[0].text)
    if is_one_word or all(part.is_shared for part in wanted.parts):
        return
    for one, other in _pairs(seen.words):
        both = seen.text[one.start : other.end]
        if not {one.key, other.key} <= seen.own.keys and score_of(both, wanted.name) >= SOUNDS_ALIKE_TOGETHER:
            yield folded_words(both)


def _counts_by_sound(seen: _Seen, at: int, part: Part, wanted: Wanted) -> bool:
    word = seen.words[at]
    if not wanted.is_minor and is_own(word.text, word.key, seen.own):
        return seen.is_by_kin(word.start, word.end)
    return _counts(seen, at, part, wanted)


def _pairs(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return each two words in a row that may both be names."""
    return [(one, other) for one, other in pairwise(words) if one.is_capital and other.is_capital]


def _unspaced(seen: _Seen, wanted: Wanted) -> Iterator[str]:
    """Yield runs of characters in which a name stands, as written or as it sounds in Chinese."""
    runs = runs_of(seen.text)
    for part in wanted.parts:
        if UNSPACED.match(part.text):
            yield from _characters(seen, runs, part, wanted)
        elif len(part.text) >= SHORTEST - 1:
            least = SOUNDS_ALIKE_IN_HAN if len(part.text) >= SHORTEST else SOUNDS_ALIKE_UNCASED
            yield from _windows(seen, runs, part.text, least, part.is_shared and not wanted.is_minor)
    if len(wanted.parts) > 1 or HAN.match(wanted.parts[0].text):
        yield from _windows(seen, runs, wanted.name, SOUNDS_ALIKE_UNCASED, is_shared=False)


def _characters(seen: _Seen, runs: list[tuple[int, str]], part: Part, wanted: Wanted) -> Iterator[str]:
    """Yield a name as it is written, and its given name alone; a single character stands alone or beside kinship."""
    is_han = bool(HAN.fullmatch(part.text))
    given = part.text[1:] if is_han and len(part.text) == 3 else ""
    for characters in filter(None, (part.text, given)):
        for start, run in runs:
            for at in _all_of(run, characters):
                place = (start + at, start + at + len(characters))
                by_kin = seen.is_by_kin(*place)
                if part.is_shared and not wanted.is_minor and not by_kin:
                    continue
                if len(characters) > 1 or by_kin or run == characters or run[at - 1 : at] in set("小阿老"):
                    yield characters


def _windows(seen: _Seen, runs: list[tuple[int, str]], sought: str, least: float, is_shared: bool) -> Iterator[str]:
    for start, run in runs:
        if not HAN.match(run):
            continue
        for length in HAN_NAME:
            for at in range(len(run) - length + 1):
                window = run[at : at + length]
                if score_of(window, sought) >= least and (
                    not is_shared or seen.is_by_kin(start + at, start + at + length)
                ):
                    yield window
