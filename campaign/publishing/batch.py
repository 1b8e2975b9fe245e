"""Many cases through the same workflow and the same gate, one after the other, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import checks as case_errors
from campaign.cases import members, revisions, workflow
from campaign.cases.classification import new_id
from campaign.cases.file import Source
from campaign.cases.models import Case
from campaign.cases.queries import by_outside_id, by_ref, visible_to
from campaign.database import db
from campaign.publishing import decisions, door, eligibility
from campaign.publishing.errors import NotAllowed, NothingNew, Refused

NUMBER_COLUMNS = frozenset({"ref", "reference", "case id", "case ref", "case number", "id"})
Deed = Callable[[Case, Account], bool]


class NoSuchBatch(Refused):
    """Neither a file nor a tag that any case bears."""


class Outcome(NamedTuple):
    """What became of one case: "done", "unchanged" or "refused" with the sentence."""

    ref: str
    state: str
    sentence: str = ""


def refs_of(batch: str, account: Account) -> list[str]:
    """Return the references of a batch, in order: of a file's rows, or of the cases that bear a tag.

    A file (.txt, or a sheet) names cases by reference or by their number in the sheet that they came
    from. Raises NoSuchBatch, naming the rows that no case of this account answers to.
    """
    if is_file(batch):
        return _of_file(Path(batch), account)
    query = select(Case.ref).where(visible_to(account), Case.tags.contains(f"|{batch}|", autoescape=True))
    found = list(db.session.scalars(query.order_by(Case.ref)))
    if not found:
        raise NoSuchBatch(
            f"{batch!r} is neither a file nor a tag of any case that you may see. A file must be one that this user of "
            "the machine may read."
        )
    return found


def is_file(batch: str) -> bool:
    """Whether a batch is named by a file that may be looked at."""
    try:
        return Path(batch).is_file()
    except OSError:
        return False


def walk(refs: Iterable[str], deed: Deed, *, by: Account) -> Iterator[Outcome]:
    """Do one thing to each case and yield what became of it; a refusal keeps nobody else waiting."""
    for ref in refs:
        case = by_ref(ref, by)
        if case is None:
            yield Outcome(ref, "refused", "There is no such case.")
            continue
        try:
            changed = deed(case, by)
            db.session.commit()
            yield Outcome(ref, "done" if changed else "unchanged")
        except (Refused, case_errors.Refused) as refusal:
            db.session.rollback()
            yield Outcome(ref, "refused", str(refusal))


def submit(case: Case, by: Account) -> bool:
    """Put a draft before a second person; False where it already is."""
    if case.state in {"in_review", "approved"}:
        return False
    _demand(by, Action.SUBMIT_CASE, case)
    workflow.submit(case, by=by)
    return True


def sign(case: Case, by: Account) -> bool:
    """Sign as the second officer the consents that another one stated; False where none waits."""
    return decisions.sign_beside(case, by=by) > 0


def approve(case: Case, by: Account) -> bool:
    """Approve what is in review; False where it is approved.

    Whether a neighbour would know who spoke is left open: a person reads each case and answers for it.
    """
    if case.state == "approved":
        return False
    _demand(by, Action.REVIEW_CASE, case)
    eligibility.approve(case, by=by, version=case.version, would_neighbour_know=None)
    return True


def publish(case: Case, by: Account) -> bool:
    """Publish what is approved; False where it is public exactly so."""
    try:
        door.publish(case, by=by)
    except NothingNew:
        return False
    return True


def asking_changes(note: str) -> Deed:
    """Return the deed that sends a case back to its writers with what to change."""

    def ask(case: Case, by: Account) -> bool:
        _demand(by, Action.REVIEW_CASE, case)
        workflow.ask_changes(case, by=by, note=note)
        return True

    return ask


def assigning(account_id: int) -> Deed:
    """Return the deed that gives a case another owner; False where they own it already."""

    def assign(case: Case, by: Account) -> bool:
        _demand(by, Action.RESTRICT_CASE, case)
        if case.owner_id == account_id:
            return False
        members.hand_over(case, account_id, by=by)
        return True

    return assign


def tagging(tag: str) -> Deed:
    """Return the deed that adds a desk tag to a case; False where it bears it already."""

    def add(case: Case, by: Account) -> bool:
        _demand(by, Action.EDIT_CASE, case)
        file = revisions.head(case)
        if tag in file.tags:
            return False
        tagged = msgspec.structs.replace(file, tags=[*file.tags, tag])
        door.save(case, tagged, by=by, base_version=case.version, reason="Tagged")
        return True

    return add


def sourcing(source: Source) -> Deed:
    """Return the deed that adds a source to a case; False where it has the same already.

    It is cited for nothing: what it tells of is for a person to say in each case.
    """

    def add(case: Case, by: Account) -> bool:
        _demand(by, Action.EDIT_CASE, case)
        file = revisions.head(case)
        if _named(source) in map(_named, file.sources):
            return False
        row = msgspec.structs.replace(source, id=new_id())
        with_it = msgspec.structs.replace(file, sources=[*file.sources, row])
        door.save(case, with_it, by=by, base_version=case.version, reason="A source of many cases")
        return True

    return add


def _named(source: Source) -> tuple[str, str, str, str]:
    return source.type, source.title, source.url, source.date.written


def _demand(account: Account, action: Action, case: Case) -> None:
    if not may(account, action, case):
        raise NotAllowed(f"{account.display_name} may not do this to {case.ref}. Ask somebody whose role allows it.")


def _of_file(path: Path, account: Account) -> list[str]:
    found: list[str] = []
    unknown: list[str] = []
    for word in _named_in(path):
        case = by_ref(word, account)
        refs = [case.ref] if case else [match.ref for match in by_outside_id(word, account)]
        found += refs
        unknown += [] if refs else [word]
    if unknown and found:
        raise NoSuchBatch(f"There is no case for: {', '.join(unknown[:10])}. Take the rows out, or import them first.")
    if not found:
        raise NoSuchBatch(
            f"{path.name} names no case that you may see. Write one reference on each line of a .txt file."
        )
    return list(dict.fromkeys(found))


def _named_in(path: Path) -> list[str]:
    """Return what names the cases of a file: the column of their numbers, the first where none is called so."""
    if path.suffix.lower() == ".txt":
        return [line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    table = sheets.read(path).sheet
    named = [header for header in table.headers if header.casefold().replace("_", " ") in NUMBER_COLUMNS]
    return [cell.strip() for cell in table.column((named or table.headers)[0]) if cell.strip()]
