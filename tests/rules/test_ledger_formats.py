"""Invariant 8: what was stored is never rewritten, and every format ever written is read as the newest type.

`samples/` beside this file holds one document of each format, as it was stored. Never edit one: add the next. Where a
struct is changed without a new format, the digest of its schema fails: decision 0007 says what to do.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from campaign.cases import file as case_file
from campaign.database import db
from campaign.formats import Formats
from campaign.ledger import chain, documents, reader, writer
from campaign.ledger.models import Body
from tests.ledger.home import home_app
from tests.ledger.samples import a_profile

__all__ = ["home_app"]
SAMPLES = Path(__file__).parent / "samples"
# The second stands for all that was stored before case files said a format.
DIGESTS = {
    "case-1.json": "45e3ec92925ff54fb7e03811df04f2e277f95b093b3eb522ad9bf41483ba9964",
    "case-2.json": "eb53838c20af83101a1d748ae1cb0a94d3326976d7ed44fe7e59950a4a158656",
    "case-unmarked.json": "8c7148f1960f6b22a9015e8661d8319dffc9647a046f3b1607c4258e4cd537bb",
    "profile-1.json": "127427a92560b1082be5611dd42e6e96c34d9d6a57ae4554e1a5a7f5f46aef3a",
    "profile-2.json": "e02c9a8c98d41a67c17ecc9684a2d53ad5446ea5f6bb9e535f18bd3f1d6f2d62",
    "withdrawal-1.json": "4734b9c5c25cb0ddb8dadd77b1ed741a97f5ae8e4f981501953df825faafc2fe",
}
KINDS: dict[str, Formats[Any]] = {
    "case": case_file.FILES, "profile": documents.PROFILES, "withdrawal": documents.WITHDRAWALS
}  # fmt: skip
EVERY = [format_ for kind in KINDS.values() for format_ in kind.every]
SCHEMAS = {
    "case/1": "14f5b8d2768f921706258e2120924084399bb65a86dec674f91920f7272193fd",
    "case/2": "ea1c11382267cc636ed7db9969ca237faeecd747c53a8e16f0e222ce0e53a9b8",
    "profile/1": "6efff78a9b9d776c594c117f26683bea9cfb223198b4928dc4e3a43f811ece87",
    "profile/2": "846c83c0177ee648519514bcaf93acbc618fd27a91a49f2d6e0bc1ef1d660f00",
    "withdrawal/1": "7f5c9fc42276cd7db67d76e19927cc3c0b5832df1cb33f7c0ceda276d137047e",
}


def sample_of(format_: str) -> bytes:
    return (SAMPLES / f"{format_.replace('/', '-')}.json").read_bytes()


def test_a_sample_of_every_format_is_kept():
    kept = {path.name for path in SAMPLES.iterdir()}
    assert kept == set(DIGESTS) == {f"{name.replace('/', '-')}.json" for name in [*EVERY, "case/unmarked"]}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_kept_sample_has_the_bytes_it_was_stored_with(name):
    assert chain.digest_of((SAMPLES / name).read_bytes()) == DIGESTS[name]


@pytest.mark.parametrize("format_", EVERY)
def test_a_kept_sample_says_its_format_and_is_read_as_the_newest_type(format_):
    kind = KINDS[format_.partition("/")[0]]
    assert kind.format_of(sample_of(format_)) == format_
    assert type(kind.read(sample_of(format_))) is kind.struct


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_document_of_the_newest_format_would_be_written_the_same(kind):
    body = sample_of(kind.newest)
    assert msgspec.json.encode(kind.read(body), order="sorted") == body


def test_a_case_file_from_before_there_was_a_mark_is_of_the_first_format():
    unmarked = sample_of("case/unmarked")
    assert case_file.FILES.format_of(unmarked) == "case/1"
    assert case_file.decode(unmarked) == case_file.decode(sample_of("case/1"))


def test_an_approval_given_before_there_was_a_mark_still_belongs_to_its_content():
    # Reckoned of it as case/2; the approval itself is kept, and not reckoned again.
    kept = "68e63ab0a5f79513b9a548b682f25fd1f4dbf1727a492b2a228b8ba69887e47a"
    assert case_file.content_digest(case_file.decode(sample_of("case/unmarked"))) == kept


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_struct_is_changed_by_a_new_format_only(kind):
    assert digest_of_schema(msgspec.json.schema(kind.struct)) == SCHEMAS[kind.newest], (
        f"The shape of {kind.newest} is another one, but documents of it are stored: give it the next number."
    )


def test_a_planted_field_is_another_shape():
    planted = msgspec.defstruct("Profile", [("education", str)], bases=(documents.Profile,), frozen=True, kw_only=True)
    assert digest_of_schema(msgspec.json.schema(planted)) != SCHEMAS[documents.PROFILES.newest]


@pytest.mark.parametrize("number", range(1, len(documents.PROFILES.every) + 1))
def test_the_schema_of_every_format_ever_published_is_kept(number):
    kept = documents.kept_schema(number)
    assert digest_of_schema({name: kept[name] for name in ("$ref", "$defs")}) == SCHEMAS[f"profile/{number}"]


def test_the_kept_schema_of_the_newest_format_is_that_of_the_struct():
    newest = documents.kept_schema(len(documents.PROFILES.every))
    assert newest == documents.json_schema()


def digest_of_schema(schema: dict[str, Any]) -> str:
    """Return the SHA-256 of the shape that a schema describes: its words may be bettered at any time."""
    return hashlib.sha256(json.dumps(without_words(schema), sort_keys=True).encode()).hexdigest()


def without_words(schema: Any) -> Any:
    """Return a schema without its descriptions, and without the codes of lists that grow."""
    if isinstance(schema, list):
        return [without_words(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    # A field of this name would be described by an object, not by words.
    kept = {name: inner for name, inner in schema.items() if name != "description" or not isinstance(inner, str)}
    grows = "enum" in kept and kept.get("type") == "string"
    return {name: without_words(inner) for name, inner in kept.items() if not (grows and name == "enum")}


def test_later_publications_leave_earlier_bodies_as_they_were(home_app):
    with home_app.app_context():
        first = a_profile()
        writer.append("publish", first.ref, first)
        stored = db.session.get(Body, 1).body
        writer.append("publish", first.ref, a_profile(version=2, occupation="baker"))
        writer.append("publish", "FXD-10002", a_profile(ref="FXD-10002"))
        db.session.expire_all()
        assert db.session.get(Body, 1).body == stored == documents.encode(first)
        assert [version.profile.occupation for version in reader.history(first.ref)] == ["baker", "teacher"]
