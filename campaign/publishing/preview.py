"""The preview of a publication: what would leave, beside what is public now, with what stays behind and why."""

from dataclasses import dataclass

from campaign.ledger.documents import Profile
from campaign.publishing.context import PublicationContext
from campaign.publishing.narrowing import BOOKKEEPING
from campaign.publishing.projection.values import Withheld

NOT_SHOWN = BOOKKEEPING | {"first_published_at", "ref"}


@dataclass(frozen=True)
class Preview:
    """What a publication would do. `public_now` is None where nothing is public."""

    document: Profile
    public_now: Profile | None
    withheld: tuple[Withheld, ...]


def preview(context: PublicationContext) -> Preview:
    """Return what would leave if a case were published now. Raises CannotProject."""
    projection = context.projected
    return Preview(projection.document, context.published.listed, projection.withheld)
