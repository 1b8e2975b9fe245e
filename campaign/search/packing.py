"""A name's forms as bytes and back: read once, when it is stored; what is asked in Latin loads no other script.

Positions, not field names: half the bytes. The joins are kept too, for making them costs more than reading them.
"""

from typing import Any

import msgspec

from campaign.names import Name, NameForms
from campaign.names.reading import Join
from campaign.names.sounds import Reading
from campaign.names.tokens import Role, Token

FORMAT = 1


class _Token(msgspec.Struct, frozen=True, array_like=True):
    text: str
    script: str
    roman: str
    folded: str
    role: Role
    weight: float
    readings: tuple[Reading, ...]
    skeletons: tuple[str, ...]
    same_as: tuple[str, ...]


class _Join(msgspec.Struct, frozen=True, array_like=True):
    start: int
    end: int
    token: _Token


class _Name(msgspec.Struct, frozen=True, array_like=True):
    text: str
    is_alias: bool
    tokens: tuple[_Token, ...]
    joins: tuple[_Join, ...]
    whole: _Token


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    format: int
    text: str
    names: tuple[_Name, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


def pack(forms: NameForms) -> bytes:
    """Return the bytes of a name's forms; the same for the same forms."""
    return _encoder.encode(_Packed(FORMAT, forms.text, tuple(_packed_name(name) for name in forms.names)))


def unpack(packed: bytes) -> NameForms:
    """Return the forms of packed bytes. Raises msgspec.ValidationError for bytes of another format: reindex."""
    read = _decoder.decode(packed)
    return NameForms(read.text, tuple(_name(name) for name in read.names))


def _packed_name(name: Name) -> _Name:
    joins = tuple(_Join(join.start, join.end, _packed_token(join.token)) for join in name.joins)
    tokens = tuple(_packed_token(token) for token in name.tokens)
    return _Name(name.text, name.is_alias, tokens, joins, _packed_token(name.whole))


def _packed_token(token: Token) -> _Token:
    values: dict[str, Any] = {field: getattr(token, field) for field in _Token.__struct_fields__}
    return _Token(**values | {"same_as": tuple(sorted(token.same_as))})


def _name(name: _Name) -> Name:
    joins = tuple(Join(join.start, join.end, _token(join.token)) for join in name.joins)
    return Name(name.text, name.is_alias, tuple(_token(token) for token in name.tokens), joins, _token(name.whole))


def _token(token: _Token) -> Token:
    return Token(
        token.text,
        token.script,
        token.roman,
        token.folded,
        token.role,
        token.weight,
        token.readings,
        token.skeletons,
        frozenset(token.same_as),
    )
