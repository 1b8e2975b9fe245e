"""Signed decisions: read (recorded as a reading of C fields), written, signed, taken back."""

from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from campaign.accounts.guards import does, me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import revisions
from campaign.cases.file import Decision
from campaign.cases.models import Case
from campaign.publishing import decisions, door, eligibility
from campaign.publishing.consent import signatures
from campaign.publishing.consent.signatures import SIGNERS
from campaign.publishing.context import CaseContext, context_of
from campaign.publishing.gate.checklist import open_findings
from campaign.publishing.gate.findings import Finding
from campaign.staff.case_access import allow, case_or_404, names_of, record_reading
from campaign.staff.consents import SignForm, waiting_in
from campaign.staff.desk import blueprint
from campaign.staff.fields import TicksField, options
from campaign.staff.forms import NoteForm
from campaign.vocabulary.protection import CONSENT_SCOPE, DECISION
from campaign.web.forms import DeskForm, done, page


@blueprint.route("/cases/<ref>/own-word", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def own_word(ref: str) -> Response | tuple[str, int]:
    """Write down what became of asking somebody who is free for their own word."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    form = NoteForm()
    if form.validate_on_submit():
        decisions.answer(case, form.note.data or "", by=me())
        return done("Saved. Enter a consent of their own among the consents.", "staff.view", ref=ref)
    return page("staff/own_word.html", case=case, form=form)


@blueprint.post("/cases/<ref>/take-away")
@requires(Action.READ_CASE)
def take_away(ref: str) -> Response:
    """Publish what the file no longer says: a part of what is public, for which nobody is asked."""
    door.take_away(case_or_404(ref), by=me())
    return done("Removed, with every earlier version that had it.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/limits/<row_id>")
@requires(Action.READ_CASE)
def answer_limit(ref: str, row_id: str) -> Response:
    """Say how a limit in words is kept in what would leave."""
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    decisions.answer_limit(case, row_id, by=me(), text=NoteForm().note.data or "")
    return done("Answered. The answer stands while the words and the consent are the same.", "staff.view", ref=ref)


BY_WORDS = frozenset({"harmless", "answered"})


class DecisionForm(DeskForm):
    """A decision as it is written: what kind, the words, what holds by it, and whom or which words it is about."""

    kind = SelectField(
        "What is decided", choices=options((code, label) for code, label in DECISION.choices() if code in SIGNERS)
    )
    text = TextAreaField(
        "Text of the decision",
        description="What was decided, why, and who was heard. For a legal clearance also whose advice it is based on.",
        validators=[InputRequired("Write down what was decided, and why."), Length(max=20_000)],
    )
    scopes = TicksField(
        "What counts between the relatives",
        choices=options(CONSENT_SCOPE.choices()),
        description="Only for a decision between relatives",
    )
    perpetrators = SelectMultipleField(
        "Which of them",
        description="For a legal clearance: who may be named. For independent sources: which ones",
        validate_choice=False,
    )
    words = StringField(
        "Words that name nobody",
        description="As the check found them, separated by commas; only for an answer to what the check found",
        validators=[Length(max=1000)],
    )

    @property
    def about(self) -> list[str]:
        """Return whom or what it is about."""
        typed = [word.strip() for word in (self.words.data or "").split(",") if word.strip()]
        return typed if self.kind.data in BY_WORDS else list(self.perpetrators.data or [])


@blueprint.get("/cases/<ref>/decisions")
@requires(Action.SIGN_SECOND)
def decisions_of(ref: str) -> tuple[str, int]:
    """Show what was decided in writing, and what waits for a second signature. The reading is recorded."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    record_reading(case)
    return _page(case, DecisionForm())


@blueprint.post("/cases/<ref>/decisions")
@requires(Action.SIGN_SECOND)
def decide(ref: str) -> Response | tuple[str, int]:
    """Write a decision and sign it first; who may is asked of its kind."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    form = DecisionForm()
    if form.kind.data in SIGNERS:
        allow(SIGNERS[form.kind.data][0], case)
    if not form.validate():
        record_reading(case)
        return _page(case, form)
    scopes = list(form.scopes.data or []) if form.kind.data == "settlement" else []
    decisions.decide(case, form.kind.data, by=me(), text=form.text.data or "", about=form.about, scopes=scopes)
    alone = "Signed. It is in force from now on."
    words = (
        alone if signatures.needed(form.kind.data) == 1 else "Signed. It is in force once a second person has signed."
    )
    return done(words, "staff.decisions_of", ref=ref)


@blueprint.post("/cases/<ref>/decisions/<row_id>/sign")
@requires(Action.SIGN_SECOND)
def countersign(ref: str, row_id: str) -> Response:
    """Sign a decision as the second person."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    decisions.countersign(case, row_id, by=me())
    return done("Signed by two. It is in force from now on.", "staff.decisions_of", ref=ref)


@blueprint.post("/cases/<ref>/decisions/<row_id>/take-back")
@requires(Action.SIGN_SECOND)
@does(Action.WITHDRAW)
def take_back_decision(ref: str, row_id: str) -> Response:
    """Take a decision back, and with it what it let be public."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    decisions.take_back(case, row_id, by=me())
    return done("Taken back. What depended on it is no longer public.", "staff.decisions_of", ref=ref)


def _page(case: Case, form: DecisionForm) -> tuple[str, int]:
    file = revisions.head(case)
    known = [(row.id, row.name or "no name") for row in file.perpetrators]
    known += [(row.id, row.title or row.type) for row in file.sources if may(me(), Action.READ_SOURCES, case)]
    form.perpetrators.choices = options(known)
    form.kind.choices = options((code, label) for code, label in DECISION.choices() if _may_write(case, code))
    shown = [row for row in file.decisions if row.kind in SIGNERS and _may_read(case, row.kind)]
    words = {
        "decisions": shown,
        "seconds": {row.id: _may_second(case, row) for row in shown},
        "people": names_of(one for row in shown for one in (row.signed_by, row.second_by)),
        "unsigned": [one.row for one in waiting_in(file) if one.needs_second],
        "sign": SignForm(None),
        "found": _found(context_of(case, file)),
        "holds": {row.id for kind in SIGNERS for row in signatures.in_force(file, kind)},
    }
    return page("staff/decisions.html", case=case, form=form, kinds=DECISION, **words)


def _may_read(case: Case, kind: str) -> bool:
    """Say whether the account may read a decision: who reads C fields, or who signs this kind."""
    signs = any(may(me(), one, case) for one in SIGNERS[kind] if one is not None)
    return may(me(), Action.READ_CONFIDENTIAL, case) or signs


def _may_write(case: Case, kind: str) -> bool:
    return kind in SIGNERS and may(me(), SIGNERS[kind][0], case)


def _may_second(case: Case, row: Decision) -> bool:
    second = SIGNERS[row.kind][1]
    return second is not None and may(me(), second, case) and row.signed_by != me().id


def _found(context: CaseContext) -> list[Finding]:
    """Return what the check stops at and this account may read: another's name only who reads C fields."""
    found = open_findings(eligibility.question_of(context))
    reads = may(me(), Action.READ_CONFIDENTIAL, context.publication.case)
    return sorted((one for one in found if reads or not one.is_for_officer), key=lambda one: (one.field, one.word))
