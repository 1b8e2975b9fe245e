"""Whether the folder of keys is that of the database: asked before `flask init` makes any key or reads what is sealed.

A database made since 0.3 has fingerprints of its keys. An older one is asked by what is sealed in it.
"""

from collections.abc import Callable

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from campaign import known_keys
from campaign.audit import log
from campaign.commands.group import BadInput
from campaign.database import db, reading
from campaign.keys import Unreadable
from campaign.web.context import keyring, settings

# What every release sealed, the newest value of each.
SEALED = {"revision": "snapshot", "account": "totp_sealed"}


def refuse_others() -> None:
    """Raise BadInput where the keys are missing, or others than those of this database; an unused one takes any."""
    if complaint := known_keys.complaint():
        raise BadInput(complaint)
    with reading(), Session(db.engine) as session:
        if not inspect(session.connection()).has_table(log.AuditRow.__tablename__) or not log.end(session).number:
            return
        names = keyring().fingerprints()
        if "index.key" not in names or len(names) < 2:
            raise BadInput(
                f"This database has been in use, and {settings().keys} lacks its keys. Bring them back: new ones open "
                "nothing. If they are lost for good, docs/operate.md says what is left."
            )
        if not _open(session):
            raise BadInput(f"The keys in {settings().keys} open nothing of this database. Bring back its own.")


def note(tell: Callable[[str], object]) -> None:
    """Note the fingerprints of the keys where none are noted yet, and from which row on the audit is keyed."""
    count = known_keys.note()
    db.session.commit()
    if count:
        tell(f"Fingerprints of keys noted in the database: {count}.")
    begins = settings().production and log.key_from_here()
    db.session.commit()
    if begins:
        tell("The chain of the audit is keyed from here on.")


def _open(session: Session) -> bool:
    """Whether the keys open the newest of what is sealed, and made the end of the audit's chain."""
    there = inspect(session.connection())
    for table, column in SEALED.items():
        if not there.has_table(table):
            continue
        query = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id DESC LIMIT 1"  # noqa: S608
        sealed = session.scalar(text(query))
        try:
            keyring().unseal(bytes(sealed or keyring().seal(b"")))
        except Unreadable:
            return False
    return log.is_ours(session)
