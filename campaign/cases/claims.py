"""What is known from the authorities alone: their claim, which moves no status, filter or count (domain.md, rule 9)."""

from collections.abc import Iterator

from campaign.cases.file import CaseFile, Episode, Event
from campaign.vocabulary.events import ENDED_FREE, RELEASES

AUTHORITIES = frozenset({"official_statement", "official_database"})


def claimed_releases(file: CaseFile) -> Iterator[tuple[Episode, Event]]:
    """Yield the releases for which every cited source is one of the authorities."""
    for episode in file.episodes:
        for event in episode.events:
            if event.type in RELEASES and is_claim(file, f"episodes/{episode.id}/events/{event.id}"):
                yield episode, event


def claimed_ends(file: CaseFile) -> Iterator[Episode]:
    """Yield the episodes that ended in freedom by the word of the authorities alone, without an event that says so."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        has_event = any(event.type in RELEASES for event in episode.events)
        if episode.end_reason in ENDED_FREE and not has_event and is_claim(file, f"{base}/end", f"{base}/end_reason"):
            yield episode


def is_claim(file: CaseFile, *paths: str) -> bool:
    """Whether a fact is cited, and by sources of the authorities alone."""
    kinds = {source.id: source.type for source in file.sources}
    cited = {kinds.get(row.source_id, "") for row in file.citations if row.fact in paths}
    return bool(cited) and cited <= AUTHORITIES
