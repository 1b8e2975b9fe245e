"""Names told by their letters alone: initials, letters starred out, a family name before "so-and-so" in Chinese.

Initials with full stops count wherever they stand, without them beside a word of kinship only.
"""

import re
from collections.abc import Iterator

from campaign.publishing.gate.name_needles import Wanted, family_in_han
from campaign.publishing.gate.seen_text import Seen
from campaign.text import folded_words

NO_NAME = frozenset({"us", "un", "uk", "eu", "uae", "prc", "ussr", "ngo"})
WITH_STOPS = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ \u00a0]?){2,3}(?!\w)")
WITHOUT_STOPS = re.compile(r"(?<![\w.])[^\W\d_](?: ?[^\W\d_]){1,2}(?![\w.])")
# "Wang so-and-so", "Mr Wang": who is meant stands in the file.
SOMEBODY = (
    r"(?:某{1,2}|[XＸx×*＊○〇□]{1,2}|先生|女士|太太|小姐|老师|老師|教授|医生|醫生|律师|律師|同志|氏|さん|様|君|씨)"
)


def found_in(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield initials of a name, its letters between stars, and its family name where that is told to be one."""
    yield from _initials(seen, wanted)
    yield from _starred(seen, wanted)
    yield from _so_and_so(seen, wanted)


def _initials(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield initials that are those of a name: "A. S.", where the person's own are others."""
    ours = {"".join(key[:1] for key in keys) for keys in seen.own.words}
    theirs = "".join(key[:1] for key in wanted.keys)
    if len(theirs) < 2 or theirs in NO_NAME or theirs in ours or theirs[::-1] in ours:
        return
    for found in WITH_STOPS.finditer(seen.text):
        letters = folded_words(found[0]).replace(" ", "")
        if letters in {theirs, theirs[::-1]} and found[0].replace(".", "").replace(" ", "").isupper():
            yield folded_words(found[0])
    for found in WITHOUT_STOPS.finditer(seen.text):
        letters = folded_words(found[0]).replace(" ", "")
        is_theirs = letters in {theirs, theirs[::-1]} and found[0].replace(" ", "").isupper()
        if is_theirs and seen.is_by_kin(*found.span()):
            yield folded_words(found[0])


def _starred(seen: Seen, wanted: Wanted) -> Iterator[str]:
    """Yield a name of which letters are starred out, and a single initial of it beside kinship ("her brother P.")."""
    names = [part.text.casefold() for part in wanted.parts]
    for word, pattern in seen.starred:
        if any(pattern.fullmatch(name) for name in names):
            yield folded_words(word)
    ours = set[str]() if wanted.is_minor else {key[:1] for key in seen.own.keys}
    theirs = {part.key[:1] for part in wanted.parts if wanted.is_minor or not part.is_shared} - ours
    yield from (letter for letter, at in seen.initials if letter in theirs and seen.is_by_kin(at, at + 1))


def _so_and_so(seen: Seen, wanted: Wanted) -> Iterator[str]:
    for part in wanted.parts:
        family = family_in_han(part.text)
        if not family or (not wanted.is_minor and any(key.startswith(family) for key in seen.own.keys)):
            continue
        yield from (found[0] for found in re.finditer(rf"(?:{family}){SOMEBODY}", seen.text))
