"""The copies of pictures follow what is public: put out in the act of publishing, taken in when nothing shows them.

Whoever appends to the ledger does so within `following`. A copy goes before the commit: where that fails, a page lacks
its picture until the next sweep puts it out again (`put_in_order`), and never does one lie open that nothing shows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.models import ShownImage
from campaign.media import copies
from campaign.publishing import purging


@contextmanager
def following(ref: str) -> Iterator[None]:
    """Let the public store follow what happens to a profile in this block, and caches outside with it."""
    before, slug = _shown(ref), purging.slug_of(ref)
    yield
    after = _shown(ref)
    purging.note(ref, slug, before)
    copies.put_out(after)
    if gone := before - after:
        by_others = select(ShownImage.digest).where(ShownImage.digest.in_(gone))
        copies.take_in(gone - set(db.session.scalars(by_others)))


def put_in_order() -> int:
    """Make the public store hold what the ledger shows and nothing else; return how many files came or went.

    The caller commits. Nothing is locked where nothing is wrong.
    """
    return copies.put_in_order(lambda: set(db.session.scalars(select(ShownImage.digest))), _lock)


def _lock() -> None:
    db.session.rollback()
    writer.take(db.session())


def _shown(ref: str) -> set[str]:
    return set(db.session.scalars(select(ShownImage.digest).where(ShownImage.ref == ref)))
