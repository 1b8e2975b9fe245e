"""Search at the desk: a case by names in any spelling, numbers, places, work. Never by a confidential field.

The index lies in clear in the database while the case lies sealed: what may stand in it is decided in
docs/decisions/0004, and `entry_of` is the only place that says so. It is written with every save, in its transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import and_, select

from campaign.accounts.models import Account
from campaign.cases.file import CaseFile
from campaign.cases.index import TABLES
from campaign.cases.models import Case
from campaign.cases.queries import Filter, clauses, visible_to
from campaign.database import db
from campaign.places import current as current_places
from campaign.search.finding import Answer, find
from campaign.search.index import Entry, Field, Named
from campaign.search.place_terms import SearchFilter, search_filter
from campaign.search.reasons import reasons as search_reasons
from campaign.search.writing import ReadName, Rows, rows_of, write, write_rows
from campaign.vocabulary.people import OCCUPATION_GROUP


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
    for field, code in told:
        if code in known:
            yield field, code
            yield from ((field, place.code) for place in known.parents(code))
