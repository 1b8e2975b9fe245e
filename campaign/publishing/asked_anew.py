"""The answer to the question after a release: a note that says what became of asking (cases.own_word)."""

import msgspec

from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.file import Note
from campaign.cases.models import Case
from campaign.cases.own_word import ASKED
from campaign.cases.revisions import head
from campaign.publishing import door
from campaign.publishing.refusals import Refused


class NothingWasAsked(Refused):
    """A case whose person is not free, or who was asked already; or an answer without a word."""


def answer(case: Case, words: str, *, by: Account) -> None:
    """Write down what became of asking somebody who is free for their own word. Raises NothingWasAsked."""
    if case.asks_by is None:
        raise NothingWasAsked(f"Nobody has to be asked in {case.ref} at present.")
    if not words.strip():
        raise NothingWasAsked("Say what they answered, or why they could not be asked.")
    file = head(case)
    notes = [*file.notes, Note(text=words.strip(), came_from=ASKED)]
    door.save(
        case, msgspec.structs.replace(file, notes=notes), by=by, base_version=case.version, reason="Asked after release"
    )
    record("case.own_word_asked", by=by.id, subject=case.ref)
