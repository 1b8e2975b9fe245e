"""The door: the service that saves, publishes and withdraws. The only code that reads a case and writes the ledger.

Its functions never commit; the caller commits once, so that the case, the ledger and the audit hold together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import delete

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases import marks, revisions
from campaign.cases.diff import STAY, put_back
from campaign.cases.file import CaseFile, as_entered
from campaign.cases.merge import Side
from campaign.cases.models import Case, Kind, Revision
from campaign.database import db
from campaign.ledger import documents, writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Entry
from campaign.publishing import eligibility, embargoes, holds, mentions, pictures, restricted_duplicates, takedown
from campaign.publishing.authorship import withheld_by
from campaign.publishing.consent import confirmation, keeping
from campaign.publishing.context import PublicationContext, context_of, publication_of
from campaign.publishing.errors import AddsSomething, NotAllowed, NothingNew, NotPublic, NotReady, OwnWork
from campaign.publishing.gate import checklist
from campaign.publishing.gate.question import Question
from campaign.publishing.models import Publication, RecheckFault
from campaign.publishing.narrowing import BOOKKEEPING, paths, with_numbers_of
from campaign.publishing.takedown import enforce
from campaign.text import entered

Plain = Literal["update", "correction"]
# What officers write and second persons sign, who may edit nothing else of a case.
SIGNED_FIELDS = frozenset({"consents", "risks", "decisions"})


@dataclass(frozen=True)
class Saved:
    """What a save did: its revision, and the ledger entry where something public had to go."""

    revision: Revision
    entry: Entry | None


def create(file: CaseFile, *, by: Account, reason: str, kind: Kind = "edit", is_restricted: bool = False) -> Case:
    """Open a case. Confirmations that `by` may not give are taken out. Raises NotAllowed, cases.errors.Unsound."""
    if not may(by, Action.CREATE_CASE):
        raise NotAllowed("Only a contributor or an editor opens a case. Ask one.")
    file = confirmation.signed(None, as_entered(file), by=by, case=None)
    case = revisions.create(file, by=by, reason=reason, kind=kind, is_restricted=is_restricted)
    restricted_duplicates.alert([(case, file)])
    return case


def save(
    case: Case,
    file: CaseFile,
    *,
    by: Account,
    base_version: int,
    reason: str,
    kind: Kind = "edit",
    also_by: Iterable[int] = (),
    choices: Mapping[str, Side] | None = None,
    seen_version: int | None = None,
) -> Saved:
    """Save a case, and take away in the same transaction what its consents and risks no longer let be public.

    `also_by` are further writers of it: whoever imported a cell that is taken over, or whose suggestion it was.
    A suspicion of duress that is written into a consent pauses the profile as a person does: its return takes two.
    Raises what cases.revisions.revise raises (Stale, Unsound), NotAllowed and NotConfirmed.
    """
    revisions.lock(case)
    was_ordered = embargoes.is_ordered(case)
    before = revisions.head(case)
    base = before if base_version == case.version else revisions.at(case, base_version)
    file = as_entered(file, base)
    _refuse_who_may_not_write(case, base, file, by=by)
    file = confirmation.signed(base, file, by=by, case=case)
    revision, after = revisions.revised(
        case,
        file,
        {case.version: before, base_version: base},
        by=by,
        base_version=base_version,
        reason=reason,
        kind=kind,
        also_by=also_by,
        choices=choices,
        seen_version=seen_version,
        keep=lambda newest, merged: keeping.kept(newest, merged, by=by, case=case),
    )
    if restricted_duplicates.is_told_otherwise(before, after):
        restricted_duplicates.alert([(case, after)])
    entry = None
    if _bears_on_what_is_public(before, after):
        entry = enforce(case, before, after, by=by.id)
        if _is_under_duress(after) and not _is_under_duress(before):
            holds.hold_for_duress(case, by=by)
    if was_ordered:
        _tell_if_stopped(case)
    return Saved(revision, entry)


def _refuse_who_may_not_write(case: Case, before: CaseFile, after: CaseFile, *, by: Account) -> None:
    if may(by, Action.EDIT_CASE, case):
        return
    changed = {field for field in after.__struct_fields__ if getattr(before, field) != getattr(after, field)}
    may_sign = may(by, Action.CONFIRM_SAFETY, case) or may(by, Action.SIGN_SECOND, case)
    if not may_sign or changed - SIGNED_FIELDS:
        raise NotAllowed(f"Your role does not change {case.ref}. Say what should change in a comment beside it.")


def _tell_if_stopped(case: Case) -> None:
    """Tell writers and publisher at once where a save stops what a publisher ordered: by an edit, or by the gate."""
    embargoes.was_stopped(case)
    if embargoes.is_ordered(case):
        question = replace(eligibility.question_of(context_of(case)), embargo_until=None)
        if stops := checklist.stopping(question):
            embargoes.tell(case, f"What was ordered of {case.ref} does not leave as it stands. {stops[0].sentence}")


def _bears_on_what_is_public(before: CaseFile, after: CaseFile) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in _ENFORCED)


def _is_under_duress(file: CaseFile) -> bool:
    return any(row.state == "paused_duress_suspected" for row in file.consents)


def restore(case: Case, number: int, *, by: Account, reason: str) -> Saved:
    """Make an earlier revision the newest again; consents and risks stay as they are now. Raises NotAllowed."""
    if not may(by, Action.EDIT_CASE, case):
        raise NotAllowed(f"Only people who may edit {case.ref} bring back an earlier version of it.")
    revision = revisions.restore(case, number, by=by, reason=reason)
    restricted_duplicates.alert(revisions.with_files(Case.id == case.id))
    embargoes.was_stopped(case)
    return Saved(revision, None)


def restore_field(case: Case, number: int, path: str, *, by: Account, reason: str) -> Saved:
    """Put one field or row of an earlier revision back; who wrote it is a writer of it too. Raises what `save` does.

    Consents, risks, decisions and contacts are not put back so: refused with NotAllowed.
    """
    if path.partition("/")[0] in STAY:
        raise NotAllowed("Consents, risks, decisions and contacts do not come back from the history: write them anew.")
    newest, source = revisions.head(case), revisions.revision(case, number)
    file = put_back(newest, revisions.at(case, number), path)
    also_by = {source.author_id, *source.also_by}
    return save(case, file, by=by, base_version=case.version, reason=reason, kind="restore", also_by=also_by)


def publish(case: Case, *, by: Account | None, kind: Plain = "update", note: str = "", actor: str = "") -> Entry:
    """Publish the approved content of a case; the gate is asked here, whatever a page has shown.

    A correction carries a public note, adds no fact, and removes the older bodies. `by` is None for the sweep,
    which publishes what a publisher ordered for this hour.
    Raises NotAllowed, OwnWork, NotReady, NothingNew, CannotProject.
    """
    if by is not None and not may(by, Action.PUBLISH, case):
        raise NotAllowed(f"Only a publisher publishes {case.ref}. Ask one.")
    writer.take(db.session())
    db.session.refresh(case)
    is_correction = kind == "correction"
    note = entered(note)
    context = context_of(case, kind="correction" if is_correction else None, note=note, salt=eligibility.new_salt())
    question = eligibility.question_of(context)
    if by is not None and by.id in question.writers:
        raise OwnWork(f"You wrote part of {case.ref}; it takes a publisher who wrote none of it.")
    acting = by or embargoes.orderer(case)
    if eligibility.is_alone(context, acting.id):
        raise OwnWork(f"You changed the spelling of {case.ref} and approved it: another publisher publishes it.")
    _refuse_barred(acting, question)
    if stops := checklist.stopping(question, is_correction=is_correction):
        raise NotReady(case.ref, [line.sentence for line in stops])
    public, document = context.publication.published.listed, context.publication.projected.document
    if is_correction:
        _refuse_additions(document, public, note)
    if public is not None and same_content(document, public):
        raise NothingNew(f"{case.ref} is public exactly so already. There is nothing to publish.")
    return _append(context.publication, document, by=by, actor=actor, hides_older=is_correction)


def take_away(case: Case, *, by: Account) -> Entry:
    """Publish what the newest file no longer says: a part of what is public, so no rule and no approval is asked.

    Whoever may take the whole profile down may take a part of it away. Raises NotAllowed, NotPublic, NothingNew, and
    AddsSomething where anything would be added or said otherwise.
    """
    if not any(may(by, action, case) for action in (Action.EDIT_CASE, Action.WITHDRAW, Action.RESTRICT_CASE)):
        raise NotAllowed(f"Only people who may edit or withdraw {case.ref} can remove something from it.")
    writer.take(db.session())
    db.session.refresh(case)
    context = publication_of(case, kind="narrowing", salt=eligibility.new_salt())
    old = context.published.listed
    if old is None:
        raise NotPublic(f"{case.ref} is not public, so there is nothing to take away.")
    new = with_numbers_of(old, context.projected.document)
    if same_content(new, old):
        raise NothingNew(f"{case.ref} is public exactly so already. There is nothing to take away.")
    return takedown.take_down_to(case, new, old, by=by.id)


def withdraw(case: Case, *, by: Account, reason: str) -> Entry:
    """Withdraw a profile. The reason stays at the desk. Raises NotAllowed, NotPublic."""
    if not may(by, Action.WITHDRAW, case):
        raise NotAllowed(f"Only a publisher withdraws {case.ref}. Anybody who may read it can pause it at once.")
    return takedown.withdraw_profile(case, by=by.id, why="by hand", reason=reason)


def _refuse_barred(by: Account, question: Question) -> None:
    """Refuse a publisher who may be the same person as a writer or as who approved (accounts.vouching)."""
    others = {*question.writers, question.approved_by or 0}
    if barred := vouching.why_barred(by.id, others):
        raise OwnWork(barred)


def _append(
    context: PublicationContext, document: Profile, *, by: Account | None, actor: str, hides_older: bool
) -> Entry:
    case, until = context.case, eligibility.public_until(document, context.clearance)
    with pictures.following(case.ref):
        entry = writer.publish(document, hides_older=hides_older, public_until=until)
    publication = Publication(
        number=entry.number,
        case_id=case.id,
        ref=case.ref,
        revision=case.version,
        kind=document.change.kind,
        by_id=by.id if by else None,
        at=entry.at,
        body=documents.encode(document),
        withheld_by=withheld_by(case, context.file, document),
    )
    db.session.add(publication)
    marks.forget_withdrawal(case.ref)
    db.session.execute(delete(RecheckFault).where(RecheckFault.case_id == case.id))
    mentions.note(document, mentions.of_file(context.file, context.facilities))
    details: dict[str, object] = {"number": entry.number, "revision": case.version, "kind": document.change.kind}
    # Appeals, once there are any, close here with a release or a death that is told, and in takedown.withdraw_profile.
    record("profile.published", by=by.id if by else None, actor=actor, subject=case.ref, details=details)
    return entry


def _refuse_additions(document: Profile, public: Profile | None, note: str) -> None:
    if public is None:
        raise NotPublic(f"{document.ref} is not public, so there is nothing to correct. Publish it instead.")
    if not note.strip():
        raise AddsSomething("A correction says in public what was wrong. Write the public note.")
    if added := sorted(paths(document) - paths(public)):
        raise AddsSomething(f"A correction adds nothing; this one adds {', '.join(added[:3])}. Publish an update.")


# Kept for issue 7 (the desk), merging cases: nothing calls it yet.
def merge_into(case: Case, into: Case, *, by: Account) -> Entry | None:
    """Leave a tombstone where a merged case was public, which leads on to the other one."""
    if not eligibility.is_listed(case.ref):
        return None
    return takedown.withdraw_profile(case, by=by.id, why="merge", merged_into=into.ref)


def same_content(one: Profile, other: Profile) -> bool:
    """Whether two documents say the same of the person, whatever their version, salt and date."""
    return all(getattr(one, field) == getattr(other, field) for field in _TOLD)


# A save of anything else leaves what is public as it is, until it is published again.
_ENFORCED = ("consents", "risks", "decisions", "relatives", "birth", "age_reported", "age_reported_on")
_TOLD = tuple(field for field in Profile.__struct_fields__ if field not in BOOKKEEPING)
