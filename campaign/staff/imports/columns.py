"""What each column of a list means: proposed, beside five of its cells, and corrected by whoever brought it in."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from campaign.accounts.guards import freshly, me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases.checks import Refused
from campaign.dates import columns as date_columns
from campaign.dates.edtf import PartialDate
from campaign.dates.phrases import public_words
from campaign.imports import mapping, maps, record, uploads
from campaign.imports.columns_read import ColumnRead, columns_read
from campaign.imports.mapping import BadMap, Map
from campaign.imports.mapping.maps import arranged
from campaign.imports.models import Import
from campaign.imports.targets import TARGETS, may_be_public
from campaign.sheets import Sheet, Unreadable, Workbook
from campaign.staff.desk import blueprint
from campaign.staff.imports.bringing import import_or_404, opened
from campaign.staff.imports.columns_form import BaseForm, chosen_of, form_of, parts_of
from campaign.staff.imports.further_form import beside
from campaign.staff.imports.rows import in_words
from campaign.web.forms import done, page

SAMPLES = 5
DATED = frozenset({"birth"} | {code for code in TARGETS if code.endswith("_date")})
KEPT = "Kept. Nothing is written before the last step."


class Column(NamedTuple):
    """A column as the page shows it: five of its cells, how it is read, and what is open about it.

    `state` is "holds" (understood), "lacks" (unknown), "idle" (read only through another column); `made_of` says of
    which columns it was made; `read` are some of its cells, and what was read of each.
    """

    header: str
    cells: list[str]
    state: str
    says: str
    questions: tuple[str, ...]
    is_dated: bool
    made_of: str
    read: list[tuple[str, str]]


@blueprint.route("/imports/<int:number>/columns", methods=["GET", "POST"])
@requires(Action.OPEN_UPLOAD)
@freshly
def import_columns(number: int) -> ResponseReturnValue:
    """Say what each column means, and what holds for the whole list; then its rows are looked at."""
    one = import_or_404(number)
    try:
        book = opened(one)
    except Unreadable:
        return redirect(url_for("staff.import_sheet", number=number))
    table = book.sheet
    before = record.map_of(one, table)
    names = [kept.name for kept in maps.fitting(table)]
    form = form_of(before, one.map, table, saved=names, is_officer=may(me(), Action.CONFIRM_SAFETY))
    fault = ""
    if form.validate_on_submit():
        try:
            return _taken(one, table, before, form)
        except (BadMap, Refused) as refusal:
            fault = str(refusal)
    words = {
        "columns": columns_of(before, table),
        "numbers": sampled(table),
        "told": told_of(book, before),
        "table": table,
    }
    words |= {"beside": list(zip(form.further, beside(table), strict=False))}
    words |= {"parts": list(parts_of(form)), "saved": names, "fault": fault, "tally": _tally(before)}
    answer, status = page("staff/imports/columns.html", one=one, form=form, **words)
    return answer, 422 if fault else status


def _taken(one: Import, table: Sheet, before: Map, form: BaseForm) -> Response:
    """Keep what the form states, and go on as its pressed button says. Raises BadMap, Refused."""
    deed = form.deed.data or ""
    if deed == "take" and form.saved.data:
        kept = maps.by_name(form.saved.data)
        text = kept.map if kept else one.map
    else:
        text = mapping.written(chosen_of(form, before, one.map, table))
    record.state_map(one, text, table, by=me())
    if deed == "keep" and (form.map_name.data or "").strip():
        maps.keep(form.map_name.data or "", text, table, by=me())
        return done(f"Kept as “{form.map_name.data}”, without consent and risk.", "staff.import_columns", number=one.id)
    if deed == "plan":
        record.ask(one, "planning", by=me())
        return done("The rows are being read.", "staff.import_rows", number=one.id)
    return done(KEPT, "staff.import_columns", number=one.id)


def told_of(book: Workbook, chosen: Map) -> list[str]:
    """Return how the file was read, and what becomes of the sheets beside the list."""
    return [*book.sheet.told, *mapping.further.told(book.sheet, chosen.further)]


def sampled(table: Sheet) -> list[int]:
    """Return the places of at most five rows, spread over the whole sheet."""
    count = len(table.rows)
    if count <= SAMPLES:
        return list(range(count))
    return [place * (count - 1) // (SAMPLES - 1) for place in range(SAMPLES)]


def columns_of(chosen: Map, table: Sheet) -> list[Column]:
    """Return every column as the page shows it, those that are made of others too."""
    rows = [_made(dict(zip(table.headers, table.rows[place], strict=True)), chosen) for place in sampled(table)]
    read = {one.header: list(_read(one)) for one in columns_read(table, chosen)}
    return [_column(header, target, [row.get(header, "") for row in rows], chosen, table, read.get(header, []))
            for header, target in chosen.columns.items()]  # fmt: skip


def _read(column: ColumnRead) -> Iterator[tuple[str, str]]:
    """Yield the example cells of a column with what was read of each, in words; "nothing" where nothing was."""
    for cell, fields in column.examples:
        told = dict.fromkeys(words for one in fields if (words := _as_read(one.path, one.after)))
        yield cell, "; ".join(told) or "nothing"


def _as_read(path: str, value: object) -> str:
    """Return what was read in words; of a date what was understood, not how it was written."""
    if isinstance(value, PartialDate):
        return public_words(value.edtf) if value.edtf else ""
    return in_words(path, msgspec.to_builtins(value))


def _made(cells: dict[str, str], chosen: Map) -> dict[str, str]:
    return cells | {column: cell for column, _, cell in arranged(cells, chosen)}


def _column(
    header: str, target: str, cells: list[str], chosen: Map, table: Sheet, read: list[tuple[str, str]]
) -> Column:
    is_dated = target in DATED
    asked: tuple[str, ...] = ()
    if is_dated and header in table.headers:
        reading = chosen.dates.get(header, date_columns.AS_WRITTEN)
        asked = tuple(question.sentence for question in date_columns.questions(table.column(header), reading))
    made_of = ", ".join(chosen.joins.get(header, ())) or next(
        (source for source, split in chosen.splits.items() if header in split.into), ""
    )
    return Column(
        header, cells, _state(header, target, chosen), _says(header, target, chosen), asked, is_dated, made_of, read
    )


def _state(header: str, target: str, chosen: Map) -> str:
    return "idle" if header in chosen.used or target == "ignore" else "lacks" if chosen.remarks.get(header) else "holds"


def _says(header: str, target: str, chosen: Map) -> str:
    if header in chosen.used:
        return "Read only through the column that is made of it."
    if remark := chosen.remarks.get(header):
        return remark
    if target == "ignore":
        return "Left out. Nothing of it is taken."
    return "May become public, once a second person has approved it." if may_be_public(target) else "Confidential."


def _tally(chosen: Map) -> dict[str, int]:
    read = chosen.read_columns
    return {
        "understood": sum(target not in {"note", "ignore"} for target in read.values()),
        "sealed": sum(target not in {"note", "ignore"} and not may_be_public(target) for target in read.values()),
        "notes": sum(target == "note" for target in read.values()),
    }


@blueprint.get("/imports/<int:number>/map.toml")
@requires(Action.OPEN_UPLOAD)
@freshly
def import_map(number: int) -> ResponseReturnValue:
    """Download what the columns mean, as the command takes it (`flask cases import --map`)."""
    one = import_or_404(number)
    uploads.refuse_others(one, by=me())
    text = one.map or mapping.written(record.map_of(one, opened(one).sheet))
    name = f"import-{number}-map.toml"
    return Response(
        text, mimetype="application/toml", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
