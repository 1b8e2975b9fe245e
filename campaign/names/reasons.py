"""Why two names match, as a code with parameters, and the matching words quoted from the field verbatim.

A token is cleaned, and may be half a word (Tokhti-bay), two (Abd al-Rahman) or changed by what stands before it; what
is told must be what stands on the page, so whole words are looked up in the field again.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from campaign.names.matching import Match, Pair, is_partial, may_be_two_generations
from campaign.names.reading import Name
from campaign.names.scripts import APOSTROPHES, clean, one_script, script_of
from campaign.names.tokens import Token
from campaign.text import INVISIBLE, folded

LEFT_OUT = 4  # letters of a field that a token may pass over: the article of Abd al-Rahman
Code = Literal[
    "same_name",  # the same letters
    "alias",  # one of the other names in the field: {name}
    "spelt",  # the same sounds in another script: {name}, {script}
    "one_letter",  # one letter differs: {asked}, {found}
    "name_form",  # one given name in two forms: {asked}, {found}
    "initials",  # an initial stands for a name: {asked}, {found}
    "sounds_like",  # similar sounds: {asked}, {found}
    "near",  # some sounds are similar: {asked}, {found}
    "other_order",  # the same words in another order, as a father and a child have them: {asked}, {found}
    "part_of_name",  # some of the words, and nothing said of the rest: {found}
    "nothing",  # they do not match
]
TELLING = 0.3  # words that count less (articles, titles) are not worth a sentence
CLEARLY = 0.55
SOUNDS_ALIKE = 0.9  # a word less like another is only somewhat like it


class Run(NamedTuple):
    """One written word of a field: where it stands, and its letters as tokens have them."""

    start: int
    end: int
    letters: str


def quoted(field: str, name: Name, places: Collection[int] | None = None) -> str:
    """Return the words of `field` in which tokens of one of its names stand, verbatim; all of the name for None.

    Words that do not stand together are parted by commas. "" only where the field has no letters.
    """
    runs = list(_runs(field))
    standing = _standing(runs, name.tokens)
    chosen = sorted({run for place, at in enumerate(standing) if places is None or place in places for run in at})
    found: list[tuple[int, int]] = []
    for run in chosen:
        start, end = runs[run].start, runs[run].end
        if found and run - 1 in chosen:
            start = found.pop()[0]
        found.append((start, end))
    return ", ".join(field[start:end] for start, end in found)


def _runs(field: str) -> Iterator[Run]:
    for is_word, chars in groupby(enumerate(field), key=lambda at: _belongs(at[1])):
        if is_word:
            stretch = [place for place, _ in chars]
            start, end = stretch[0], stretch[-1] + 1
            if letters := _letters(field[start:end]):
                yield Run(start, end, letters)


def _belongs(char: str) -> bool:
    is_inside = INVISIBLE.match(char) or APOSTROPHES.match(char) or char == "'"
    return char.isalpha() or unicodedata.category(char)[0] == "M" or bool(is_inside)


def _letters(text: str) -> str:
    return "".join(char for word in clean(text).split() for char in one_script(word).casefold() if char.isalpha())


def _standing(runs: Sequence[Run], tokens: Sequence[Token]) -> list[range]:
    """Return for each token the words that it stands in, in order: each is looked for behind the one before."""
    letters = "".join(run.letters for run in runs)
    owners = [number for number, run in enumerate(runs) for _ in run.letters]
    found: list[range] = []
    here = 0
    for token in tokens:
        start, end = _place(letters, _letters(token.text), here)
        if end:
            found.append(range(owners[start], owners[end - 1] + 1))
            here = end
        else:
            # An ending in another script, or one that went with its word; an article that was read twice.
            at = min(here, len(owners) - 1) if token.role in {"name", "patronymic"} else max(here - 1, 0)
            found.append(range(owners[at], owners[at] + 1) if owners else range(0))
    return found


def _place(letters: str, wanted: str, here: int) -> tuple[int, int]:
    """Return where some letters stand from `here` on, though a few of the field lie between; (0, 0) for nowhere."""
    if not wanted or (letters[:here].endswith(wanted) and not letters.startswith(wanted, here)):
        return 0, 0
    if (start := letters.find(wanted, here)) >= 0:
        return start, start + len(wanted)
    end = here
    for letter in wanted:
        end = letters.find(letter, end) + 1
        if not end or end - here > len(wanted) + LEFT_OUT:
            return 0, 0
    return here, end


class Reason(NamedTuple):
    """Why a name was found: a code and its parameters, all strings: see Code."""

    code: Code
    parameters: dict[str, str]


def why(match: Match, asked: str = "", found: str = "") -> Reason:
    """Return the reason to give for a match of what was asked (left) with what is stored (right).

    `asked` and `found` are the two fields as they were written, for words to be told verbatim.
    The weakest word decides: "Nurel Bakri" finds "Nurel Bakra" by one letter, not because Nurel is the same.
    """
    if match.left is None or match.right is None or not match.pairs or match.score < CLEARLY:
        return Reason("nothing", {})
    asked, found = asked or match.left.text, found or match.right.text
    if match.right.is_alias and not match.left.is_alias:
        return Reason("alias", {"name": quoted(found, match.right)})
    telling = [pair for pair in match.pairs if pair.weight >= TELLING] or list(match.pairs)
    weakest = min(telling, key=lambda pair: pair.nearness)
    if _is_verbatim(words_of(match, [weakest], asked, found)):
        # Read in two ways (a bare name of four characters, or a word of a longer one), it is still what was asked.
        weakest = weakest._replace(how="same")
    if weakest.how in {"same", "script"} and is_partial(match):
        return Reason("part_of_name", {"found": words_of(match, telling, asked, found)["found"]})
    if weakest.how == "same" and _has_more(match):
        return Reason("sounds_like", words_of(match, match.pairs, asked, found) | {"found": quoted(found, match.right)})
    return _of_pair(match, weakest, asked, found)


def words_of(match: Match, pairs: Iterable[Pair], asked: str = "", found: str = "") -> dict[str, str]:
    """Return the words that some pairs of a match set side by side, "asked" and "found", as the fields write them."""
    left, right = set[int](), set[int]()
    for pair in pairs:
        left.update(range(*pair.places[:2]))
        right.update(range(*pair.places[2:]))
    sides = (("asked", asked, match.left, left), ("found", found, match.right, right))
    return {side: quoted(field or name.text, name, places) for side, field, name, places in sides if name is not None}


def _of_pair(match: Match, pair: Pair, asked: str, found: str) -> Reason:
    words = words_of(match, [pair], asked, found)
    if pair.how in {"same", "script"} and may_be_two_generations(match):
        return Reason("other_order", words_of(match, match.pairs, asked, found))
    if match.left is not None and match.right is not None and pair.how in {"same", "script"}:
        script = script_of(match.right.text)
        if script != script_of(match.left.text):
            return Reason("spelt", {"name": quoted(found, match.right), "script": script})
    if pair.how == "letter" and _differs_in_one_letter(words):
        return Reason("one_letter", words)
    if pair.how == "form":
        return Reason("name_form", words)
    if pair.how == "initial":
        return Reason("initials", words)
    if pair.how == "same":
        return Reason("same_name", {})
    return Reason("sounds_like" if pair.nearness >= SOUNDS_ALIKE else "near", words)


def _differs_in_one_letter(words: Mapping[str, str]) -> bool:
    """Tell whether whole words, as they will be told, differ so: an ending that was parted off is another letter."""
    asked, found = ("".join(filter(str.isalpha, folded(words[side]))) for side in ("asked", "found"))
    return OSA.distance(asked, found, score_cutoff=1) <= 1


def _is_verbatim(words: Mapping[str, str]) -> bool:
    return words["asked"].casefold() == words["found"].casefold()


def _has_more(match: Match) -> bool:
    """Tell whether what is stored has an ending or a title that was not asked: Tokhtibay is not quite Tokhti."""
    used = {place for pair in match.pairs for place in range(*pair.places[2:])}
    rest = match.right.tokens if match.right is not None else ()
    return any(place not in used and token.role not in {"particle", "name"} for place, token in enumerate(rest))
