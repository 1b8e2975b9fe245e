"""Invitations, roles, and resetting factors. Nobody registers themselves.

An invitation is a link that lets its holder set a password once within 24 hours; it signs nobody in. Where the account
holds, or is to hold, a role that is given by two, it opens only with a code that a second person hands over.
A team that can begin is five people who among them may do everything, each thing by two of them where it takes two.
"""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select

from campaign.accounts import credentials, sessions, vouching
from campaign.accounts.models import (
    Account,
    CommandCode,
    Grant,
    Invitation,
    Notice,
    Passkey,
    RecoveryCode,
    RoleProposal,
    SheetCode,
)
from campaign.accounts.permissions import GIVEN_BY_TWO, Role, in_words
from campaign.accounts.vouching import Refused
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db
from campaign.web.context import keyring, settings

__all__ = ["Refused"]
VALID = timedelta(hours=24)
# Two of every role that acts by two; nobody holds all that one publication needs.
TEAMS: dict[str, tuple[frozenset[Role], ...]] = {
    "small": (
        frozenset({Role.ADMINISTRATOR, Role.EDITOR}),
        frozenset({Role.ADMINISTRATOR, Role.PUBLISHER}),
        frozenset({Role.SAFETY_OFFICER, Role.EDITOR}),
        frozenset({Role.SAFETY_OFFICER, Role.PUBLISHER}),
        frozenset({Role.EDITOR, Role.TRANSLATOR}),
    ),
}
LEAST = {Role.PUBLISHER: 2, Role.SAFETY_OFFICER: 2}


def by_email(email: str) -> Account | None:
    """Return the account of an address, spaces and case aside."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))


def fault_of(email: str) -> str:
    """Return a sentence where something is no e-mail address, otherwise ""."""
    email = email.strip()
    is_one = email.count("@") == 1 and all(email.split("@")) and len(email) <= 254 and not any(map(str.isspace, email))
    return "" if is_one else f"{email!r} is not an e-mail address."


def account_for(email: str, *, name: str = "", by: int | None = None, actor: str = "shell") -> Account:
    """Return the account of an address, made where there was none. Raises Refused for what is no address."""
    email = email.strip().casefold()
    if sentence := fault_of(email):
        raise Refused(sentence)
    account = by_email(email)
    if account is None:
        account = Account(email=email, name=name, created_at=now())
        db.session.add(account)
        db.session.flush()
        record("account.made", by=by, actor="" if by else actor, subject=f"account:{account.id}")
    return account


def grant(
    account: Account,
    roles: Iterable[Role],
    *,
    by: int | None = None,
    actor: str = "shell",
    proposed_by: int | None = None,
) -> None:
    """Give an account roles that it lacks. Raises Refused where somebody would change their own."""
    if account.id in {by, proposed_by}:
        raise Refused("Nobody changes their own roles. Ask another administrator.")
    for role in sorted(set(roles) - account.roles):
        account.grants.append(Grant(role=role.value, given_at=now(), given_by_id=by))
        given: dict[str, object] = {"role": role.value, **({"proposed_by": proposed_by} if proposed_by else {})}
        record("account.role_given", by=by, actor="" if by else actor, subject=f"account:{account.id}", details=given)
    db.session.flush()


def invite(
    account: Account, *, by: int | None = None, actor: str = "shell", how: str = "invited", opens_alone: bool = False
) -> str:
    """Return the address of a fresh one-time link for an account; earlier links end, and every session.

    Who has come before is told. `opens_alone` is for the shell, while nobody could hand over a code.
    """
    db.session.execute(delete(Invitation).where(Invitation.account_id == account.id))
    token = secrets.token_urlsafe(32)
    until = now() + VALID
    row = Invitation(token_hash=_digest(token), account_id=account.id, made_at=now(), until=until, made_by_id=by)
    row.how, row.opens_alone = how, opens_alone
    db.session.add(row)
    record("account.invited", by=by, actor="" if by else actor, subject=f"account:{account.id}")
    if account.password_hash:
        sessions.end_all(account.id)
        tell(account, f"A link was made with which the password of {account.display_name[:80]} can be set anew.")
    return f"{settings().desk_address}/staff/invitation/{token}"


def found(token: str) -> tuple[Invitation, Account] | None:
    """Return a link and whom it invites, None once it was used, is too old or the account was disabled."""
    row = db.session.scalar(select(Invitation).where(Invitation.token_hash == _digest(token)))
    account = db.session.get(Account, row.account_id) if row and row.until > now() else None
    return (row, account) if row is not None and account is not None and account.is_active else None


def is_of_two(account: Account) -> bool:
    """Whether an account holds, or is to hold, a role that is given by two."""
    proposed = select(RoleProposal.id).where(RoleProposal.account_id == account.id).limit(1)
    return bool(account.roles & GIVEN_BY_TWO) or db.session.scalar(proposed) is not None


def needs_code(row: Invitation, account: Account) -> bool:
    """Whether a link opens only with the code that a second person hands over."""
    return is_of_two(account) and not row.opens_alone


def open_link(account: Account) -> Invitation | None:
    """Return the link of an account that still holds, if there is one."""
    return db.session.scalar(select(Invitation).where(Invitation.account_id == account.id, Invitation.until > now()))


def waiting_links(account: Account) -> list[Account]:
    """Return those whose link opens only with a code that this person could hand over."""
    if not account.roles & {Role.ADMINISTRATOR, Role.SAFETY_OFFICER}:
        return []
    links = select(Invitation, Account).join(Account, Account.id == Invitation.account_id)
    found = db.session.execute(links.where(Invitation.until > now()).order_by(Invitation.id)).all()
    proposed = set(db.session.scalars(select(RoleProposal.account_id))) if found else set()
    closed = [
        (row, one) for row, one in found if (one.roles & GIVEN_BY_TWO or one.id in proposed) and not row.opens_alone
    ]
    here = vouching.staff() if closed else None
    return [
        one
        for row, one in closed
        if here is not None and account.id in {other.id for other in here.seconds(one.id, row.made_by_id)}
    ]


def hand_over(account: Account, *, by: Account) -> str:
    """Return the code with which the link of an account opens, for the one time it is shown. Raises Refused."""
    row = open_link(account)
    if row is None or not needs_code(row, account) or not _may_hand_over(row, by):
        raise Refused(f"No link for {account.display_name} waits for a code of yours.")
    code = credentials.short_code()
    row.code_hash, row.code_by_id = _code_hash(row, code), by.id
    record("account.code_handed_over", by=by.id, subject=f"account:{account.id}")
    return code


def _may_hand_over(row: Invitation, by: Account) -> bool:
    return by.id in {one.id for one in vouching.seconds(row.account_id, row.made_by_id)}


def opens_with(row: Invitation, code: str) -> bool:
    """Whether a code is the one that was handed over for a link."""
    return bool(row.code_hash) and hmac.compare_digest(row.code_hash, _code_hash(row, code))


def _code_hash(row: Invitation, code: str) -> str:
    return keyring().token(f"invitation:{row.token_hash}:" + "".join(code.split()).replace("-", "").upper())


def consume(token: str) -> bool:
    """Use a link up; whether it was still there. Of parallel tries exactly one holds."""
    used = db.session.execute(
        delete(Invitation)
        .where(Invitation.token_hash == _digest(token), Invitation.until > now())
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # a DELETE's result has a row count


def admit(row: Invitation, account: Account, password: str) -> None:
    """Keep the password that the holder of a link chose, and who stands behind them from now on."""
    account.password_hash = credentials.hashed(password)
    sessions.end_all(account.id)
    record("account.password_set", by=account.id, subject=f"account:{account.id}")
    # Who still has the authenticator was let in before: a link alone does not make an account somebody else's.
    if not account.has_second_factor:
        code_by = row.code_by_id if needs_code(row, account) else None
        vouching.let_in(account, by=row.made_by_id, how=row.how, code_by=code_by)


def reset_factors(account: Account, *, by: int | None = None, actor: str = "", opens_alone: bool = False) -> str:
    """Take all factors and sessions from an account, tell it and the administrators; return a new link."""
    account.password_hash, account.totp_sealed = "", None
    for table in (RecoveryCode, Passkey, SheetCode, CommandCode):
        db.session.execute(delete(table).where(table.account_id == account.id))
    sessions.end_all(account.id)
    record("account.factors_reset", by=by, actor="" if by else actor, subject=f"account:{account.id}")
    who = f"by {db.session.get_one(Account, by).display_name[:80]}" if by else "from the shell"
    tell(account, f"The password and second factor of {account.display_name[:80]} were reset {who}.")
    return invite(account, by=by, actor=actor, how="reset", opens_alone=opens_alone)


def tell(account: Account, sentence: str) -> None:
    """Leave a sentence with an account and with every administrator."""
    for told in {account.id, *administrators()}:
        notify(told, sentence)


def administrators() -> list[int]:
    """Return the numbers of the active administrators."""
    query = select(Grant.account_id).join(Account, Account.id == Grant.account_id)
    return list(db.session.scalars(query.where(Grant.role == Role.ADMINISTRATOR.value, Account.is_active)))


def notify(account_id: int, sentence: str) -> None:
    """Leave a sentence at somebody's desk; one of great length is cut."""
    db.session.add(Notice(account_id=account_id, at=now(), sentence=sentence[:400]))


