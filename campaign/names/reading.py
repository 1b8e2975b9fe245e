"""A name field read: the names in it, their tokens, and the words that may stand joined.

Structs, because what is stored in an index is read back by the thousand (campaign.search.packing): as arrays, in the
order of the fields. A field added, moved or removed is another format there.
"""

from functools import lru_cache

import msgspec

from campaign.names.parting import Written, written_names
from campaign.names.pieces import pieces_of
from campaign.names.tokens import Token, joined, tokens_of

LONGEST_JOIN = 3


class Join(msgspec.Struct, frozen=True, array_like=True):
    """Tokens `start` to `end` (exclusive) of a name, read as one word; particles between them are left out."""

    start: int
    end: int
    token: Token


class Name(msgspec.Struct, frozen=True, array_like=True):
    """One name of a field: its tokens in order, its joins, the whole as one word; `is_alias` if another comes first."""

    text: str
    is_alias: bool
    tokens: tuple[Token, ...]
    joins: tuple[Join, ...]
    whole: Token


class NameForms(msgspec.Struct, frozen=True, array_like=True):
    """All that the room knows of a field: its names in order; none for a field without letters."""

    text: str
    names: tuple[Name, ...]

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names after the first, as written."""
        return tuple(name.text for name in self.names if name.is_alias)


@lru_cache(maxsize=2048)
def forms(text: str) -> NameForms:
    """Return what a name field holds, for any text: names, scripts, romanised tokens, roles, aliases."""
    names = tuple(name for written in written_names(text) if (name := _name(written)))
    return NameForms(text, names)


def _name(written: Written) -> Name | None:
    tokens = tuple(token for token in tokens_of(pieces_of(written.words)) if token.folded or token.readings[0].sounds)
    if not tokens:
        return None
    core = tuple(token for token in tokens if token.role != "particle") or tokens
    return Name(written.text, written.is_alias, tokens, _joins(tokens), joined(core))


def _joins(tokens: tuple[Token, ...]) -> tuple[Join, ...]:
    found = []
    for start in range(len(tokens)):
        if tokens[start].role == "particle":
            continue
        for end in range(start + 2, len(tokens) + 1):
            parts = tuple(token for token in tokens[start:end] if token.role != "particle")
            if len(parts) > LONGEST_JOIN:
                break
            if len(parts) > 1 and tokens[end - 1].role != "particle":
                found.append(Join(start, end, joined(parts)))
    return tuple(found)
