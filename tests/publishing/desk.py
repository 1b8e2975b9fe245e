"""What the people of a desk do with a case, in their words."""

from dataclasses import dataclass

import msgspec

from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.cases.file import CaseFile, Consent
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.cases.workflow import submit
from campaign.clock import now
from campaign.dates.edtf import PartialDate, parse
from campaign.ledger.models import Entry
from campaign.publishing import door
from campaign.publishing.door import Saved
from campaign.publishing.eligibility import approve
from tests.cast import hired
from tests.publishing.builders import a_file, consent, risk


@dataclass
class Desk:
    """Four people. `opens` to `publishes` follow a case from the first line to the public."""

    edo: Account
    rana: Account
    pia: Account
    sana: Account

    def opens(self, file: CaseFile | None = None, **changes: object) -> Case:
        """Edo opens a case; then Sana confirms its consent and its risk."""
        file = file or a_file(images=[], relatives=[], **changes)
        bare = msgspec.structs.replace(file, consents=[], risks=[])
        case = door.create(bare, by=self.edo, reason="typed in")
        self.clears(case, *file.consents, risks=[self.fresh(row) for row in file.risks])
        return case

    def clears(self, case: Case, *consents: Consent, **changes: object) -> Saved:
        """Sana records consents in her own name."""
        own = [self.mine(row) for row in consents]
        return self.saves(case, by=self.sana, consents=own, **changes)

    def mine(self, row: Consent) -> Consent:
        """Return a consent as Sana confirms it."""
        return msgspec.structs.replace(row, confirmed_by=self.sana.id if row.confirmed_by else None)

    def fresh(self, row: object) -> object:
        """Return an assessment from today, to be looked at again next year."""
        return msgspec.structs.replace(row, assessed_by=self.sana.id, assessed_on=today(), review_by=today(years=1))

    def saves(self, case: Case, *, by: Account | None = None, **changes: object) -> Saved:
        """Somebody (Edo) saves a change to the newest file."""
        file = msgspec.structs.replace(head(case), **changes)
        return door.save(case, file, by=by or self.edo, base_version=case.version, reason="a change")

    def approves(self, case: Case, *, by: Account | None = None) -> None:
        """Edo submits, Rana approves."""
        submit(case, by=self.edo)
        approve(case, by=by or self.rana, version=case.version, would_neighbour_know=False)

    def publishes(self, case: Case) -> Entry:
        """Pia publishes what was approved."""
        return door.publish(case, by=self.pia)

    def public(self, **changes: object) -> Case:
        """Return a case that went all the way."""
        case = self.opens(**changes)
        self.approves(case)
        self.publishes(case)
        return case


def staffed(*, edo: str = "edo", rana: str = "rana", pia: str = "pia", sana: str = "sana") -> Desk:
    """Hire the four in the open app context, under other names where a test's own cast has these."""
    return Desk(
        edo=hired(edo, Role.EDITOR),
        rana=hired(rana, Role.EDITOR),
        pia=hired(pia, Role.PUBLISHER),
        sana=hired(sana, Role.SAFETY_OFFICER, Role.EDITOR),
    )


def today(*, years: int = 0) -> PartialDate:
    """Return this day, or the same day some years on; of 29 February the 28th, where that year has none."""
    day = now().date()
    is_leap_day = (day.month, day.day) == (2, 29) and years % 4
    return parse(day.replace(year=day.year + years, day=28 if is_leap_day else day.day).isoformat())


def cleared(*scopes: str, **changes: object) -> Consent:
    """Return a consent to keep, to name, and to what is listed."""
    return consent(scopes=["store", "publish_name", *scopes], **changes)


__all__ = ["Desk", "cleared", "risk", "staffed", "today"]
