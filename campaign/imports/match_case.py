"""Matching a row to the case that carries its number: told in the report, compared as any later reading.

Three rules. One case alone may carry the number. Names and facts must fit: a number is typed wrong more easily than a
person is two. A case that the importer may not see is neither touched nor told of (docs/decisions/0006).
"""

import json
from collections.abc import Mapping

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.duplicates import names_alike
from campaign.duplicates.search import likeness
from campaign.duplicates.traits import traits_of
from campaign.imports.compare import Step, compare, is_open_which
from campaign.imports.mapping import Map

ALIKE = 0.5  # about half of a name
FITS = 0.55  # how likely one person must be besides, where the number says that it is
OF_THE_EPISODE = {"reason_stated", "reason_suspected", "last_contact_date", "last_contact_place", "held_place"}


def carriers(mapping: Map, account: Account) -> dict[str, list[int]]:
    """Return the cases that carry each number of a map's list, of those that the account may see.

    Empty where the rows' key is no number of that list: then it names nobody's case.
    """
    if [mapping.columns.get(header) for header in mapping.key] != ["id"]:
        return {}
    query = select(OutsideIdKey.key, Case.id).join(Case, Case.id == OutsideIdKey.case_id)
    seen = (OutsideIdKey.scheme == mapping.scheme[:40], visible_to(account), Case.merged_into_id.is_(None))
    found: dict[str, list[int]] = {}
    for key, number in db.session.execute(query.where(*seen).order_by(Case.id)):
        found.setdefault(key, []).append(number)
    return found


def recognise(step: Step, known: Mapping[str, list[int]]) -> None:
    """Write on a step that would open a case which case it is already, where its number says so and its person fits."""
    if step.outcome != "created" or len(known.get(step.key, ())) != 1:
        return
    case = db.session.get_one(Case, known[step.key][0])
    theirs = revisions.head(case)
    if against := _speaks_against(step.draft.file, theirs):
        step.outcome = "refused"
        step.draft.warn(
            "", step.key, f"{case.ref} carries this number, but seems to be somebody else: {against} Not imported: "
            "correct the number, or the case."
        )  # fmt: skip
        return
    step.draft.warn("", step.key, f"This is {case.ref}, which carries this number: nothing is opened.")
    if is_open_which(step.draft.file, theirs):
        _keep_the_episode(step, case)
    step.case_id = case.id
    compare(step, case)


def _speaks_against(file: CaseFile, theirs: CaseFile) -> str:
    """Return what speaks against one person, "" where enough speaks for it."""
    one, other = traits_of(file), traits_of(theirs)
    match, found = names_alike.best(one, other), likeness(one, other)
    if match.score >= ALIKE and found.score >= FITS:
        return ""
    return " ".join(found.against) or "Their names differ."


def _keep_the_episode(step: Step, case: Case) -> None:
    cells: dict[str, str] = json.loads(step.cells)
    for header, value in cells.items():
        if value.strip() and step.draft.map.columns.get(header) in OF_THE_EPISODE:
            step.draft.keep(header, value)
            step.draft.warn(
                header, value, f"{case.ref} has several episodes. This is kept as a note: enter it by hand."
            )
