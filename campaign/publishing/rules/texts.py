"""Every text of a document that a reader meets, with the field in which it stands."""

from collections.abc import Iterator

import msgspec

from campaign.ledger.documents import Profile

# Whose words are not ours, or lead nowhere: the person's own names, digests, entries elsewhere that were chosen.
NOT_TEXTS = frozenset({"names", "display_name", "slug", "ref", "salt"})
# The names of a place are the gazetteer's: people are called after places too.
NOT_INSIDE = frozenset({"names", "within"})


def told_texts(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the field in which it stands, the person's own names aside."""
    plain = msgspec.to_builtins(document)
    for field, value in plain.items():
        if field not in NOT_TEXTS:
            yield from ((field, text) for text in _strings(value, NOT_INSIDE))


def prose(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield the texts in which nothing may lead to anybody's door: those above without addresses and digests."""
    plain = msgspec.to_builtins(document)
    machine = NOT_INSIDE | {"url", "archive_url", "sha256", "renditions", "ref", "edtf", "id", "fact", "code"}
    for field, value in plain.items():
        if field not in NOT_TEXTS | {"outside_ids", "un_work", "our_view", "published_at", "first_published_at"}:
            yield from ((field, text) for text in _strings(value, machine))


def _strings(value: object, left_out: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner if key not in left_out else "", left_out)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, left_out)
