"""Alignment of two names: tokens in any order, joined where one side writes together what the other parts.

The score is the share of what was compared that agrees: 1 for the same name, about 0.5 for one name shared of two.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance.Levenshtein import normalized_similarity

from campaign.names.reading import Name, NameForms, forms
from campaign.names.sounds import pinyin_syllables
from campaign.names.tokens import INITIAL_WEIGHT, Token
from campaign.names.word_similarity import ALIKE, How, are_two_names, compare, may_be_chinese, may_sound_alike

EXTRA = 0.28  # what a word that only one side has costs, beside one that both have and that differs
JOINED = 0.72  # words are read together only if that makes them this much alike
JOIN_COST = 0.985
OTHER_ORDER = 0.99
ALIAS = 0.995
WHOLE = 0.95
HALF = 0.65  # the share of a name that must have its like for the whole to be aligned
SURE = 0.95  # a word matched this well is not tried in a join
COMMA = re.compile("[,،，]")
# Endings of surnames, which no given name has: Slavic, Georgian, Armenian (Unbegaun, Russian Surnames, 1972).
SURNAME = re.compile(r"\w{2}(?:[eo]va?|sk(?:[iy]y?|ii|ay?ia|aya)|enk[ao]|vich|shvili|adze|[iy]dze|yan)$")


class Pair(NamedTuple):
    """A word or words of the one name beside those of the other, how alike, by what evidence."""

    left: str
    right: str
    nearness: float
    how: How
    weight: float
    places: tuple[int, int, int, int]  # start and end on the left, start and end on the right


class Match(NamedTuple):
    """How alike two name fields are (0..1), and the evidence: the two names in them that agree best, word by word."""

    score: float
    left: Name | None
    right: Name | None
    pairs: tuple[Pair, ...]
    is_reordered: bool = False


class _Span(NamedTuple):
    start: int
    end: int
    token: Token


NO_MATCH = Match(0.0, None, None, ())


def score(left: str | NameForms, right: str | NameForms) -> Match:
    """Return how alike two name fields are, with the evidence. Give forms already read where many are compared."""
    ours = forms(left) if isinstance(left, str) else left
    theirs = forms(right) if isinstance(right, str) else right
    best = NO_MATCH
    for one in ours.names:
        for other in theirs.names:
            found = aligned(one, other)
            if one.is_alias or other.is_alias:
                found = found._replace(score=found.score * ALIAS)
            if found.score > best.score:
                best = found
    return best


def promise(left: NameForms, right: NameForms) -> float:
    """Return a rough guess of the score (0..1) from skeletons alone, forty times cheaper: to choose whom to align."""
    return max((_agreement(one, other) for one in left.names for other in right.names), default=0.0)


def _agreement(left: Name, right: Name) -> float:
    if len(left.tokens) > len(right.tokens):
        left, right = right, left
    others = [skeleton for token in right.tokens for skeleton in (token.skeletons[0], token.skeletons[-1])]
    stored = {skeleton for token in right.tokens for skeleton in token.skeletons}
    agreed = weight = 0.0
    for token in left.tokens:
        known = not stored.isdisjoint(token.skeletons)
        best = 1.0 if known else max(normalized_similarity(token.skeletons[0], other) for other in others)
        agreed += token.weight * best
        weight += token.weight
    return max(agreed / weight, normalized_similarity(left.whole.skeletons[0], right.whole.skeletons[0]))


def may_be_alike(left: NameForms, right: NameForms) -> bool:
    """Tell whether two fields may have more than about half in common: an upper bound of the score, from skeletons.

    Of 20,000 pairs of names of which `promise` is high, and one word of two the same, it gives up a third before they
    are aligned, and of those whose score is above 0.62 one in a thousand.
    """
    return any(_may_be_alike(one, other) for one in left.names for other in right.names)


def _may_be_alike(left: Name, right: Name) -> bool:
    if may_sound_alike(left.whole.skeletons[:1], right.whole.skeletons[:1]):
        return True
    if len(left.tokens) > len(right.tokens):
        left, right = right, left
    weight = sum(token.weight for token in left.tokens)
    met = sum(token.weight for token in left.tokens if any(_may_be_one(token, other) for other in right.tokens))
    return met > HALF * weight


def _may_be_one(left: Token, right: Token) -> bool:
    if "initial" in (left.role, right.role) or not left.same_as.isdisjoint(right.same_as):
        return True
    return may_sound_alike(left.skeletons, right.skeletons)


def aligned(left: Name, right: Name) -> Match:
    """Return the best alignment of two names."""
    pairs = _chosen(_candidates(left, right))
    total = _score(left.tokens, right.tokens, pairs)
    reordered = _is_reordered(pairs)
    if reordered:
        total *= OTHER_ORDER
    whole = _as_wholes(left, right) if total < WHOLE else None
    if whole and whole.nearness * WHOLE > total:
        return Match(whole.nearness * WHOLE, left, right, (whole,))
    return Match(total, left, right, tuple(pairs), reordered)


def _candidates(left: Name, right: Name) -> list[Pair]:
    found = []
    for i, one in enumerate(left.tokens):
        for j, other in enumerate(right.tokens):
            pair = _pair(_Span(i, i + 1, one), _Span(j, j + 1, other), ALIKE)
            if pair:
                found.append(pair)
    sure_left = {pair.places[0] for pair in found if pair.nearness > SURE}
    sure_right = {pair.places[2] for pair in found if pair.nearness > SURE}
    for join in left.joins:
        if sure_left.isdisjoint(range(join.start, join.end)):
            found += _joined(_Span(join.start, join.end, join.token), right.tokens, sure_right, flipped=False)
    for join in right.joins:
        if sure_right.isdisjoint(range(join.start, join.end)):
            found += _joined(_Span(join.start, join.end, join.token), left.tokens, sure_left, flipped=True)
    return found


def _joined(span: _Span, tokens: Sequence[Token], taken: set[int], *, flipped: bool) -> list[Pair]:
    found = []
    for place, token in enumerate(tokens):
        if place in taken or token.role == "particle":
            continue
        single = _Span(place, place + 1, token)
        pair = _pair(single, span, JOINED) if flipped else _pair(span, single, JOINED)
        if pair:
            found.append(pair._replace(nearness=pair.nearness * JOIN_COST))
    return found


def _pair(left: _Span, right: _Span, least: float) -> Pair | None:
    match = compare(left.token, right.token, least)
    if match.nearness < least:
        return None
    weight = (left.token.weight + right.token.weight) / 2
    places = (left.start, left.end, right.start, right.end)
    return Pair(left.token.text, right.token.text, match.nearness, match.how, weight, places)


def _chosen(candidates: list[Pair]) -> list[Pair]:
    """Return the pairs that explain most, none using a word twice; the most alike are taken first."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen = []
    for pair in sorted(candidates, key=_rank, reverse=True):
        left, right = range(*pair.places[:2]), range(*pair.places[2:])
        if used_left.isdisjoint(left) and used_right.isdisjoint(right):
            used_left.update(left)
            used_right.update(right)
            chosen.append(pair)
    return sorted(chosen, key=lambda pair: pair.places)


