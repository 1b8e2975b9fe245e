"""The list of duty: hours of a week that administrators give to people and take again, with a row of the audit each."""

from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches
from zoneinfo import available_timezones

from campaign.accounts.duty import in_words, is_ready, shifts
from campaign.accounts.invitations import Refused, notify
from campaign.accounts.models import Account, DutyShift
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db

MOST = 200  # shifts of a campaign


def add(account: Account, *, weekdays: Iterable[int], starts: time, ends: time, zone: str, by: Account) -> DutyShift:
    """Give somebody hours of duty, from the next minute on. Raises Refused for who does not work here, or too many."""
    days = "".join(str(one) for one in sorted(set(weekdays)))
    if not is_ready(account):
        raise Refused(f"{account.display_name} has not come yet, or is disabled: nobody like that is on duty.")
    if len(shifts()) >= MOST:
        raise Refused(f"There are {MOST} lines already. Take one away first.")
    hours = {"weekdays": days, "starts": starts, "ends": ends, "zone": zone}
    shift = DutyShift(account_id=account.id, given_at=now(), given_by_id=by.id, **hours)
    db.session.add(shift)
    db.session.flush()
    _record("duty.given", shift, by)
    if by.id != account.id:
        notify(account.id, f"{by.display_name[:80]} put you on duty: {in_words(shift)}.")
    return shift


def remove(shift: DutyShift, *, by: Account) -> None:
    """Take hours of duty from somebody, who is told."""
    _record("duty.taken", shift, by)
    if by.id != shift.account_id:
        notify(shift.account_id, f"{by.display_name[:80]} took you off duty: {in_words(shift)}.")
    db.session.delete(shift)


def zone_of(text: str) -> str:
    """Return a time zone by its name in the IANA table, however its letters are sized. Raises ValueError otherwise."""
    typed = text.strip().replace(" ", "_")
    known = available_timezones()
    found = next((one for one in known if one.casefold() == typed.casefold()), "")
    if found:
        return found
    near = get_close_matches(typed.title(), known, n=3, cutoff=0.6)
    hint = f" Is {' or '.join(near)} meant?" if near else " Write one such as Europe/Berlin or Asia/Almaty."
    raise ValueError(f"{text.strip()[:60]} is no time zone.{hint}")


def _record(action: str, shift: DutyShift, by: Account) -> None:
    hours = {"weekdays": shift.weekdays, "starts": f"{shift.starts:%H:%M}", "ends": f"{shift.ends:%H:%M}"}
    record(action, by=by.id, subject=f"account:{shift.account_id}", details={**hours, "zone": shift.zone})
