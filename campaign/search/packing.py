"""A name's forms as bytes and back: read once, when it is stored; what is asked in Latin loads no other script.

Positions, not field names: half the bytes. The joins are kept too, for making them costs more than reading them.
"""

import msgspec

from campaign.names import Name, NameForms

FORMAT = 1


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    format: int
    text: str
    names: tuple[Name, ...]


# Deterministic: the members of a set in order, so that the same forms give the same bytes in every process.
_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Packed)


def pack(forms: NameForms) -> bytes:
    """Return the bytes of a name's forms; the same for the same forms."""
    return _encoder.encode(_Packed(FORMAT, forms.text, forms.names))


def unpack(packed: bytes) -> NameForms:
    """Return the forms of packed bytes. Raises msgspec.ValidationError for bytes of another format: reindex."""
    read = _decoder.decode(packed)
    return NameForms(read.text, read.names)
