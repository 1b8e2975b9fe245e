"""One reading of a text as the search for names goes through it: its words and runs, each looked at once.

Texts may be long and known names many, so nothing compares each word with each name: words are found by how they begin,
and only words whose consonants are near those of a name are compared with it by their sounds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz.distance.Levenshtein import normalized_similarity

from campaign.names.reading import forms
from campaign.publishing.gate.name_needles import PROMISING, Own, read
from campaign.publishing.gate.words import HAN, Word, is_beside, key_of, kin_spans, runs_of
from campaign.text import folded_words

NEAR_IN_HAN = 0.75  # of three consonants all, of four all but one: what differs more never sounds as alike as is asked
FARTHEST_KIN = 48  # characters: what stands further away is not beside a word (words.is_beside)
HAN_NAME = range(2, 6)
KATAKANA = re.compile(r"[\u30a0-\u30ff]{2,}")
STARRED = re.compile(r"(?<![^\W_])[^\W\d_]{1,20}(?:[*•×#]{1,20}[^\W\d_]{0,20}){1,6}")
INITIAL = re.compile(r"(?<![\w.'’])([^\W\d_])(?:\.(?!\s?\w\.)|[*•×_]{1,12}|[—–-]{2,12}|(?=[\s\"“”»,;)!?]|$))")
WORDS_OF_ONE_LETTER = frozenset("AIOАИЯОУВСК")
PREFIXES = "وفبلكולבמשהכለበከየ"  # "and", "to" and the like, written together with an Arabic, Hebrew or Ethiopic name


class Seen:
    """One reading of a text without the person's own names."""

    def __init__(self, text: str, words: list[Word], own: Own) -> None:
        self.text, self.own = text, own
        foreign = [Word(one[0], one[0], *one.span(), False, True) for one in KATAKANA.finditer(text)]
        self.words = sorted([*words, *foreign], key=lambda word: word.start)
        self.runs = runs_of(text)
        self._beside: dict[tuple[int, int], bool] = {}
        self._near: dict[str, frozenset[str]] = {}

    @cached_property
    def kin(self) -> list[tuple[int, int]]:
        """Where it speaks of kin, in order."""
        return sorted(set(kin_spans(self.text, self.words)))

    def is_by_kin(self, start: int, end: int) -> bool:
        """Whether a word of kinship stands beside a place of the text."""
        if (start, end) not in self._beside:
            first, last = (bisect_left(self.kin, (at, 0)) for at in (start - FARTHEST_KIN, end + FARTHEST_KIN))
            self._beside[start, end] = is_beside(self.text, start, end, self.kin[first:last])
        return self._beside[start, end]

    @cached_property
    def _keyed(self) -> list[tuple[str, int]]:
        return sorted((key, at) for at, word in enumerate(self.words) for key in _keys(word))

    def beginning(self, part: str) -> Iterator[tuple[str, int]]:
        """Yield the words that begin with some letters, by their keys: each key and its place."""
        for place in range(bisect_left(self._keyed, (part, 0)), len(self._keyed)):
            key, at = self._keyed[place]
            if not key.startswith(part):
                return
            yield key, at

    @cached_property
    def pairs(self) -> list[tuple[Word, Word]]:
        """Each two words in a row that may both be names."""
        return [(one, other) for one, other in pairwise(self.words) if one.is_capital and other.is_capital]

    @cached_property
    def starred(self) -> list[tuple[str, re.Pattern[str]]]:
        """Words of which letters are starred out, at least two of them left, each with what it may stand for."""
        found = [one[0] for one in STARRED.finditer(self.text) if sum(map(str.isalpha, one[0])) > 1]
        patterns = ("".join(re.escape(char) if char.isalpha() else "." for char in word.casefold()) for word in found)
        return [(word, re.compile(pattern)) for word, pattern in zip(found, patterns, strict=True)]

    @cached_property
    def initials(self) -> list[tuple[str, int]]:
        """Single capital letters that may stand for a name, folded, with their places."""
        found = [one for one in INITIAL.finditer(self.text) if one[1].isupper()]
        return [
            (folded_words(one[1]), one.start())
            for one in found
            if one[0] != one[1] or one[1] not in WORDS_OF_ONE_LETTER
        ]

    @cached_property
    def told(self) -> dict[str, list[int]]:
        """The places of each word that may be a name: it has a capital, or stands beside kinship."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            if word.is_capital or self.is_by_kin(word.start, word.end):
                found.setdefault(word.text, []).append(at)
        return found

    @cached_property
    def _by_skeleton(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for text in self.told:
            for skeleton in _skeletons(text):
                found.setdefault(skeleton, set()).add(text)
        return found

    def near(self, part: str) -> frozenset[str]:
        """Return the words of `told` whose consonants are near those of a word of a name, an ending aside."""
        if part not in self._near:
            sought = _skeletons(part)
            hits = (texts for skeleton, texts in self._by_skeleton.items() if _is_near(skeleton, sought))
            self._near[part] = frozenset[str]().union(*hits)
        return self._near[part]

    @cached_property
    def _windows(self) -> dict[str, dict[str, list[int]]]:
        """Each few Chinese characters in a row by how they sound, with their places."""
        found: dict[str, dict[str, list[int]]] = {}
        for start, run in self.runs:
            if not HAN.match(run):
                continue
            sounds = [_sound(char) for char in run]
            for length in HAN_NAME:
                for at in range(len(run) - length + 1):
                    places = found.setdefault("".join(sounds[at : at + length]), {})
                    places.setdefault(run[at : at + length], []).append(start + at)
        return found

    def windows(self, sought: str) -> Iterator[tuple[str, list[int]]]:
        """Yield the few characters in a row that may sound as a name does, with their places."""
        targets = _wholes(sought)
        for skeleton, windows in self._windows.items():
            if any(normalized_similarity(skeleton, target) >= NEAR_IN_HAN for target in targets):
                yield from windows.items()


def _keys(word: Word) -> set[str]:
    """Return a word's keys: whole, and without what stands behind its last apostrophe ("Ali's", "Polat'ın")."""
    stem = re.split(r"['’ʼ‘ʻ`´](?=[^'’ʼ‘ʻ`´]{1,4}$)", word.text)[0]
    bare = {word.key[1:]} if word.key[:1] in PREFIXES and len(word.key) > 2 else set()
    return {word.key, key_of(stem), *bare} - {""}


def _is_near(skeleton: str, sought: frozenset[str]) -> bool:
    for target in sought:
        for cut in {skeleton, skeleton[: len(target)], skeleton[: len(target) + 1]}:
            if normalized_similarity(cut, target) >= PROMISING:
                return True
    return False


@lru_cache(maxsize=65536)
def _skeletons(word: str) -> frozenset[str]:
    """Return the consonants of a word in every way in which it may be read, of the whole and of its parts."""
    names = read(word).names
    return frozenset(
        skeleton for name in names for token in (name.whole, *name.tokens) for skeleton in token.skeletons
    ) or frozenset({""})


@lru_cache(maxsize=4096)
def _wholes(name: str) -> frozenset[str]:
    """Return the consonants of a whole name, its words as they stand and turned round."""
    found = set()
    for one in forms(name).names:
        skeletons = [token.skeletons[0] for token in one.tokens]
        found |= {*one.whole.skeletons, "".join(reversed(skeletons))}
    return frozenset(found)


@lru_cache(maxsize=16384)
def _sound(char: str) -> str:
    return next((name.whole.skeletons[0] for name in read(char).names), "")
