"""One deed on many ticked cases of the worklist, each in a transaction of its own, with a result for each.

One rule: nothing is done here that the page of a case does not do, and by the same verbs. Approving, answering for a
case and publishing stay one by one: each is read.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from campaign.accounts.guards import ask_again, me, safe_next
from campaign.accounts.permissions import Action, may, requires
from campaign.cases.file import Source
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.dates import parse
from campaign.dates.edtf import PartialDate
from campaign.publishing import batch, eligibility
from campaign.publishing.batch import Deed, Outcome
from campaign.search.finding import BEST
from campaign.staff.desk import blueprint
from campaign.staff.fields import options
from campaign.vocabulary.protection import SOURCE_TYPE
from campaign.web.forms import DeedForm
from campaign.web.marks import whole_number


class TogetherForm(DeedForm):
    """The ticked cases, the button that was pressed, and what that deed needs. `back` is the list they stood on."""

    ref = SelectMultipleField(validate_choice=False)
    back = HiddenField()
    note = TextAreaField(
        "What should be changed", description="Goes to the writers of each", validators=[Length(max=10_000)]
    )
    new_owner = SelectField("Owner", validate_choice=False)
    new_tag = StringField(
        "Tag", description="A change: whoever adds it reviews none of them.", validators=[Length(max=80)]
    )

    source_title = StringField(
        "Title of a source", description="What it tells of is said in each case.", validators=[Length(max=300)]
    )
    source_type = SelectField(
        "Kind of source", choices=options([("", "Choose one"), *SOURCE_TYPE.choices()]), validate_choice=False
    )
    source_url = StringField("Address of the source", validators=[Length(max=1000)])
    source_date = StringField("Date of the source", validators=[Length(max=60)])

    @property
    def refs(self) -> list[str]:
        """Return the references that are ticked, each once."""
        return list(dict.fromkeys(self.ref.data or []))


class Bulk(NamedTuple):
    """A deed for many cases: who may, what makes it of the form, and what is lacking where that gives None."""

    action: Action
    made: Callable[[TogetherForm], Deed | None]
    lacking: str = ""
    is_fresh: bool = False


def _asked(form: TogetherForm) -> Deed | None:
    note = (form.note.data or "").strip()
    return batch.asking_changes(note) if note else None


def _assigned(form: TogetherForm) -> Deed | None:
    number = whole_number(form.new_owner.data or "")
    is_staff = number in {person.id for person in eligibility.active()}
    return batch.assigning(number) if number is not None and is_staff else None


def _tagged(form: TogetherForm) -> Deed | None:
    tag = (form.new_tag.data or "").strip()
    return batch.tagging(tag) if tag and not set(tag) & set(",،，|") else None


def _sourced(form: TogetherForm) -> Deed | None:
    title, url = ((field.data or "").strip() for field in (form.source_title, form.source_url))
    kind, date = form.source_type.data or "", (form.source_date.data or "").strip()
    if not (title or url) or kind not in SOURCE_TYPE or (url and not url.startswith(("http://", "https://"))):
        return None
    return batch.sourcing(Source(type=kind, title=title, url=url, date=parse.read(date) if date else PartialDate()))


# What lets more people in asks for a code of the last ten minutes, as it does for one case (staff.access).
DEEDS: dict[str, Bulk] = {
    "submit": Bulk(Action.SUBMIT_CASE, lambda _: batch.submit),
    "ask_changes": Bulk(Action.REVIEW_CASE, _asked, "Say what should be changed."),
    "assign": Bulk(Action.RESTRICT_CASE, _assigned, "Choose who shall own them.", is_fresh=True),
    "source": Bulk(Action.EDIT_CASE, _sourced, "Write the title of the source or its address, and choose its kind."),
    "tag": Bulk(Action.EDIT_CASE, _tagged, "Write one tag, without a comma."),
}


def together_form(cases: Iterable[Case]) -> TogetherForm | None:
    """Return the form below a list of cases; None where there are none, or nothing that its reader could do."""
    able = [*(bulk.action for bulk in DEEDS.values()), Action.CONFIRM_SAFETY]
    if not any(True for _ in cases) or not any(may(me(), action) for action in able):
        return None
    form = TogetherForm(None)
    people = eligibility.active() if may(me(), Action.RESTRICT_CASE) else []
    form.new_owner.choices = options([("", "Choose somebody"), *((str(one.id), one.display_name) for one in people)])
    return form


@blueprint.post("/cases/together")
@requires(Action.READ_CASE)
def together() -> ResponseReturnValue:
    """Do one thing to every ticked case, and show what became of each."""
    form = TogetherForm()
    back = safe_next(form.back.data or None, url_for("staff.cases"))
    if not form.refs or len(form.refs) > BEST:
        return _refused("Tick at least one case, and at most 200.", back)
    if form.deed.data == "confirm":
        return redirect(url_for("staff.confirming", ref=form.refs))
    bulk = DEEDS.get(form.deed.data or "") or abort(400)
    if not may(me(), bulk.action):
        abort(403)
    deed = bulk.made(form) if form.validate() else None
    if deed is None:
        return _refused(bulk.lacking, back)
    if bulk.is_fresh and (asked := ask_again()) is not None:
        return asked
    return results(batch.walk(form.refs, deed, by=me()), back)


def results(outcomes: Iterable[Outcome], back: str) -> str:
    """Return the page that says what became of each of many cases."""
    told = list(outcomes)
    named = select(Case.ref, Case.display_name).where(visible_to(me()), Case.ref.in_(one.ref for one in told))
    names = {row.ref: row.display_name for row in db.session.execute(named)}
    return render_template("staff/together.html", outcomes=told, names=names, back=back)


def _refused(sentence: str, back: str) -> Response:
    flash(sentence, "problem")
    return redirect(back)
