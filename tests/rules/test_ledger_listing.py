"""Invariant 9: the listing is derived. Thrown away and rebuilt from the ledger it has the same bytes."""

import datetime
from importlib import import_module

from flask import Flask
from sqlalchemy import text

from campaign.clock import now
from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.models import DERIVED
from campaign.ledger.parts import OutsideId
from tests.ledger.home import home_app
from tests.ledger.samples import a_place, a_profile, an_image, made

__all__ = ["home_app"]


def a_long_history() -> None:
    """Publish, update, narrow, withdraw, merge and republish."""
    for number in range(12):
        ref = f"FXD-1000{number:02d}"
        person = a_profile(
            ref=ref,
            name=f"Example {chr(97 + number)}",
            held_at=a_place(code=f"P{number % 3}"),
            images=[an_image(f"{number:064x}")],
            tags=["students"] if number % 2 else [],
            outside_ids=[made(OutsideId, scheme="sheet", value=str(number))],
        )
        writer.append("publish", ref, person)
    writer.append("publish", "FXD-100003", a_profile(ref="FXD-100003", version=2, name="努尔兰"))
    writer.append("publish", "FXD-100004", a_profile(ref="FXD-100004", version=2), hides_older=True)
    writer.append("withdraw", "FXD-100005")
    writer.append("withdraw", "FXD-100006", merged_into="FXD-100007")
    writer.append("publish", "FXD-100005", a_profile(ref="FXD-100005", version=2))
    writer.set_public_until("FXD-100008", now() + datetime.timedelta(days=3))


def derived_bytes() -> bytes:
    """Return every derived row of every derived table, in the order of its columns."""
    rows = []
    for model in DERIVED:
        table = model.__table__
        found = db.session.execute(table.select().order_by(*table.primary_key.columns)).all()
        rows += [f"{table.name}: {tuple(row)!r}" for row in found]
    return "\n".join(rows).encode()


def test_the_listing_is_rebuilt_byte_for_byte(home_app: Flask):
    with home_app.app_context():
        a_long_history()
        db.session.commit()
        kept = derived_bytes()
        for model in DERIVED:
            db.session.execute(model.__table__.delete())
        assert derived_bytes() == b""
        assert writer.rebuild() == 11
        assert derived_bytes() == kept


def test_a_listing_that_somebody_changed_is_put_right(home_app: Flask):
    with home_app.app_context():
        a_long_history()
        kept = derived_bytes()
        db.session.execute(text("UPDATE listing SET display_name = 'Somebody else'"))
        db.session.execute(text("DELETE FROM shown_image"))
        writer.rebuild()
        assert derived_bytes() == kept


def test_a_rebuild_keeps_the_day_on_which_a_consent_ends(home_app: Flask):
    with home_app.app_context():
        a_long_history()
        writer.rebuild()
        assert db.session.scalar(text("SELECT count(*) FROM public_until")) == 1


def test_no_table_of_the_confidential_side_says_whether_a_profile_is_public():
    import_module("campaign.cases.models")
    claims = ("public", "published", "withdrawn")
    columns = [column for name in ("case_file", "revision") for column in db.metadata.tables[name].columns]
    assert columns
    assert [str(column) for column in columns if any(claim in column.name for claim in claims)] == []


def test_a_listing_without_a_mark_or_of_another_version_is_noticed_until_it_is_rebuilt(home_app: Flask):
    with home_app.app_context():
        a_long_history()
        assert writer.is_due()
        writer.rebuild()
        assert not writer.is_due()
        db.session.execute(text("UPDATE index_mark SET made_by = 'other tables'"))
        db.session.expire_all()
        assert writer.is_due()
        writer.rebuild()
        assert not writer.is_due()
