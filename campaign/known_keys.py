"""The keys that a database was made with: a fingerprint of each, so that other keys are told before anything is sealed.

A restored database beside an empty or a foreign folder of keys would go on under new keys, next to cases that nobody
can read. A process whose keys are not those of its database serves nothing. Of the confidential side alone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask import Flask
from sqlalchemy import String, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from campaign import schema
from campaign.clock import now
from campaign.database import Base, Instant, db, reading
from campaign.web.context import keyring

NOT_OURS = "The keys are not those of this database: {faults} Bring back the folder of keys that belongs to it."


class KeyFingerprint(Base):
    """One key by the name of its file: a keyed hash of a constant, which leads nowhere back.

    `retired_at` is set once nothing in the database is sealed with it any more: it may be gone.
    """

    __tablename__ = "key_fingerprint"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
    noted_at: Mapped[datetime] = mapped_column(Instant())
    retired_at: Mapped[datetime | None] = mapped_column(Instant())


def faults_of(wanted: Mapping[str, str], found: Mapping[str, str], retired: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each key that is missing, is another one, or is new.

    Each argument maps names of files to fingerprints. A retired key may be missing, but not be another one.
    """
    for name in sorted(wanted.keys() - found.keys()):
        yield f"{name} is missing."
    for name in sorted(found):
        known = wanted.get(name) or retired.get(name)
        if known is None:
            yield f"{name} is new: nothing here was sealed with it."
        elif known != found[name]:
            yield f"{name} is another key than the one that belongs here."


def noted(session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fingerprints of the keys that are needed and of the retired ones, by name; none in an older schema."""
    if not inspect(session.connection()).has_table(KeyFingerprint.__tablename__):
        return {}, {}
    rows = session.scalars(select(KeyFingerprint)).all()
    wanted = {row.name: row.fingerprint for row in rows if row.retired_at is None}
    return wanted, {row.name: row.fingerprint for row in rows if row.name not in wanted}


def complaint() -> str:
    """Return a sentence that names each key that is missing, another or new; "" where none is, or none was noted."""
    with reading(), Session(db.engine) as session:
        wanted, retired = noted(session)
    faults = list(faults_of(wanted, keyring().fingerprints(), retired)) if wanted else []
    return NOT_OURS.format(faults=" ".join(faults)) if faults else ""


def is_noted() -> bool:
    """Whether this database knows its keys."""
    with reading(), Session(db.engine) as session:
        return bool(noted(session)[0])


def note() -> int:
    """Note every key of the folder that is not noted yet; return how many. The caller commits."""
    wanted, retired = noted(db.session())
    new = {name: it for name, it in keyring().fingerprints().items() if name not in wanted and name not in retired}
    db.session.add_all(KeyFingerprint(name=name, fingerprint=it, noted_at=now()) for name, it in new.items())
    return len(new)


def retire_all_but(newest: str) -> None:
    """Note that content is sealed with the key `newest` alone by now. The caller commits."""
    older = KeyFingerprint.name.startswith("content-"), KeyFingerprint.name != newest
    db.session.execute(update(KeyFingerprint).where(*older).values(retired_at=now()))


def install(app: Flask) -> None:
    """Let a process whose keys are others than its database's answer 503, as with another schema."""
    schema.ask_too(app, complaint)
