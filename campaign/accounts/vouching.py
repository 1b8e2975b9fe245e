"""Who alone stands behind an account, whom that bars from working with whom, and how it ends: somebody vouches.

Four eyes are two persons, not two accounts (domain.md, Roles and gate 6). Whoever alone held the link of an invitation
or of a reset may hold the account. Accounts that one person may hold in this sense, through any number of steps, never
review or publish together. It ends when another administrator, having met or spoken with the person, vouches for them,
or has handed over the code with which the link opened; the people of `flask init --team` vouch for one another; a
safety officer stands in where at most one other administrator is left.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select, update

from campaign.accounts.models import Account, Grant, Notice, Sponsor
from campaign.accounts.permissions import Role
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db

NOBODY = "Nobody can vouch for {} yet: that takes another administrator, or a safety officer."
SHELL = 0  # where a sponsor stands: whoever typed at the shell, which is nobody's account


class Refused(Exception):
    """A change of accounts that the rules do not allow; the sentence says why."""


def barred_with(account_id: int) -> frozenset[int]:
    """Return the accounts with which one must not review or publish, since one person may hold both."""
    return frozenset(_component(account_id, sponsors())) - {account_id, SHELL}


def is_barred(account_id: int, others: Iterable[int]) -> bool:
    """Whether somebody must not review or publish what some of the others wrote."""
    return bool(barred_with(account_id).intersection(others))


def widened(accounts: Collection[int]) -> frozenset[int]:
    """Return some accounts and all that are barred with any of them."""
    table = sponsors()
    return frozenset(accounts).union(*(_component(one, table) for one in accounts)) - {SHELL}


def sponsors() -> dict[int, set[int]]:
    """Return, for each account for which nobody has vouched yet, who alone let it in or reset it."""
    found: dict[int, set[int]] = {}
    query = select(Sponsor.account_id, Sponsor.sponsor_id).where(Sponsor.vouched_at.is_(None))
    for account, sponsor in db.session.execute(query):
        found.setdefault(account, set()).add(sponsor)
    return found


def why_barred(account_id: int, others: Iterable[int]) -> str:
    """Return why somebody must not review or publish with some of the others, and who can end it; "" where they may."""
    table = sponsors()
    near = _component(account_id, table)
    met = sorted((near & set(others)) - {account_id, SHELL})
    if not met:
        return ""
    bound = _above([account_id, *met], table)
    names = _names({account_id, *met, *bound, *(one for of in bound for one in table[of])})
    who = _listed([names[one] for one in (account_id, *met)])
    return " ".join([f"{who} do not review or publish together.", *(_made_by(of, names, table) for of in bound)])


def sentences() -> dict[int, str]:
    """Return, for each account that one person alone let in, by whom and who can end it."""
    table = sponsors()
    names = _names({*table, *(one for made in table.values() for one in made)})
    return {of: _made_by(of, names, table) for of in sorted(table)}


def _made_by(of: int, names: Mapping[int, str], table: Mapping[int, set[int]]) -> str:
    alone = _listed([names[one] for one in sorted(table[of])])
    able = _listed([one.display_name for one in vouchers(of, table)], "or")
    ends = f"{able} can end it by vouching for {names[of]} (My account)." if able else NOBODY.format(names[of])
    return f"{alone} alone let {names[of]} in. {ends}"


def let_in(account: Account, *, by: int | None, how: str, code_by: int | None) -> None:
    """Keep who stands behind an account whose link was just used: one alone, or two where a code was handed over.

    `by` made the link, None for the shell; who handed over the code of a link of the shell stands behind it alone.
    """
    if code_by is not None and by is not None:
        _end(account.id, by=code_by)
        return
    db.session.add(Sponsor(account_id=account.id, sponsor_id=code_by or by or SHELL, how=how, at=now()))
    db.session.flush()
    sentence = f"One person alone let {account.display_name[:80]} in. Have you met or spoken with them? See My account."
    for one in vouchers(account.id):
        db.session.add(Notice(account_id=one.id, at=now(), sentence=sentence))


def vouchers(account_id: int, table: Mapping[int, set[int]] | None = None) -> list[Account]:
    """Return who could vouch for an account: all that are ready to sign in and may not be the same person."""
    table = sponsors() if table is None else table
    apart = _apart(account_id, table)
    able = _outside(apart)
    if _is_of_team(account_id):
        able |= set(db.session.scalars(select(Sponsor.account_id).where(Sponsor.how == "team"))) - apart
    return [one for one in _ready() if one.id in able]


def seconds(account_id: int, first: int | None) -> list[Account]:
    """Return who could hand over the code of a link that `first` (None: the shell) made for an account."""
    able = _outside({account_id} | (_apart(first, sponsors()) if first else set()))
    return [one for one in _ready() if one.id in able]


def _apart(account_id: int, table: Mapping[int, set[int]]) -> set[int]:
    """Return who may be the same person as somebody, the shell aside.

    The shell is the root of the house: of those whom it let in, one can stand for another.
    """
    return _component(account_id, {one: made - {SHELL} for one, made in table.items()})


def _outside(apart: Collection[int]) -> set[int]:
    """Return the administrators that are left; with at most one of them, the safety officers too."""
    ready = {one.id for one in _ready()} - set(apart)
    administrators = _holders(Role.ADMINISTRATOR) & ready
    return administrators if len(administrators) > 1 else administrators | (_holders(Role.SAFETY_OFFICER) & ready)


def vouch(account: Account, *, by: Account) -> None:
    """Stand for an account: its holder is who they say, met or spoken with. Raises Refused for who may not."""
    if by.id not in {one.id for one in vouchers(account.id)} or account.id not in sponsors():
        raise Refused(f"You can't vouch for {account.display_name}: another administrator or safety officer can.")
    _end(account.id, by=by.id)
    record("account.vouched", by=by.id, subject=f"account:{account.id}")
    for one in {account.id, *_holders(Role.ADMINISTRATOR)} - {by.id}:
        sentence = f"{by.display_name[:80]} vouches for {account.display_name[:80]}."
        db.session.add(Notice(account_id=one, at=now(), sentence=sentence))


def waiting_for(account: Account) -> list[Account]:
    """Return those for whom somebody could vouch now, by address."""
    table = sponsors()
    bound = db.session.scalars(select(Account).where(Account.id.in_(table)).order_by(Account.email))
    return [one for one in bound if account.id in {other.id for other in vouchers(one.id, table)}]


def _end(account_id: int, *, by: int) -> None:
    still = (Sponsor.account_id == account_id, Sponsor.vouched_at.is_(None))
    db.session.execute(update(Sponsor).where(*still).values(vouched_by_id=by, vouched_at=now()))


def _component(account_id: int, table: Mapping[int, set[int]]) -> set[int]:
    """Return what is tied to an account through any number of steps, itself included."""
    ties: dict[int, set[int]] = {}
    for one, made_by in table.items():
        for sponsor in made_by:
            ties.setdefault(one, set()).add(sponsor)
            ties.setdefault(sponsor, set()).add(one)
    found, waiting = {account_id}, [account_id]
    while waiting:
        new = ties.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _above(accounts: Iterable[int], table: Mapping[int, set[int]]) -> list[int]:
    """Return the accounts that were let in by one alone, among some and those behind them."""
    found: list[int] = []
    waiting = list(accounts)
    while waiting:
        one = waiting.pop(0)
        if one in table and one not in found:
            found.append(one)
            waiting += sorted(table[one])
    return found


def _ready() -> list[Account]:
    """Return the active accounts that can sign in, in order."""
    come = (Account.is_active, Account.totp_sealed.is_not(None))
    return list(db.session.scalars(select(Account).where(*come).order_by(Account.id)))


def _holders(role: Role) -> set[int]:
    query = select(Grant.account_id).join(Account, Account.id == Grant.account_id)
    return set(db.session.scalars(query.where(Grant.role == role.value, Account.is_active)))


def _is_of_team(account_id: int) -> bool:
    query = select(Sponsor.id).where(Sponsor.account_id == account_id, Sponsor.how == "team")
    return db.session.scalar(query.where(Sponsor.vouched_at.is_(None)).limit(1)) is not None


def _names(ids: Collection[int]) -> dict[int, str]:
    found = {one.id: one.display_name for one in db.session.scalars(select(Account).where(Account.id.in_(ids)))}
    return {one: found.get(one, "the shell" if one == SHELL else "somebody who left") for one in ids}


def _listed(names: list[str], word: str = "and") -> str:
    if not names:
        return ""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last
