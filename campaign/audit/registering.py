"""Writing the register: each audit row of a deed that must not be undone by a restore gets a line before its commit.

The only writer of such lines. A removal does not wait for the register: where it can't be written, the row is kept as
one whose line is owed (`is_behind` is then told by the desk), and the next sweep writes it.
"""

from collections.abc import Mapping, Sequence

import msgspec
import structlog
from sqlalchemy import delete, event, exists, func, insert, select
from sqlalchemy.orm import Session

from campaign import register
from campaign.audit.models import AuditRow, UnregisteredRow
from campaign.database import db, in_lots
from campaign.register import Line
from campaign.web.context import settings

# What each row of the audit is in the register. A publication limits nobody: it says which number was used.
KINDS = {
    "profile.published": "publication",
    "profile.shown_again": "publication",
    "profile.withdrawn": "withdrawal",
    "profile.narrowed": "narrowing",
    "consent.limited": "consent",
    "risk.raised": "risk",
    "case.erased": "erasure",
    "case.restricted": "restriction",
    "cord.pulled": "stop",
    "account.disabled": "shut",
    "account.factors_reset": "factor",
    "account.password_set": "factor",
    "account.second_factor_set": "factor",
    "account.passkey_removed": "factor",
    "account.recovery_codes_made": "factor",
    "account.sheet_made": "factor",
    "ledger.restored": "restored",
}
STAGED = "audit rows for the register"
log = structlog.get_logger("audit")


def stage(session: Session, rows: Sequence[AuditRow]) -> None:
    """Have a line written for each of these rows that needs one, before the session commits."""
    wanted = [row for row in rows if row.action in KINDS]
    if not wanted or settings().register is None:
        return
    if STAGED not in session.info:
        event.listen(session, "before_commit", _before_commit)
        event.listen(session, "after_rollback", _forget)
    session.info.setdefault(STAGED, []).extend(wanted)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    # A row of a savepoint that was rolled back is in the session no more.
    rows = [row for row in session.info[STAGED] if row in session]
    session.info[STAGED] = []
    if rows and not _is_written([line_of(row) for row in rows]):
        session.execute(insert(UnregisteredRow), [{"number": row.number} for row in rows])


def _forget(session: Session) -> None:
    session.info[STAGED] = []


def _is_written(lines: Sequence[Line]) -> bool:
    path = settings().register
    assert path is not None  # nothing is staged without a register
    try:
        register.append_deeds(path, lines)
    except OSError as error:
        log.error("the register could not be written", reason=error.strerror)
        return False
    return True


def line_of(row: AuditRow) -> Line:
    """Return the line of a row whose action is one of KINDS."""
    details: Mapping[str, object] = msgspec.json.decode(row.details)
    number = details.get("number")
    return Line(
        at=row.at,
        kind=KINDS[row.action],
        subject=row.subject,
        number=number if isinstance(number, int) else 0,
        row=row.number,
        chain=row.chain,
        what=tuple(_codes(details)),
    )


def _codes(details: Mapping[str, object]) -> list[str]:
    for name in ("groups", "scopes", "marks"):
        if isinstance(found := details.get(name), list):
            return [str(code) for code in found]
    if "link" in details:
        return [f"link:{details['link']}"]
    return [str(details[name]) for name in ("reach", "level", "why") if name in details]


def is_behind() -> bool:
    """Whether the register lacks a line that could not be written when it was due."""
    return bool(db.session.scalar(select(exists(select(UnregisteredRow.number)))))


def write_owed() -> int:
    """Append what the register lacks where it is behind; return how many lines that were. Commits.

    A disk that still refuses leaves them owed.
    """
    if not is_behind():
        db.session.rollback()
        return 0
    count = catch_up()
    db.session.commit()
    return count


def catch_up() -> int:
    """Append what the register lacks of all that the audit knows; return how many lines that were. Commits nothing.

    Asked when a process of the desk starts: the register may be new, or lie on another machine since. Where it can't
    be read or written, a line is owed from then on.
    """
    path = settings().register
    if path is None:
        return 0
    try:
        lines = _lines(lacking())
        if lines:
            register.append_deeds(path, lines)
    except (OSError, register.Unreadable) as error:
        log.error("the register could not be caught up", reason=getattr(error, "strerror", None) or str(error))
        _owe_newest()
        return 0
    db.session.execute(delete(UnregisteredRow))
    if lines:
        log.info("lines appended to the register", count=len(lines))
    return len(lines)


def lacking() -> list[int]:
    """Return the numbers of the audit rows whose line the register lacks. Raises OSError, register.Unreadable."""
    path = settings().register
    known = {(line.row, line.chain) for line in register.contents(path).deeds} if path and path.exists() else set()
    query = select(AuditRow.number, AuditRow.chain).where(AuditRow.action.in_(KINDS)).order_by(AuditRow.number)
    return [number for number, chain in db.session.execute(query) if (number, chain) not in known]


def _owe_newest() -> None:
    if is_behind():
        return
    newest = db.session.scalar(select(func.max(AuditRow.number)).where(AuditRow.action.in_(KINDS)))
    if newest is not None:
        db.session.execute(insert(UnregisteredRow).values(number=newest))


def _lines(numbers: Sequence[int]) -> list[Line]:
    return [line for _, line in in_lots(numbers, _lines_of) if line is not None]


def _lines_of(numbers: Sequence[int]) -> dict[int, Line]:
    rows = db.session.scalars(select(AuditRow).where(AuditRow.number.in_(numbers)))
    return {row.number: line_of(row) for row in rows}
