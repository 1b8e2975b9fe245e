"""What the names of two persons say for and against their being one, in words."""

from itertools import product

from campaign.intake.traits import Traits
from campaign.names import Match, NameForms, Reason, score, why
from campaign.vocabulary import SCRIPT

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


def best(one: Traits, other: Traits) -> Match:
    """Return the best match of every name with every name; a score of 0 where somebody has none."""
    matches = (score(left, right) for left, right in product(one.names, other.names))
    return max(matches, key=lambda match: match.score, default=Match(0.0, None, None, ()))


def for_one_person(match: Match) -> str:
    """Return why the names speak for one person, "" where they do not."""
    reason = why(match)
    if reason.code == "nothing" or match.left is None or match.right is None:
        return ""
    return SENTENCES[reason.code].format(**_parameters(match, reason))


def against_one_person(match: Match) -> str:
    """Return what of the names speaks against it, "" for nothing."""
    if match.left is None or match.right is None or not match.pairs:
        return "No name of the one is like a name of the other."
    if match.score < CLEARLY:
        return f"The names differ: {match.left.text}, {match.right.text}."
    return ""


def other_characters(one: Traits, other: Traits) -> str:
    """Return a sentence where both are written in Chinese, shortly, in characters that differ: 王晶 is not 王静.

    Long names in characters are foreign ones, of which every office makes its own.
    """
    ours, theirs = _in_characters(one), _in_characters(other)
    if not ours or not theirs or ours & theirs:
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
