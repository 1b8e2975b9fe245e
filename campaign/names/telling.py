"""Why two names match, as a code and what it is about, so that a page can say it in its reader's words."""

from typing import Literal, NamedTuple

from campaign.names.matching import Match, Pair
from campaign.names.reading import Name
from campaign.names.scripts import script_of

Code = Literal[
    "same_name",  # the same letters
    "alias",  # one of the other names in the field: {name}
    "spelt",  # the same sounds in another script: {name}, {script}
    "one_letter",  # one letter differs: {asked}, {found}
    "name_form",  # one given name in two forms: {asked}, {found}
    "initials",  # an initial stands for a name: {asked}, {found}
    "sounds_like",  # similar sounds: {asked}, {found}
    "part_of_name",  # some of the words, and nothing said of the rest: {found}
    "nothing",  # they do not match
]

TELLING = 0.3  # words that count less (articles, titles) are not worth a sentence
CLEARLY = 0.55


class Reason(NamedTuple):
    """Why a name was found: a code and its parameters, all strings: see Code."""

    code: Code
    parameters: dict[str, str]


def why(match: Match) -> Reason:
    """Return the reason to give for a match of what was asked (left) with what is stored (right).

    The weakest word decides: "Nurel Bakri" finds "Nurel Bakra" by one letter, not because Nurel is the same.
    """
    if match.left is None or match.right is None or not match.pairs or match.score < CLEARLY:
        return Reason("nothing", {})
    if match.right.is_alias and not match.left.is_alias:
        return Reason("alias", {"name": match.right.text})
    telling = [pair for pair in match.pairs if pair.weight >= TELLING] or list(match.pairs)
    weakest = min(telling, key=lambda pair: pair.nearness)
    if weakest.how in {"same", "script"} and _is_partial(match):
        return Reason("part_of_name", {"found": " ".join(pair.right for pair in telling)})
    return _of_pair(match, weakest)


def _of_pair(match: Match, pair: Pair) -> Reason:
    words = {"asked": pair.left, "found": pair.right}
    if match.left is not None and match.right is not None and pair.how != "letter":
        asked, found = script_of(match.left.text), script_of(match.right.text)
        if asked != found and pair.how in {"same", "script"}:
            return Reason("spelt", {"name": match.right.text, "script": found})
    if pair.how == "letter":
        return Reason("one_letter", words)
    if pair.how == "form":
        return Reason("name_form", words)
    if pair.how == "initial":
        return Reason("initials", words)
    if pair.how == "same":
        return Reason("same_name", {})
    return Reason("sounds_like", words)


def _is_partial(match: Match) -> bool:
    return _has_names_left(match.left, match.pairs, 0) or _has_names_left(match.right, match.pairs, 2)


def _has_names_left(name: Name | None, pairs: tuple[Pair, ...], side: int) -> bool:
    used = {place for pair in pairs for place in range(pair.places[side], pair.places[side + 1])}
    return name is not None and any(token.weight >= 1 and place not in used for place, token in enumerate(name.tokens))
