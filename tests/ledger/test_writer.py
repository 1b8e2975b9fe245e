"""What an append does to bodies, lists and readers, in one transaction."""

import datetime

import pytest
from sqlalchemy import func, select

from campaign.clock import now
from campaign.database import db
from campaign.ledger import browse, changes, facet_index, reader, writer
from campaign.ledger.documents import encode
from campaign.ledger.models import Body
from campaign.ledger.stamp import public_stamp
from tests.ledger.samples import a_profile, an_image

REF = "FXD-40718"


@pytest.fixture(autouse=True)
def _inside(home_app):
    with home_app.app_context():
        yield


def body_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Body))


def test_a_published_profile_is_read_as_the_same_bytes():
    entry = writer.append("publish", REF, a_profile())
    assert (entry.number, reader.head(), reader.state(REF)) == (1, 1, "public")
    assert reader.profile_body(REF) == encode(a_profile())


def test_an_update_replaces_what_is_public_and_keeps_the_history():
    writer.append("publish", REF, a_profile())
    writer.append("publish", REF, a_profile(version=2, name="Nurlan Sample"))
    assert reader.profile(REF).display_name == "Nurlan Sample"
    assert [version.number for version in reader.history(REF)] == [2, 1]
    assert reader.next_version(REF) == 3


def test_a_narrowing_removes_the_older_bodies():
    writer.append("publish", REF, a_profile())
    writer.append("publish", REF, a_profile(version=2, summary=[]), hides_older=True)
    assert [version.profile.summary for version in reader.history(REF)] == [[]]
    assert body_count() == 1


def test_a_withdrawn_profile_leaves_nothing_behind():
    writer.append("publish", REF, a_profile(images=[an_image()]))
    assert reader.shown_by("a" * 64) is not None
    writer.append("withdraw", REF)
    assert (reader.state(REF), reader.profile_body(REF), reader.history(REF)) == ("withdrawn", None, [])
    assert (body_count(), browse.total(), browse.page(facet_index.current(), {}).numbers) == (0, 0, [])
    assert reader.shown_by("a" * 64) is None


def test_a_merged_ref_tells_where_to_read_on():
    writer.append("publish", REF, a_profile())
    writer.append("withdraw", REF, merged_into="FXD-51234")
    assert reader.state(REF) == reader.Merged("FXD-51234")


def test_a_withdrawn_profile_can_be_published_again():
    writer.append("publish", REF, a_profile())
    writer.append("withdraw", REF)
    writer.append("publish", REF, a_profile(version=2))
    assert (reader.state(REF), len(reader.history(REF))) == ("public", 1)


@pytest.mark.parametrize("kind", ["publish", "withdraw"])
def test_an_append_that_would_be_untrue_is_refused(kind):
    other = a_profile(ref="FXD-99999") if kind == "publish" else None
    with pytest.raises(writer.Refused, match=REF):
        writer.append(kind, REF, other)


def test_a_consent_that_ends_by_date_stops_every_reader_by_the_clock():
    ended = now() - datetime.timedelta(minutes=1)
    writer.append("publish", REF, a_profile(images=[an_image()]), public_until=ended)
    assert (reader.state(REF), reader.profile_body(REF), browse.total()) == ("withdrawn", None, 0)
    assert facet_index.current().counted({})[0] == 0
    assert reader.shown_by("a" * 64) is None
    assert [(change.kind, change.body) for change in changes.since(0, 10).changes] == [("withdraw", None)]


def test_the_stamp_changes_with_each_entry_and_each_end():
    stamps = [public_stamp()]
    writer.append("publish", REF, a_profile())
    stamps.append(public_stamp())
    writer.set_public_until(REF, now() + datetime.timedelta(days=1))
    stamps.append(public_stamp())
    assert len(set(stamps)) == 3
