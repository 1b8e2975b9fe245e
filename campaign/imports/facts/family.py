"""Relatives: never names of the person, never public. What they are is said by the header, else by the cell."""

import re
from collections.abc import Iterator
from functools import lru_cache

from campaign.cases.file import Relative
from campaign.cases.wording import UNSPACED, says
from campaign.dates.ages import GROWN_UP, allowed_ages
from campaign.imports.cells import UNKNOWN
from campaign.imports.draft import Draft
from campaign.imports.facts.words import SEVERAL, meaning, parts, phrases
from campaign.text import folded_for_search
from campaign.vocabulary.people import RELATION
from campaign.vocabulary.status import SITUATION_OF

_BESIDE = re.compile(r"\s*[(（\[](?P<words>[^)）\]]*)[)）\]]\s*")
_BEHIND = re.compile(r"\s*,\s*(?P<words>[^,]*\d[^,]*|[^\W\d_]+)$")
_BEFORE = re.compile(r"^(?P<words>[^:：]{2,30})[:：]\s*")
MINOR = "A relative who may be under 18: never named, pictured or dated; only a number may be told."


def relative(draft: Draft, column: str, value: str) -> None:
    """Read who of the family somebody is; a number of children is a number."""
    relation, is_several = relation_of(column)
    if UNKNOWN.match(value) or meaning("consent", value) == "no":
        return
    if re.fullmatch(r"\d{1,2}", value):
        _count(draft, column, value, relation)
        return
    for text in _people(value, is_several=is_several):
        row = Relative(id=draft.id_for(f"relative {column} {len(draft.file.relatives)}"), relation=relation)
        row.name = without_words_beside(row, text)
        draft.file.relatives.append(row)
        if row.is_minor:
            draft.warn(column, text, MINOR)


def _count(draft: Draft, column: str, value: str, relation: str) -> None:
    if relation == "child":
        draft.file.children_count = int(value)
        draft.fill("children_count")
        return
    draft.keep(column, value)
    draft.warn(column, value, "A number of relatives, and no name: it is kept as a note.")


def _people(value: str, *, is_several: bool) -> Iterator[str]:
    for part in parts(value):
        # "Testov, Karim" is one name; "Karim, Amina" under "Children" are two.
        yield from (one for one in re.split(r"\s*[,،]\s*(?![^()]*\))", part) if one) if is_several else (part,)


def without_words_beside(row: Relative, text: str) -> str:
    """Write on a relative what stands beside the name and is understood; return the rest."""
    for pattern in (_BESIDE, _BEFORE, _BEHIND):
        found = pattern.search(text)
        if found and _is_read(row, found["words"]):
            text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    return text


def _is_read(row: Relative, words: str) -> bool:
    """Write one remark on a relative: what they are, an age, abroad, detained too; whether it was understood."""
    found = meaning("kinship", words)
    if found in RELATION:
        row.relation = found
    elif (ages := allowed_ages(words)) is not None or says(words, "minors"):
        row.is_minor = ages is None or ages[0] < GROWN_UP
    elif (situation := SITUATION_OF.get(meaning("status", words), "")) == "held":
        row.is_detained = True
    elif situation == "free" and meaning("status", words) == "in_exile":
        row.is_abroad = True
    else:
        return False
    return True


@lru_cache(maxsize=1_000)
def relation_of(header: str) -> tuple[str, bool]:
    """Return what the people under a header are to the person, "" where it does not say, and whether they are several.

    By whole words: "Father's name" is a parent, "Fatherland" is nothing. The longest phrase decides.
    """
    folded = folded_for_search(header)
    spaced = f" {' '.join(''.join(char if char.isalnum() else ' ' for char in folded).split())} "
    for phrase, code, is_several in _kinship():
        if f" {phrase} " in spaced or (UNSPACED.match(phrase) and phrase in spaced):
            return (code if code in RELATION else ""), is_several
    return "", False


@lru_cache(maxsize=1)
def _kinship() -> list[tuple[str, str, bool]]:
    found = []
    for phrase, code in phrases("kinship"):
        words = folded_for_search(phrase.removesuffix(SEVERAL))
        plain = " ".join("".join(char if char.isalnum() else " " for char in words).split())
        found.append((plain, code, phrase.endswith(SEVERAL)))
    return sorted(found, key=lambda one: -len(one[0]))
