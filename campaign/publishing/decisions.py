"""Signed decisions: one writes and signs, another one signs, anybody of the desk takes it back.

Each is one save through the door, so that what a decision no longer carries leaves the public at once. The answer to
the question after a release is among them: a note that says what became of asking (cases.status).
"""

from collections.abc import Iterable

import msgspec

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases.age import age_facts
from campaign.cases.file import CaseFile, Consent, Decision, Note, Perpetrator, Risk, Source, new_id
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.cases.status import ASKED
from campaign.clock import today
from campaign.publishing import door
from campaign.publishing.authorship import writers_of
from campaign.publishing.consent import signatures
from campaign.publishing.consent.limits import limits
from campaign.publishing.consent.scopes import to_settle
from campaign.publishing.consent.signatures import LIMIT, fingerprint
from campaign.publishing.consent.standing import is_signed, is_signed_second, risks
from campaign.publishing.context import context_of
from campaign.publishing.eligibility import question_of
from campaign.publishing.errors import NotAllowed, NotConfirmed, OwnWork, Refused
from campaign.publishing.gate.checklist import open_findings
from campaign.vocabulary.protection import DECISION

Rows = Iterable[Consent | Risk | Perpetrator | Source]


class NoSuchDecision(Refused):
    """No decision of this id is in the case."""


class NothingToDecide(Refused):
    """A decision without words, or about nothing that is in the case."""


def decide(
    case: Case, kind: str, *, by: Account, text: str, about: Iterable[str] = (), scopes: Iterable[str] = ()
) -> Decision:
    """Write a decision and sign it first; it holds once as many have signed it as its kind asks.

    `about` are ids of perpetrators or sources, or words as the check found them; `scopes` are what a settlement lets
    hold. Raises NothingToDecide, and NotConfirmed where `by` may not sign this.
    """
    file, about = head(case), list(about)
    if not text.strip():
        raise NothingToDecide("Write down what was decided, and why.")
    stands_on = _stands_on(case, file, kind, set(about))
    if not stands_on and kind != "best_interests":
        raise NothingToDecide(f"Nothing in this case needs this decision: {DECISION.label(kind).lower()}.")
    if signatures.needed(kind) == 1:
        _refuse_writer(case, kind, by)
    decision = Decision(
        id=new_id(),
        kind=kind,
        text=text.strip(),
        about=list(about),
        scopes=list(scopes),
        stands_on=stands_on,
        signed_by=by.id,
        signed_on=signatures.on(today()),
    )
    _save(case, file, [*file.decisions, decision], by=by, reason=f"Signed decision: {DECISION.label(kind).lower()}")
    record("decision.signed", by=by.id, subject=case.ref, details={"decision": decision.id, "kind": kind})
    return decision


def countersign(case: Case, decision_id: str, *, by: Account) -> None:
    """Sign a decision as the second person: from now on it holds. Raises NoSuchDecision, NotConfirmed."""
    file = head(case)
    decision = _one(file, decision_id)
    _refuse_writer(case, decision.kind, by)
    signed = msgspec.structs.replace(decision, second_by=by.id, second_on=signatures.on(today()))
    rows = [signed if row.id == decision_id else row for row in file.decisions]
    _save(case, file, rows, by=by, reason="Signed as the second person")
    record("decision.countersigned", by=by.id, subject=case.ref, details={"decision": decision_id})


def answer_limit(case: Case, row_id: str, *, by: Account, text: str) -> Decision:
    """Say, as who reviews or publishes, how a limit in words is kept. Raises NothingToDecide, OwnWork, NotConfirmed."""
    if by.id in writers_of(case):
        raise OwnWork(f"You wrote part of {case.ref}: somebody who wrote none of it answers its limits.")
    file = head(case)
    row = next((row for row in limits(file, today()) if row.id == row_id), None)
    if row is None:
        raise NothingToDecide("This limit is no longer in the case, or was changed. Read it again.")
    if not text.strip():
        raise NothingToDecide("Say how this limit is kept, in a few words.")
    decision = Decision(
        id=new_id(),
        kind=LIMIT,
        text=f"“{row.limits.strip()}” {text.strip()}",
        about=[row.id],
        stands_on=[fingerprint(row)],
        signed_by=by.id,
        signed_on=signatures.on(today()),
    )
    _save(case, file, [*file.decisions, decision], by=by, reason="A limit in words answered")
    record("limit.answered", by=by.id, subject=case.ref, details={"decision": decision.id})
    return decision


