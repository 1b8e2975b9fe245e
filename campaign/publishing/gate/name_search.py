"""Search for other people's names in a public text, whatever their length, their script or their spelling.

The person's own public names are masked first. In what is left every word of a known name counts: as it is written,
and as it sounds in another spelling. Where the script has capitals a word begins with one, unless it stands beside a
word of kinship. A word of the person's own name excuses that word alone, and never beside a word of kinship; for
somebody under 18 nothing is excused. What is found wrongly is answered by two people (publishing.consent.signatures).
"""

import calendar
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from campaign.publishing.gate import name_initials
from campaign.publishing.gate.disguises import appearances, small_names
from campaign.publishing.gate.name_needles import (
    BEGIN_SENTENCES,
    ENDEARMENTS,
    OWN_NAME,
    SHORTEST,
    SHORTEST_JOINED,
    SOUNDS_ALIKE_IN_HAN,
    SOUNDS_ALIKE_TOGETHER,
    SOUNDS_ALIKE_UNCASED,
    SUFFIXES,
    Own,
    Part,
    Wanted,
    given_in_han,
    is_alike,
    is_ended,
    is_own,
    score_of,
    stems_of,
)
from campaign.publishing.gate.seen_text import Seen
from campaign.publishing.gate.words import HAN, UNSPACED, Word
from campaign.publishing.gate.words import words_of as parted
from campaign.text import folded_words

MONTHS = frozenset(month.lower() for month in calendar.month_name[1:])
MACHINE = re.compile(r"[a-z0-9_]*|[0-9~?%/.:TZ-]*")  # codes, ids, digests and dates
BEFORE_KIN = frozenset({"a", "an", "the", "my", "our", "your", "his", "her", "their", "its", "no", "one", "two", "and"})
HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]")
ENDEARING_HAN = frozenset("小阿老")
MOST_SEARCHED = 20_000


_searched: dict[bytes, tuple[str, ...]] = {}


def found_once(text: str, wanted: Sequence[Wanted], own: Own) -> tuple[str, ...]:
    """Return what `found_in` yields, looked for once: a page that is asked for again costs no second search."""
    about = hashlib.blake2b(repr((text, wanted, own)).encode("utf-8", "replace"), digest_size=16).digest()
    found = _searched.get(about)
    if found is None:
        if len(_searched) >= MOST_SEARCHED:
            _searched.clear()
        found = _searched[about] = tuple(found_in(text, wanted, own))
    return found


def found_in(text: str, wanted: Sequence[Wanted], own: Own) -> Iterator[str]:
    """Yield the words of a text that name one of the people looked for, folded."""
    if MACHINE.fullmatch(text):
        return
    for reading in appearances(text):
        masked = _masked(reading, own)
        seen = Seen(masked, _lifted(masked, parted(masked)), own)
        for one in wanted:
            yield from _written(seen, one)
            yield from _by_sound(seen, one)
            yield from _unspaced(seen, one)
            yield from name_initials.found_in(seen, one)


def _lifted(text: str, words: list[Word]) -> list[Word]:
    """Return words with those that may be names though they are written small, as in an address, told to be so."""
    small = small_names(text)
    if not small:
        return words
    return [replace(word, is_capital=True) if _lies_in(word, small) else word for word in words]


