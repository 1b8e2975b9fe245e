"""Versioned documents: one chain of upgrades, and words for what can't be read."""

import zlib
from typing import Any

import msgspec
import pytest

from campaign import formats
from campaign.formats import PACKED, Damaged, Formats, UnknownFormat, UnreadableDocument, pack, unpack


class Leaf(msgspec.Struct, forbid_unknown_fields=True, tag_field="format", tag="leaf/4"):
    """A planted document whose first format had `colour` and `size`, and no `veins`."""

    hue: str
    veins: list[str]


def with_veins(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "veins": []}


def with_hue(fields: dict[str, Any]) -> dict[str, Any]:
    rest = dict(fields)
    return {"hue": rest.pop("colour"), **rest}


def without_size(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "size"}


LEAVES = Formats(Leaf, with_veins, with_hue, without_size, unmarked="leaf/1")


@pytest.mark.parametrize(
    "content",
    [
        b'{"colour":"green","size":3}',
        b'{"colour":"green","format":"leaf/1","size":3}',
        b'{"colour":"green","format":"leaf/2","size":3,"veins":[]}',
        b'{"format":"leaf/3","hue":"green","size":3,"veins":[]}',
        b'{"format":"leaf/4","hue":"green","veins":[]}',
    ],
)
def test_every_format_is_read_as_the_newest_type(content: bytes) -> None:
    assert LEAVES.read(content) == Leaf(hue="green", veins=[])


def test_what_says_no_format_is_not_taken_for_the_newest_one() -> None:
    with pytest.raises(Damaged):
        LEAVES.read(b'{"hue":"green","veins":[]}')


@pytest.mark.parametrize(
    ("content", "refusal", "sentence"),
    [
        (b'{"format":"leaf/5"}', UnknownFormat, "has the format leaf/5, which this version of the code does not know."),
        (b'{"format":"leaf/0"}', UnknownFormat, "does not say a format that could be read."),
        (b'{"format":"Nurgul Sadirova"}', UnknownFormat, "does not say a format that could be read."),
        (b'{"format":4}', Damaged, "is damaged: it is no JSON object that says its format."),
        (b'{"format":"leaf/4"', Damaged, "is damaged: it is no JSON object that says its format."),
        (b"[]", Damaged, "is damaged: it is no JSON object that says its format."),
        (b'{"format":"leaf/4","hue":3,"veins":[]}', Damaged, "is damaged: it does not have the shape of leaf/4."),
        (b'{"format":"leaf/2","veins":[]}', Damaged, "is damaged: it does not have the shape of leaf/2."),
    ],
)
def test_what_cannot_be_read_is_named_and_not_quoted(
    content: bytes, refusal: type[UnreadableDocument], sentence: str
) -> None:
    with pytest.raises(refusal) as refused:
        LEAVES.read(content, "FXD-10001, entry 3")
    assert str(refused.value) == f"The document of FXD-10001, entry 3 {sentence}"


def test_a_document_without_a_mark_is_unknown_where_every_one_was_marked() -> None:
    marked = Formats(Leaf, with_veins, with_hue, without_size)
    with pytest.raises(UnknownFormat):
        marked.read(b'{"colour":"green","size":3}')


def test_a_new_number_without_an_upgrade_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="Leaf is leaf/4, but its upgrades lead to leaf/2"):
        Formats(Leaf, with_veins)


def test_a_packed_document_is_smaller_and_says_so_and_one_from_before_is_read_as_it_is() -> None:
    content = b'{"colour":"green","size":3}' * 40
    packed = pack(content)
    assert packed.startswith(PACKED)
    assert len(packed) < len(content) / 4
    assert (unpack(packed), unpack(content)) == (content, content)


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(pack(b"leaf" * 500)[:-3], id="cut off"),
        pytest.param(pack(b"leaf") + b"more", id="something behind it"),
        pytest.param(PACKED + b"leaf", id="never packed"),
        pytest.param(pack(b"leaf")[:-1] + b"\0", id="changed"),
        pytest.param(PACKED, id="empty"),
    ],
)
def test_what_is_not_packed_as_it_was_written_is_named_and_not_quoted(stored: bytes) -> None:
    with pytest.raises(Damaged, match=r"The document of FXD-10001, entry 3 is damaged: it .*pack"):
        unpack(stored, "FXD-10001, entry 3")


def test_a_few_bytes_never_unpack_into_a_full_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST", 1000)
    assert unpack(pack(b"a" * 1000)) == b"a" * 1000
    with pytest.raises(Damaged):
        unpack(PACKED + zlib.compress(b"a" * 1001))
    assert pack(b"a" * 1001) == b"a" * 1001, "what could not be unpacked is not packed"
