"""Blocking keys of names: coarse keys under which a name is stored and asked for, so that only a few are aligned.

A key begins with a sign of its kind: "s" the coarse skeleton of a word or of two joined, "d" a skeleton short of one
sound, "f" the folded letters, "t" folded letters of a short word with one left out, "n" a heading of name_forms.tsv,
"w" the skeletons of all words in one. The same text gives the same keys in every process.
"""

import math
from collections.abc import Iterable, Mapping

from campaign.names.reading import Name, NameForms, forms
from campaign.names.tokens import Token

MAX_KEYS = 200  # of one field
MAX_QUERY_KEYS = 400
SHORT_SKELETON = 2
LONGEST_FOLD = 16
LONGEST_KEY = 48  # in characters; no real word or name comes near
# How candidates are chosen by keys, in whichever store they lie.
MAX_POSTINGS = 6000  # how many entries of the rarest keys are added up before the commonest keys are left out
CONSIDERED = 100  # candidates by keys whose skeletons are compared
KEYS_SAY = 0.8  # how much the keys say in that choice, beside the skeletons
# How much a key of each kind says beside the full letters. A skeleton found by leaving a sound out says less.
WEIGHTS = {"f": 1.0, "n": 0.9, "s": 1.0, "w": 1.2, "t": 0.5, "d": 0.5}


def keys(text: str | NameForms) -> frozenset[str]:
    """Return the keys a name field is stored by: at most MAX_KEYS of LONGEST_KEY characters, none without letters."""
    found: dict[str, None] = {}
    for name in _names(text):
        for token in _telling(name):
            found.update(dict.fromkeys(_word_keys(token)))
            found.update(dict.fromkeys(_short_of_one(token)))
        found.update(dict.fromkeys(_join_keys(name)))
    return frozenset(key[:LONGEST_KEY] for key in list(found)[:MAX_KEYS])


def query_keys(text: str | NameForms) -> dict[str, float]:
    """Return the keys to ask for, each with its weight (0..2), at most MAX_QUERY_KEYS.

    Beside the keys of the field itself: skeletons with one sound left out, so that a wrong, missing or
    added letter still meets what is stored.
    """
    found: dict[str, float] = {}
    for name in _names(text):
        for token in _telling(name):
            for key in (*_word_keys(token), *_short_of_one(token), *_one_too_many(token)):
                weight = WEIGHTS[key[0]] * (0.5 if key in _one_too_many(token) else 1.0) * max(token.weight, 0.3)
                found[key] = max(found.get(key, 0.0), weight)
        for key in _join_keys(name):
            found.setdefault(key, WEIGHTS[key[0]] * 0.9)
    return {key[:LONGEST_KEY]: weight for key, weight in list(found.items())[:MAX_QUERY_KEYS]}


def weighed(asked: Mapping[str, float], counts: Mapping[str, int], total: int) -> dict[str, float]:
    """Return what each asked key says, given how many of `total` stored names have it; keys that none has are left out.

    The usual inverse document frequency (Spärck Jones, 1972).
    """
    return {key: weight * math.log(1 + total / counts[key]) for key, weight in asked.items() if counts.get(key, 0) > 0}


def _names(text: str | NameForms) -> tuple[Name, ...]:
    return (forms(text) if isinstance(text, str) else text).names


def _telling(name: Name) -> Iterable[Token]:
    return [token for token in name.tokens if token.role in {"name", "patronymic"}] or name.tokens


def _word_keys(token: Token) -> list[str]:
    found = [f"n{heading}" for heading in sorted(token.same_as)]
    if token.folded:
        found.append("f" + token.folded[:LONGEST_FOLD])
    return found + [f"s{skeleton}" for skeleton in token.skeletons if skeleton]


def _short_of_one(token: Token) -> list[str]:
    found = []
    for skeleton in token.skeletons:
        if len(skeleton) > SHORT_SKELETON:
            found += [f"d{shorter}" for shorter in _shorter(skeleton)]
    if token.folded and min((len(skeleton) for skeleton in token.skeletons), default=0) <= SHORT_SKELETON:
        found += [f"t{shorter}" for shorter in _shorter(token.folded[:LONGEST_FOLD]) if len(shorter) > 1]
    return list(dict.fromkeys(found))


def _one_too_many(token: Token) -> list[str]:
    """Return keys for a name that has a sound more, or a sound less, than what was asked."""
    found = []
    for skeleton in token.skeletons:
        found += [f"d{skeleton}"] if len(skeleton) >= SHORT_SKELETON else []
        found += [f"s{shorter}" for shorter in _shorter(skeleton) if len(shorter) >= SHORT_SKELETON]
    if token.folded:
        found.append("t" + token.folded[:LONGEST_FOLD])
        found += [f"f{shorter}" for shorter in _shorter(token.folded[:LONGEST_FOLD]) if len(shorter) > 1]
    return found


def _shorter(text: str) -> list[str]:
    return [text[:place] + text[place + 1 :] for place in range(len(text))]


def _join_keys(name: Name) -> list[str]:
    words = [f"s{skeleton}" for join in name.joins for skeleton in join.token.skeletons[:2] if len(skeleton) > 1]
    whole = sorted(token.skeletons[-1] for token in _telling(name))
    return [
        *words,
        *(["w" + ".".join(whole)] if any(whole) else []),
        *(f"s{skeleton}" for skeleton in name.whole.skeletons[:2] if len(skeleton) > 1),
    ]
