"""The words by which a known name is looked for, and the person's own, which excuse themselves.

Endings, particles and titles are no words of a name. A family name of a man and of a woman is one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from campaign.names.matching import promise, score
from campaign.names.reading import NameForms, forms
from campaign.names.scripts import word_script
from campaign.publishing.gate.known_names import Known, generic_words
from campaign.publishing.gate.words import HAN, is_capital, key_of, runs_of
from campaign.publishing.gate.words import words_of as parted
from campaign.text import readings
from campaign.vocabulary import wordlists

SHORTEST = 4  # letters: of a shorter word only another script's form is found by its sound
SOUNDS_ALIKE = 0.92
SOUNDS_ALIKE_BY_CONSONANTS = 0.9  # with a capital, where all consonants are the same
SOUNDS_ALIKE_ROUGHLY = 0.76  # the same, between two scripts of which one renders other languages roughly
SOUNDS_ALIKE_UNCASED = 0.95  # where no capital says that a word is a name
SOUNDS_ALIKE_TOGETHER = 0.8  # two words in a row: one of them alone reaches about 0.5
SOUNDS_ALIKE_IN_HAN = 0.88  # characters render the sounds of another language roughly
SOUNDS_ALIKE_SHORT = 0.9  # of words under four letters, between two scripts
OWN_NAME = 0.9
PROMISING = 0.6  # what promises less by its skeleton is not aligned
LONGEST_ENDING = 6
SHORTEST_WITH_ENDING = 5
SHORTEST_JOINED = 6
SHORTEST_STEM = 3  # letters left of a word of which an ending changed the last ones
BEGIN_SENTENCES = frozenset(wordlists.words("sentence_openers"))
SUFFIXES = frozenset(key_of(ending) for ending in wordlists.words("endings"))
ENDEARMENTS = frozenset(key_of(ending) for ending in wordlists.words("endearments"))
PARTICLES = frozenset(key_of(word) for word in wordlists.words("particles"))
ARTICLES = frozenset({"a", "an", "the"})
# Endings that a case or a possessive takes off a name, and vowels that go with them.
CHANGED_ENDING = re.compile(r"(?P<cyrillic>[\u0400-\u052f]{2,})[иьяа]|(?P<greek>[\u0370-\u03ff]{2,})(?:[οηα]σ|[ηα])")
FLEETING_VOWEL = re.compile(r"(?P<stem>[\u0400-\u052f]+)[еео](?P<last>[лвкц])")
HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{3,4}")
# The common family names of two characters (Baijiaxing).
HAN_DOUBLE = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|司徒|令狐|夏侯|端木"
)
KOREAN_DOUBLE = re.compile("남궁|황보|제갈|사공|선우|서문|독고|동방")
WELL_READ = frozenset({"Latn", "Cyrl", "Arab", "Hani"})


@dataclass(frozen=True)
class Part:
    """One word of a known name. `is_shared` says that the person's own public name has it too."""

    text: str
    key: str
    is_shared: bool


@dataclass(frozen=True)
class Wanted:
    """A known name as it is looked for: its words, and whether it is somebody under 18."""

    name: str
    parts: tuple[Part, ...]
    is_minor: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Its words as they are compared."""
        return tuple(part.key for part in self.parts)

    @property
    def joined(self) -> frozenset[str]:
        """Each two words of it in a row written as one: Mei Ling, Meiling."""
        return frozenset(one + other for one, other in pairwise(self.keys) if len(one + other) >= SHORTEST_JOINED)


@dataclass(frozen=True)
class Own:
    """The person's own public names: as written, and their words as they are compared."""

    names: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> frozenset[str]:
        """Every word of them."""
        return frozenset(key for words in self.words for key in words)


def own_of(names: Iterable[str]) -> Own:
    """Return the person's own names as the search sets them aside."""
    texts = tuple(names)
    return Own(texts, tuple(tuple(part.key for part in _parts(text)) for text in texts))


def wanted_of(person: Known, own: Own) -> Wanted | None:
    """Return what gives a name away, None where only words are left that name nobody."""
    typed = _parts(person.name)
    parts = tuple(
        Part(part.text, part.key, is_own(part.text, part.key, own))
        for part in typed
        if _names(part, typed, person.name)
    )
    if not parts or (person.is_own and all(part.is_shared for part in parts)):
        return None
    return Wanted(person.name, parts, person.is_minor)


@dataclass(frozen=True)
class _Piece:
    text: str
    key: str


def _names(part: _Piece, typed: Sequence[_Piece], name: str) -> bool:
    """Whether a word of a name names anybody: no particle or title, and in a description no word without a capital."""
    if not part.key or part.key in generic_words() | PARTICLES:
        return False
    is_typed_small = not any(is_capital(one.text) for one in typed)
    if not is_capital(part.text) and not is_typed_small:
        return False
    word, is_described = part.text.casefold(), any(not is_capital(one.text) for one in typed)
    is_opening = word in ARTICLES or (is_described and word in BEGIN_SENTENCES)
    return not (is_opening and len(typed) > 1 and f"{part.text}." not in name)


def _parts(name: str) -> list[_Piece]:
    """Return the words of a name; Chinese ones as their whole, and the given name without the family name."""
    found = [_Piece(word.text, word.key) for text in readings(name) for word in parted(text)]
    runs = [_Piece(run, run) for text in readings(name) for _, run in runs_of(text)]
    return list(dict.fromkeys(found + runs))


def is_own(text: str, key: str, own: Own) -> bool:
    """Whether a word is one of the person's own name: itself, its other gender, with an ending, or as it sounds."""
    if key in own.keys or any(is_ended(key, word) or is_same_family(key, word) for word in own.keys):
        return True
    return len(key) >= SHORTEST and any(is_alike(text, word) for word in own.keys if len(word) >= SHORTEST)


