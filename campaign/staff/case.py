"""View of one case: its sections, the checklist of the gate, what is public now, and the one next act.

The next act is what the bar at the foot of the page offers, for whoever looks.
"""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template
from wtforms import DateTimeLocalField
from wtforms.validators import InputRequired, Optional

from campaign.accounts import duty, vouching
from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, requires
from campaign.cases.models import Case
from campaign.clock import zone
from campaign.database import only_reads
from campaign.ledger.documents import Profile
from campaign.publishing import eligibility, embargoes
from campaign.publishing.consent.limits import is_answered, limits
from campaign.publishing.context import CaseContext, PublicationContext, context_of, preview
from campaign.publishing.errors import CannotProject
from campaign.publishing.gate import checklist
from campaign.publishing.gate.checklist import Rule
from campaign.publishing.projection.values import Withheld
from campaign.staff.case_access import as_read, case_or_404, names_of, reads_confidential, record_reading, rights
from campaign.staff.case_looks import waits_of
from campaign.staff.comments import open_counts
from campaign.staff.consents import waiting_in
from campaign.staff.desk import blueprint
from campaign.staff.forms import ApartForm, ApproveForm, NoteForm
from campaign.staff.kept_back import because_of
from campaign.staff.likely_duplicates import panel_of
from campaign.staff.publication_diff import Line, lines_of
from campaign.staff.sections import confidential_count, parts_of
from campaign.staff.words import accounts_in
from campaign.web.forms import DeskForm


@blueprint.app_template_filter("moment")
def moment(at: datetime.datetime) -> str:
    """Return an instant as "4 May 2026, 09:14" in the campaign's time zone."""
    here = at.astimezone(zone())
    return f"{here.day} {here:%b %Y, %H:%M}"


@blueprint.app_template_filter("day")
def day(at: datetime.datetime) -> str:
    """Return the day of an instant as "4 May 2026" in the campaign's time zone."""
    here = at.astimezone(zone())
    return f"{here.day} {here:%b %Y}"


class EmbargoForm(DeskForm):
    """A day and an hour, as the campaign's clocks show them."""

    until = DateTimeLocalField(
        "Hold back until",
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        validators=[InputRequired("Write a day and an hour, such as 2030-05-01T09:00.")],
    )

    @property
    def moment(self) -> datetime.datetime:
        """Return the instant that was written."""
        assert self.until.data is not None
        return self.until.data.replace(tzinfo=zone())


def embargo_form(case: Case) -> EmbargoForm:
    """Return the form as it stands for a case."""
    until = case.embargo_until
    return EmbargoForm(None, data={"until": until.astimezone(zone()) if until else None})


def approve_form(case: Case) -> ApproveForm:
    """Return the form of an approval as it was sent; an answer of the last reading that stands need not be given."""
    form = ApproveForm()
    if eligibility.standing_answer(context_of(case)) is not None:
        form.would_neighbour_know.validators = [Optional()]
    return form


class Act(NamedTuple):
    """What comes next, what it needs, the words of the button, and the endpoint or anchor that it leads to."""

    sentence: str
    needs: str
    button: str
    endpoint: str


def next_act(context: CaseContext, gate: list[Rule], account: Account, *, is_same: bool) -> Act:
    """Return what should happen next, and what this account can do about it.

    `is_same` says that what is public would not change if this went out.
    """
    case = context.publication.case
    lacking = [line for line in gate if line.stops and line.state == "lacks"]
    needs = f"It still needs: {', '.join(line.title.lower() for line in lacking)}." if lacking else ""
    if case.state in {"draft", "changes_asked"}:
        return _draft(case, account, needs, is_ready=not lacking)
    if case.state == "in_review":
        return _review(context, account)
    if is_same:
        return Act("This is what is public.", "Nothing waits to be done.", "", "")
    if lacking:
        return Act("Approved, but not ready to be published.", needs, "See what is missing", "#gate")
    if context.publication.published.is_listed and not may(account, Action.PUBLISH, case):
        return Act("Approved.", "A publisher decides whether this version is published.", "", "")
    if may(account, Action.PUBLISH, case):
        return Act("Next: read the preview, and publish it.", needs, "Preview", "staff.preview")
    return Act("Approved.", "It waits for a publisher.", "", "")


def why_not_review(context: CaseContext, account: Account) -> str:
    """Return why this account does not review a case, and who could; "" where it may."""
    if account.id not in context.writers:
        return vouching.why_barred(account.id, context.writers)
    able = eligibility.left(context.publication.case, context.writers)
    names = ", ".join(duty.with_duty(able, duty.on_duty_ids() if able else None)[:3])
    who = f"{names} wrote none of it and may." if names else "Nobody is left who may: see the rule of four eyes above."
    return f"You wrote part of it, so you do not review it. {who}"


def why_not_publish(context: CaseContext, gate: list[Rule], account: Account) -> str:
    """Return why this account does not publish a case now, and who does what first; "" where it may."""
    if account.id in context.writers:
        return "You wrote part of it: a publisher who wrote none of it publishes it."
    if eligibility.is_alone(context, account.id):
        return "You changed its spelling and approved it: another publisher publishes it."
    stops = [line.title.lower() for line in gate if line.stops]
    # What is public already can be corrected meanwhile: the door asks then.
    if not stops or context.publication.published.is_listed:
        return ""
    return f"It can't be published yet: {', '.join(stops)}. The rules above say what is missing and where it is mended."


