"""Acts on consents and risks: confirmed, signed second, assessed, what waits left out; the form of a consent on file.

One rule: who signs signs the revision that they read. What changed since is not confirmed unseen.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import NamedTuple, TypeVar

from flask import abort, flash, redirect, url_for
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response
from wtforms import BooleanField

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.classification import fields_of
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.fingerprints import ABOUT_SIGNING, is_carried
from campaign.cases.models import Case
from campaign.database import db
from campaign.media.copies import vault
from campaign.publishing import signing
from campaign.publishing.consent import standing
from campaign.publishing.errors import ReadEarlier
from campaign.staff.case_access import allow, case_or_404, record_reading
from campaign.staff.desk import blueprint
from campaign.staff.forms import VersionForm
from campaign.staff.words import in_words
from campaign.vocabulary.protection import GIVES
from campaign.web.forms import done, page
from campaign.web.marks import accepts_bytes

MOST_BYTES = 25 * 1024 * 1024
R = TypeVar("R", Consent, Risk)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WAITS_FOR_SECOND = (
    "Confirmed. You obtained or entered it yourself, so it counts once a second officer, or the reviewer after calling "
    "back, has signed; or attach the recording, message or signed form."
)


class SignForm(VersionForm):
    """The button of who signs second, and whether they called the giver back."""

    called_back = BooleanField("I called the giver back myself, and they said the same")


class FormForm(VersionForm):
    """A recording, message or signed form, to be kept sealed with a consent."""

    file = FileField(
        "Recording, message or signed form",
        description="One file, of any kind, at most 25 MB. It is kept sealed and never published.",
        validators=[FileRequired("Choose a file first.")],
    )


@blueprint.post("/cases/<ref>/consents/<row_id>/confirm")
@requires(Action.CONFIRM_SAFETY)
def confirm_consent(ref: str, row_id: str) -> Response:
    """Confirm a consent as it stands; from now on it clears what it says."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    answer = _signed(
        case, "Consent confirmed.", lambda version: signing.confirm(case, [row_id], by=me(), version=version)
    )
    row = next((row for row in revisions.head(case).consents if row.id == row_id), None)
    if row is not None and standing.is_signed(row) and not standing.is_confirmed(row):
        flash(WAITS_FOR_SECOND)
    return answer


@blueprint.post("/cases/<ref>/consents/<row_id>/sign")
@requires(Action.SIGN_SECOND)
def sign_consent(ref: str, row_id: str) -> Response:
    """Sign beside the officer: what they obtained themselves, and our own reasons, count only then."""
    case = allow(Action.SIGN_SECOND, case_or_404(ref))
    called = bool(SignForm().called_back.data)
    return _signed(
        case,
        "Signed as the second person.",
        lambda version: signing.sign_second(case, [row_id], by=me(), version=version, called_back=called),
    )


@blueprint.post("/cases/<ref>/risks/<row_id>/assess")
@requires(Action.CONFIRM_SAFETY)
def assess_risk(ref: str, row_id: str) -> Response:
    """Confirm the assessment of a risk as it is written."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    return _signed(case, "Risk assessed.", lambda version: signing.confirm(case, [row_id], by=me(), version=version))


@blueprint.post("/cases/<ref>/waiting/<row_id>/leave-out")
@requires(Action.CONFIRM_SAFETY)
def leave_out(ref: str, row_id: str) -> Response:
    """Leave out a change that waits beside a signed row; the row stays as it was signed."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    reason = "A change that waited was left out"

    def act(version: int) -> None:
        signing.save_read(case, lambda file: _without(file, row_id), by=me(), version=version, reason=reason)

    return _signed(case, f"{reason}.", act)


@blueprint.route("/cases/<ref>/consents/<row_id>/form", methods=["GET", "POST"])
@accepts_bytes(lambda: MOST_BYTES + 64 * 1024)
@requires(Action.READ_CONFIDENTIAL)
def consent_form(ref: str, row_id: str) -> Response | tuple[str, int]:
    """Show what is on file of a consent, and take a recording, message or signed form. The reading is recorded."""
    case = allow(Action.READ_CONFIDENTIAL, case_or_404(ref))
    form = FormForm()
    if form.validate_on_submit():
        with closing(form.file.data):
            if not _fault_of(form):
                return _attached(case, row_id, form)
    record_reading(case)
    row = _row(revisions.head(case), row_id)
    return page("staff/consent_form.html", case=case, row=row, form=form, is_confirmed=standing.is_confirmed(row))


