"""Recheck: what is public already, asked by the rules of now. Run once after an update; it can only take away.

What shows a child, a death before the family knows, or another's name or number pauses the profile, and officers are
told. What the projection of now leaves out is narrowed at once. The rest is a list for publishers, those of whom
nothing shows an age first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
from sqlalchemy import delete, select

from campaign.accounts.invitations import notify
from campaign.accounts.models import Account, Grant
from campaign.accounts.permissions import Role
from campaign.cases import revisions
from campaign.cases.age import has_signs_of_minor, is_shown_grown_up
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref, visible_to
from campaign.clock import now, today
from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Listing
from campaign.publishing import holds, narrowing, restricted_duplicates, takedown
from campaign.publishing.context import context_of
from campaign.publishing.eligibility import is_listed, new_salt, published_revision, question_of
from campaign.publishing.gate import checklist, deaths, named_people
from campaign.publishing.gate.findings import unanswered
from campaign.publishing.gate.question import Question
from campaign.publishing.models import RecheckFault
from campaign.publishing.projection.detention import claims_death
from campaign.publishing.projection.values import DEATH_EVENTS, is_called_grown_up, is_death_known

R = TypeVar("R", bound=msgspec.Struct)
ACTOR = "recheck"
LISTED = frozenset({1, 2, 3, 4, 5, 7, 9, 10})
NO_AGE = "Nothing in the file shows an age."


@dataclass(frozen=True)
class Verdict:
    """What the rules of now say of one public profile.

    `pause` has a sentence for each reason to take it down, `fields` what would be narrowed, `faults` what a person has
    to settle; `narrowed` is the document that would stay.
    """

    ref: str
    pause: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    narrowed: Profile | None = None

    @property
    def state(self) -> str:
        """What becomes of it: "paused", "narrowed", "listed" or "sound"."""
        return "paused" if self.pause else "narrowed" if self.fields else "listed" if self.faults else "sound"


def recheck(*, dry_run: bool) -> list[Verdict]:
    """Ask every public profile, and act on each by itself unless it is a dry run; commits each.

    Return the verdicts: what was or would be paused, narrowed and listed, those without any age first.
    """
    verdicts = []
    for ref in list(db.session.scalars(select(Listing.ref).order_by(Listing.ref))):
        writer.take(db.session())
        case = any_by_ref(ref)
        if case is None or not is_listed(ref):
            db.session.rollback()
            continue
        verdict = judge(case)
        if not dry_run:
            _act(case, verdict)
            db.session.commit()
        db.session.rollback()
        verdicts.append(verdict)
    verdicts.sort(key=lambda one: (NO_AGE not in one.faults, one.ref))
    if not dry_run:
        listed = [one for one in verdicts if one.faults and not one.pause]
        _list(listed)
        _tell_publishers(len(listed))
        db.session.commit()
    return verdicts


def faults(account: Account) -> Sequence[tuple[Case, RecheckFault]]:
    """Return what the last recheck left to settle in profiles that are public still, for who may see them.

    Those without any age come first.
    """
    query = select(Case, RecheckFault).join(RecheckFault, RecheckFault.case_id == Case.id)
    public = (Case.ref.in_(select(Listing.ref)), visible_to(account))
    rows = db.session.execute(query.where(*public).order_by(RecheckFault.lacks_age.desc(), Case.ref))
    return [(case, fault) for case, fault in rows]


def judge(case: Case) -> Verdict:
    """Return what the rules of now say of the public profile of a case. Writes nothing."""
    head = revisions.head(case)
    number = published_revision(case)
    told = revisions.at(case, number) if number else head
    told = msgspec.structs.replace(told, consents=head.consents, risks=head.risks, decisions=head.decisions)
    context = context_of(case, told, kind="narrowing", salt=new_salt())
    public = context.publication.published.listed
    if public is None:
        return Verdict(case.ref, faults=(context.publication.cannot_project or "What is public can't be read.",))
    question = replace(question_of(context), file=_known_now(told, head), document=public, is_correction=False)
    if pause := tuple(_reasons(question, head, public)):
        return Verdict(case.ref, pause=pause)
    projected = context.publication.projection
    fields, kept = _narrowed(public, projected.document) if projected else ((), None)
    return Verdict(case.ref, fields=fields, narrowed=kept, faults=tuple(_faults(question, head)))


def _known_now(told: CaseFile, head: CaseFile) -> CaseFile:
    """Return the file that was published with everybody whom the case knows by now."""
    return msgspec.structs.replace(
        told,
        relatives=_together(told.relatives, head.relatives),
        testimonies=_together(told.testimonies, head.testimonies),
        contacts=_together(told.contacts, head.contacts),
        death=head.death if head.death.next_of_kin_know else told.death,
    )


def _together(old: Sequence[R], new: Sequence[R]) -> list[R]:
    return [*new, *(row for row in old if row not in new)]


def _reasons(question: Question, head: CaseFile, public: Profile) -> Iterator[str]:
    """Yield why a profile can't stay public until two people have looked at it."""
    if takedown.is_child(head, today()) and not named_people.was_guarded(head):
        yield "Birth, age, words or a tag say that the person may be under 18, and no guardian and no note guard them."
    kin_know = question.file.death.next_of_kin_know or head.death.next_of_kin_know
    if not kin_know and (_tells_death(public) or (is_death_known(head) and _death_words(question, public))):
        yield "It tells of a death, and nothing says that the next of kin know."
    elif not kin_know and _death_words(question, public):
        yield "It has words of a death, in a text; nothing says whose, or that the next of kin know."
    if unanswered(question.file, named_people.findings(question)):
        yield "Somebody known to the case is named in it, or a number or an address stands in it."


