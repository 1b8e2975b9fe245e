"""Which cases an account may see; filters and search of the worklist. Every list and count begins at `visible_to`.

A restricted case does not exist for who is not named on it, whatever their roles. Each filter is one condition on a
case's row; none reads content.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, inspect, or_, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.cases.file import CaseFile
from campaign.cases.index import TABLES, outside_key, words
from campaign.cases.models import Case, CaseMember, GuestReviewer, MentionToken, OutsideIdKey, State
from campaign.clock import now
from campaign.database import db
from campaign.places import current as current_places
from campaign.search.finding import Answer, find
from campaign.search.index import Entry, Field, Named
from campaign.search.place_terms import SearchFilter, search_filter
from campaign.search.reasons import reasons as search_reasons
from campaign.search.writing import ReadName, Rows, rows_of, write, write_rows
from campaign.vocabulary.people import OCCUPATION_GROUP
from campaign.web.context import keyring

# The campaign's rule: what nobody has checked for a year is stale, and what was to be looked at again and was not.
UNCHECKED_DAYS = 365


@dataclass(frozen=True)
class Filter:
    """The filters of the worklist; empty fields let everything through. Words are asked of the index (search.py).

    `place` is a code, and takes in what lies in it. `is_unowned` is for cases that are nobody's. `consent_due_by`
    finds consents that ask for an officer by a day, `has_carried` what was signed before signatures were bound,
    `stale_on` what the rule above calls stale on a day. `further` are conditions of rooms that cases do not know.
    """

    state: State | None = None
    status: str = ""
    place: str = ""
    ethnicity: str = ""
    tag: str = ""
    owner_id: int | None = None
    is_unowned: bool = False
    is_restricted: bool = False
    due_by: date | None = None
    consent_due_by: date | None = None
    has_carried: bool = False
    stale_on: date | None = None
    further: tuple[ColumnElement[bool], ...] = field(default=(), compare=False)


def clauses(chosen: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions that a case must meet; sight is asked besides, by whoever asks."""
    found: list[ColumnElement[bool]] = []
    for name in ("state", "status", "owner_id"):
        if value := getattr(chosen, name):
            found.append(getattr(Case, name) == value)
    if chosen.place:
        found.append(_lies_in(chosen.place))
    if chosen.ethnicity:
        found.append(Case.ethnicities.contains(f"|{chosen.ethnicity}|", autoescape=True))
    if chosen.tag:
        found.append(Case.tags.contains(f"|{chosen.tag}|", autoescape=True))
    return [*found, *_of_care(chosen), *chosen.further]


