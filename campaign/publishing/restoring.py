"""What follows a database that came back from a copy: nobody returns who was taken away since the copy was made.

The register (campaign/register.py) says what was taken away, narrowed, limited, stopped, erased and shut after it.
"""

from dataclasses import dataclass, field
from pathlib import Path

from campaign.publishing.erase import Files

NOT_YET = "The replay is being written (issue 6)."


@dataclass
class Report:
    """What a replay did, by reference; `entry` is the number of the ledger's entry `restored`.

    `without_register` says that nothing is known of what was taken away after the copy, and that the public edge is
    shut until somebody confirms at the shell.
    """

    ledger_id: str
    entry: int
    without_register: bool
    withdrawn: list[str] = field(default_factory=list)
    narrowed: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    without_factors: list[int] = field(default_factory=list)
    shut: list[int] = field(default_factory=list)
    sessions_ended: int = 0
    files: list[Files] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what was done as sentences for the shell, without a name."""
        raise NotImplementedError(NOT_YET)


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
    raise NotImplementedError(NOT_YET)


def finish(report: Report) -> None:
    """Remove the files of those whom a replay erased, after its commit."""
    raise NotImplementedError(NOT_YET)
