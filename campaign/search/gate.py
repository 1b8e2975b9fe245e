"""Who may be shown: the one thing that the index asks of whoever searches it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

# Takes docids; returns those that may be shown, in the order of their references.
Gate = Callable[[Collection[int]], Sequence[int]]
AT_ONCE = 5_000


def gate_by(
    docid: InstrumentedAttribute[int],
    reference: InstrumentedAttribute[Any],
    clause: ColumnElement[bool],
    session: Session,
) -> Gate:
    """Return the gate of a side whose table says by `clause` which of its rows may be shown."""

    def allowed(docids: Collection[int]) -> Sequence[int]:
        wanted = sorted(docids)
        found: list[tuple[Any, int]] = []
        for start in range(0, len(wanted), AT_ONCE):
            # Numbers of our own, written into the statement: thousands of parameters cost more than the question.
            some: Any = bindparam("docids", wanted[start : start + AT_ONCE], expanding=True, literal_execute=True)
            found += session.execute(select(reference, docid).where(docid.in_(some), clause)).all()
        return [number for _, number in sorted(found)]

    return allowed
