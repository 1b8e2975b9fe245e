"""What follows a database that came back from a copy: nobody returns who was taken away since the copy was made.

The register (campaign/register.py) says what was withdrawn, narrowed, limited, stopped, restricted, erased and shut out
after it: the deeds whose audit row the copy lacks. A line that was written for a deed that then was not committed is
one of those too, and limits all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from campaign import register as registers
from campaign.accounts import restored as accounts
from campaign.audit import log as audit
from campaign.audit.log import Deed
from campaign.audit.models import AuditRow
from campaign.audit.registering import KINDS
from campaign.cases.store import claim, is_reference
from campaign.database import db
from campaign.ledger import identity, writer
from campaign.publishing import erase
from campaign.publishing.redo import Redone, redo, stop_touched
from campaign.register import Line

# How far numbers go on where no register says which were given: further than anybody publishes between two copies.
UNKNOWN = 100_000


@dataclass(kw_only=True)
class Report(Redone):
    """What a replay did, by reference; `entry` is the number of the ledger's entry `restored`.

    `without_register` says that nothing is known of what was taken away after the copy, and that the public edge is
    shut until somebody opens it at the shell. `faults` are sentences on lines of the register that can't be read.
    """

    ledger_id: str
    entry: int
    without_register: bool
    without_factors: list[int] = field(default_factory=list)
    shut: list[int] = field(default_factory=list)
    sessions_ended: int = 0
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what was done as sentences for the shell, without a name."""
        said = [f"Entry {self.entry} of the ledger says that a copy was restored; the ledger's id is {self.ledger_id}."]
        for what in ("withdrawn", "narrowed", "erased", "stopped", "restricted"):
            refs = getattr(self, what)
            said.append(f"{what.capitalize()} again: {len(refs)}{': ' if refs else ''}{', '.join(refs)}.")
        said.append(
            f"{self.sessions_ended} sessions ended. All accounts are shut; {len(self.without_factors)} of them lost "
            f"factors that were replaced since, {len(self.shut)} were shut out since and stay so. Look through the "
            "people, then type: flask accounts confirm-people"
        )
        if self.without_register:
            said.append(
                "Without a register nobody knows who was taken away after the copy: the public pages answer 503. "
                "Withdraw whom you know of, then type: flask publishing open"
            )
        return [*said, *self.faults]


def replay(register: Path | None, *, actor: str) -> Report:
    """Do again to a restored database what the register says was done after its copy; commits nothing.

    Called once, by `flask restore`, after the database and the keys are back and migrated, before any process serves.
    It appends the entry `restored` above the register's last number, gives the ledger a new id, withdraws, narrows (or
    withdraws, where a group can't be cut), erases, stops, restricts; lays a stop on each reference that it touched;
    ends all sessions, and shuts all accounts until `flask accounts confirm-people`. Without a register (None) the
    public edge is shut until `flask publishing open`. `actor` is who restores, "shell:USER". The caller commits, and
    then calls `finish` with the report. Raises OSError where the register can't be read, and
    campaign.register.Unreadable for one that is none.
    """
    writer.take(db.session())
    found = registers.contents(register) if register is not None else None
    deeds = missing(found.deeds) if found else []
    report = _restored(found, actor)
    _claim_references(deeds)
    for line in deeds:
        redo(line, report, actor)
    stop_touched(deeds, report, actor)
    _shut_accounts(deeds, report, actor)
    return report


def is_behind(register: Path, since: int) -> bool:
    """Whether this database lacks anything that a register got after it had `since` bytes.

    Asked where a snapshot was put back that is minutes old: mostly nothing was done since, and then nothing is done
    again, nobody is signed out and no reader begins anew. Raises what `replay` raises.
    """
    found = registers.contents(register, since=since)
    ends = {registers.AUDIT: audit.end(db.session()).number, registers.LEDGER: writer.end(db.session()).number}
    return bool(missing(found.deeds)) or any(found.newest[log] > ends[log] for log in ends)


def finish(report: Report) -> None:
    """Remove the files of those whom a replay erased, after its commit."""
    for files in report.files:
        erase.finish(files)


def missing(deeds: Iterable[Line]) -> list[Line]:
    """Return the deeds that this database knows nothing of, as of its audit; those that a restore did again are known.

    A restore does again all that lies below the number of its own row.
    """
    query = select(AuditRow.number, AuditRow.chain).where(AuditRow.action.in_(KINDS))
    rows = {number: chain for number, chain in db.session.execute(query)}  # noqa: C416 - a row is no pair to dict()
    is_done = select(func.max(AuditRow.number)).where(AuditRow.action == audit.RESTORED)
    below = db.session.scalar(is_done) or 0
    return [line for line in deeds if line.row > below and rows.get(line.row) != line.chain]


def _restored(found: registers.Contents | None, actor: str) -> Report:
    """Append to both logs that a copy was restored, above every number that was given."""
    session = db.session()
    ends = {registers.AUDIT: audit.end(session).number, registers.LEDGER: writer.end(session).number}
    above = {name: max(end, found.newest[name]) if found else end + UNKNOWN for name, end in ends.items()}
    ledger_id = identity.renew(is_shut=found is None)
    entry = writer.restored(ledger_id, above=above[registers.LEDGER])
    details: dict[str, object] = {"number": entry.number, "has_register": found is not None}
    audit.record_all([Deed(audit.RESTORED, None, "ledger", details, actor)], above=above[registers.AUDIT])
    return Report(
        ledger_id=ledger_id,
        entry=entry.number,
        without_register=found is None,
        faults=found.faults if found else [],
    )


def _claim_references(deeds: Iterable[Line]) -> None:
    """Keep every reference that was given after the copy from being given to somebody else."""
    for ref in sorted({line.subject for line in deeds if is_reference(line.subject)}):
        claim(ref)


def _shut_accounts(deeds: Sequence[Line], report: Report, actor: str) -> None:
    report.without_factors = _numbers(deeds, "factor")
    report.shut = _numbers(deeds, "shut")
    report.sessions_ended = accounts.shut_all(replaced=report.without_factors, shut=report.shut, actor=actor)


def _numbers(deeds: Iterable[Line], kind: str) -> list[int]:
    found = {line.subject.removeprefix("account:") for line in deeds if line.kind == kind}
    return sorted(int(number) for number in found if number.isdecimal())
