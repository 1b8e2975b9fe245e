"""Staff by name, for pages that show who did what."""

from collections.abc import Iterable

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.database import db


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the display names of accounts; one that is gone has none."""
    wanted = {one for one in ids if one is not None}
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_(wanted))
    return {number: name or email for number, name, email in db.session.execute(query)} if wanted else {}
