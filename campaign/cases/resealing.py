"""Everything that lies sealed, sealed again with the newest key, so that an older key can be taken away."""

from collections.abc import Iterator

from sqlalchemy import Column, LargeBinary, Table, bindparam, select, type_coerce, update

from campaign.cases.sealing import sealed_columns
from campaign.database import db
from campaign.web import keyring

_BATCH = 500


def reseal_all() -> Iterator[tuple[str, int]]:
    """Seal every value of every sealed column anew, yielding ("table.column", how many) after each column.

    The caller commits once at the end. Raises Unreadable, and changes nothing, for what no key opens.
    """
    for column in sealed_columns():
        table = column.table
        assert isinstance(table, Table)
        yield f"{table.name}.{column.name}", _reseal(table, column)


def _reseal(table: Table, column: Column[object]) -> int:
    (key,) = table.primary_key.columns
    raw = type_coerce(column, LargeBinary)
    change = update(table).where(key == bindparam("row")).values({column: bindparam("sealed", type_=LargeBinary())})
    query = select(key, raw).where(column.is_not(None)).order_by(key).limit(_BATCH)
    count, after = 0, None
    while rows := db.session.execute(query if after is None else query.where(key > after)).all():
        resealed = [{"row": row[0], "sealed": keyring().reseal(bytes(row[1]))} for row in rows]
        db.session.connection().execute(change, resealed)
        count, after = count + len(rows), rows[-1][0]
    return count