def _rank(pair: Pair) -> tuple[float, int, tuple[int, ...]]:
    # Of pairs equally alike the one in the same place comes first: a name may hold one word twice.
    start, _, other, _ = pair.places
    return (round(pair.nearness * pair.weight, 3), -abs(start - other), tuple(-place for place in pair.places))


def _score(left: Sequence[Token], right: Sequence[Token], pairs: list[Pair]) -> float:
    agreed = sum(pair.nearness * pair.weight for pair in pairs)
    compared = sum(pair.weight for pair in pairs)
    left_over = _rest(left, [place for pair in pairs for place in range(*pair.places[:2])])
    right_over = _rest(right, [place for pair in pairs for place in range(*pair.places[2:])])
    against = min(left_over, right_over) + EXTRA * abs(left_over - right_over)
    return agreed / (compared + against) if compared else 0.0


def _rest(tokens: Sequence[Token], used: list[int]) -> float:
    return sum(token.weight for place, token in enumerate(tokens) if place not in used)


def _is_reordered(pairs: list[Pair]) -> bool:
    starts = [pair.places[2] for pair in pairs if pair.weight > 0.3]
    return starts != sorted(starts)


def _as_wholes(left: Name, right: Name) -> Pair | None:
    # Some names have been compared word by word: read in one, Zhang Li would be near Zhang Lu, Hasan near Husayn.
    if len(left.tokens) == len(right.tokens) and (
        len(left.tokens) == 1 or _are_chinese(left, right) or any(map(are_two_names, left.tokens, right.tokens))
    ):
        return None
    return _pair(_Span(0, len(left.tokens), left.whole), _Span(0, len(right.tokens), right.whole), JOINED)


def _are_chinese(*names: Name) -> bool:
    return all(may_be_chinese(token) for name in names for token in name.tokens)


def is_partial(match: Match) -> bool:
    """Tell whether a word of either name, titles and endings aside, has no like in the other."""
    return any(
        name is not None and any(token.weight >= 1 and place not in used for place, token in enumerate(name.tokens))
        for name, used in ((match.left, _places(match, 0)), (match.right, _places(match, 2)))
    )


def begins_alike(match: Match) -> bool:
    """Tell whether the first words of two names are like: in many lands those after them are a father's."""
    if match.left is None or match.right is None:
        return False
    first, other = _first(match.left), _first(match.right)
    return any(first in range(*pair.places[:2]) and other in range(*pair.places[2:]) for pair in match.pairs)


def may_be_two_generations(match: Match) -> bool:
    """Tell whether one name's words stand in another order in the other, as a father's and a child's do.

    Yaqup Qasim is no Qasim Yaqup. Where a comma, an ending or a Chinese name tells the surname, the order says nothing.
    """
    names = (name for name in (match.left, match.right) if name is not None)
    return match.is_reordered and not any(map(_tells_surname, names))


def _places(match: Match, side: int) -> set[int]:
    return {place for pair in match.pairs for place in range(pair.places[side], pair.places[side + 1])}


def _first(name: Name) -> int:
    return next((place for place, token in enumerate(name.tokens) if token.weight >= INITIAL_WEIGHT), 0)


def _tells_surname(name: Name) -> bool:
    if COMMA.search(name.text) or any(SURNAME.search(token.roman) for token in name.tokens):
        return True
    # A surname of one syllable beside a given name: Wei Lanying. Two of two may be Ali and Hasan.
    chinese = [token for token in name.tokens if may_be_chinese(token) and not token.same_as]
    lengths = {len(pinyin_syllables(token.roman)) for token in chinese}
    return len(chinese) == len(name.tokens) == 2 and 1 in lengths and max(lengths) <= 2
