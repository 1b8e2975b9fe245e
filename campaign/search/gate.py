"""Who may be shown: the one thing that the index asks of whoever searches it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

AT_ONCE = 5_000  # documents that are named in a statement; of more, everybody who may be shown is read


@dataclass(frozen=True)
class Gate:
    """Who may be shown. Whoever may not is not counted either: how rare a key is would tell that they are there.

    `ordered` takes docids and returns those that may be shown, in the order of their references; `condition` says the
    same of a column of docids, in a statement; `count` tells how many may be shown.
    """

    ordered: Callable[[Collection[int]], Sequence[int]]
    condition: Callable[[ColumnElement[int]], ColumnElement[bool]]
    count: Callable[[], int]

    def __call__(self, docids: Collection[int]) -> Sequence[int]:
        """Return those documents that may be shown, in the order of their references."""
        return self.ordered(docids)


def gate_by(
    docid: InstrumentedAttribute[int],
    reference: InstrumentedAttribute[Any],
    clause: ColumnElement[bool],
    session: Session,
) -> Gate:
    """Return the gate of a side whose table says by `clause` which of its rows may be shown."""

    def ordered(docids: Collection[int]) -> Sequence[int]:
        query = select(docid, reference).where(clause)
        if len(docids) <= AT_ONCE:
            # Numbers of our own, written into the statement: thousands of parameters cost more than the question.
            some: Any = bindparam("docids", sorted(docids), expanding=True, literal_execute=True)
            query = query.where(docid.in_(some))
        references: dict[int, Any] = dict(session.connection().execute(query).all())
        return sorted(references.keys() & docids, key=references.__getitem__)

    def condition(column: ColumnElement[int]) -> ColumnElement[bool]:
        # Asked of each row by its number: most words have few rows, and a list of all who may be shown is long.
        return exists().where(docid == column, clause)

    @cache  # one question asks it several times
    def count() -> int:
        return session.scalar(select(func.count(docid)).where(clause)) or 0

    return Gate(ordered, condition, count)
