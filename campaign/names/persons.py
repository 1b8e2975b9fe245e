"""Whom a name cell names: one person, several, or somebody else ("Baby of ..."); and whether a name is damaged.

What stands beside a name is taken off before (beside.py). Words: beside_name.tsv.
"""

import re
from functools import cache
from typing import NamedTuple

from campaign.names.beside import as_written, folded_forms
from campaign.names.matching import score
from campaign.names.reading import forms
from campaign.names.scripts import script_of
from campaign.text import folded_words

_PARTED = re.compile(r"\s*[;；؛、\n]\s*|\s+[&+]\s+")
_PERHAPS_PARTED = re.compile(r"\s*[/|\\]\s*|\s*[,،，]\s*")
# Between two persons only, never within a name; the other joining words are words of names too.
_NEVER_IN_A_NAME = frozenset({"and", "и", "және", "und", "ve", "ۋه", "ۋە"})
_ALIKE = 0.5
_LEAST_WORDS = 2
# A lam-alef or an article turned round, a letter that ends words at the beginning of one, lost characters.
_DAMAGED = re.compile(r"هللا|(?<![\w])اال|األ|اإل|اآل|(?<![\w])[ةى](?=\w)|\ufffd|\(cid:[0-9]+\)|[\ufb00-\ufb06]")


def persons_in(text: str) -> tuple[str, ...]:
    """Return the names of the persons in a cell; one where nothing parts it into several.

    Names in two scripts are one person's: "Osman Testov; Осман Тестов".
    """
    parts = [part for one in _PARTED.split(text) for part in _by_word(one) if any(map(str.isalpha, part))]
    is_one = len(parts) < 2 or len(parts) == len({script_of(part) for part in parts})
    return (text,) if is_one else tuple(parts)


def _by_word(text: str) -> list[str]:
    words = text.split()
    for place in range(1, len(words) - 1):
        word, before, behind = folded_words(words[place]), words[:place], words[place + 1 :]
        both = min(len(before), len(behind)) >= _LEAST_WORDS
        if word in _NEVER_IN_A_NAME or (both and word in folded_forms("and")):
            return [" ".join(before), *_by_word(" ".join(behind))]
    found = _between_chinese_names().fullmatch(text)
    return [found[1], found[2]] if found else [text]


@cache
def _between_chinese_names() -> re.Pattern[str]:
    joints = "".join(word for word in as_written("and") if len(word) == 1 and "\u3400" <= word <= "\u9fff")
    return re.compile(
        rf"([\u3400-\u9fff]{{2,4}}(?:·[\u3400-\u9fff]+)?)[{joints}]([\u3400-\u9fff]{{2,4}}(?:·[\u3400-\u9fff]+)?)"
    )


def may_be_two(text: str) -> bool:
    """Say whether a comma or a slash parts a cell into two whole names of one script that are not alike."""
    parts = [part for part in _PERHAPS_PARTED.split(text) if part]
    if len(parts) != 2 or min(len(part.split()) for part in parts) < _LEAST_WORDS:
        return False
    one, other = parts
    return script_of(one) == script_of(other) and score(forms(one), forms(other)).score < _ALIKE


class Whose(NamedTuple):
    """The relative by whom a person is named, and whether the person is a child."""

    relative: str
    is_child: bool


def whose(text: str) -> Whose | None:
    """Return by whom a cell names its person; None where the name is the person's own.

    "Baby of Amina Testova" gives ("Amina Testova", True).
    """
    words = text.split()
    for count in (3, 2, 1):
        head = folded_words(" ".join(words[:count]))
        for kind in ("child", "of"):
            if len(words) > count and head in folded_forms(kind):
                return Whose(" ".join(words[count:]), kind == "child")
    bare = text.replace("’", "'")
    lower = bare.casefold()
    for kind in ("child_behind", "of_behind"):
        for ending in _endings(kind) if lower.endswith(_endings(kind)) else ():
            if lower.endswith(ending) and len(bare) > len(ending):
                return Whose(bare[: -len(ending)], kind == "child_behind")
    return None


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(sorted(as_written(kind), key=len, reverse=True))


def is_damaged(text: str) -> bool:
    """Say whether letters of a name stand in an order that no word has: what is left where a PDF was copied."""
    return _DAMAGED.search(text) is not None
