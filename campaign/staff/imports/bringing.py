"""The imports there are; a list is brought in, its sheet or the encoding of its letters chosen."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.validators import InputRequired

from campaign.accounts.guards import freshly, me
from campaign.accounts.permissions import Action, requires
from campaign.database import db
from campaign.duplicates import pairs
from campaign.imports import looks, record, uploads
from campaign.imports.models import Import
from campaign.sheets import EncodingAsked, Unreadable, Workbook
from campaign.sheets.limits import MAX_BYTES
from campaign.staff.case_access import names_of
from campaign.staff.desk import blueprint
from campaign.staff.fields import options
from campaign.web.forms import DeskForm, done, page
from campaign.web.marks import accepts_bytes

NEWEST = 50
STAGES = {
    "uploaded": "Not read yet",
    "mapped": "Columns said, rows not looked at",
    "planning": "Being read",
    "planned": "Ready to be written",
    "writing": "Being written",
    "done": "Written",
    "undoing": "Being taken back",
    "undone": "Taken back",
    "failed": "Stopped",
}


class UploadForm(DeskForm):
    """A list to be brought in."""

    file = FileField(
        "File",
        description="Excel (xlsx, xls, xlsb), OpenDocument (ods) or CSV, at most 50 MB. Kept sealed for 14 days.",
        validators=[FileRequired("Choose a file first.")],
        render_kw={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt"},
    )


class SheetForm(DeskForm):
    """Which sheet of a workbook is the list, or how the letters of a text file are written."""

    choice = RadioField("Sheet", validators=[InputRequired("Choose one.")], validate_choice=True)


def import_or_404(number: int) -> Import:
    """Return an import that the reader may see."""
    return record.by_id(number, me()) or abort(404)


def opened(one: Import) -> Workbook:
    """Return what is in the file of an import, once it is recorded that the reader opens it. Commits."""
    uploads.record_opening(one, by=me())
    db.session.commit()
    return uploads.workbook(one)


@blueprint.get("/imports")
@requires(Action.OPEN_UPLOAD)
def imports() -> tuple[str, int]:
    """List the imports, the newest first, and offer to bring in a list."""
    return _list_page(UploadForm(None))


def _list_page(form: UploadForm) -> tuple[str, int]:
    found = record.newest(me(), limit=NEWEST)
    waiting = {one.id: looks.count(me(), import_id=one.id) for one in found if one.stage == "done"}
    words = {"stages": STAGES, "people": names_of(one.by_id for one in found), "pair_count": pairs.count(me())}
    conflicts = looks.waiting(me(), kinds=["conflict"])
    return page("staff/imports/list.html", form=form, found=found, waiting=waiting, conflicts=len(conflicts), **words)


@blueprint.post("/imports")
@accepts_bytes(lambda: MAX_BYTES)
@requires(Action.IMPORT_CASES)
def bring_in() -> ResponseReturnValue:
    """Take a file in, sealed; nothing of it is read before somebody looks at it."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _list_page(form)
    sent = form.file.data
    try:
        one = uploads.take_in(sent.stream, sent.filename or "list", by=me())
    except Unreadable as fault:
        form.file.errors = [str(fault)]
        return _list_page(form)
    number = one.id
    return done("Brought in, and sealed. Nothing is written before the last step.", "staff.import_sheet", number=number)


@blueprint.route("/imports/<int:number>/sheet", methods=["GET", "POST"])
@requires(Action.OPEN_UPLOAD)
@freshly
def import_sheet(number: int) -> ResponseReturnValue:
    """Choose which sheet is the list, or how the letters of a text file are written, where there is a choice."""
    one, form = import_or_404(number), SheetForm()
    book, fault = _read(one, form)
    if form.validate_on_submit():
        is_encoding = book is None
        chosen = {"encoding": form.choice.data} if is_encoding else {"sheet": form.choice.data}
        record.choose_sheet(one, **chosen, by=me())
        return done("Chosen.", "staff.import_columns", number=number)
    if book is not None and len(book.sheets) == 1:
        return redirect(url_for("staff.import_columns", number=number))
    return page("staff/imports/sheet.html", one=one, form=form, book=book, fault=fault)


def _read(upload: Import, form: SheetForm) -> tuple[Workbook | None, str]:
    """Return the workbook, or None and why it can't be read; give the form what there is to choose."""
    form.choice.choices = []
    try:
        book = opened(upload)
    except EncodingAsked as asked:
        form.choice.label.text = "Which of these reads rightly?"
        form.choice.choices = [
            (each.encoding, f"{', '.join(each.samples)} ({each.label})") for each in asked.candidates
        ]
        return None, str(asked)
    except Unreadable as refusal:
        return None, str(refusal)
    form.choice.choices = options((one.name, _sheet_in_words(one.name, len(one.rows))) for one in book.sheets)
    form.choice.default = book.sheet.name
    return book, ""


def _sheet_in_words(name: str, count: int) -> str:
    return f"{name} ({'1 row' if count == 1 else f'{count:,} rows'})"


@blueprint.post("/imports/<int:number>/drop")
@requires(Action.OPEN_UPLOAD)
def drop_upload(number: int) -> ResponseReturnValue:
    """Drop the file of an import before its time."""
    one = import_or_404(number)
    uploads.refuse_others(one, by=me())
    uploads.drop(one, why="by hand")
    return done("The file is gone.", "staff.imports")
