"""Who could review a case: everybody whose roles allow it and who wrote none of what would leave."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.models import Case
from campaign.database import db


def left(case: Case, writers: Collection[int], among: Sequence[Account] | None = None) -> list[Account]:
    """Return the accounts that may review a case and wrote none of it, guests of the moment included.

    `among` are all active accounts, where they were read before.
    """
    people = active() if among is None else among
    return [one for one in people if one.id not in writers and may(one, Action.REVIEW_CASE, case)]


def could_be_guest(case: Case, writers: Collection[int], among: Sequence[Account] | None = None) -> list[Account]:
    """Return the accounts that wrote none of a case and could be its guest: they read cases, and may not review."""
    people = active() if among is None else among
    able = (one for one in people if one.id not in writers and may(one, Action.READ_CASE))
    return [one for one in able if not may(one, Action.REVIEW_CASE, case)]


def active() -> list[Account]:
    """Return every active account with its roles, in order."""
    query = select(Account).where(Account.is_active).order_by(Account.id).options(joinedload(Account.grants))
    return list(db.session.scalars(query).unique())
