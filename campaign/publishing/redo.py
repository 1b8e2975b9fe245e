"""What each deed of the register does to a database that was restored from a copy of before it; commits nothing.

Only what takes away is done again. What the copy has so already stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import select

from campaign.audit import log as audit
from campaign.cases import marks, members
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.clock import now
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import writer
from campaign.ledger.models import PublicUntil
from campaign.publishing import erase, holds, pictures
from campaign.publishing.consent.scopes import WRITING
from campaign.publishing.eligibility import is_listed, new_salt
from campaign.publishing.errors import Refused
from campaign.publishing.narrowing import GROUPS, TREATMENT, tells_treatment, without_relative
from campaign.publishing.takedown import append_part, listed_document, narrow_profile, withdraw_profile
from campaign.register import Line

LINK, UNTIL = "link:", "until"
# What may be said of one case in the register, and holds it down after a restore.
OF_A_CASE = frozenset({"withdrawal", "narrowing", "consent", "risk", "restriction", "stop"})
log = structlog.get_logger("publishing")


@dataclass(kw_only=True)
class Redone:
    """What was done again, by reference; `files` are those of the erased, removed after the commit."""

    withdrawn: list[str] = field(default_factory=list)
    narrowed: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    files: list[erase.Files] = field(default_factory=list)


def redo(line: Line, done: Redone, actor: str) -> None:
    """Do again what a line of the register says was done, as far as the database does not have it so."""
    if line.kind == "erasure":
        _erase(line, done, actor)
    elif line.kind in {"withdrawal", "consent"}:
        # An earlier end of a consent is no entry of the ledger: readers of the copy would not know of it.
        if line.kind == "withdrawal" or UNTIL in line.what:
            _withdraw(line.subject, done, actor)
    elif line.kind == "narrowing":
        _narrow(line, done, actor)
    elif line.kind == "restriction":
        _restrict(line.subject, done, actor)
    elif line.kind == "stop":
        _take_down(line, done, actor)


def _erase(line: Line, done: Redone, actor: str) -> None:
    ref, case = line.subject, any_by_ref(line.subject)
    if case is not None:
        done.files.append(erase.erase_case(case, by=None, reason="restore", actor=actor, also=line.what))
    else:
        _withdraw(ref, done, actor)
        marks.keep("erased", ref, line.what)
        details: dict[str, object] = {"reason": "restore", "marks": sorted(line.what)}
        audit.record("case.erased", by=None, actor=actor, subject=ref, details=details)
    done.erased.append(ref)


def _withdraw(ref: str, done: Redone, actor: str) -> None:
    if not is_listed(ref):
        return
    case = any_by_ref(ref)
    if case is not None:
        withdraw_profile(case, by=None, why="restore", actor=actor)
    else:
        with pictures.following(ref):
            entry = writer.withdraw(ref)
        details: dict[str, object] = {"number": entry.number, "why": "restore"}
        audit.record("profile.withdrawn", by=None, actor=actor, subject=ref, details=details)
    done.withdrawn.append(ref)


def _narrow(line: Line, done: Redone, actor: str) -> None:
    """Take the same groups away; the whole profile where that can't be done, or where what went was chosen by hand."""
    if not is_listed(line.subject):
        return
    case = any_by_ref(line.subject)
    try:
        if case is None or not line.what:
            raise KeyError(line.subject)
        if line.what[0].startswith(LINK):
            is_less = _cut_link(case, line.what[0].removeprefix(LINK), actor)
        else:
            is_less = _cut_groups(case, line.what, actor)
    except (Refused, KeyError, UnreadableDocument) as fault:
        log.info("withdrawn where it could not be narrowed", ref=line.subject, reason=type(fault).__name__)
        _withdraw(line.subject, done, actor)
    else:
        done.narrowed += [line.subject] if is_less else []


def _cut_groups(case: Case, groups: Iterable[str], actor: str) -> bool:
    """Take out the groups that the document of the copy still tells. Raises KeyError for what is no group."""
    document = listed_document(case.ref)
    told = []
    for group in groups:
        if group == TREATMENT:
            told += [group] if tells_treatment(document) else []
        elif group in WRITING:
            told += [group] if group in document.write_to else []
        elif group in GROUPS:
            told += [group] if getattr(document, group) else []
        else:
            raise KeyError(group)
    if told:
        narrow_profile(case, told, by=None, until=_end_of(case.ref), actor=actor)
    return bool(told)


def _cut_link(case: Case, ref: str, actor: str) -> bool:
    old = listed_document(case.ref)
    if not any(relative.ref == ref for relative in old.relatives):
        return False
    new = without_relative(old, ref, salt=new_salt(), at=now().replace(microsecond=0))
    entry = append_part(case, new, old, until=_end_of(case.ref), by=None)
    details: dict[str, object] = {"number": entry.number, "link": ref}
    audit.record("profile.narrowed", by=None, actor=actor, subject=case.ref, details=details)
    return True


def _end_of(ref: str) -> datetime | None:
    return db.session.scalar(select(PublicUntil.until).where(PublicUntil.ref == ref))


def _restrict(ref: str, done: Redone, actor: str) -> None:
    case = any_by_ref(ref)
    if case is not None and not case.is_restricted:
        members.restrict_again(case, actor=actor)
        done.restricted.append(ref)


def _take_down(line: Line, done: Redone, actor: str) -> None:
    """Stop again what a pause or an emergency stop reached; that of one case is laid with the others, at the end."""
    reach = line.what[0] if line.what else "case"
    if reach == "case":
        _withdraw(line.subject, done, actor)
        return
    subject = "" if reach == "everything" else line.subject
    if any(hold.reach == reach for hold in holds.active(subject) if hold.subject == subject):
        return
    for ref in holds.reached(reach, subject):
        _withdraw(ref, done, actor)
    holds.hold_after_restore(reach, subject, actor=actor)
    done.stopped.append(subject or reach)


def stop_touched(deeds: Sequence[Line], done: Redone, actor: str) -> None:
    """Lay one stop on each reference that a deed was about: nothing of it leaves before two people lift it."""
    asks: dict[str, set[str]] = {}
    for line in deeds:
        if line.kind in OF_A_CASE and (line.kind != "stop" or line.what[:1] in ((), ("case",))):
            asks.setdefault(line.subject, set()).update(_asks(line))
    for ref, parts in asks.items():
        case = any_by_ref(ref)
        if case is not None:
            holds.hold_after_restore("case", ref, actor=actor, case=case, asks_anew=parts)
            done.stopped.append(ref)


def _asks(line: Line) -> tuple[str, ...]:
    """Return the parts of the case file that are entered anew before the stop of a deed is lifted."""
    if line.kind == "risk" or (line.kind == "withdrawal" and line.what == ("risk",)):
        return ("risks",)
    is_consent = line.kind == "consent" or (line.kind == "withdrawal" and line.what in (("consent",), ("restore",)))
    is_group = line.kind == "narrowing" and line.what[0:1] != ("by_hand",) and not _is_link(line)
    return ("consents",) if is_consent or is_group else ()


def _is_link(line: Line) -> bool:
    return bool(line.what) and line.what[0].startswith(LINK)
