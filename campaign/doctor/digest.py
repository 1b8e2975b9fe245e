"""The digest, one mail a day: what waits, what ends soon, what is red. Counts alone, of what its reader may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from campaign.accounts import duty, managing
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import queries
from campaign.cases.models import Case
from campaign.cases.queries import Filter, visible_to
from campaign.clock import now, today
from campaign.database import db
from campaign.doctor import errors, results, urgent
from campaign.ledger.models import PublicUntil
from campaign.publishing import onward
from campaign.publishing.models import Hold, RecheckFault
from campaign.web.context import settings

SUBJECT = "The desk today"
SOON = timedelta(days=14)


class Line(NamedTuple):
    """One line: what is told of one and of several, who is told, and how they are counted for an account."""

    one: str
    many: str
    action: Action
    count: Callable[[Account], int]


def _ending(account: Account) -> int:
    ends = PublicUntil.until.between(now(), now() + SOON)
    query = select(func.count()).select_from(PublicUntil).join(Case, Case.ref == PublicUntil.ref)
    return db.session.scalar(query.where(ends, visible_to(account))) or 0


def _faults(account: Account) -> int:
    query = select(func.count()).select_from(RecheckFault).join(Case, Case.id == RecheckFault.case_id)
    return db.session.scalar(query.where(visible_to(account))) or 0


def _holds(_: Account) -> int:
    lying = (Hold.lifted_at.is_(None), Hold.pause_id.is_(None))
    return db.session.scalar(select(func.count()).select_from(Hold).where(*lying)) or 0


LINES = (
    Line("urgent matter, seen to by nobody", "urgent matters, seen to by nobody", Action.OPEN_DESK,
         lambda one: sum(count for _, count in urgent.unseen_for(one))),
    Line("case waits for a review", "cases wait for a review", Action.REVIEW_CASE,
         lambda one: queries.count(one, Filter(state="in_review"))),
    Line("case has a consent to confirm or to ask for again", "cases have a consent to confirm or to ask for again",
         Action.CONFIRM_SAFETY, lambda one: queries.count(one, Filter(consent_due_by=today()))),
    Line("approved case is not published", "approved cases are not published", Action.PUBLISH,
         lambda one: queries.count(one, Filter(further=(onward.unpublished(),)))),
    Line("consent of somebody public ends within 14 days", "consents of people who are public end within 14 days",
         Action.PUT_BACK, _ending),
    Line("pause or stop is in force", "pauses and stops are in force", Action.PUT_BACK, _holds),
    Line("public profile has something to settle since the last recheck",
         "public profiles have something to settle since the last recheck", Action.PUBLISH, _faults),
    Line("role waits for a second administrator", "roles wait for a second administrator", Action.MANAGE_ACCOUNTS,
         lambda _: len(managing.proposals())),
    Line("red diagnosis of the doctor", "red diagnoses of the doctor", Action.MANAGE_SETTINGS,
         lambda _: sum(diagnosis.is_red for _, diagnosis in results.kept())),
    Line("sweep failed since yesterday", "sweeps failed since yesterday", Action.MANAGE_SETTINGS,
         lambda _: errors.lately(errors.FAILED_SWEEPS)),
    Line("other error was written to a log since yesterday", "other errors were written to logs since yesterday",
         Action.MANAGE_SETTINGS, lambda _: errors.lately(*errors.PROCESSES)),
    Line("hour of the next seven days without anybody on duty", "hours of the next seven days without anybody on duty",
         Action.MANAGE_SETTINGS, lambda _: duty.cover().empty_hours),
)  # fmt: skip


def text_for(account: Account) -> str:
    """Return the digest of an account; "" for who is told nothing but what is urgent.

    It comes where nothing waits too: a morning without it says that something is wrong.
    """
    mine = [line for line in LINES if may(account, line.action)]
    if len(mine) < 2:
        return ""
    counts = [(line, line.count(account)) for line in mine]
    told = [f"- {count} {line.one if count == 1 else line.many}" for line, count in counts if count]
    lines = told or ["Nothing waits for you."]
    return "\n".join([f"The desk on {today():%d %b %Y}:", "", *lines, "", f"{settings().desk_address}/staff/", ""])