def _lies_in(word: Word, places: list[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in places)


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
        blots |= {(one.start, other.end) for one, other in _capitals(words) if _sounds_whole(text, one, other, name)}
    for start, end in blots:
        text = text[:start] + "\u2014" * (end - start) + text[end:]
    return text


def _capitals(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    return [(one, other) for one, other in pairwise(words) if one.is_capital and other.is_capital]


def _are_name(words: Sequence[Word], keys: Sequence[str]) -> bool:
    *first, last = words
    return all(word.key == key for word, key in zip(first, keys, strict=False)) and is_ended(last.key, keys[-1])


def _sounds_whole(text: str, one: Word, other: Word, name: str) -> bool:
    return " " in name.strip() and score_of(text[one.start : other.end], name) >= OWN_NAME


def _all_of(text: str, part: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(part), text)]


def _written(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield single words as they are written, and the whole name in any letter case, parted or in one word."""
    for part in wanted.parts:
        for key, at in seen.beginning(part.key):
            if _is_written(key, part.key) and _counts(seen, at, part, wanted):
                yield folded_words(seen.words[at].text)
        for stem in stems_of(part.key):
            for key, at in seen.beginning(stem):
                if _is_of_stem(key, stem) and _counts(seen, at, part, wanted):
                    yield folded_words(seen.words[at].text)
    yield from _joined(seen, wanted)
    length = len(wanted.keys)
    if length < 2 or all(part.is_shared for part in wanted.parts):
        return
    for at in range(len(seen.words) - length + 1):
        some = seen.words[at : at + length]
        if _are_name(some, wanted.keys) or _are_name(some, wanted.keys[::-1]):
            yield folded_words(seen.text[some[0].start : some[-1].end])
    joined = {"".join(wanted.keys), "".join(reversed(wanted.keys))}
    if len(min(joined)) >= SHORTEST_JOINED:
        yield from (folded_words(word.text) for word in seen.words if any(one in word.key for one in joined))


def _is_written(key: str, part: str) -> bool:
    """Whether a key is a word of a name, with one of the endings that languages put on it or that endear it."""
    ending = key[len(part) :]
    return not ending or (len(part) > 1 and ending in SUFFIXES) or (len(part) > 2 and ending in ENDEARMENTS)


def _is_of_stem(key: str, stem: str) -> bool:
    """Whether a key is the stem of a name with the ending of a case; a Korean given name stands without one, too."""
    ending = key[len(stem) :]
    return ending in SUFFIXES or (not ending and bool(HANGUL.match(stem)))


def _joined(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield two words of a name written as one, and one word of it written as two: Mei Ling, Mei-Ling, Meiling."""
    for both in wanted.joined:
        yield from (folded_words(seen.words[at].text) for _, at in seen.beginning(both) if seen.words[at].is_capital)
    whole = {part.key for part in wanted.parts if len(part.key) >= SHORTEST_JOINED and not part.is_shared}
    for one, other in pairwise(seen.words) if whole else ():
        if one.is_capital and other.start - one.end == 1 and any(is_ended(one.key + other.key, key) for key in whole):
            yield folded_words(seen.text[one.start : other.end])


def _counts(seen: Seen, at: int, part: Part, wanted: Wanted) -> bool:
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


def _is_by_another(seen: Seen, at: int, part: Part, wanted: Wanted) -> bool:
    """Whether the word before or behind is another one of the same name."""
    near = [seen.words[place] for place in (at - 1, at + 1) if 0 <= place < len(seen.words)]
    others = {one.key for one in wanted.parts if one != part}
    return any(word.key in others and word.is_capital for word in near)


def _has_initial(seen: Seen, word: Word, part: Part, wanted: Wanted) -> bool:
    """Whether an initial of the rest of the name stands beside a family name that is shared: "P. Sadirova"."""
    initials = {one.key[:1] for one in wanted.parts if one != part} - {key[:1] for key in seen.own.keys}
    before = re.search(r"(?<!\w)([^\W\d_])\.\s?$", seen.text[: word.start])
    behind = re.match(r"\s([^\W\d_])\.", seen.text[word.end :])
    return any(found is not None and folded_words(found[1]) in initials for found in (before, behind))


def _by_sound(seen: Seen, wanted: Wanted) -> Iterator[str]:
    for part in wanted.parts:
        if UNSPACED.match(part.text):
            continue
        for text, places in _near(seen, part, wanted).items():
            if is_alike(text, part.text):
                found = (at for at in places if seen.words[at].key != part.key)
                yield from (folded_words(text) for at in found if _counts_by_sound(seen, at, part, wanted))
    is_one_word = len(wanted.parts) < 2 and not HAN.match(wanted.parts[0].text)
    if is_one_word or all(part.is_shared for part in wanted.parts):
        return
    near = frozenset[str]().union(*(seen.near(part.text) for part in wanted.parts))
    for one, other in seen.pairs:
        both = seen.text[one.start : other.end]
        is_near = {one.text, other.text} <= near and not {one.key, other.key} <= seen.own.keys
        if is_near and score_of(both, wanted.name) >= SOUNDS_ALIKE_TOGETHER:
            yield folded_words(both)


def _near(seen: Seen, part: Part, wanted: Wanted) -> dict[str, list[int]]:
    """Return the words that may sound like a word of a name, with their places: those beside another of its words."""
    found = {text: list(seen.told[text]) for text in sorted(seen.near(part.text))}
    for other in wanted.parts:
        for key, at in seen.beginning(other.key) if other != part else ():
            for place in (at - 1, at + 1) if key == other.key else ():
                if 0 <= place < len(seen.words):
                    found.setdefault(seen.words[place].text, []).append(place)
    return found


def _counts_by_sound(seen: Seen, at: int, part: Part, wanted: Wanted) -> bool:
    word = seen.words[at]
    if not wanted.is_minor and is_own(word.text, word.key, seen.own):
        return seen.is_by_kin(word.start, word.end)
    return _counts(seen, at, part, wanted)


def _unspaced(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield runs of characters in which a name stands, as written or as it sounds in Chinese."""
    for part in wanted.parts:
        if UNSPACED.match(part.text):
            yield from _characters(seen, part, wanted)
            if len(wanted.parts) > 1 and len(part.text) > 2 and HAN.fullmatch(part.text):
                # A foreign name in Chinese: other characters render the same sounds.
                yield from _windows(
                    seen, part.text, SOUNDS_ALIKE_IN_HAN, is_shared=part.is_shared and not wanted.is_minor
                )
        elif len(part.text) >= SHORTEST - 1:
            least = SOUNDS_ALIKE_IN_HAN if len(part.text) >= SHORTEST else SOUNDS_ALIKE_UNCASED
            yield from _windows(seen, part.text, least, is_shared=part.is_shared and not wanted.is_minor)
    if len(wanted.parts) > 1 or HAN.match(wanted.parts[0].text):
        yield from _windows(seen, wanted.name, SOUNDS_ALIKE_UNCASED, is_shared=False)


def _characters(seen: Seen, part: Part, wanted: Wanted) -> Iterator[str]:
    """Yield a name as it is written, and its given name alone; a single character stands alone or beside kinship."""
    for characters in filter(None, (part.text, given_in_han(part.text))):
        for start, run in seen.runs:
            for at in _all_of(run, characters):
                place = (start + at, start + at + len(characters))
                by_kin = seen.is_by_kin(*place)
                if part.is_shared and not wanted.is_minor and not by_kin:
                    continue
                is_endeared = run[at - 1 : at] in ENDEARING_HAN if at else False
                if len(characters) > 1 or is_endeared or (characters == part.text and (by_kin or run == characters)):
                    yield characters


def _windows(seen: Seen, sought: str, least: float, *, is_shared: bool) -> Iterator[str]:
    for window, places in seen.windows(sought):
        if score_of(window, sought) < least:
            continue
        if not is_shared or any(seen.is_by_kin(at, at + len(window)) for at in places):
            yield window
