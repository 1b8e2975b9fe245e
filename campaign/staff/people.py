"""Staff by name, for pages that show who did what."""

from collections.abc import Iterable

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.database import db


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the display names of accounts; one that is gone has none."""
    wanted = {one for one in ids if one is not None}
    found = db.session.scalars(select(Account).where(Account.id.in_(wanted)))
    return {account.id: account.display_name for account in found}
