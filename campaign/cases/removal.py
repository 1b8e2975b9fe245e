"""Removing cases with every row that points at one: for erasure, and for the undo of an import."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, Table, delete, update

from campaign.cases.models import Case
from campaign.database import Base, db


def remove(case_ids: Collection[int]) -> None:
    """Delete cases and whatever points at them, in a new table too. What decides and records it is the caller's."""
    db.session.flush()
    for case in [one for one in db.session.identity_map.values() if isinstance(one, Case) and one.id in case_ids]:
        db.session.expunge(case)
    for table, column in tables_of_a_case():
        db.session.execute(table.delete().where(column.in_(case_ids)))
    db.session.execute(update(Case).where(Case.merged_into_id.in_(case_ids)).values(merged_into_id=None))
    db.session.execute(delete(Case).where(Case.id.in_(case_ids)))


def tables_of_a_case() -> Iterator[tuple[Table, Column[object]]]:
    """Yield every table that points at a case, those that others point at last."""
    for table in reversed(Base.metadata.sorted_tables):
        for column in table.columns:
            targets = {key.column.table.name for key in column.foreign_keys}
            if Case.__tablename__ in targets and table.name != Case.__tablename__:
                yield table, column
