"""Sentences that wait at somebody's desk until they are read."""

from sqlalchemy import select, update

from campaign.accounts.models import Notice
from campaign.database import db


def unread(account_id: int) -> list[Notice]:
    """Return what waits for somebody, oldest first."""
    query = select(Notice).where(Notice.account_id == account_id, Notice.is_read.is_(False))
    return list(db.session.scalars(query.order_by(Notice.id)))


def put_away(account_id: int, until: int) -> None:
    """Mark what waits as read up to the notice numbered `until`: what came since has not been seen."""
    shown = (Notice.account_id == account_id, Notice.id <= until)
    db.session.execute(update(Notice).where(*shown).values(is_read=True))
