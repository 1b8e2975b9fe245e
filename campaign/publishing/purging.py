"""What caches outside are told to let go of: paths that were public, after something of them was taken away.

A cache outside may show a page for a minute after it has changed; a CDN that is told lets go sooner, or lets go at all
where it was set to keep longer. Paths are noted in the transaction that takes away, told after its commit, and told
again by each sweep until the CDN has answered. Nothing here keeps a withdrawal from happening.
"""

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

import msgspec
import structlog
from flask import Flask, current_app
from sqlalchemy import delete, func, insert, select, update

from campaign import outbound
from campaign.clock import now
from campaign.database import after_commit, db, reading
from campaign.ledger.models import Listing
from campaign.publishing.models import StalePath
from campaign.settings import Settings
from campaign.web.context import settings

SETTING = "PURGE_ADDRESS"
EVERYTHING = "*"
MOST_PATHS = 300  # above that everything is to go at once
LOT = 30  # addresses in one message: what the smallest plans of CDNs take
# What shows many people, in each language and in none.
LISTS = ("/", "/profiles", "/feed.atom")
MACHINES = ("/sitemap.xml", "/api/v1", "/api/v1/profiles", "/api/v1/changes", "/api/v1/export.jsonl",
            "/api/v1/export.json", "/api/v1/export.csv")  # fmt: skip
log = structlog.get_logger("purging")


def is_on() -> bool:
    """Whether a CDN is to be told."""
    return outbound.is_on(settings(), SETTING)


def slug_of(ref: str) -> str:
    """Return the slug under which a profile is listed, "" where it is not or where nobody is to be told."""
    return (db.session.scalar(select(Listing.slug).where(Listing.ref == ref)) or "") if is_on() else ""


def note(ref: str, slug: str, digests: Iterable[str]) -> None:
    """Note what a cache may hold of a profile that was public under `slug` with these pictures, and tell after commit.

    Commits nothing; "" notes nothing.
    """
    if not slug or not is_on():
        return
    _keep(set(_paths(settings(), ref, slug, digests)))
    after_commit(db.session(), _tell_soon)


def _paths(here: Settings, ref: str, slug: str, digests: Iterable[str]) -> Iterator[str]:
    for prefix in ("", *(f"/{code}" for code in here.languages[1:])):
        yield from (f"{prefix}{path}" for path in LISTS)
        for name in (slug, ref):
            yield from (f"{prefix}/profiles/{name}", f"{prefix}/profiles/{name}/history")
    yield from MACHINES
    yield from (f"/api/v1/profiles/{ref}", f"/qr/{ref}.svg")
    yield from (f"/media/{digest}" for digest in digests)


def _keep(paths: set[str]) -> None:
    # What is noted again while it is being told is told again: `since` is another one then.
    moment = now()
    known = update(StalePath).where(StalePath.path.in_(paths)).values(since=moment).returning(StalePath.path)
    new = paths - set(db.session.scalars(known))
    if new:
        db.session.execute(insert(StalePath), [{"path": path, "since": moment} for path in sorted(new)])


def forget_name(ref: str) -> None:
    """Let nothing that waits name somebody who is erased: everything is to go instead. Commits nothing."""
    named = func.lower(StalePath.path).contains(ref.lower())
    if db.session.execute(delete(StalePath).where(named).returning(StalePath.path)).first():
        _keep({EVERYTHING})


def waiting_since() -> datetime | None:
    """Return since when the CDN has not answered for what waits longest, None where nothing waits."""
    return db.session.scalar(select(func.min(StalePath.since)))


def _tell_soon() -> None:
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    # No daemon: a command that withdraws ends after the CDN was told.
    threading.Thread(target=_tell, args=(app,), name="purge").start()


def _tell(app: Flask) -> None:
    with app.app_context():
        try:
            tell()
        except Exception:
            # What is not told waits in its table: the next sweep tries again.
            db.session.rollback()
            log.exception("caches not told")


def tell() -> int:
    """Tell the CDN what waits, lot by lot, until one is not taken; return how many paths still wait. Commits each."""
    here = settings()
    with reading():
        rows = {row.path: row.since for row in db.session.scalars(select(StalePath).order_by(StalePath.since))}
        db.session.rollback()
    if rows and not is_on():
        # There is no CDN any more, and what waits may hold a name.
        db.session.execute(delete(StalePath))
        db.session.commit()
        return 0
    is_all = EVERYTHING in rows or len(rows) > MOST_PATHS
    paths = list(rows)
    for lot in [paths] if is_all else [paths[start : start + LOT] for start in range(0, len(paths), LOT)]:
        if not _is_taken(here, {"purge_everything": True} if is_all else {"files": list(_addresses(here, lot))}):
            break
        for path in lot:
            db.session.execute(delete(StalePath).where(StalePath.path == path, StalePath.since == rows.pop(path)))
        db.session.commit()
    return len(rows)


def _addresses(here: Settings, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield from (f"{address}{path}" for address in (here.address, *here.mirror_addresses))


def _is_taken(here: Settings, message: object) -> bool:
    headers = {"Content-Type": "application/json"}
    if here.purge_token:
        headers["Authorization"] = f"Bearer {here.purge_token}"
    try:
        answer = outbound.asked(
            here, SETTING, here.purge_address, method="POST", body=msgspec.json.encode(message), headers=headers
        )
    except OSError as error:
        log.error("CDN does not answer", reason=type(error).__name__)
        return False
    if not 200 <= answer.status < 300:
        log.error("CDN refuses", status=answer.status)
    return 200 <= answer.status < 300