def _of_care(chosen: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions about what somebody still has to do."""
    found: list[ColumnElement[bool]] = []
    if chosen.is_unowned:
        found.append(Case.owner_id.is_(None))
    if chosen.is_restricted:
        found.append(Case.is_restricted.is_(True))
    if chosen.due_by:
        found.append(or_(Case.next_review_on <= chosen.due_by, Case.asks_by <= chosen.due_by))
    if chosen.consent_due_by:
        found.append(Case.consent_due_on <= chosen.consent_due_by)
    if chosen.has_carried:
        found.append(Case.has_carried.is_(True))
    if chosen.stale_on:
        found.append(stale(chosen.stale_on))
    return found


def stale(day: date) -> ColumnElement[bool]:
    """Return the condition that a case is stale on a day: a review or a question was due, or it is long unchecked.

    What was never checked is as old as the case.
    """
    long_ago = day - timedelta(days=UNCHECKED_DAYS)
    never = and_(Case.last_verified_on.is_(None), Case.created_at < datetime.combine(long_ago, time(), UTC))
    return or_(Case.next_review_on < day, Case.asks_by < day, Case.last_verified_on < long_ago, never)


def _lies_in(place: str) -> ColumnElement[bool]:
    if place in current_places.gazetteer():
        return Case.place_code.in_(current_places.gazetteer().within(place))
    return Case.place_code.startswith(place, autoescape=True)


# What each role lets somebody see of cases that are not restricted; being named on a case is asked besides.
_SEES: dict[Role, ColumnElement[bool] | None] = {
    Role.VIEWER: Case.is_restricted.is_(False),
    Role.CONTRIBUTOR: None,
    Role.EDITOR: Case.is_restricted.is_(False),
    Role.TRANSLATOR: None,
    Role.PUBLISHER: and_(Case.is_restricted.is_(False), Case.submitted_at.is_not(None)),
    Role.SAFETY_OFFICER: Case.is_restricted.is_(False),
}


def visible_to(account: Account) -> ColumnElement[bool]:
    """Return the condition that a case meets where the account may see it, for any query over Case.

    Contributors and translators see what they own or are named on; an administrator none by virtue of it.
    A guest reviewer sees the one case while they may.
    A publisher sees what was ever submitted: what is public must be found again to be withdrawn, drafted anew or not.
    """
    roles = account.roles & _SEES.keys()
    if not roles:
        return false()
    invited = (GuestReviewer.account_id == account.id, GuestReviewer.until > now())
    guest = Case.id.in_(select(GuestReviewer.case_id).where(*invited))
    named = Case.id.in_(select(CaseMember.case_id).where(CaseMember.account_id == account.id))
    owned = and_(Case.is_restricted.is_(False), Case.owner_id == account.id)
    return or_(named, owned, guest, *(clause for role in sorted(roles) if (clause := _SEES[role]) is not None))


def by_ref(ref: str, account: Account) -> Case | None:
    """Return the case of a reference, None where there is none that the account may see.

    Who is named on it and who is its guest come in the same statement: every page of a case asks what one may do.
    """
    query = select(Case).where(Case.ref == ref.strip().upper(), visible_to(account))
    return db.session.scalars(query.options(joinedload(Case.members), joinedload(Case.guests))).unique().one_or_none()


def load_members(cases: Iterable[Case]) -> None:
    """Load who is named on each of several cases in one statement: what one may do with each is asked of that."""
    found: dict[int, tuple[Case, list[CaseMember]]] = {}
    found = {case.id: (case, []) for case in cases if "members" in inspect(case).unloaded}
    query = select(CaseMember).where(CaseMember.case_id.in_(found))
    for member in db.session.scalars(query) if found else ():
        found[member.case_id][1].append(member)
    for case, members in found.values():
        set_committed_value(case, "members", members)


def any_by_ref(ref: str) -> Case | None:
    """Return the case of a reference whoever may see it: for the door and the sweep, never for a page."""
    return db.session.scalar(select(Case).where(Case.ref == ref))


@dataclass(frozen=True)
class Page:
    """One page of the worklist; `after` is where the next one starts, None on the last."""

    cases: list[Case]
    after: tuple[datetime, int] | None


def worklist(
    account: Account, chosen: Filter | None = None, *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> Page:
    """Return the cases that an account may see, last changed first. Depth costs nothing: pages go on by key."""
    query = _filtered(select(Case), account, chosen or Filter())
    if after is not None:
        query = query.where(tuple_(Case.updated_at, Case.id) < after)
    query = query.order_by(Case.updated_at.desc(), Case.id.desc()).limit(limit + 1)
    cases = list(db.session.scalars(query))
    last = cases[limit - 1] if len(cases) > limit else None
    return Page(cases[:limit], (last.updated_at, last.id) if last else None)


def count(account: Account, chosen: Filter | None = None) -> int:
    """Return how many cases the worklist holds for an account."""
    query = _filtered(select(func.count()).select_from(Case), account, chosen or Filter())
    return db.session.scalar(query) or 0


def mentioning(name: str, account: Account) -> list[Case]:
    """Return the cases in which a relative, witness, giver of consent or contact has all the words of a name.

    To know that a name is mentioned is to read a confidential field: the caller asks the permission and logs it.
    """
    tokens = [keyring().token(word) for word in words(name)]
    if not tokens:
        return []
    found = (
        select(MentionToken.case_id)
        .where(MentionToken.token.in_(tokens))
        .group_by(MentionToken.case_id)
        .having(func.count() == len(tokens))
    )
    return list(db.session.scalars(select(Case).where(Case.id.in_(found), visible_to(account)).order_by(Case.id)))


def by_outside_id(value: str, account: Account, *, scheme: str = "") -> list[Case]:
    """Return the cases that carry a number of another list, spaces and case aside; of one list where it is named."""
    keys = select(OutsideIdKey.case_id).where(OutsideIdKey.key == outside_key(value))
    if scheme:
        keys = keys.where(OutsideIdKey.scheme == scheme)
    return list(db.session.scalars(select(Case).where(Case.id.in_(keys), visible_to(account)).order_by(Case.id)))


def _filtered(query: Select[Any], account: Account, chosen: Filter) -> Select[Any]:
    return query.where(visible_to(account), *clauses(chosen))


def entry_of(ref: str, file: CaseFile) -> Entry:
    """Return what a case is found by: facts of the kinds P and S alone, whoever may read the case may read them."""
    group = OCCUPATION_GROUP.label(file.occupation_group) if file.occupation_group in OCCUPATION_GROUP else ""
    work = (file.occupation, file.employer, group)
    return Entry(
        names=tuple(
            Named(name.text, name.kind, name.script, name.language) for name in file.names if name.text.strip()
        ),
        words=tuple((Field.WORK, text) for text in work if text),
        places=tuple(_places(file)),
        numbers=(ref, *(one.value for one in file.outside_ids if one.value.strip())),
    )


def rows_for(file: CaseFile, read: Mapping[str, ReadName] | None = None) -> Rows:
    """Return what a case of this file will be found by, all but its reference; `read` are names read before."""
    return rows_of(entry_of("", file), read)


def index_new(cases: Iterable[tuple[Case, Rows]]) -> None:
    """Let cases be found that the index does not know yet, by their rows and their references."""
    write_rows(TABLES, ((case.id, rows.numbered(case.ref)) for case, rows in cases), db.session())


def index(case: Case, file: CaseFile, before: CaseFile) -> None:
    """Write anew what a case is found by; a save that changes nothing of it writes nothing."""
    entry = entry_of(case.ref, file)
    if entry_of(case.ref, before) != entry:
        write(TABLES, case.id, entry, db.session())


def search(words: str, account: Account, chosen: Filter | None = None) -> Answer:
    """Return the cases that answer to any words, of those that an account may see and a filter lets through."""
    return find(TABLES, words, allowed=search_filter_of(account, chosen), session=db.session())


def reasons(answer: Answer, case_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return why each of a few cases was found, in sentences, the strongest first."""
    told = search_reasons(TABLES, answer, case_ids, db.session())
    return {case_id: tuple(reason.sentence for reason in found) for case_id, found in told.items()}


def search_filter_of(account: Account, chosen: Filter | None = None) -> SearchFilter:
    """Return the filter of the desk's search: what an account may see, and nothing of the rest."""
    sight = and_(visible_to(account), *clauses(chosen or Filter()))
    return search_filter(Case.id, Case.ref, sight, db.session())


def cases_of(case_ids: Sequence[int]) -> list[Case]:
    """Return the cases of these numbers, in this order."""
    found = {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(case_ids)))}
    return [found[case_id] for case_id in case_ids]


def _places(file: CaseFile) -> Iterator[tuple[Field, str]]:
    known = current_places.gazetteer()
    told = [(Field.ORIGIN, code) for code in (file.origin_place, file.birth_place)]
    told += [(Field.HELD, episode.held_place) for episode in file.episodes]
    for lies, code in told:
        if code in known:
            yield lies, code
            yield from ((lies, place.code) for place in known.parents(code))
