"""Views of unsaved work: it is kept while somebody types, listed, compared with the case, gone on with, thrown away.

One rule: an account is shown its own alone, and only what it may read of the case now.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries, revisions
from campaign.cases.checks import NoSuchRevision
from campaign.cases.diff import Change, differences
from campaign.cases.models import Case
from campaign.clock import zone
from campaign.database import aside, db, only_reads
from campaign.staff.case_access import allow, case_or_404, names_of, record_reading
from campaign.staff.desk import blueprint
from campaign.staff.edit_form import Sheet, sheet_from
from campaign.staff.history import sides_of
from campaign.staff.rescue import case_of, own_ticket, take_up
from campaign.staff.words import accounts_in
from campaign.unsaved import keeping, presence
from campaign.unsaved.models import Unsaved
from campaign.unsaved.tickets import Ticket
from campaign.web.forms import DeskForm, done
from campaign.web.marks import whole_number

SIGNED = ("consents", "risks")  # what an officer answers for: marked, wherever it stands in unsaved work


class Kept(NamedTuple):
    """A row of the list: what is kept, and its case where the reader may see it."""

    row: Unsaved
    case: Case | None
    is_edit: bool


@blueprint.post("/unsaved/keep")
@only_reads
@requires(Action.OPEN_DESK)
def keep_unsaved() -> ResponseReturnValue:
    """Keep what a form holds at this moment, as its page sends it; answer with a sentence for who types."""
    ticket = own_ticket()
    if ticket is None:
        return {"said": "Not kept: this page is too old. Save it, or open the case anew."}, 400
    try:
        at = keeping.keep(ticket, DeskForm().sent, target=ticket.page, case_id=case_of(ticket.page))
    except keeping.TooLarge as refusal:
        return {"said": str(refusal)}, 413
    return {"said": f"Kept at {at.astimezone(zone()):%H:%M}, not saved yet."}


@blueprint.get("/unsaved")
@requires(Action.OPEN_DESK)
def unsaved() -> str:
    """List what is kept for whoever asks."""
    return render_template("staff/unsaved.html", kept=kept_for_me())


@blueprint.get("/unsaved/tab/<tab>")
@requires(Action.OPEN_DESK)
def unsaved_of(tab: str) -> Response:
    """Lead on to what is kept of one tab: the newest of it."""
    row = next((row for row in keeping.of(me().id) if row.tab == tab), None) or abort(404)
    return redirect(_way_on(row))


@blueprint.get("/unsaved/<int:number>")
@requires(Action.OPEN_DESK)
def compare_unsaved(number: int) -> str:
    """Show what was typed beside what the case says now; of another form, what was typed, to be sent once more."""
    kept = _kept(_own(number))
    if kept.case is None and kept.row.case_id is not None:
        # A form holds all of its case beside what was typed: who may open the case no more reads none of it.
        abort(404)
    if not kept.is_edit:
        typed = keeping.typed_in(kept.row)
        return render_template("staff/unsaved_form.html", kept=kept, typed=typed)
    assert kept.case is not None
    case = allow(Action.EDIT_CASE, kept.case)
    sheet = sheet_of_row(case, kept.row)
    if sheet.confidential:
        record_reading(case)
    newest, mine = revisions.head(case), sheet.filled()
    changes = differences(sheet.base, mine)
    people = names_of(accounts_in(sheet.base, mine))
    told = [(one, *sides_of(one, sheet.base, mine, people), _is_signed(one)) for one in changes]
    meanwhile = len(differences(sheet.base, newest)) if sheet.base != newest else 0
    return render_template("staff/unsaved_case.html", kept=kept, case=case, told=told, meanwhile=meanwhile)


def _is_signed(one: Change) -> bool:
    return one.path.startswith(SIGNED)


@blueprint.post("/unsaved/<int:number>/throw-away")
@requires(Action.OPEN_DESK)
def throw_away(number: int) -> Response:
    """Throw away what is kept."""
    keeping.throw_away([_own(number)])
    return done("Thrown away.", "staff.unsaved")


@blueprint.post("/cases/<ref>/here")
@only_reads
@requires(Action.EDIT_CASE)
def here(ref: str) -> str:
    """Note that somebody still has the case open, and answer who else has, as a piece of a page."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    presence.note(case.id, me().id, beats=True)
    return render_template("staff/present.html", present=presence.others(case.id, me().id))


@blueprint.post("/cases/<ref>/left")
@only_reads
@requires(Action.EDIT_CASE)
def left(ref: str) -> ResponseReturnValue:
    """Note that somebody has closed the case."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    with aside() as session:
        presence.leave(case.id, me().id, session)
    return "", 204


def kept_for_me() -> list[Kept]:
    """Return what is kept for whoever asks, the newest first."""
    return _all_kept(keeping.of(me().id))


def _own(number: int) -> Unsaved:
    return keeping.find(number, me().id) or abort(404)


def _kept(row: Unsaved) -> Kept:
    return _all_kept([row])[0]


def _all_kept(rows: Sequence[Unsaved]) -> list[Kept]:
    wanted = {row.case_id for row in rows if row.case_id is not None}
    query = select(Case).where(Case.id.in_(wanted), queries.visible_to(me()))
    cases = {case.id: case for case in db.session.scalars(query)} if wanted else {}
    return [_kept_of(row, cases.get(row.case_id or 0)) for row in rows]


def _kept_of(row: Unsaved, case: Case | None) -> Kept:
    return Kept(row, case, case is not None and row.page == url_for("staff.edit", ref=case.ref))


def _way_on(row: Unsaved) -> str:
    kept = _kept(row)
    if kept.is_edit and kept.case is not None:
        return url_for("staff.edit", ref=kept.case.ref, unsaved=row.id)
    return url_for("staff.compare_unsaved", number=row.id)


def sheet_of_row(case: Case, row: Unsaved) -> Sheet:
    """Return the edit form of a case as a row holds it, with C fields only where its reader may read them now."""
    typed = keeping.typed_in(row)
    confidential = typed.get("confidential") == "1" and may(me(), Action.READ_CONFIDENTIAL, case)
    try:
        return sheet_from(case, typed, confidential=confidential)
    except NoSuchRevision:
        typed["version"] = str(case.version)
        return sheet_from(case, typed, confidential=confidential)


def taken_up(case: Case, asked: str | None) -> tuple[Sheet, Unsaved] | None:
    """Return the form of a case as the row of a number holds it, to go on with; None where there is no such row."""
    number = whole_number(asked or "")
    row = keeping.find(number, me().id) if number else None
    if row is None or row.case_id != case.id or row.page != url_for("staff.edit", ref=case.ref):
        return None
    sheet = sheet_of_row(case, row)
    if sheet.confidential:
        record_reading(case)
    take_up(Ticket(row.account_id, row.page, row.tab))
    return sheet, row


def rows_of(case: Case) -> list[Unsaved]:
    """Return what is kept for the reader of the form of a case."""
    page = url_for("staff.edit", ref=case.ref)
    return [row for row in keeping.of(me().id, case_id=case.id) if row.page == page]
