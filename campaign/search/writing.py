"""What is written of a document, and taken away again. Neither commits: the index changes with what it tells of."""

from collections.abc import Iterable
from operator import itemgetter

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from campaign.names import NameForms, forms, keys
from campaign.search.entry import Entry, Named, word_rows
from campaign.search.packing import pack
from campaign.search.tables import Tables

MAX_NAMES = 60  # of one document; nobody has more (byname.NAMES)
LONGEST_NAME = 1000


def write(tables: Tables, docid: int, entry: Entry, session: Session) -> None:
    """Let a document be found by what `entry` says, and by nothing that was said of it before."""
    remove(tables, docid, session)
    write_new(tables, [(docid, entry)], session)


def write_new(tables: Tables, entries: Iterable[tuple[int, Entry]], session: Session) -> None:
    """Let documents be found that the index does not know yet: one INSERT a table, however many they are."""
    names, found, words = [], [], []
    for docid, entry in entries:
        for ordinal, name in enumerate(entry.names[:MAX_NAMES]):
            read = forms(name.text)
            names.append(_name_row(docid, ordinal, name, read))
            found += [{"key": key, "docid": docid, "ordinal": ordinal} for key in keys(read)]
        words += [{"word": word, "docid": docid, "field": field} for word, field in word_rows(entry)]
    # In the order of the tables' keys: neighbours are then written to one page.
    found.sort(key=itemgetter("key", "docid", "ordinal"))
    words.sort(key=itemgetter("word", "docid", "field"))
    session.flush()
    for table, rows in ((tables.name, names), (tables.key, found), (tables.word, words)):
        if rows:
            # Past the session, which would look at every one of thousands of rows.
            session.connection().execute(insert(table), rows)


def remove(tables: Tables, docid: int, session: Session) -> None:
    """Let a document be found by nothing."""
    for table in tables:
        session.execute(delete(table).where(table.docid == docid))


def clear(tables: Tables, session: Session) -> None:
    """Empty an index, to write it anew."""
    for table in tables:
        session.execute(delete(table))


def _name_row(docid: int, ordinal: int, name: Named, read: NameForms) -> dict[str, object]:
    return {
        "docid": docid,
        "ordinal": ordinal,
        "text": storable(name.text)[:LONGEST_NAME],
        "kind": name.kind[:20],
        "script": name.script[:8],
        "language": name.language[:40],
        "forms": pack(read),
    }


def storable(text: str) -> str:
    """Return `text` as both databases take it: without NUL and half surrogates."""
    return "".join(" " if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)
