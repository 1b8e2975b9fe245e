"""Copies: whether a fresh one lies off this machine, with the keys, and none keeps an erased person for long."""

from collections.abc import Iterator
from datetime import timedelta

from campaign.backups import copies, key_copies, retention, sealing
from campaign.clock import now
from campaign.doctor.diagnoses import Diagnosis
from campaign.web.context import keyring, settings

OLDEST = timedelta(hours=48)
LOSES = "A lost disk or a seized machine takes everything with it that was done since."


def elsewhere() -> Iterator[Diagnosis]:
    """Find that no copy can be sealed, is fresh elsewhere or has its keys there; that one holds an erased person."""
    here = settings()
    if not sealing.has_recipients():
        yield Diagnosis("Nobody could open a copy: no keys were made for any.", LOSES, "Type: flask backup keys",
                      is_red=here.production)  # fmt: skip
        return
    newest = copies.newest_elsewhere()
    if newest is None or now() - newest > OLDEST:
        age = "None" if newest is None else f"The newest is {(now() - newest) // timedelta(hours=1)} hours old: none"
        yield Diagnosis(f"{age} of the copies made in the last two days lies off this machine.", LOSES,
                      "Set CAMPAIGN_BACKUP_COMMAND and type: flask backup write. Or bring a copy elsewhere yourself "
                      "and type: flask backup carry --by-hand NAME", is_red=here.production)  # fmt: skip
    if lacking := key_copies.lacking(keyring().fingerprints(), sealing.recipients()):
        yield Diagnosis(f"Of {', '.join(lacking)} no sealed copy was made for the people who have the sheets.",
                        "Without the keys no copy gives back a case, and a lost disk takes them all.",
                        "Put in a stick and type: flask keys copy FILE", is_red=here.production)  # fmt: skip
    erased, days = retention.erasures(), here.backup_erased_days
    holding = [one for one in copies.every() if retention.holds_erased(one, erased, now=now(), days=days)]
    if holding:
        yield Diagnosis(f"{len(holding)} copies still hold somebody who was erased more than {days} days ago.",
                      "They were promised to be gone.", "Type: flask backup prune --yes")  # fmt: skip
