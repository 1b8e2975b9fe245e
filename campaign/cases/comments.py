"""What staff say to each other about a case or one fact of it: sealed, never published, never part of a revision."""

from sqlalchemy import select

from campaign.audit.log import record
from campaign.cases.models import Case, Comment
from campaign.cases.people import Person
from campaign.cases.refusals import Refused
from campaign.clock import now
from campaign.database import db


class NothingSaid(Refused):
    """A comment without a word."""


def comment(case: Case, body: str, *, by: Person, path: str = "") -> Comment:
    """Say something about a case, or about the field or row at `path`. Raises NothingSaid."""
    if not body.strip():
        raise NothingSaid("Write the comment first.")
    new = Comment(case_id=case.id, author_id=by.id, body=body.strip(), path=path, at=now())
    db.session.add(new)
    db.session.flush()
    record("case.commented", by=by.id, subject=case.ref, details={"comment": new.id})
    return new


def settle(one: Comment, *, by: Person) -> None:
    """Mark a comment as settled. Twice does no harm."""
    if one.settled_at is None:
        one.settled_at = now()
        record("case.comment_settled", by=by.id, details={"comment": one.id})


def open_paths(case: Case) -> list[str]:
    """Return what each comment on a case that waits to be settled is about, without opening the comments."""
    return list(
        db.session.scalars(select(Comment.path).where(Comment.case_id == case.id, Comment.settled_at.is_(None)))
    )


def comments(case: Case) -> list[Comment]:
    """Return what was said about a case, oldest first."""
    return list(db.session.scalars(select(Comment).where(Comment.case_id == case.id).order_by(Comment.id)))
