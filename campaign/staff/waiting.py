"""The first page: what waits for whoever is signed in, in the order in which somebody else waits for it.

One rule: what stands here is what this person may do now. A count is of that, and the list behind it shows the same.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask import render_template, url_for
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from campaign.accounts import vouching
from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries
from campaign.cases.classification import Visibility
from campaign.cases.models import Case, Comment, Review, Revision
from campaign.cases.queries import Filter, visible_to
from campaign.clock import now, today
from campaign.database import db
from campaign.duplicates import pairs
from campaign.imports import looks
from campaign.imports import record as imports
from campaign.publishing import onward
from campaign.publishing.models import Publication
from campaign.staff.case_access import names_of
from campaign.staff.desk import blueprint
from campaign.staff.unsaved import Kept, kept_for_me
from campaign.staff.words import visibility_at
from campaign.staff.worklist import name_of_list

SHOWN = 5  # of each kind; the list behind it has the rest
AHEAD = timedelta(days=60)  # how far ahead a day that falls due is told
LONGEST = 240


class Line(NamedTuple):
    """One case that waits: since when, and what is said of it."""

    case: Case
    since: datetime | None
    said: str = ""
    by: str = ""


class Waits(NamedTuple):
    """What waits of one kind: how many, the first of them, the page of the act, and the list of all ("" for none)."""

    title: str
    number: int
    lines: list[Line]
    endpoint: str
    act: str
    all_of_them: str


class Due(NamedTuple):
    """A day by which something is to be done about a case."""

    day: date
    case: Case
    what: str


class Kind(NamedTuple):
    """A kind of what waits: whose deed it is, which cases, in which order, and where it is done."""

    title: str
    action: Action
    waits: Callable[[Account], ColumnElement[bool]]
    since: InstrumentedAttribute[Any]
    endpoint: str
    act: str
    query: dict[str, Any]
    is_asked: bool = False  # told in the words of who asked for it


def wrote(numbers: Iterable[int] | Select[int]) -> ColumnElement[bool]:
    """Return the condition that one of some accounts wrote a case since it was published last."""
    last = select(func.coalesce(func.max(Publication.revision), 0)).where(Publication.case_id == Case.id)
    saved = select(Revision.number).where(
        Revision.case_id == Case.id,
        Revision.author_id.in_(numbers),
        Revision.number > last.correlate(Case).scalar_subquery(),
    )
    return exists(saved.correlate(Case))


def may_review(account: Account) -> ColumnElement[bool]:
    """Return the condition that a case is in review, and that an account neither wrote it nor is tied to who did."""
    return (Case.state == "in_review") & ~wrote(vouching.tied_to(account.id))


def _mine(account: Account) -> ColumnElement[bool]:
    return (Case.owner_id == account.id) | wrote([account.id])


KINDS = (
    Kind("Changes asked of you", Action.EDIT_CASE, lambda one: (Case.state == "changes_asked") & _mine(one),
         Case.updated_at, "staff.edit", "Answer", {"state": "changes_asked"}, is_asked=True),
    Kind("To review: you wrote none of these", Action.REVIEW_CASE, may_review,
         Case.submitted_at, "staff.view", "Review", {"state": "in_review"}),
    Kind("Consents and risks to confirm", Action.CONFIRM_SAFETY, lambda _: Case.consent_due_on <= today(),
         Case.updated_at, "staff.view", "Read", {"consent": "yes"}),
    Kind("Approved, to be published", Action.PUBLISH, lambda _: onward.unpublished(),
         Case.approved_at, "staff.preview", "Look and publish", {"unpublished": "yes"}),
    Kind("After imports, in your cases", Action.EDIT_CASE, lambda one: looks.has_open() & (Case.owner_id == one.id),
         Case.updated_at, "staff.view", "Look", {"looks": "yes", "owner": "me"}),
)  # fmt: skip


@blueprint.app_template_global("review_count")
def review_count() -> int:
    """Return how many cases wait for a second person who may be whoever asks."""
    if not may(me(), Action.REVIEW_CASE):
        return 0
    return queries.count(me(), Filter(further=(may_review(me()),)))


@blueprint.get("/")
@requires(Action.OPEN_DESK)
def desk() -> str:
    """Show what waits for whoever is signed in."""
    waiting = list(_waiting(me()))
    said = _said(me()) if may(me(), Action.COMMENT_CASE) else None
    pair_count = pairs.count(me()) if may(me(), Action.EDIT_CASE) else 0
    count = sum(one.number for one in waiting) + (said.number if said else 0) + pair_count
    words: dict[str, Any] = {
        "waiting": waiting,
        "said": said,
        "pair_count": pair_count,
        "count": count,
        "due": _due(me()),
    }
    words["imports"] = {one.id: name_of_list(one) for one in imports.newest(me(), limit=3) if one.written_at}
    kept: list[Kept] = kept_for_me()
    return render_template("staff/waiting.html", **words, kept=kept)


def _waiting(account: Account) -> Iterator[Waits]:
    for kind in KINDS:
        if not may(account, kind.action):
            continue
        query = select(Case, func.count().over()).where(visible_to(account), kind.waits(account))
        rows = db.session.execute(query.order_by(kind.since, Case.id).limit(SHOWN)).all()
        if not rows:
            continue
        cases = [case for case, _ in rows]
        lines = _asked(cases) if kind.is_asked else [Line(one, getattr(one, kind.since.key)) for one in cases]
        yield Waits(kind.title, rows[0][1], lines, kind.endpoint, kind.act, url_for("staff.cases", **kind.query))


def _asked(cases: list[Case]) -> list[Line]:
    """Return cases with what their reviewer asked for last."""
    query = select(Review).where(Review.case_id.in_([case.id for case in cases]), Review.verdict == "changes_asked")
    newest = {review.case_id: review for review in db.session.scalars(query.order_by(Review.id))}
    people = names_of(review.reviewer_id for review in newest.values())
    lines = []
    for case in cases:
        review = newest.get(case.id)
        by = people.get(review.reviewer_id, "") if review else ""
        lines.append(Line(case, review.at, review.note[:LONGEST], by) if review else Line(case, None))
    return lines


def _said(account: Account) -> Waits | None:
    """Return what others said in comments on somebody's own cases, the newest first, and nobody has closed."""
    query = select(Comment, Case, func.count().over()).join(Case, Case.id == Comment.case_id)
    query = query.where(visible_to(account), _mine(account), Comment.settled_at.is_(None))
    query = query.where(Comment.author_id != account.id).order_by(Comment.id.desc()).limit(SHOWN)
    rows = db.session.execute(query).all()
    if not rows:
        return None
    people = names_of(comment.author_id for comment, _, _ in rows)
    lines = [Line(case, one.at, _words(one), people.get(one.author_id, "")) for one, case, _ in rows]
    return Waits("Said on your cases", rows[0][2], lines, "staff.comments", "Read", "")


