"""Maps kept under a name: what the columns of a list meant, for the next sheet with the same headers.

A map is the TOML that the command takes. What is kept states no consent and no risk: those hold for one sheet.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.checks import Refused
from campaign.clock import now
from campaign.database import db
from campaign.imports import mapping
from campaign.imports.models import SavedMap
from campaign.sheets import Sheet
from campaign.web.context import keyring

LONGEST_NAME = 80


def of_headers(headers: Sequence[str]) -> str:
    """Return what headers are looked up by: a keyed hash of all of them, in their order, letter case aside."""
    return keyring().token("headers " + "\x1f".join(" ".join(header.split()).casefold() for header in headers))


def keep(name: str, text: str, table: Sheet, *, by: Account) -> SavedMap:
    """Keep a map under a name, in place of the one that has it. Raises Refused, BadMap."""
    name = " ".join(name.split())
    if not may(by, Action.IMPORT_CASES) or not name or len(name) > LONGEST_NAME:
        raise Refused(f"Give the map a name of at most {LONGEST_NAME} letters.")
    chosen = replace(mapping.parsed(text, table), consent={}, risk={})
    kept = by_name(name) or SavedMap(name=name)
    kept.map, kept.headers, kept.by_id, kept.at = mapping.written(chosen), of_headers(table.headers), by.id, now()
    db.session.add(kept)
    db.session.flush()
    return kept


def by_name(name: str) -> SavedMap | None:
    """Return the map that is kept under a name."""
    return db.session.scalar(select(SavedMap).where(SavedMap.name == " ".join(name.split())))


def fitting(table: Sheet) -> list[SavedMap]:
    """Return the maps that were kept for the very same headers, the newest first."""
    query = select(SavedMap).where(SavedMap.headers == of_headers(table.headers)).order_by(SavedMap.at.desc())
    return list(db.session.scalars(query))


def every() -> list[SavedMap]:
    """Return every map that is kept, by name."""
    return list(db.session.scalars(select(SavedMap).order_by(SavedMap.name)))


def forget(kept: SavedMap, *, by: Account) -> None:
    """Remove a map; the imports that were made with it keep what they had."""
    if not may(by, Action.IMPORT_CASES):
        raise Refused("Only an editor removes a map.")
    db.session.delete(kept)