def sign_beside(case: Case, *, by: Account) -> int:
    """Sign as the second officer what another one stated and confirmed in a case; return how many consents it was.

    What comes in by a sheet waits for this. Raises NotAllowed, NotConfirmed.
    """
    if not may(by, Action.CONFIRM_SAFETY, case):
        raise NotAllowed(f"Only another safety officer signs beside the one who stated the consents of {case.ref}.")
    file = head(case)
    waiting = {row.id for row in file.consents if row.needs_second and is_signed(row) and not is_signed_second(row)}
    rows = [msgspec.structs.replace(row, second_signature=by.id) if row.id in waiting else row for row in file.consents]
    if waiting:
        signed = msgspec.structs.replace(file, consents=rows)
        door.save(case, signed, by=by, base_version=case.version, reason="Signed as the second", kind="clearance")
        record("consent.countersigned", by=by.id, subject=case.ref, details={"count": len(waiting)})
    return len(waiting)


def take_back(case: Case, decision_id: str, *, by: Account) -> None:
    """Take a decision back; what it carried leaves the public in the same save. Raises NoSuchDecision."""
    file = head(case)
    _one(file, decision_id)
    _save(case, file, [row for row in file.decisions if row.id != decision_id], by=by, reason="A decision taken back")
    record("decision.taken_back", by=by.id, subject=case.ref, details={"decision": decision_id})


def _stands_on(case: Case, file: CaseFile, kind: str, about: set[str]) -> list[str]:
    """Return what a decision of a kind stands on: the rows, or the words in their texts, as they are now."""
    if kind in {"harmless", "answered"}:
        found = open_findings(question_of(context_of(case, file)))
        return sorted({one.mark for one in found if one.word in about})
    rows: dict[str, Rows] = {
        "settlement": to_settle(file),
        "critical": [row for row in risks(file) if row.level == "critical" and row.to == "person"],
        "perpetrator": [row for row in file.perpetrators if row.id in about],
        "independent": [row for row in file.sources if row.id in about],
    }
    return [fingerprint(row) for row in rows.get(kind, [])] + ([age_facts(file)] if kind == "grown_up" else [])


def _refuse_writer(case: Case, kind: str, by: Account) -> None:
    """Raise NotConfirmed where the reviewer's signature would come from somebody who wrote part of it."""
    if kind not in signatures.BY_NO_WRITER:
        return
    wrote = writers_of(case)
    if by.id in wrote:
        raise NotConfirmed("You wrote part of this case: somebody who wrote none of it has to sign here.")
    if barred := vouching.why_barred(by.id, wrote):
        raise NotConfirmed(barred)


def _one(file: CaseFile, decision_id: str) -> Decision:
    found = next((row for row in file.decisions if row.id == decision_id), None)
    if found is None:
        raise NoSuchDecision("This decision is no longer in the case.")
    return found


def _save(case: Case, file: CaseFile, decisions: list[Decision], *, by: Account, reason: str) -> None:
    decided = msgspec.structs.replace(file, decisions=decisions)
    door.save(case, decided, by=by, base_version=case.version, reason=reason, kind="clearance")


class NothingWasAsked(Refused):
    """A case whose person is not free, or who was asked already; or an answer without a word."""


def answer(case: Case, words: str, *, by: Account) -> None:
    """Write down what became of asking somebody who is free for their own word. Raises NothingWasAsked."""
    if case.asks_by is None:
        raise NothingWasAsked(f"Nobody has to be asked in {case.ref} now.")
    if not words.strip():
        raise NothingWasAsked("Say what they answered, or why they could not be asked.")
    file = head(case)
    notes = [*file.notes, Note(text=words.strip(), came_from=ASKED)]
    door.save(
        case, msgspec.structs.replace(file, notes=notes), by=by, base_version=case.version, reason="Asked after release"
    )
    record("case.own_word_asked", by=by.id, subject=case.ref)
