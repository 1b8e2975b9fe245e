"""The verbs of an import's record: what its columns mean, what a person decides, what is asked of a job.

Nothing commits. Who brought a sheet decides; a consent and a risk are stated by safety officers, and stay theirs.
"""

import json
import threading
from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists, select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may, may_with_import
from campaign.cases.checks import Refused
from campaign.cases.models import Case
from campaign.clock import now
from campaign.database import after_commit, db
from campaign.imports import mapping, uploads
from campaign.imports.mapping import Map
from campaign.imports.models import Import, ImportRow, Stage
from campaign.imports.steps import Decisions
from campaign.sheets import Sheet

# From which stages a job may be asked for.
ASKED_FROM: dict[Stage, frozenset[Stage]] = {
    "planning": frozenset({"mapped", "planned", "failed"}),
    "writing": frozenset({"planned"}),
    "undoing": frozenset({"done"}),
}
NOT_NOW: dict[Stage, str] = {
    "planning": "Say first what each column means; a sheet that was written is not read again.",
    "writing": "Look at the rows first: there is no plan that could be written.",
    "undoing": "Only an import that was written can be taken back.",
}
SAFETY_ALONE = "The map states a consent or a risk: only a safety officer states one."
asked = threading.Event()  # set when a job was asked for in this process (publishing.import_jobs waits for it)
BEING_WORKED_ON = "This import is being worked on. Wait until it is done."


def by_id(number: int, account: Account) -> Import | None:
    """Return an import that an account may see, None for any other: an editor sees all, its rows by sight."""
    return db.session.get(Import, number) if _may_see(account) else None


def newest(account: Account, *, before: int | None = None, limit: int = 50) -> list[Import]:
    """Return the imports, newest first, from one on where it is named."""
    query = select(Import).order_by(Import.id.desc()).limit(limit)
    query = query if before is None else query.where(Import.id < before)
    return list(db.session.scalars(query)) if _may_see(account) else []


def came_by(import_id: int) -> ColumnElement[bool]:
    """Return the condition that a row of an import was written to a case, for the worklist."""
    row = (ImportRow.import_id == import_id, ImportRow.case_id == Case.id, ImportRow.is_taken_back.is_(False))
    return exists(select(ImportRow.id).where(*row, ImportRow.after.is_not(None)))


def _may_see(account: Account) -> bool:
    return may(account, Action.IMPORT_CASES) or may(account, Action.OPEN_UPLOAD)


def choose_sheet(one: Import, *, sheet: str = "", encoding: str = "", by: Account) -> None:
    """Choose the sheet of a workbook, or how the letters of a text file are written. What it meant is asked anew."""
    _refuse_others(one, by)
    one.sheet, one.encoding, one.map, one.decisions = sheet, encoding, "", "{}"
    one.stage, one.fault = "uploaded", ""


def state_map(one: Import, text: str, table: Sheet, *, by: Account) -> Map:
    """Keep what the columns mean (TOML) and return it. Raises BadMap, and Refused for a consent that `by` can't state.

    Of what was decided of rows under another map only what this one says under [decisions] is left.

    A consent and a risk that a safety officer stated stay stated by them as long as nobody changes them.
    """
    _refuse_others(one, by)
    chosen = mapping.parsed(text, table, one.file_name)
    if (chosen.consent or chosen.risk) and not _is_stated_already(one, chosen, table):
        if not may(by, Action.CONFIRM_SAFETY):
            raise Refused(SAFETY_ALONE)
        one.signed_by_id = by.id
    elif not (chosen.consent or chosen.risk):
        one.signed_by_id = None
    if text != one.map:
        one.decisions = _kept({key: (choice, by.id) for key, choice in mapping.decisions(text).items()})
    one.map, one.scheme, one.stage, one.fault = text, chosen.scheme[:40], "mapped", ""
    return chosen


def _is_stated_already(one: Import, chosen: Map, table: Sheet) -> bool:
    if one.signed_by_id is None or not one.map:
        return False
    before = mapping.parsed(one.map, table, one.file_name)
    return (before.consent, before.risk) == (chosen.consent, chosen.risk)


def map_of(one: Import, table: Sheet) -> Map:
    """Return what the columns of an import mean; what they seem to mean, where nobody has said."""
    name = one.file_name
    return mapping.parsed(one.map, table, name) if one.map else mapping.propose(table, name)


def signer(one: Import) -> Account:
    """Return who answers for the consent and risk of an import: the officer who stated them, else the importer."""
    return db.session.get_one(Account, one.signed_by_id or one.by_id)


def decisions(one: Import) -> dict[str, str]:
    """Return what people decided of rows, by their keys (imports.steps)."""
    return {key: choice for key, (choice, _) in _decided(one).items()}


def deciders(one: Import) -> dict[str, int]:
    """Return whose decisions they are: some take a safety officer, whoever brought the file in."""
    return {key: account_id for key, (_, account_id) in _decided(one).items()}


def _decided(one: Import) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = json.loads(one.decisions)
    return found


def _kept(decided: Mapping[str, tuple[str, int]]) -> str:
    return json.dumps({key: made for key, made in decided.items() if made[0]}, ensure_ascii=False)


def decide(one: Import, made: Decisions, *, by: Account) -> None:
    """Keep decisions beside those made before, "" to take one back; they hold in the next plan that is asked for."""
    _refuse_others(one, by)
    one.decisions = _kept(_decided(one) | {key: (choice, by.id) for key, choice in made.items()})


def ask(one: Import, stage: Stage, *, by: Account) -> None:
    """Ask for a job: "planning", "writing" or "undoing". It begins once this is committed. Raises Refused."""
    action = Action.UNDO_IMPORT if stage == "undoing" else Action.IMPORT_CASES
    if not may_with_import(by, action, one.by_id):
        raise Refused("Only who brought this file in, and for an undo a safety officer, may do that.")
    if one.runner:
        raise Refused(BEING_WORKED_ON)
    if one.stage not in ASKED_FROM[stage]:
        raise Refused(NOT_NOW[stage])
    if stage != "undoing" and not one.upload:
        raise Refused(uploads.GONE)
    one.stage, one.asked_at, one.asked_by_id = stage, now(), by.id
    one.done_count, one.total_count, one.fault = 0, 0, ""
    after_commit(db.session(), asked.set)


def _refuse_others(one: Import, by: Account) -> None:
    if not may_with_import(by, Action.OPEN_UPLOAD, one.by_id):
        raise Refused("Only who brought this file in and safety officers decide what it means.")
    if one.runner or one.stage in ("planning", "writing", "undoing"):
        raise Refused(BEING_WORKED_ON)
    if one.stage in ("done", "undone"):
        raise Refused("This import is over. Bring the file again.")
