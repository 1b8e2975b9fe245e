"""Who alone stands behind an account, whom that bars from working with whom, and how it ends: somebody vouches.

Four eyes are two persons, not two accounts (domain.md, Roles and gate 6). Whoever alone held the link of an invitation
or of a reset may hold the account. Accounts that one person may hold in this sense, through any number of steps, never
review or publish together. It ends when another administrator, having met or spoken with the person, vouches for them,
or has handed over the code with which the link opened; the people of `flask init --team` vouch for one another; a
safety officer stands in where at most one other administrator is left.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, literal, select, union_all, update

from campaign.accounts.duty import on_duty_ids, with_duty
from campaign.accounts.models import Account, Notice, Sponsor
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


def tied_to(account_id: int) -> Select[int]:
    """Return the query of the same for one account: for conditions of a list, which asks nothing more by it."""
    made = select(Sponsor.account_id.label("one"), Sponsor.sponsor_id.label("other")).where(
        Sponsor.vouched_at.is_(None)
    )
    of = made.subquery()
    ties = union_all(select(of.c.one, of.c.other), select(of.c.other, of.c.one)).subquery()
    found = select(literal(account_id).label("id")).cte("tied", recursive=True)
    found = found.union(select(ties.c.other).join(found, ties.c.one == found.c.id))
    return select(found.c.id).where(found.c.id != SHELL)


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
    bound, here = _above([account_id, *met], table), staff()
    names = _names({account_id, *met, *bound, *(one for of in bound for one in table[of])})
    who = _listed([names[one] for one in (account_id, *met)])
    return " ".join([f"{who} do not review or publish together.", *(_made_by(of, names, here) for of in bound)])


def sentences() -> dict[int, str]:
    """Return, for each account that one person alone let in, by whom and who can end it."""
    table = sponsors()
    if not table:
        return {}
    names, here = _names({*table, *(one for made in table.values() for one in made)}), staff()
    return {of: _made_by(of, names, here) for of in sorted(table)}


@dataclass(frozen=True)
class Staff:
    """Who is there to stand for others: read at once, so that a page asks no more for many than for one.

    `table` is that of `sponsors`; `ready` are the active accounts that can sign in, in order; `team` those that came
    with `flask init --team`; `on_duty` is what `duty.on_duty_ids` says.
    """

    table: Mapping[int, set[int]]
    ready: tuple[Account, ...]
    team: frozenset[int]
    on_duty: frozenset[int] | None

    def vouchers(self, account_id: int) -> list[Account]:
        """Return who could vouch for an account: all that are ready and may not be the same person."""
        apart = self._apart(account_id)
        able = self._outside(apart)
        if account_id in self.team:
            able |= self.team - apart
        return [one for one in self.ready if one.id in able]

    def seconds(self, account_id: int, first: int | None) -> list[Account]:
        """Return who could hand over the code of a link that `first` (None: the shell) made for an account."""
        able = self._outside({account_id} | (self._apart(first) if first else set()))
        return [one for one in self.ready if one.id in able]

    def _apart(self, account_id: int) -> set[int]:
        """Return who may be the same person as somebody, the shell aside.

        The shell is the root of the house: of those whom it let in, one can stand for another.
        """
        return _component(account_id, {one: made - {SHELL} for one, made in self.table.items()})

    def _outside(self, apart: Collection[int]) -> set[int]:
        """Return the administrators that are left; with at most one of them, the safety officers too."""
        left = [one for one in self.ready if one.id not in apart]
        administrators = {one.id for one in left if Role.ADMINISTRATOR in one.roles}
        officers = {one.id for one in left if Role.SAFETY_OFFICER in one.roles}
        return administrators if len(administrators) > 1 else administrators | officers


def staff() -> Staff:
    """Return who is there to stand for others now."""
    come = (Account.is_active, Account.totp_sealed.is_not(None))
    ready = db.session.scalars(select(Account).where(*come).order_by(Account.id)).all()
    team = db.session.scalars(select(Sponsor.account_id).where(Sponsor.how == "team"))
    return Staff(sponsors(), tuple(ready), frozenset(team), on_duty_ids())


def vouchers(account_id: int) -> list[Account]:
    """Return who could vouch for an account."""
    return staff().vouchers(account_id)


def seconds(account_id: int, first: int | None) -> list[Account]:
    """Return who could hand over the code of a link that `first` (None: the shell) made for an account."""
    return staff().seconds(account_id, first)


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


def vouch(account: Account, *, by: Account) -> None:
    """Stand for an account: its holder is who they say, met or spoken with. Raises Refused for who may not."""
    here = staff()
    if account.id not in here.table or by.id not in {one.id for one in here.vouchers(account.id)}:
        raise Refused(f"You can't vouch for {account.display_name}: another administrator or safety officer can.")
    _end(account.id, by=by.id)
    record("account.vouched", by=by.id, subject=f"account:{account.id}")
    told = {one.id for one in here.ready if Role.ADMINISTRATOR in one.roles} | {account.id}
    sentence = f"{by.display_name[:80]} vouches for {account.display_name[:80]}."
    db.session.add_all(Notice(account_id=one, at=now(), sentence=sentence) for one in sorted(told - {by.id}))


def waiting_for(account: Account) -> list[Account]:
    """Return those for whom somebody could vouch now, by address."""
    table = sponsors()
    if not table:
        return []
    here = staff()
    bound = db.session.scalars(select(Account).where(Account.id.in_(table)).order_by(Account.email))
    return [one for one in bound if account.id in {other.id for other in here.vouchers(one.id)}]


def _end(account_id: int, *, by: int) -> None:
    still = (Sponsor.account_id == account_id, Sponsor.vouched_at.is_(None))
    db.session.execute(update(Sponsor).where(*still).values(vouched_by_id=by, vouched_at=now()))


def _made_by(of: int, names: Mapping[int, str], here: Staff) -> str:
    alone = _listed([names[one] for one in sorted(here.table[of])])
    able = _listed(with_duty(here.vouchers(of), here.on_duty), "or")
    ends = f"{able} can end it by vouching for {names[of]} (My account)." if able else NOBODY.format(names[of])
    return f"{alone} alone let {names[of]} in. {ends}"


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


def _names(ids: Collection[int]) -> dict[int, str]:
    found = {one.id: one.display_name for one in db.session.scalars(select(Account).where(Account.id.in_(ids)))}
    return {one: found.get(one, "the shell" if one == SHELL else "somebody who left") for one in ids}


def _listed(names: list[str], word: str = "and") -> str:
    if not names:
        return ""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last
