"""Which sources depend on one another: what makes a fact corroborated, confirmed, or a death told as one.

One rule: two sources are one where anything says so, and where nothing says who they are. What only an officer can
know, that two unnamed people do not know of one another, an officer writes down (a signed decision).
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from campaign.cases.file import CaseFile, Source
from campaign.publishing.consent import signatures
from campaign.text import folded_words
from campaign.vocabulary.protection import are_of_the_authorities

NOT_RELIED_ON = frozenset({"doubtful", "unreliable"})
ARCHIVES = frozenset({"web.archive.org", "archive.org", "archive.ph", "archive.today", "archive.is"})


def independent(file: CaseFile, ids: Iterable[str]) -> list[Source]:
    """Return those of the named sources that are relied on and depend on none of the named before them."""
    wanted, found = set(ids), list[Source]()
    for source in file.sources:
        if source.id not in wanted or source.reliability in NOT_RELIED_ON:
            continue
        if not any(are_one(source, other) and not _are_signed(file, source, other) for other in found):
            found.append(source)
    return found


def cited_at(file: CaseFile, *paths: str) -> set[str]:
    """Return the ids of the sources cited at one of the paths, or inside one."""
    known = {source.id for source in file.sources}
    return {
        row.source_id
        for row in file.citations
        if row.source_id in known and any(row.fact == path or row.fact.startswith(f"{path}/") for path in paths)
    }


def are_one(one: Source, other: Source) -> bool:
    """Whether two sources count as one: by author, publisher, address, connection, or for want of a name."""
    if are_of_the_authorities(one.type, other.type):
        return True
    if not _is_named(one) and not _is_named(other):
        return True
    host = _host(one.url)
    return bool(_names(one) & _names(other)) or bool(host and host == _host(other.url))


def _is_named(source: Source) -> bool:
    return bool(source.author.strip() or source.publisher.strip() or source.url.strip())


def _names(source: Source) -> set[str]:
    """Return who a source is or is connected with; the order of words and the article make no other name."""
    told = (folded_words(text).split() for text in (source.author, source.publisher, source.connection))
    return {" ".join(sorted(word for word in words if word != "the")) for words in told} - {""}


def _host(address: str) -> str:
    """Return the host of an address, of an archived copy the host that was archived."""
    try:
        parts = urlsplit(address.strip() if "//" in address else f"//{address.strip()}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return folded_words(address)
    if host in ARCHIVES and (archived := re.search(r"https?://.+", parts.path)):
        return _host(archived[0])
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host)


def _are_signed(file: CaseFile, *sources: Source) -> bool:
    """Whether a safety officer wrote down that these sources, as they stand, do not depend on one another."""
    return any(
        all(signatures.covers(decision, source) for source in sources)
        for decision in signatures.in_force(file, "independent")
    )
