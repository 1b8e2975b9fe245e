"""What the names of two persons say of their being one, as a number and in words.

Names alone offer a pair only where each word has its like, in its order. A father and a child, sisters, brothers and
whoever shares a common name have half of it in common: of them something besides a name must speak for one person.
"""

from itertools import product

from campaign.duplicates.traits import Traits
from campaign.names.matching import Match, Pair, begins_alike, is_partial, may_be_two_generations, score
from campaign.names.reading import NameForms
from campaign.names.reasons import SOUNDS_ALIKE, TELLING, Reason, why
from campaign.names.transliteration import may_be_one_word
from campaign.vocabulary.people import SCRIPT

# Two people may share every name: what names say alone stays below certainty, so that evidence can order homonyms.
NAMES_SAY = 0.92
IN_PART = 0.74  # at most, where a word of either has no like, or there is one word: a birth year or a county is missing
OF_A_FAMILY = 0.7  # at most, where the words are those of a father and a child, who share a county too
LETTER = 0.95  # sisters are told by one letter (Gulnar, Gulnur): less is no other spelling of a word
UNSURE = 0.2  # what a word that is only somewhat like another says less
CLEARLY = 0.75  # above it, names are called alike
SHORT_HAN = range(2, 5)  # a Chinese name in its own characters: surname and given name
OTHER_CHARACTERS = 0.25

SENTENCES = {
    "same_name": "The same name: {found}.",
    "alias": "{name} is another name of one of them.",
    "spelt": "{asked} is spelt {name} in {script}.",
    "one_letter": "One letter differs: {asked}, {found}.",
    "name_form": "Two forms of one name: {asked}, {found}.",
    "initials": "An initial stands for a name: {asked}, {found}.",
    "sounds_like": "They sound alike: {asked}, {found}.",
    "part_of_name": "A part of the name is the same: {found}.",
}
AGAINST = {
    "near": "Only somewhat alike: {asked}, {found}.",
    "other_order": "The same words in another order, as a father and a child may have them: {asked}, {found}.",
}


def best(one: Traits, other: Traits) -> Match:
    """Return the match that says most of every name with every name; a score of 0 where somebody has none."""
    matches = (score(left, right) for left, right in product(one.names, other.names))
    return max(matches, key=lambda match: (names_say(match), match.score), default=Match(0.0, None, None, ()))


def names_say(match: Match) -> float:
    """Return how likely names alone make two persons one (0..1)."""
    telling = [pair for pair in match.pairs if pair.weight >= TELLING]
    lost = sum(UNSURE * pair.weight for pair in telling if _is_unlike(pair))
    said = NAMES_SAY * match.score * (1.0 - lost / max(sum(pair.weight for pair in telling), 1.0))
    if may_be_two_generations(match) or not (match.is_reordered or begins_alike(match)):
        return min(said, OF_A_FAMILY)
    is_one_word = match.left is not None and sum(token.weight >= 1 for token in match.left.tokens) < 2
    return min(said, IN_PART) if is_one_word or is_partial(match) or not all(map(_is_sure, telling)) else said


def _is_sure(pair: Pair) -> bool:
    if pair.how in {"same", "script", "form"}:
        return True
    return pair.nearness >= (LETTER if pair.how == "letter" else SOUNDS_ALIKE)


def _is_unlike(pair: Pair) -> bool:
    return pair.how in {"sound", "letter"} and pair.nearness < SOUNDS_ALIKE


def for_one_person(match: Match) -> str:
    """Return why the names speak for one person, "" where they do not."""
    return _told(match, SENTENCES)


def against_one_person(match: Match) -> str:
    """Return what of the names speaks against it, "" for nothing."""
    if match.left is None or match.right is None or not match.pairs:
        return "No name of the one is like a name of the other."
    if match.score < CLEARLY:
        return f"The names differ: {match.left.text}, {match.right.text}."
    return _told(match, AGAINST)


def _told(match: Match, sentences: dict[str, str]) -> str:
    reason = why(match)
    if reason.code not in sentences or match.left is None or match.right is None:
        return ""
    return sentences[reason.code].format(**_parameters(match, reason))


def other_characters(one: Traits, other: Traits) -> str:
    """Return a sentence where both are written in Chinese, shortly, in characters that differ: 王晶 is not 王静.

    Long names in characters are foreign ones, of which every office makes its own.
    """
    ours, theirs = _in_characters(one), _in_characters(other)
    if not ours or not theirs or any(may_be_one_word(left, right) for left, right in product(ours, theirs)):
        return ""
    return f"Written in other characters: {sorted(ours)[0]}, {sorted(theirs)[0]}."


def _in_characters(one: Traits) -> set[str]:
    return {name for field in one.names for name in _han(field) if len(name) in SHORT_HAN}


def _han(field: NameForms) -> list[str]:
    found = []
    for name in field.names:
        if all(token.script == "Hani" for token in name.tokens):
            found.append("".join(token.text for token in name.tokens))
    return found


def _parameters(match: Match, reason: Reason) -> dict[str, str]:
    assert match.left is not None
    assert match.right is not None
    words = {"asked": match.left.text, "found": match.right.text, **reason.parameters}
    code = words.get("script", "")
    return words | {"script": SCRIPT.label(code) if code in SCRIPT else "another script"}
