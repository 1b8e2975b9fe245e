"""The two mails: what is urgent, at once to who is on duty and after 15 minutes to all who can deal with it; a digest.

They name nobody and lead nowhere but to the desk. Rows say which were taken by the mail server, so that nobody gets one
twice; one lease lets one process at a time send. A mail is noted after the server took it: a process that dies between
the two sends that one mail again.
"""

import logging
import secrets
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select

from campaign import outbound
from campaign.accounts import duty
from campaign.accounts.models import Account
from campaign.accounts.permissions import PERMISSIONS, in_words
from campaign.clock import now, today, zone
from campaign.database import db
from campaign.doctor import digest, urgent
from campaign.doctor.diagnoses import Diagnosis
from campaign.doctor.models import Mail
from campaign.doctor.post import REFUSED_RECIPIENT, SETTING, Letter, NotSent, connected
from campaign.doctor.urgent import Kind, Matter
from campaign.publishing.sweep import keep_lease, take_lease
from campaign.web.context import settings

LEASE = "mails"
ALL_AFTER = timedelta(minutes=15)
DIGEST_HOUR = 7  # by the campaign's clocks
KEPT = timedelta(days=30)
SLOWEST = 10  # minutes between two tries
LATELY = timedelta(hours=1)  # what was not tried for so long is due no more: somebody sees to it, or the day is over
TOO_OFTEN = 3  # tries in vain; from then on the doctor is red
SUBJECT = "Urgent at the desk"
ON_DUTY, NO_DUTY, TO_ALL = (
    "You are told because you are on duty now.",
    "You are told because you can deal with it, and nobody is on duty now.",
    "You are told because you can deal with it, and nobody has said for 15 minutes that they see to it.",
)
log = logging.getLogger(__name__)
Rows = Mapping[tuple[int, str], Mail]


class Due(NamedTuple):
    """A mail that is due: to whom, and the rows of Mail that it will be noted under."""

    account: Account
    about: tuple[str, ...]
    letter: Letter


def is_on() -> bool:
    """Whether the settings name a mail server."""
    return outbound.is_on(settings(), SETTING)


def wake() -> int:
    """Note what is urgent, and send the mails that are due; return how many were taken. Commits each by itself.

    Does nothing where another process is at it. A mail server that fails is noted, and told by the doctor.
    """
    holder = secrets.token_hex(8)
    if not take_lease(LEASE, holder):
        return 0
    try:
        urgent.note()
        db.session.execute(delete(Mail).where(Mail.at < now() - KEPT))
        db.session.commit()
        return _send(list(_due()), holder) if is_on() else 0
    finally:
        db.session.rollback()
        keep_lease(LEASE, holder, ends=True)


def _due() -> Iterator[Due]:
    rows = {(row.account_id, row.about): row for row in db.session.scalars(select(Mail))}
    yield from _urgent_due(rows)
    yield from _digest_due(rows)


def _urgent_due(rows: Rows) -> Iterator[Due]:
    """Yield one mail for each account, about all that it was not told of yet."""
    there, told = duty.on_duty(), dict[int, tuple[Account, list[tuple[str, str, Matter]]]]()
    unseen = [one for one in urgent.matters() if one.seen_by_id is None]
    able = {action: duty.who_can(action) or duty.people_ready() for action in {one.kind.action for one in unseen}}
    for matter in unseen:
        for account, stage, why in _recipients(matter, there or [], able[matter.kind.action]):
            about = f"{matter.key} {matter.since:%Y-%m-%dT%H:%M:%S} {stage}"
            if _is_due(rows.get((account.id, about))):
                told.setdefault(account.id, (account, []))[1].append((about, why, matter))
    for account, found in told.values():
        reasons = [why for why in (ON_DUTY, NO_DUTY, TO_ALL) if why in {one[1] for one in found}]
        # Told at both stages in one mail, where no sweep came round for a while: it is one matter.
        text = _urgent_text(list({matter.key: matter for _, _, matter in found}.values()), reasons)
        yield Due(account, tuple(about for about, _, _ in found), Letter(account.email, SUBJECT, text))


def _recipients(matter: Matter, there: list[Account], able: list[Account]) -> Iterator[tuple[Account, str, str]]:
    """Yield who is told of a matter by now, at which stage, and why."""
    for account in there or able:
        yield account, "first", ON_DUTY if there else NO_DUTY
    if there and now() - matter.since >= ALL_AFTER:
        # Without anybody on duty all are told at once, and need not be told again.
        yield from ((account, "all", TO_ALL) for account in able)


