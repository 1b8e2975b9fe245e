"""When a facility may be told less finely than before: what is public follows, in the same transaction.

It takes away and adds nothing, so nobody is asked; drafts stay drafts.
"""

from collections.abc import Iterable

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.facilities import named_in
from campaign.cases.queries import any_by_ref
from campaign.clock import now
from campaign.database import db
from campaign.ledger import lock
from campaign.publishing import mentions, narrow
from campaign.publishing.asking import is_listed, new_salt, published_revision
from campaign.publishing.context import sites_of
from campaign.publishing.siting import coarser
from campaign.publishing.taking import listed_document, take_down_to


def tell_less(facilities: Iterable[str], *, by: Account) -> list[str]:
    """Make the public documents that name these facilities (by reference) as coarse as they ask for.

    Return the references of those that said more, in order. Commits nothing.
    """
    lock.take(db.session())
    named = sorted({ref for facility in facilities for ref in mentions.naming("facility", facility)})
    return [ref for ref in named if _tell_less(ref, by=by)]


def _tell_less(ref: str, *, by: Account) -> bool:
    case = any_by_ref(ref)
    if case is None or not is_listed(ref):
        return False
    old = listed_document(ref)
    file = revisions.at(case, published_revision(case))
    new = coarser(old, file, sites_of(named_in(file)))
    if new == old:
        return False
    following = narrow.without(new, [], salt=new_salt(), at=now().replace(microsecond=0))
    take_down_to(case, following, old, by=by.id)
    return True
