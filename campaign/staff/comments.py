"""Comments of staff on a case or one field of it: encrypted, never published, never part of a revision.

One rule: a comment on a confidential field is as confidential as the field.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from flask import abort, request
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.audit.log import record
from campaign.cases import revisions
from campaign.cases.checks import Refused
from campaign.cases.classification import Visibility, default_of, fields_of
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, Comment, Person
from campaign.clock import now
from campaign.database import db
from campaign.staff.case_access import allow, as_read, case_or_404, names_of, reads_confidential, rights
from campaign.staff.desk import blueprint
from campaign.staff.fields import fact_words, facts, options
from campaign.staff.sections import section_of_path
from campaign.staff.words import named, value_at, visibility_at
from campaign.web.forms import DeskForm, done, page


class NothingSaid(Refused):
    """A comment without a word."""


def add_comment(case: Case, body: str, *, by: Person, path: str = "") -> Comment:
    """Say something about a case, or about the field or row at `path`. Raises NothingSaid."""
    if not body.strip():
        raise NothingSaid("Write the comment first.")
    new = Comment(case_id=case.id, author_id=by.id, body=body.strip(), path=path, at=now())
    db.session.add(new)
    db.session.flush()
    record("case.commented", by=by.id, subject=case.ref, details={"comment": new.id})
    return new


def close_comment(one: Comment, *, by: Person) -> None:
    """Close a comment. Twice does no harm."""
    if one.settled_at is None:
        one.settled_at = now()
        record("case.comment_settled", by=by.id, details={"comment": one.id})


def open_paths(case: Case) -> list[str]:
    """Return what each comment on a case that is open is about, without opening the comments."""
    return list(
        db.session.scalars(select(Comment.path).where(Comment.case_id == case.id, Comment.settled_at.is_(None)))
    )


def comments_of(case: Case) -> list[Comment]:
    """Return what was said about a case, oldest first."""
    return list(db.session.scalars(select(Comment).where(Comment.case_id == case.id).order_by(Comment.id)))


WHOLE = "The case as a whole"
GONE = "This fact is no longer in the case. Choose what the comment is about; its text is kept below."


class CommentForm(DeskForm):
    """A comment, and what it is about."""

    path = SelectField("About", choices=options([]), validate_choice=False)
    body = TextAreaField("Comment", description="For staff only.", validators=[Length(max=10_000)])


class Said(NamedTuple):
    """A comment, what it is about in words, and where that stands on the page of the case."""

    comment: Comment
    about: str
    anchor: str


@blueprint.get("/cases/<ref>/comments")
@requires(Action.READ_CASE)
def comments(ref: str) -> tuple[str, int]:
    """Show what was said of a case; what was said of C fields only where they were asked for."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    form = CommentForm(path=request.args.get("about", ""))
    return _page(case, form, _file(case, confidential=confidential), confidential=confidential)


@blueprint.post("/cases/<ref>/comments")
@requires(Action.COMMENT_CASE)
def comment(ref: str) -> Response | tuple[str, int]:
    """Say something of a case, or of one fact of it."""
    case = allow(Action.COMMENT_CASE, case_or_404(ref))
    confidential = reads_confidential(case)
    form = CommentForm()
    path = form.path.data or ""
    file = _file(case, confidential=confidential)
    try:
        if path and path not in dict(_offered(file, confidential=confidential)):
            form.path.errors = [GONE]
        elif form.validate():
            add_comment(case, form.body.data or "", by=me(), path=path)
            return done("Saved. Nobody outside the desk reads it.", "staff.comments", ref=ref)
    except NothingSaid as refusal:
        form.body.errors = [str(refusal)]
    return _page(case, form, file, confidential=confidential)


@blueprint.post("/cases/<ref>/comments/<int:number>/settle")
@requires(Action.COMMENT_CASE)
def mark_comment_closed(ref: str, number: int) -> Response:
    """Close a comment; it stays to be read."""
    case = allow(Action.COMMENT_CASE, case_or_404(ref))
    one = db.session.get(Comment, number)
    if one is None or one.case_id != case.id:
        abort(404)
    close_comment(one, by=me())
    return done("Settled.", "staff.comments", ref=ref)


def open_counts(case: Case) -> Counter[str]:
    """Return how many comments are open: under "" in all, under the key of each section about it."""
    waiting = open_paths(case)
    return Counter(["" for _ in waiting]) + Counter(section_of_path(path) for path in waiting if path)


def _file(case: Case, *, confidential: bool) -> CaseFile:
    newest = revisions.head(case)
    return as_read(case, newest, newest=newest, confidential=confidential)


def _page(case: Case, form: CommentForm, file: CaseFile, *, confidential: bool) -> tuple[str, int]:
    form.path.choices = options([("", WHOLE), *_offered(file, confidential=confidential)])
    everything = comments_of(case)
    seen = [one for one in everything if confidential or not _is_closed(one)]
    words = {
        "form": form,
        "told": [Said(one, about(file, one.path), section_of_path(one.path)) for one in seen],
        "hidden_count": len(everything) - len(seen),
        "people": names_of(one.author_id for one in seen),
        "confidential": confidential,
    }
    return page("staff/comments.html", case=case, **words, **rights(case))


def about(file: CaseFile, path: str) -> str:
    """Return what a comment is about, in words; a fact that has gone keeps its name."""
    if not path:
        return WHOLE
    if path == "status":
        return "Situation"
    return fact_words(file, path) if value_at(file, path) is not None else f"{named(path)} (no longer there)"


def _offered(file: CaseFile, *, confidential: bool) -> list[tuple[str, str]]:
    return [*facts(file), *(_closed(file) if confidential else ())]


def _closed(file: CaseFile) -> Iterator[tuple[str, str]]:
    """Yield what is confidential as a whole and filled: consents, risks and contacts row by row, other fields."""
    for field in fields_of(CaseFile):
        value = getattr(file, field.name)
        if field.mark.visibility is not Visibility.CONFIDENTIAL or value == default_of(CaseFile, field.name):
            continue
        rows = [f"{field.name}/{row.id}" for row in value] if field.shape == "rows" else [field.name]
        yield from ((path, fact_words(file, path)) for path in rows)


def _is_closed(one: Comment) -> bool:
    return visibility_at(one.path) is Visibility.CONFIDENTIAL