def _urgent_text(matters: list[Matter], reasons: list[str]) -> str:
    kinds = list(dict.fromkeys(one.kind for one in matters))
    since = min(one.since for one in matters).astimezone(zone())
    lines = [_line(kind, sum(one.kind is kind for one in matters)) for kind in kinds]
    said = ["Urgent at the desk:", "", *lines, "", f"The first since {since:%H:%M} ({settings().timezone}).", *reasons]
    return "\n".join([*said, "", 'Sign in, and press "I see to it":', f"{settings().desk_address}/staff/duty", ""])


def _line(kind: Kind, count: int) -> str:
    roles = sorted(f"{in_words(role)}s" for role in PERMISSIONS[kind.action])
    return f"- {kind.in_words(count)}. {' and '.join(roles).capitalize()} can deal with it."


def _digest_due(rows: Rows) -> Iterator[Due]:
    if now().astimezone(zone()).hour < DIGEST_HOUR:
        return
    about = f"digest {today()}"
    for account in duty.people_ready():
        if _is_due(rows.get((account.id, about))) and (text := digest.text_for(account)):
            yield Due(account, (about,), Letter(account.email, digest.SUBJECT, text))


def _is_due(row: Mail | None) -> bool:
    """Whether a mail was not taken yet, and was not tried in vain just now."""
    return row is None or (bool(row.fault) and now() - row.at >= timedelta(minutes=min(row.tries, SLOWEST)))


def _send(due: list[Due], holder: str) -> int:
    taken = 0
    if not due:
        return taken
    try:
        with connected(settings()) as post:
            for one in due:
                # A server that is slow at every step must not outlast the lease: another process would send this again.
                if not keep_lease(LEASE, holder):
                    break
                try:
                    post.send(one.letter)
                except NotSent as refusal:
                    _note(one, fault=str(refusal))
                else:
                    _note(one)
                    taken += 1
    except NotSent as refusal:
        log.warning("no mail was sent: %s", refusal)
        for one in due:
            _note(one, fault=str(refusal))
    return taken


def _note(one: Due, *, fault: str = "") -> None:
    """Keep what became of a mail, at once: the next one may fail."""
    known = {row.about: row for row in db.session.scalars(select(Mail).where(Mail.account_id == one.account.id))}
    for about in one.about:
        row = known.get(about)
        if row is None:
            db.session.add(Mail(account_id=one.account.id, about=about, at=now(), tries=1, fault=fault))
        else:
            row.at, row.tries, row.fault = now(), row.tries + 1, fault
    db.session.commit()


def not_taken() -> Iterator[Diagnosis]:
    """Find mails that are due still and that no server took."""
    lately = (Mail.fault != "", Mail.at > now() - LATELY)
    rows = list(db.session.scalars(select(Mail).where(*lately).order_by(Mail.at.desc())))
    if not rows or not is_on():
        return
    of_people = [row for row in rows if row.fault.startswith(REFUSED_RECIPIENT)]
    of_all = [row for row in rows if row not in of_people]
    if of_all:
        yield Diagnosis(
            f"{len(of_all)} {'mail was' if len(of_all) == 1 else 'mails were'} not sent: {of_all[0].fault}.",
            "Nobody is woken by what is urgent.",
            "Look at the CAMPAIGN_SMTP_ settings, and at the mail server's own log. It is tried again by itself.",
            is_red=max(row.tries for row in of_all) >= TOO_OFTEN,
        )
    if count := len({row.account_id for row in of_people}):
        whose = "the address of one account" if count == 1 else f"addresses of {count} accounts"
        yield Diagnosis(
            f"The mail server refuses {whose}.",
            "Whoever they belong to is not woken.",
            "Ask whoever runs the mail server, whose log has the address. Desk, People, has all of them.",
            is_red=False,
        )


def waking() -> Iterator[Diagnosis]:
    """Find that nobody is woken, or nobody in some hours."""
    if complaint := complaint_of_waking():
        wrong, endangers, to_do = complaint
        yield Diagnosis(wrong, endangers, to_do, is_red=False)


def complaint_of_waking() -> tuple[str, str, str] | None:
    """Return what is wrong with who is woken, what it endangers and what to do; None where all hours are covered."""
    if not is_on():
        return (
            "Nobody is woken by an urgent removal.",
            "What must be taken down at once waits until somebody looks at the desk.",
            "Set CAMPAIGN_SMTP_HOST, or agree who looks when, and by which telephone the others are reached.",
        )
    cover = duty.cover()
    to_all = "An urgent mail then goes at once to all who can deal with it, and each may think that another does."
    if cover.is_empty:
        return "Nobody is on duty in the next seven days.", to_all, "Give somebody hours: Desk, On duty."
    if cover.empty_from is not None:
        first = cover.empty_from.astimezone(zone())
        hours = f"{cover.empty_hours} {'hour' if cover.empty_hours == 1 else 'hours'}"
        wrong = f"For {hours} of the next seven days nobody is on duty, first from {first:%A %H:%M}."
        return wrong, to_all, "Give somebody these hours: Desk, On duty."
    return None