def _tells_death(public: Profile) -> bool:
    events = {event.type for episode in public.episodes for event in episode.events}
    ends = {episode.end_reason for episode in public.episodes}
    claims = any(map(claims_death, public.state_responses))
    return public.death is not None or bool(events & DEATH_EVENTS) or "died" in ends or claims


def _death_words(question: Question, public: Profile) -> bool:
    return bool(unanswered(question.file, deaths.findings(question, public)))


def _narrowed(old: Profile, new: Profile) -> tuple[tuple[str, ...], Profile | None]:
    """Return which fields of a public document the projection of now tells less of, and the document that stays."""
    derived = narrowing.BOOKKEEPING | {"sources", "citations", "our_view", "slug", "first_published_at", "ref"}
    fields = [
        field
        for field in old.__struct_fields__
        if field not in derived
        and getattr(new, field) != getattr(old, field)
        and narrowing.is_part_of(getattr(new, field), getattr(old, field))
    ]
    if not fields:
        return (), None
    less = {field: getattr(new, field) for field in fields}
    kept = narrowing.following(old, less, salt=new_salt(), at=now().replace(microsecond=0))
    return tuple(field.replace("_", " ") for field in fields), kept


def _faults(question: Question, head: CaseFile) -> Iterator[str]:
    day = today()
    if not is_shown_grown_up(head, day) and not has_signs_of_minor(head, day) and not is_called_grown_up(head):
        yield NO_AGE
    lines = checklist.check(question)
    yield from (line.sentence for line in lines if line.number in LISTED and line.stops and line.state == "lacks")


def _act(case: Case, verdict: Verdict) -> None:
    if verdict.pause:
        holds.hold_by_check(case, " ".join(verdict.pause), actor=ACTOR)
        for account_id in restricted_duplicates.officers(case if case.is_restricted else None):
            notify(account_id, f"{case.ref} was paused by the recheck. {' '.join(verdict.pause)}")
        return
    if takedown.enforce(case, None, revisions.head(case), by=None, actor=ACTOR) is None and verdict.narrowed:
        takedown.take_down_to(case, verdict.narrowed, takedown.listed_document(case.ref), by=None)


def _list(verdicts: Sequence[Verdict]) -> None:
    db.session.execute(delete(RecheckFault))
    cases = {
        case.ref: case.id for case in db.session.scalars(select(Case).where(Case.ref.in_(one.ref for one in verdicts)))
    }
    db.session.add_all(
        RecheckFault(case_id=cases[one.ref], at=now(), lacks_age=NO_AGE in one.faults, sentences="\n".join(one.faults))
        for one in verdicts
    )


def _tell_publishers(count: int) -> None:
    if not count:
        return
    sentence = f"The recheck found {count} public {'profile' if count == 1 else 'profiles'} to settle. See Recheck."
    query = select(Account.id).join(Grant, Grant.account_id == Account.id)
    for account_id in db.session.scalars(query.where(Grant.role == Role.PUBLISHER.value, Account.is_active)):
        notify(account_id, sentence)
