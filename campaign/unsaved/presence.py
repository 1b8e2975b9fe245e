"""Who has a case open for editing at this moment, and since when: each is told of the other before they save."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign.accounts.models import Account
from campaign.clock import now
from campaign.database import aside, db
from campaign.unsaved.keeping import upsert
from campaign.unsaved.models import OpenCase

WITHOUT_SCRIPT = timedelta(minutes=30)  # a page that can't say again that it is open counts for as long as a session
BEAT = timedelta(minutes=2)  # one that can says so each thirty seconds


class Present(NamedTuple):
    """Somebody who has a case open: their name, and since when."""

    name: str
    since: datetime


def note(case_id: int, account_id: int, *, beats: bool) -> None:
    """Note that somebody has a case open; `beats` says that their page will say so again."""
    at = now()
    until = at + (BEAT if beats else WITHOUT_SCRIPT)
    values: dict[str, object] = {"case_id": case_id, "account_id": account_id, "since": at, "until": until}
    with aside() as session:
        session.execute(delete(OpenCase).where(OpenCase.case_id == case_id, OpenCase.until < at))
        session.execute(upsert(OpenCase, ("case_id", "account_id"), values, {"until": until}))


def leave(case_id: int, account_id: int, session: Session) -> None:
    """Note that somebody has closed a case, in a session of the caller's."""
    session.execute(delete(OpenCase).where(OpenCase.case_id == case_id, OpenCase.account_id == account_id))


def others(case_id: int, account_id: int) -> list[Present]:
    """Return who else has a case open, the longest first."""
    query = select(Account, OpenCase.since).join(OpenCase, OpenCase.account_id == Account.id)
    here = query.where(OpenCase.case_id == case_id, OpenCase.account_id != account_id, OpenCase.until >= now())
    return [
        Present(account.display_name, since) for account, since in db.session.execute(here.order_by(OpenCase.since))
    ]
