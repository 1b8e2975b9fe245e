"""Consents and risks of many cases on one page, for safety officers: read and ticked one by one, signed at once.

Limits in words, a possible minor, a high risk, and whatever changes a row that was signed are opened case by case.
Nothing ticks all.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask import request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectMultipleField

from campaign.accounts.guards import me, safe_next
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries, revisions
from campaign.cases.classification import fields_of
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.models import Case
from campaign.clock import today
from campaign.publishing import batch, signing
from campaign.publishing.consent import confirmation, standing
from campaign.publishing.errors import NoSuchRow, NotConfirmed
from campaign.publishing.takedown import is_child
from campaign.staff.case_access import record_readings
from campaign.staff.consents import WAITS_FOR_SECOND, Waiting, waiting_in
from campaign.staff.desk import blueprint
from campaign.staff.together import results
from campaign.staff.words import in_words
from campaign.staff.worklist import PAGE, after_of, narrowing, next_page
from campaign.web.forms import DeskForm, page
from campaign.web.marks import whole_number

# What of a row is always told, filled or not; further fields only where they are filled.
TOLD = {
    Consent: ("giver", "basis", "how", "obtained_by", "obtained_on", "scopes", "limits"),
    Risk: ("to", "level", "concerns", "mitigation"),
}
IF_FILLED = {
    Consent: ("giver_kind", "relation", "address", "outside_reach", "until", "reason", "form_name"),
    Risk: ("weighed", "review_by"),
}
HIGH = frozenset({"high", "critical", "not_assessed"})


class ConfirmForm(DeskForm):
    """The rows that are ticked, each as "FXD-00001 3 c0000001": case, revision that was read, row."""

    row = SelectMultipleField(validate_choice=False)
    back = HiddenField()


class Asked(NamedTuple):
    """A row that waits: what is told of it, and the sentence why it can't be ticked here, "" where it can."""

    waiting: Waiting
    told: list[tuple[str, str]]
    alone: str

    @property
    def row(self) -> Consent | Risk:
        """Return the consent or risk."""
        return self.waiting.row

    @property
    def is_second(self) -> bool:
        """Whether a tick signs beside the officer who confirmed it."""
        return not self.waiting.needs_officer


def asked_of(file: CaseFile, by: Account) -> list[Asked]:
    """Return what waits for a safety officer in a file, each with why it is not ticked beside others."""
    return [Asked(one, _told(one.row), _alone(one, file, by)) for one in waiting_in(file)]


def _alone(one: Waiting, file: CaseFile, by: Account) -> str:
    if one.row.amends or one.is_carried:
        return "This changes or renews what was signed before."
    if is_child(file, today()):
        return "The person may be under 18."
    if any(risk.level in HIGH for risk in standing.risks(file)):
        return "A risk is high, critical or not assessed."
    if isinstance(one.row, Consent) and one.row.limits.strip():
        return "It has limits in words."
    if isinstance(one.row, Consent) and (lacking := _lacking(one.row)):
        return f"It does not say {' or '.join(lacking)}: complete it first."
    return confirmation.why_no_second(one.row, by) if isinstance(one.row, Consent) and not one.needs_officer else ""


def _lacking(row: Consent) -> list[str]:
    """Return what a word that allows something has to say before it is confirmed beside others."""
    if row.state != "given":
        return []
    said = {"who gave it": row.giver, "to what": row.scopes, "when": row.obtained_on.edtf}
    return [what for what, value in said.items() if not value]


def _told(row: Consent | Risk) -> list[tuple[str, str]]:
    fields = {field.name: field for field in fields_of(type(row))}
    words = {name: in_words(field, getattr(row, name)) for name, field in fields.items()}
    more = [name for name in IF_FILLED[type(row)] if words[name] and words[name] != "No"]
    return [(fields[name].label, words[name] or "nothing stated") for name in (*TOLD[type(row)], *more)]


@blueprint.get("/confirming")
@requires(Action.CONFIRM_SAFETY)
def confirming() -> tuple[str, int]:
    """List the consents and risks that wait in the ticked cases, or in those of a filter. Each reading is recorded."""
    narrowed = narrowing(request.args, me())
    if refs := request.args.getlist("ref"):
        cases, following = [case for ref in refs[:PAGE] if (case := queries.by_ref(ref, me()))], ""
    else:
        listed = queries.worklist(me(), narrowed.filter, after=after_of(request.args.get("after", "")), limit=PAGE)
        cases, following = listed.cases, next_page(listed, narrowed, "staff.confirming")
    waiting = list(_waiting(cases))
    record_readings(case for case, _ in waiting)
    here = url_for("staff.confirming", _external=False, ref=refs, after=request.args.get("after"), **narrowed.typed)
    words = {"narrowed": narrowed.in_words(me()), "next": following, "here": here, "chosen_count": len(refs)}
    return page("staff/confirming.html", waiting=waiting, form=ConfirmForm(None), **words)


def _waiting(cases: Iterable[Case]) -> Iterator[tuple[Case, list[Asked]]]:
    queries.load_members(cases := list(cases))
    able = {case.id for case in cases if may(me(), Action.CONFIRM_SAFETY, case)}
    for case, file in revisions.with_files(Case.id.in_(able)):
        if asked := asked_of(file, me()):
            yield case, asked


@blueprint.post("/confirming")
@requires(Action.CONFIRM_SAFETY)
def confirm_ticked() -> str | tuple[str, int] | Response:
    """Confirm, assess or sign each row that is ticked, a case at a time, and show what became of each case."""
    form = ConfirmForm()
    ticks = _ticks(form.row.data or [])
    outcomes = [
        outcome._replace(sentence=_waits(outcome.ref)) if outcome.state == "done" else outcome
        for outcome in batch.walk(ticks, lambda case, by: _sign(case, *ticks[case.ref], by), by=me())
    ]
    return results(outcomes, safe_next(form.back.data or None, url_for("staff.confirming")))


def _ticks(values: Iterable[str]) -> dict[str, tuple[int, set[str]]]:
    """Return the revision that was read and the rows that are ticked, by case; what no page made is left out."""
    found: dict[str, tuple[int, set[str]]] = {}
    for value in values:
        ref, version, row_id = [*value.split(" "), "", ""][:3]
        if (number := whole_number(version)) is not None:
            found.setdefault(ref, (number, set()))[1].add(row_id)
    return found


def _sign(case: Case, version: int, row_ids: set[str], by: Account) -> bool:
    """Sign some rows of a case. Raises what the verbs raise, and NotConfirmed for a row that is opened singly."""
    asked = {one.row.id: one for one in asked_of(revisions.head(case), by)}
    if version == case.version and row_ids - asked.keys():
        raise NoSuchRow("What was ticked does not wait any more.")
    chosen = [asked[row_id] for row_id in row_ids & asked.keys()]
    if alone := next((one.alone for one in chosen if one.alone), ""):
        raise NotConfirmed(f"{alone} Open the case, and sign there.")
    seconds = {one.row.id for one in chosen if one.is_second}
    if firsts := row_ids - seconds:
        signing.confirm(case, firsts, by=by, version=version)
    if seconds:
        signing.sign_second(case, seconds, by=by, version=case.version if firsts else version)
    return True


def _waits(ref: str) -> str:
    case = queries.by_ref(ref, me())
    rows = revisions.head(case).consents if case else []
    return WAITS_FOR_SECOND if any(standing.is_signed(row) and not standing.is_confirmed(row) for row in rows) else ""
