"""Invariant 8: what was published is never rewritten, and every format ever written can be read.

`samples/` beside this file holds one body of each format, as it was stored. Never edit one: add the next.
"""

from pathlib import Path

import pytest

from campaign.database import db
from campaign.ledger import chain, reader, writer
from campaign.ledger.documents import FORMATS, decode, encode
from campaign.ledger.models import Body
from tests.ledger.home import house
from tests.ledger.samples import a_profile

__all__ = ["house"]
SAMPLES = Path(__file__).parent / "samples"
DIGESTS = {
    "profile-1.json": "127427a92560b1082be5611dd42e6e96c34d9d6a57ae4554e1a5a7f5f46aef3a",
    "withdrawal-1.json": "4734b9c5c25cb0ddb8dadd77b1ed741a97f5ae8e4f981501953df825faafc2fe",
}


def test_a_sample_of_every_format_is_kept():
    assert {path.name for path in SAMPLES.iterdir()} == {f"{name.replace('/', '-')}.json" for name in FORMATS}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_kept_sample_has_the_bytes_it_was_stored_with(name):
    assert chain.digest_of((SAMPLES / name).read_bytes()) == DIGESTS[name]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_kept_sample_is_read_and_would_be_written_the_same(format_):
    body = (SAMPLES / f"{format_.replace('/', '-')}.json").read_bytes()
    document = decode(body)
    assert isinstance(document, FORMATS[format_])
    assert encode(document) == body


def test_later_publications_leave_earlier_bodies_as_they_were(house):
    with house.app_context():
        first = a_profile()
        writer.append("publish", first.ref, first)
        stored = db.session.get(Body, 1).body
        writer.append("publish", first.ref, a_profile(version=2, occupation="baker"))
        writer.append("publish", "FXD-10002", a_profile(ref="FXD-10002"))
        db.session.expire_all()
        assert db.session.get(Body, 1).body == stored == encode(first)
        assert [version.profile.occupation for version in reader.history(first.ref)] == ["baker", "teacher"]
