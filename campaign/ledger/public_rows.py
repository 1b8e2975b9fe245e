"""How the rows of the public tables come from the desk's database into the public file of SQLite.

Every function is given a connection of sqlite3 to the public file (`main`) to which the desk's database is attached
as `desk`, and writes to `main` alone. Which rows belong to a reference is read off a table's columns: by `ref`, by the
`number` of an entry or, in the index, by its `docid`; tables that have none of these are small and followed whole.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from campaign.database import public_tables

ENTRIES = "ledger_entry"
OF_REFERENCES = {
    "number": "SELECT number FROM temp.touched_entry",
    "docid": "SELECT number FROM temp.touched_entry",
    "ref": "SELECT ref FROM temp.touched",
}
SUBJECTS = "('profile', 'ledger')"  # of all entries; named so that their index is used
HIDDEN = "SELECT ref FROM main.listing AS m WHERE {some} AND NOT EXISTS (SELECT 1 FROM desk.listing WHERE ref = m.ref)"
SCHEMA = """
SELECT type, name, sql FROM {where}.sqlite_master
WHERE sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))
ORDER BY type <> 'table', name
"""


class Table(NamedTuple):
    """A public table: its name, its columns, and those of its key."""

    name: str
    columns: list[str]
    key: list[str]

    @property
    def scope(self) -> str:
        """The condition that a row, called `r`, is of one of the references that were touched; "" for all rows."""
        by = next((column for column in OF_REFERENCES if column in self.columns), None)
        # Rows of a reference are found by it where the table has it, but entries by their numbers: they have an index.
        by = "ref" if "ref" in self.columns and self.name != ENTRIES else by
        return f"r.{by} IN ({OF_REFERENCES[by]})" if by else "1"

    def same(self, other: str) -> str:
        """Return the condition that a row `r` has its like, in all columns, in the same table of another database."""
        alike = f"{_equal(self.key, '=')} AND {_equal(self.columns, 'IS')}"
        return f"SELECT 1 FROM {other}.{self.name} AS o WHERE {alike}"  # noqa: S608


def _equal(columns: Iterable[str], sign: str) -> str:
    return " AND ".join(f'o."{column}" {sign} r."{column}"' for column in columns)


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Return the public tables as the desk's database has them."""
    found = []
    for name in public_tables():
        rows = connection.execute("SELECT name, pk FROM pragma_table_info(?, 'desk') ORDER BY cid", (name,)).fetchall()
        keys = sorted((place, column) for column, place in rows if place)
        columns = [column for column, _ in rows]
        found += [Table(name, columns, [column for _, column in keys] or columns)] if rows else []
    return found


def is_same_schema(connection: sqlite3.Connection) -> bool:
    """Whether the public file has the very tables, indexes and triggers that the desk's database has of the public."""
    return _schema(connection, "main") == _schema(connection, "desk")


def _schema(connection: sqlite3.Connection, where: str) -> list[tuple[str, str, str]]:
    return connection.execute(SCHEMA.format(where=where), (json.dumps(public_tables()),)).fetchall()


def is_beginning(connection: sqlite3.Connection) -> bool:
    """Whether the entries of the public file are those of the desk's ledger up to a number, by its chain."""
    newest = connection.execute(f"SELECT number, chain FROM main.{ENTRIES} ORDER BY number DESC LIMIT 1").fetchone()  # noqa: S608
    query = f"SELECT 1 FROM desk.{ENTRIES} WHERE number = ? AND chain = ?"  # noqa: S608
    return newest is None or connection.execute(query, newest).fetchone() is not None


def make_anew(connection: sqlite3.Connection) -> None:
    """Drop whatever the public file holds, and copy all public tables into it as the desk's database has them."""
    drop_all(connection)
    schema = _schema(connection, "desk")
    for kind, _, sql in schema:
        if kind == "table":
            connection.execute(sql)
    for table in tables(connection):
        connection.execute(f"INSERT INTO main.{table.name} SELECT * FROM desk.{table.name}")  # noqa: S608
    for kind, _, sql in schema:
        if kind != "table":
            connection.execute(sql)


def drop_all(connection: sqlite3.Connection) -> None:
    """Drop every table of the public file."""
    query = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute(f'DROP TABLE main."{name}"')


def hide(connection: sqlite3.Connection, refs: Iterable[str] | None) -> None:
    """Take whoever is not listed at the desk off the public file: bodies, lists, index; of some references, or of all.

    It is done before anything else comes. Entries stay: their order is that of the ledger.
    """
    some = "1"
    if refs is not None:
        _touch(connection, refs)
        some = f"m.ref IN ({OF_REFERENCES['ref']})"
    hidden = [ref for (ref,) in connection.execute(HIDDEN.format(some=some))]
    if hidden:
        _touch(connection, hidden, with_newer=False)
        for table in tables(connection):
            if table.scope != "1" and table.name != ENTRIES:
                _drop_others(connection, table, table.scope)


def follow(connection: sqlite3.Connection, refs: Iterable[str]) -> None:
    """Make the rows of some references those of the desk, of all with newer entries, and the small tables."""
    _touch(connection, refs)
    for table in tables(connection):
        _follow(connection, table, table.scope)


def follow_all(connection: sqlite3.Connection) -> None:
    """Make every row of the public file that of the desk: compared row by row, written where it differs."""
    for table in tables(connection):
        _follow(connection, table, "1")


def _touch(connection: sqlite3.Connection, refs: Iterable[str], *, with_newer: bool = True) -> None:
    """Note references, by default also those of entries that the file does not have yet, and the numbers of theirs."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (ref TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched_entry (number INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.touched")
    connection.execute("DELETE FROM temp.touched_entry")
    connection.executemany("INSERT INTO temp.touched VALUES (?)", [(ref,) for ref in sorted(refs)])
    if with_newer:
        connection.execute(
            f"INSERT OR IGNORE INTO temp.touched SELECT ref FROM desk.{ENTRIES} "  # noqa: S608
            f"WHERE number > (SELECT coalesce(max(number), 0) FROM main.{ENTRIES})"
        )
    connection.execute(
        f"INSERT INTO temp.touched_entry SELECT number FROM temp.touched AS t CROSS JOIN desk.{ENTRIES} AS e "  # noqa: S608
        f"ON e.subject IN {SUBJECTS} AND e.ref = t.ref"
    )


def _follow(connection: sqlite3.Connection, table: Table, scope: str) -> None:
    _drop_others(connection, table, scope)
    connection.execute(
        f"INSERT INTO main.{table.name} SELECT * FROM desk.{table.name} AS r WHERE {scope} "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM main.{table.name} AS o WHERE {_equal(table.key, '=')})"
    )


def _drop_others(connection: sqlite3.Connection, table: Table, scope: str) -> None:
    """Delete the rows that the desk does not have as they are."""
    connection.execute(f"DELETE FROM main.{table.name} AS r WHERE {scope} AND NOT EXISTS ({table.same('desk')})")  # noqa: S608
