"""Signed decisions: read by who may sign them (recorded as a reading of C fields), written, signed, taken back."""

from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import revisions
from campaign.cases.models import Case
from campaign.publishing import decisions, eligibility
from campaign.publishing.consent import signatures
from campaign.publishing.consent.signatures import SIGNERS
from campaign.publishing.context import CaseContext, context_of
from campaign.publishing.gate import named_people
from campaign.publishing.gate.known_names import unnamed
from campaign.staff.case_access import allow, case_or_404, names_of, record_reading
from campaign.staff.desk import blueprint
from campaign.staff.fields import TicksField, options
from campaign.vocabulary.protection import CONSENT_SCOPE, DECISION
from campaign.web.forms import DeskForm, done, page


class DecisionForm(DeskForm):
    """A decision as it is written: what kind, the words, what holds by it, and whom or which words it is about."""

    kind = SelectField("What is decided", choices=options(DECISION.choices()))
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
        "Who may be named", description="Only for a legal clearance", validate_choice=False
    )
    words = StringField(
        "Words that name nobody",
        description="As the check found them, separated by commas; only for words that are harmless",
        validators=[Length(max=1000)],
    )

    @property
    def about(self) -> list[str]:
        """Return whom or what it is about."""
        typed = [word.strip() for word in (self.words.data or "").split(",") if word.strip()]
        return typed if self.kind.data == "harmless" else list(self.perpetrators.data or [])


@blueprint.get("/cases/<ref>/decisions")
@requires(Action.SIGN_SECOND)
def decisions_of(ref: str) -> tuple[str, int]:
    """Show what was decided in writing, and what waits for a second signature. The reading is recorded."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    record_reading(case)
    return _page(case, DecisionForm())


@blueprint.post("/cases/<ref>/decisions")
@requires(Action.CONFIRM_SAFETY)
def decide(ref: str) -> Response | tuple[str, int]:
    """Write a decision and sign it first."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    form = DecisionForm()
    if not form.validate():
        record_reading(case)
        return _page(case, form)
    scopes = list(form.scopes.data or []) if form.kind.data == "settlement" else []
    decisions.decide(case, form.kind.data, by=me(), text=form.text.data or "", about=form.about, scopes=scopes)
    return done("Signed. It is in force once a second person has signed it.", "staff.decisions_of", ref=ref)


@blueprint.post("/cases/<ref>/decisions/<row_id>/sign")
@requires(Action.SIGN_SECOND)
def countersign(ref: str, row_id: str) -> Response:
    """Sign a decision as the second person."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    decisions.countersign(case, row_id, by=me())
    return done("Signed by two. It is in force from now on.", "staff.decisions_of", ref=ref)


@blueprint.post("/cases/<ref>/decisions/<row_id>/take-back")
@requires(Action.SIGN_SECOND)
def take_back_decision(ref: str, row_id: str) -> Response:
    """Take a decision back, and with it what it let be public."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    decisions.take_back(case, row_id, by=me())
    return done("Taken back. What depended on it is no longer public.", "staff.decisions_of", ref=ref)


def _page(case: Case, form: DecisionForm) -> tuple[str, int]:
    file = revisions.head(case)
    form.perpetrators.choices = options((row.id, row.name or "no name") for row in file.perpetrators)
    shown = [row for row in file.decisions if row.kind in SIGNERS and _may_read(case, row.kind)]
    words = {
        "decisions": shown,
        "seconds": {row.id: may(me(), SIGNERS[row.kind][1], case) and row.signed_by != me().id for row in shown},
        "people": names_of(one for row in shown for one in (row.signed_by, row.second_by)),
        "unsigned": [row for row in file.consents if row.basis == "public_interest" and not row.second_signature],
        "found": _found(context_of(case, file)) if may(me(), Action.READ_CONFIDENTIAL, case) else [],
        "holds": {row.id for kind in SIGNERS for row in signatures.in_force(file, kind)},
    }
    return page("staff/decisions.html", case=case, form=form, kinds=DECISION, **words)


def _may_read(case: Case, kind: str) -> bool:
    """Say whether the account may read a decision: who reads C fields, or who signs this kind."""
    return may(me(), Action.READ_CONFIDENTIAL, case) or may(me(), SIGNERS[kind][1], case)


def _found(context: CaseContext) -> list[tuple[str, str]]:
    """Return (field, word) of what the check stops at, so that two people can say which of it is harmless."""
    question = eligibility.question_of(context)
    if question.document is None:
        return []
    named = named_people.names_in(question.file, question.document, unnamed(question.file, question.day))
    led = {(field, word) for field, word, _ in named_people.leads_in(question, question.document)}
    return sorted(named | led)
