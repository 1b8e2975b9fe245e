"""A home with a register, whose database is copied and put back."""

from pathlib import Path

from flask import Flask

from campaign.accounts.models import Account
from campaign.audit import log
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.database import db
from campaign.ledger import identity, verification, writer
from campaign.publishing import restoring
from campaign.search import writing
from tests.publishing import copied
from tests.publishing.desk import Desk, staffed

ACTOR = "shell:test"


class Home:
    """A home with a register."""

    def __init__(self, app: Flask, register: Path) -> None:
        self.app, self.register = app, register
        self.copy = ""
        writing.note(writer.MARK, writer.mark(), db.session())
        identity.make()
        people = staffed()
        db.session.commit()
        self.numbers = {name: getattr(people, name).id for name in ("edo", "rana", "pia", "sana")}

    @property
    def desk(self) -> Desk:
        """The people, as the database has them now."""
        return Desk(**{name: db.session.get_one(Account, number) for name, number in self.numbers.items()})

    def is_copied(self) -> None:
        """Copy the database; what is done from here on, no copy knows."""
        self.copy = copied.take()

    def is_restored(self, *, register: bool = True) -> restoring.Report:
        """Put the copy back, and replay the register."""
        copied.put_back(self.copy)
        report = restoring.replay(self.register if register else None, actor=ACTOR)
        db.session.commit()
        restoring.finish(report)
        return report

    def case(self, ref: str) -> Case:
        """Return a case as the database has it now."""
        found = any_by_ref(ref)
        assert found is not None, ref
        return found


def faults() -> list[str]:
    """Return what the two verify commands find."""
    return [*log.verify().faults, *verification.verify().faults]