def _words(comment: Comment) -> str:
    if comment.path and visibility_at(comment.path) is Visibility.CONFIDENTIAL:
        return "About a confidential field: open it there."
    return comment.body[:LONGEST]


def _due(account: Account) -> list[Due]:
    """Return what falls due in somebody's own cases within sixty days, the first first."""
    if not may(account, Action.EDIT_CASE):
        return []
    end = today() + AHEAD
    days = {
        Case.next_review_on: "check again",
        Case.asks_by: "free since thirty days: ask for their own word",
        Case.consent_due_on: "a consent or a risk to be asked for again",
    }
    found: list[Due] = []
    mine = (visible_to(account), Case.owner_id == account.id)
    for column, what in days.items():
        query = select(Case, column).where(*mine, column <= end).order_by(column).limit(SHOWN)
        found += [Due(day, case, what) for case, day in db.session.execute(query) if day]
    until = Case.embargo_until
    embargoed = select(Case).where(*mine, until > now(), until <= now() + AHEAD).order_by(until).limit(SHOWN)
    held = db.session.scalars(embargoed)
    found += [Due(one.embargo_until.date(), one, "held back until then") for one in held if one.embargo_until]
    return sorted(found, key=lambda one: (one.day, one.case.id))[: 2 * SHOWN]