def everyone() -> list[Account]:
    """Return every account, by address."""
    return list(db.session.scalars(select(Account).order_by(Account.email)))


def account_count() -> int:
    """Return how many accounts there are."""
    return db.session.scalar(select(func.count()).select_from(Account)) or 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def assemble(team: str, addresses: Sequence[str], *, actor: str) -> list[tuple[Account, str]]:
    """Invite the people of a team, in its order; return each with the link that holds once.

    Asked again for the same people, those whose link was not used get a fresh one; the others are left alone. Raises
    invitations.Refused where there are other accounts, where the number of different addresses is not the team's, or
    for what is no address.
    """
    roles = TEAMS[team]
    named = {address.strip().casefold(): theirs for address, theirs in zip(addresses, roles, strict=False)}
    there = everyone()
    if any(account.roles != named.get(account.email) for account in there):
        raise Refused("There are accounts already: invite further people with flask accounts invite.")
    if len({address.strip().casefold() for address in addresses}) != len(roles) or len(addresses) != len(roles):
        raise Refused(f"A {team} team is {len(roles)} different people; {len(addresses)} were named.")
    invited = []
    for address, theirs in zip(addresses, roles, strict=True):
        account = account_for(address, actor=actor)
        if account.password_hash or not account.is_active:
            continue
        grant(account, theirs, actor=actor)
        invited.append((account, invite(account, actor=actor, how="team", opens_alone=True)))
    return invited


def shortages() -> list[str]:
    """Return a sentence for each role of which a home with accounts has fewer than its work needs."""
    query = select(Grant.role).join(Account, Account.id == Grant.account_id).where(Account.is_active)
    held = Counter(db.session.scalars(query))
    if not held:
        return []
    return [
        f"Accounts with the role {in_words(role)}: {held[role]}. With fewer than {least}, work stops when one is away."
        for role, least in LEAST.items()
        if held[role] < least
    ]
