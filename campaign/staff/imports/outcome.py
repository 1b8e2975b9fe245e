"""How far an import is, what it made and what waits to be looked at; its report, and taking it back."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectMultipleField

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may_with_import, requires
from campaign.audit.log import record as record_of_it
from campaign.cases import queries
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import looks, record, report, uploads
from campaign.imports.models import Import, ImportLook
from campaign.publishing import import_undo
from campaign.staff.case_access import names_of, record_readings
from campaign.staff.desk import blueprint
from campaign.staff.imports.bringing import STAGES, import_or_404
from campaign.staff.imports.rows import RUNNING
from campaign.web.forms import DeskForm, done, page
from campaign.web.marks import whole_number

A_PAGE = 50
COUNTED = ("created", "updated", "unchanged", "refused", "asked")


class LooksForm(DeskForm):
    """What was looked at, ticked one by one."""

    seen = SelectMultipleField("Looked at", coerce=int, validate_choice=False)
    how = HiddenField()


@blueprint.get("/imports/<int:number>")
@requires(Action.OPEN_UPLOAD)
def import_page(number: int) -> ResponseReturnValue:
    """Show how far an import is, what it made, and what of it waits to be looked at."""
    one = import_or_404(number)
    if one.stage in RUNNING:
        return page("staff/imports/running.html", one=one, then=url_for("staff.import_page", number=number))
    after = whole_number(request.args.get("after", "")) or 0
    waiting = _waiting(one, after)
    words = {
        "is_mine": may_with_import(me(), Action.OPEN_UPLOAD, one.by_id),
        "may_undo": one.stage == "done" and may_with_import(me(), Action.UNDO_IMPORT, one.by_id),
        "people": names_of([one.by_id, one.signed_by_id]),
        "more": waiting[-1][0].id if len(waiting) == A_PAGE else None,
        "count": looks.count(me(), import_id=one.id),
        "earlier": uploads.earlier(one) if one.stage == "uploaded" else [],
    }
    return page("staff/imports/import.html", one=one, waiting=waiting, stages=STAGES, counted=COUNTED, **words)


def _waiting(one: Import, after: int) -> list[tuple[ImportLook, Case | None]]:
    """Return what waits; cells may be confidential, so a reading of their cases is kept."""
    found = looks.waiting(me(), import_id=one.id, after=after, limit=A_PAGE)
    cases = {case.id: case for _, case in found if case is not None}
    queries.load_members(cases.values())
    record_readings(cases.values())
    return found


@blueprint.post("/imports/<int:number>/looked-at")
@requires(Action.IMPORT_CASES)
def settle_looks(number: int) -> ResponseReturnValue:
    """Say that things were looked at, or were entered by hand; they leave the list."""
    one, form = import_or_404(number), LooksForm()
    if not form.validate() or not form.seen.data:
        return done("Tick what you have looked at.", "staff.import_page", number=one.id)
    count = looks.settle_many(form.seen.data, by=me(), how="entered" if form.how.data == "entered" else "seen")
    return done(f"{count} settled.", "staff.import_page", number=one.id)


@blueprint.get("/imports/<int:number>/report.csv")
@requires(Action.OPEN_UPLOAD)
def import_report(number: int) -> ResponseReturnValue:
    """Make the report of an import now: every row, its result and what there is to look at."""
    one = import_or_404(number)
    content = report.as_csv(one, me())
    record_of_it("import.reported", by=me().id, subject=uploads.name_of(one))
    db.session.commit()
    named = {"Content-Disposition": f'attachment; filename="import-{number}.csv"'}
    return Response(content, mimetype="text/csv", headers=named)


@blueprint.route("/imports/<int:number>/undo", methods=["GET", "POST"])
@requires(Action.UNDO_IMPORT)
def undo_import(number: int) -> ResponseReturnValue:
    """Take an import back, after a look at what was built on it since and stays."""
    one = import_or_404(number)
    if request.method == "POST":
        record.ask(one, "undoing", by=me())
        return done("It is being taken back. You may leave this page.", "staff.import_page", number=number)
    return page("staff/imports/undo.html", one=one, built=import_undo.built_on(one))
