"""Other people's names among the person's own: a public name row is no way round the search of the texts.

An own name may share words with anybody's; it never holds another known person's whole name. The one word of a parent
may be the whole of it (patronymics: Sadir, Sadirov, Sadirova).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from campaign.ledger.documents import Name
from campaign.publishing.gate import name_search
from campaign.publishing.gate.known_names import Known
from campaign.publishing.gate.name_needles import PARTICLES, SHORTEST_JOINED, Part, own_of, sounds_like, wanted_of
from campaign.publishing.gate.words import key_of, kin_spans, words_of
from campaign.text import folded_words

NOBODY = own_of([])


def of_others(rows: Sequence[Name], people: Sequence[Known]) -> Iterator[tuple[str, str]]:
    """Yield (the name row, what of it is somebody else's), folded."""
    preferred = next((row.text for row in rows if row.is_preferred), rows[0].text if rows else "")
    heading = _parts_of(preferred)
    others = [person for person in people if not person.is_own]
    for row in rows:
        parts = _parts_of(row.text)
        for person in others:
            is_told = _holds_whole(parts, person) or _is_nothing_else(parts, person, heading)
            if is_told or _is_named_as_kin(row.text, person, preferred):
                yield row.text, folded_words(person.name)


@lru_cache(maxsize=4096)
def _parts_of(name: str) -> tuple[Part, ...]:
    found = wanted_of(Known(name), NOBODY)
    return found.parts if found else ()


def _holds_whole(parts: Sequence[Part], person: Known) -> bool:
    """Whether a row holds every word of a name, in its order; in another order where the row says more than them."""
    theirs = _parts_of(person.name)
    if not theirs or (len(theirs) == 1 and (person.is_ancestor or len(theirs[0].key) < 2)):
        return False
    length, joined = len(theirs), "".join(part.key for part in theirs)
    if length > 1 and len(joined) >= SHORTEST_JOINED and any(joined in part.key for part in parts):
        return True
    windows = [parts[at : at + length] for at in range(len(parts) - length + 1)]
    if any(_are_alike(window, theirs) for window in windows):
        return True
    # Of two words changed about, in Uyghur or Arabic naming the one is the child of the other.
    return len(parts) > length and any(_are_alike(window[::-1], theirs) for window in windows)


def _is_nothing_else(parts: Sequence[Part], person: Known, heading: Sequence[Part]) -> bool:
    """Whether all words of a row are somebody else's, and none of them is a word of the name in the heading."""
    theirs = _parts_of(person.name)
    if person.is_ancestor or not parts or not theirs or any(_is_in(part, heading) for part in parts):
        return False
    # "G. Yusupova": an initial stands for the rest of a name.
    whole = [part for part in parts if len(part.key) > 1]
    initials = {part.key for part in parts if len(part.key) == 1}
    return bool(whole) and all(_is_in(part, theirs) for part in whole) and initials <= {one.key[:1] for one in theirs}


def _is_named_as_kin(text: str, person: Known, preferred: str) -> bool:
    """Whether a row that says whose relative somebody is names that relative: "sister of Gulnar"."""
    words = words_of(text)
    kin = [span for span in kin_spans(text, words) if key_of(text[span[0] : span[1]]) not in PARTICLES]
    own = own_of([preferred])
    wanted = wanted_of(person, own) if kin and not person.is_ancestor else None
    return wanted is not None and any(True for _ in name_search.found_in(text, [wanted], own))


def _is_in(part: Part, name: Sequence[Part]) -> bool:
    return any(_is_alike(part, one) for one in name)


def _are_alike(some: Sequence[Part], others: Sequence[Part]) -> bool:
    return all(_is_alike(one, other) for one, other in zip(some, others, strict=True))


def _is_alike(one: Part, other: Part) -> bool:
    return one.key == other.key or sounds_like(one.text, other.text)