@blueprint.get("/cases/<ref>/consents/<row_id>/form/file")
@requires(Action.READ_CONFIDENTIAL)
def consent_form_file(ref: str, row_id: str) -> Response:
    """Give the file back as it was, to be saved and never shown in place. The reading is recorded."""
    case = allow(Action.READ_CONFIDENTIAL, case_or_404(ref))
    row = _row(revisions.head(case), row_id)
    if not row.form or not vault().exists(row.form):
        abort(404)
    record_reading(case)
    answer = Response(b"".join(vault().read(row.form)), mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=row.form_name or "consent")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _fault_of(form: FormForm) -> str:
    stream = form.file.data.stream
    size = stream.seek(0, 2)
    stream.seek(0)
    fault = "This file is empty." if not size else "This file is larger than 25 MB." if size > MOST_BYTES else ""
    if fault:
        form.file.errors = [fault]
    return fault


def _attached(case: Case, row_id: str, form: FormForm) -> Response:
    """Seal the file that was sent and note it in its row; where the save fails, it goes again."""
    _row(revisions.head(case), row_id)
    entry = vault().put(form.file.data.stream)
    name = _UNPRINTABLE.sub("", form.file.data.filename or "").replace("\\", "/").rpartition("/")[2][:200]
    kept = {"form": entry.name, "form_name": name or "consent", "form_sha256": entry.sha256}

    def act(version: int) -> None:
        signing.mark_consents(case, [row_id], kept, by=me(), version=version, reason="A form attached")

    try:
        answer = _signed(case, "A form attached.", act)
        if not any(row.form == entry.name for row in revisions.head(case).consents):
            vault().delete(entry.name)
    except BaseException:
        db.session.rollback()
        vault().delete(entry.name)
        raise
    return answer


def _row(file: CaseFile, row_id: str) -> Consent:
    return next((row for row in file.consents if row.id == row_id), None) or abort(404)


def _without(file: CaseFile, row_id: str) -> dict[str, object]:
    waiting = [row.id for row in file.consents if row.amends] + [row.id for row in file.risks if row.amends]
    if row_id not in waiting:
        abort(404)
    return {
        "consents": [row for row in file.consents if row.id != row_id],
        "risks": [row for row in file.risks if row.id != row_id],
    }


def _signed(case: Case, sentence: str, act: Callable[[int], None]) -> Response:
    """Do something with the revision that was read, and say so; or say that it was saved since."""
    try:
        act(VersionForm().version.data or 0)
    except ReadEarlier as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("staff.view", ref=case.ref))
    return done(sentence, "staff.view", ref=case.ref)


class Waiting(NamedTuple):
    """A consent or risk that asks for somebody: what it is called, what it would change, what can be done with it."""

    row: Consent | Risk
    called: str
    changes: list[tuple[str, str, str]]
    is_consent: bool
    needs_officer: bool
    needs_second: bool
    is_carried: bool


def waiting_in(file: CaseFile) -> list[Waiting]:
    """Return what asks for an officer or a second signature in a file, and what was signed before it was bound."""
    return [*_waiting(file.consents), *_waiting(file.risks)]


def _waiting(rows: Iterable[R]) -> list[Waiting]:
    known = {row.id: row for row in rows}
    found = []
    for number, row in enumerate(known.values(), 1):
        is_signed = standing.is_signed(row) if isinstance(row, Consent) else standing.is_assessed(row)
        gives = row.state in GIVES if isinstance(row, Consent) else True
        one = Waiting(
            row=row,
            called=_called(row, number),
            changes=changes_of(known[row.amends], row) if row.amends in known else [],
            is_consent=isinstance(row, Consent),
            needs_officer=not is_signed and (gives or bool(row.amends)),
            needs_second=isinstance(row, Consent) and _needs_second(row),
            is_carried=is_signed and is_carried(row.fingerprint),
        )
        if one.needs_officer or one.needs_second or one.is_carried:
            found.append(one)
    return found


def _called(row: Consent | Risk, number: int) -> str:
    if isinstance(row, Consent):
        return f"the consent of {row.giver}" if row.giver.strip() else f"consent {number}"
    return f"risk {number}"


def _needs_second(row: Consent) -> bool:
    is_asked = row.basis == "public_interest" or (row.needs_second and standing.is_signed(row))
    return is_asked and row.state in GIVES and not standing.is_signed_second(row)


def changes_of(before: R, after: R) -> list[tuple[str, str, str]]:
    """Return what a row would change of another one: the label of each field, and both sides in words."""
    fields = [field for field in fields_of(type(before)) if field.name not in ABOUT_SIGNING | {"form", "form_sha256"}]
    both = ((field, getattr(before, field.name), getattr(after, field.name)) for field in fields)
    return [(field.label, in_words(field, old), in_words(field, new)) for field, old, new in both if old != new]
