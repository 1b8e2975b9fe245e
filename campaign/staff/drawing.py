"""The edit form and its page: controls filled from the case's file, or as somebody sent them.

One rule: what was sent comes back with the page, whatever became of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask import render_template

from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.intake.duplicates import Candidate
from campaign.intake.traits import TYPED_IN
from campaign.staff.chosen import find_listed
from campaign.staff.filling import file_of
from campaign.staff.forms import SaveForm, file_form
from campaign.staff.offers import offer
from campaign.staff.sections import SECTIONS
from campaign.web.forms import DeskForm, Wrong, controls_of


class Sheet(NamedTuple):
    """The form, what stands around it, the file from which its editor started, and whether it shows C fields."""

    form: DeskForm
    save: SaveForm
    base: CaseFile
    confidential: bool

    def filled(self) -> CaseFile:
        """Return the file that the form describes now."""
        return file_of(self.form, self.base)


def sheet_of(case: Case, *, confidential: bool) -> Sheet:
    """Return the form of a case as it was saved last."""
    file = revisions.head(case)
    form = file_form(confidential=confidential)(None, obj=file)
    return Sheet(form, SaveForm(None, version=case.version), file, confidential)


def sent_sheet(case: Case, *, confidential: bool) -> Sheet:
    """Return the form of a case as this request sent it. Raises NoSuchRevision."""
    save = SaveForm()
    return Sheet(file_form(confidential=confidential)(), save, revisions.at(case, save.base_version), confidential)


def page_of(
    case: Case,
    sheet: Sheet,
    *,
    at: str = "",
    wrongs: Sequence[Wrong] = (),
    likely: Sequence[Candidate[Case]] | None = None,
    told: str = "",
) -> str:
    """Return the page: at the place `at`, with what is wrong, and who the case may be (None where nobody asked)."""
    offer(controls_of(sheet.form), sheet.filled())
    find_listed(controls_of(sheet.form))
    likeness = {"likely": likely, "told": told, "compared": " ".join(TYPED_IN)}
    words = {**sheet._asdict(), **likeness, "case": case, "sections": SECTIONS, "wrongs": wrongs, "at": at}
    return render_template("staff/edit.html", **words)