def at_preview(act: Act) -> Act:
    """Return the next act as it reads on the preview itself: publishing is a section of it, the rest is the case's."""
    if act.endpoint == "staff.preview":
        return Act("Next: publish what you have read.", act.needs, "To publishing", "#publish")
    return act._replace(button="Back to the case", endpoint="staff.view")


def _draft(case: Case, account: Account, needs: str, *, is_ready: bool) -> Act:
    asked = "Changes were asked for. " if case.state == "changes_asked" else ""
    if not may(account, Action.SUBMIT_CASE, case):
        return Act(f"{asked}This is a draft.", "Its writers submit it.", "", "")
    if not is_ready:
        return Act(f"{asked}Next: ask for a review.", needs, "See what is missing", "#gate")
    return Act(f"{asked}Next: ask for a review.", "", "Ask for a review", "#review")


def _review(context: CaseContext, account: Account) -> Act:
    if account.id in context.writers:
        return Act("In review.", "You wrote part of it: somebody who wrote none of it reads it.", "", "")
    if barred := vouching.why_barred(account.id, context.writers):
        return Act("In review.", barred, "", "")
    if may(account, Action.REVIEW_CASE, context.publication.case):
        return Act("Next: read it, and approve it or ask for changes.", "", "To the review", "#review")
    return Act("In review.", "It waits for somebody who may review.", "", "")


class Beside(NamedTuple):
    """The public column: what is public now, what would be otherwise, what is left out."""

    public_now: Profile | None
    lines: list[Line]
    withheld: tuple[Withheld, ...]


@blueprint.route("/cases/<ref>", methods=["GET", "POST"])
@only_reads
@requires(Action.READ_CASE)
def view(ref: str) -> str:
    """Show a case; its C fields only where they were asked for, and then the reading is recorded."""
    case = case_or_404(ref)
    confidential = reads_confidential(case)
    return render_template("staff/case.html", **shown(case, confidential=confidential))


def shown(case: Case, *, confidential: bool, sent: Mapping[str, DeskForm] | None = None) -> dict[str, object]:
    """Return all that the page of a case shows; `sent` are those of its forms that come back with errors."""
    context = context_of(case)
    whole = context.publication.file
    question = eligibility.question_of(context)
    lines = checklist.check(question)
    file = as_read(case, whole, newest=whole, confidential=confidential)
    beside = public_column(context.publication)
    wrote = {*(one.author_id for one in context.spelling), *(review.reviewer_id for review in context.reviews)}
    people = names_of(accounts_in(file) | wrote)
    return {
        "case": case,
        "saved_at": context.saved_at,
        "file": file,
        "confidential": confidential,
        "closed_count": confidential_count(whole),
        **rights(case),
        "parts": parts_of(file, lines, people),
        "gate": lines,
        "panel": panel_of(case, whole),
        "waits": waits_of(case),
        "waiting": waiting_in(file),
        "limits": limits_shown(context),
        "kept_back": because_of(case, whole) if question.waits_for_officer else {},
        "is_ordered": embargoes.is_ordered(case),
        "spelling": context.spelling,
        "neighbour": eligibility.standing_answer(context) if case.state == "in_review" else None,
        "next": next_act(context, lines, me(), is_same=is_public_as_it_stands(beside)),
        "public": beside,
        "reviews": context.reviews,
        "people": people,
        "holds": context.own_holds,
        "comment_counts": open_counts(case),
        "may_hold_back": embargoes.may_hold_back(case, me()),
        "why_not_review": why_not_review(context, me()),
        "asks_neighbour": case.state == "approved" and lines[6].state == "waits",
        "forms": {
            "note": NoteForm(None),
            "approve": ApproveForm(None),
            "embargo": embargo_form(case),
            "apart": ApartForm(None),
            **(sent or {}),
        },
    }


def limits_shown(context: CaseContext) -> list[tuple[str, str, bool]]:
    """Return (id, words, whether they are answered) of each limit, for who reviews or publishes; the reading is kept.

    Their words alone: whose they are is confidential still.
    """
    case, file = context.publication.case, context.publication.file
    is_asked = case.state in {"in_review", "approved"} and may(me(), Action.REVIEW_CASE, case)
    found = limits(file, context.publication.day) if is_asked and me().id not in context.writers else []
    if found:
        record_reading(case)
    return [(row.id, row.limits.strip(), is_answered(file, row, context.writers)) for row in found]


def public_column(context: PublicationContext) -> Beside | str:
    """Return what is public and what would be, or the sentence that says why that can't be told."""
    try:
        found = preview(context)
        return Beside(found.public_now, lines_of(found), found.withheld)
    except CannotProject as refusal:
        return str(refusal)


def is_public_as_it_stands(beside: Beside | str) -> bool:
    """Whether what is public is what would leave now."""
    return isinstance(beside, Beside) and beside.public_now is not None and not beside.lines