# Family names that say the gender: Sadirov, Sadirova; Kowalski, Kowalska. The patronymic of a father's own name is not.
GENDERED = tuple(
    pair.split() for pair in ("ov ova", "ev eva", "in ina", "yn yna", "ski ska", "sky skaya", "skiy skaya", "ов ова",
                              "ев ева", "ёв ёва", "ин ина", "ын ына", "ский ская")
)  # fmt: skip


def is_same_family(one: str, other: str) -> bool:
    """Whether two words are one family name of a man and of a woman."""
    return any(
        (one.endswith(his) and other == one.removesuffix(his) + hers)
        or (other.endswith(his) and one == other.removesuffix(his) + hers)
        for his, hers in GENDERED
    )


def is_ended(key: str, stem: str) -> bool:
    """Whether a word is another one with an ending, or itself."""
    return key == stem or (len(stem) >= SHORTEST and key.startswith(stem) and len(key) - len(stem) <= LONGEST_ENDING)


@lru_cache(maxsize=65536)
def is_alike(word: str, part: str) -> bool:
    """Whether a word sounds like a word of a name; of two letters, or in one script of three, only nearly the same."""
    if min(len(word), len(part)) < SHORTEST:
        return word_script(word) != word_script(part) and any(
            score_of(stem, part) >= SOUNDS_ALIKE_SHORT for stem in _stems(word, len(part))
        )
    if HAN.search(word) or HAN.search(part):
        return False
    least = SOUNDS_ALIKE if word[0].isupper() else SOUNDS_ALIKE_UNCASED
    if score_of(word, part) >= least or _has_its_consonants(word, part):
        return True
    ending = len(word) - len(part)
    if len(part) < SHORTEST_WITH_ENDING or not 0 < ending <= LONGEST_ENDING:
        return False
    return any(score_of(word[:length], part) >= SOUNDS_ALIKE_UNCASED for length in (len(part), len(part) + 1))


def _has_its_consonants(word: str, part: str) -> bool:
    """Whether a word with a capital has the consonants of a word of a name, and sounds nearly the same.

    Hangul, kana, Hebrew and the like render the vowels of other languages roughly, or not at all.
    """
    scripts = {word_script(word), word_script(part)}
    is_rough = len(scripts) > 1 and bool(scripts - WELL_READ)
    least = SOUNDS_ALIKE_ROUGHLY if is_rough else SOUNDS_ALIKE_BY_CONSONANTS
    if not (word[0].isupper() or is_rough):
        return False
    stems = _stems(word, len(word) - 1) if is_rough else (word,)
    return any(score_of(stem, part) >= least and promise(read(stem), forms(part)) >= 1 for stem in stems)


@lru_cache(maxsize=4096)
def stems_of(key: str) -> tuple[str, ...]:
    """Return what is left of a word of a name when cases take its last letters, and the given name of a Korean one.

    Дмитрий, Дмитрию; Павел, Павла; Ольга, Ольгин; Νίκος, Νίκου; 김철수, 철수. A stem stands for a word with an ending.
    """
    korean = unicodedata.normalize("NFC", key)
    if HANGUL_NAME.fullmatch(korean):
        return (key_of(korean[2:] if KOREAN_DOUBLE.match(korean) else korean[1:]),)
    changed = CHANGED_ENDING.fullmatch(key)
    stems = [changed["cyrillic"] or changed["greek"]] if changed else []
    fleeting = FLEETING_VOWEL.fullmatch(key)
    if fleeting:
        stems.append(fleeting["stem"] + ("ь" if fleeting["stem"][-1] == "л" else "") + fleeting["last"])
    return tuple(stem for stem in stems if len(stem) >= SHORTEST_STEM)


def family_in_han(name: str) -> str:
    """Return the family name in a name of two to four Chinese characters, "" where it is no such name."""
    if not HAN.fullmatch(name) or not 2 <= len(name) <= 4:
        return ""
    # Four are two and two: 欧阳小明, and Japanese 田中花子.
    return name[:2] if len(name) == 4 or (len(name) == 3 and HAN_DOUBLE.match(name)) else name[:1]


def given_in_han(name: str) -> str:
    """Return the given name in a name of two to four Chinese characters, "" where it is no such name."""
    return name[len(family) :] if (family := family_in_han(name)) else ""


def _stems(word: str, length: int) -> Iterator[str]:
    """Yield a word, and what is left of it without an ending, where that may be a word of so many letters."""
    yield word
    for size in range(1, min(4, len(word) - 1)):
        if key_of(word[-size:]) in SUFFIXES and abs(len(word) - size - length) <= 1 and len(word) - size > 1:
            yield word[:-size]


def sounds_like(one: str, other: str) -> bool:
    """Whether two words of names are one name in two spellings or scripts, without an ending."""
    if min(len(one), len(other)) < 2 or (len(one) < SHORTEST and word_script(one) == word_script(other)):
        return False
    return score_of(one, other) >= SOUNDS_ALIKE


@lru_cache(maxsize=131072)
def score_of(word: str, name: str) -> float:
    """Return how alike a word of a text and a name are; 0 where their skeletons already say that they are not."""
    found, sought = read(word), forms(name)
    return score(found, sought).score if promise(found, sought) >= PROMISING else 0.0


@lru_cache(maxsize=65536)
def read(word: str) -> NameForms:
    """Return a word of a text as a name: kept apart from names, so that a long text drives out none of them."""
    return forms.__wrapped__(word)
