"""Narrowing: a published document with groups taken out, and the proof that nothing was added.

A narrowing needs no approval, because it can only take away: `is_part` compares the two documents and the door
refuses one that fails.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from campaign.ledger.documents import Change, Citation, Episode, Profile, Source
from campaign.ledger.situation import with_words
from campaign.publishing.consent.scopes import BASE, NEEDS, TREATMENT_EVENTS
from campaign.vocabulary.people import OF_HEALTH

# What says which version this is, not what it says of the person.
BOOKKEEPING = frozenset({"version", "salt", "published_at", "change"})
# What the status says of the rest of the document: it is said anew, and so tells no more than that does.
FOLLOWS = frozenset({"last_news", "release_known", "sentence"})
# What qualifies the rest of its row: left out beside what it qualifies, the row would say more than before.
QUALIFIERS = frozenset(
    {"qualifiers", "kinds_of_place", "confidence", "translation_state", "reliability", "stage", "appeal", "end_reason"}
)
# What may be taken out whole; everything else leaves only with the profile itself.
GROUPS = tuple(field for scope, fields in NEEDS.items() if scope not in BASE for field in fields)
# The one group that lies inside others: events of the episodes that tell of treatment, tags that tell of health.
TREATMENT = "treatment"


def without(old: Profile, groups: Iterable[str], *, salt: str, at: datetime.datetime) -> Profile:
    """Return the next version of a document with whole groups taken out, their citations and sources too.

    A scope of writing is a group: who may be written to is one fewer.

    Raises KeyError for a group that can't be taken out by itself.
    """
    emptied: dict[str, object] = {}
    for group in groups:
        if group == TREATMENT:
            emptied["episodes"] = _untreated(old)
            emptied["tags"] = [tag for tag in old.tags if tag not in OF_HEALTH]
            continue
        if group in old.write_to:
            kept = emptied.get("write_to", old.write_to)
            emptied["write_to"] = [scope for scope in kept if scope != group]  # type: ignore[attr-defined]
            continue
        if group not in GROUPS:
            raise KeyError(f"{group!r} can't be taken out by itself; withdraw the profile instead.")
        emptied[group] = "" if isinstance(getattr(old, group), str) else []
    return following(old, emptied, salt=salt, at=at)


def without_relative(old: Profile, ref: str, *, salt: str, at: datetime.datetime) -> Profile:
    """Return the next version of a document without its link to the profile `ref`."""
    kept = [relative for relative in old.relatives if relative.ref != ref]
    return following(old, {"relatives": kept}, salt=salt, at=at)


def tells_treatment(document: Profile) -> bool:
    """Whether an event of a document tells how the person was treated, or a tag that they are ill."""
    told = (event.type in TREATMENT_EVENTS for episode in document.episodes for event in episode.events)
    return any(told) or bool(OF_HEALTH.intersection(document.tags))


def is_part(new: Profile, old: Profile) -> bool:
    """Whether everything that `new` says of the person was said in `old` already.

    How an address writes a name, and what the gazetteer calls a place, say nothing of anybody: releases differ in it.
    """
    left, right = msgspec.to_builtins(new), msgspec.to_builtins(old)
    if not _says_what_follows(new, old) or not _is_marked_alike(new, old):
        return False
    for side in (left, right):
        side["status"] = {name: value for name, value in side["status"].items() if name not in FOLLOWS}
    return all(_is_part(left[field], right[field]) for field in left if field not in BOOKKEEPING | {"slug"})


def is_part_of(new: object, old: object) -> bool:
    """Whether everything that a value says was said by another one: of a field of two documents."""
    return _is_part(msgspec.to_builtins(new), msgspec.to_builtins(old))


def _says_what_follows(new: Profile, old: Profile) -> bool:
    """Whether the words of the status are those of the old document, or follow from what is left of it."""
    said = [getattr(new.status, name) for name in sorted(FOLLOWS)]
    return any(said == [getattr(other.status, name) for name in sorted(FOLLOWS)] for other in (old, with_words(new)))


def _is_marked_alike(new: Profile, old: Profile) -> bool:
    """Whether what is our view in the old document is so in the new one, as far as it is told there."""
    return set(new.our_view) >= set(old.our_view) & paths(new)


def with_numbers_of(old: Profile, new: Profile) -> Profile:
    """Return `new` with its sources under the numbers that they have in `old`: a footnote keeps its number."""
    known = {_unnumbered(source): source.number for source in old.sources}
    numbers = {source.number: known.get(_unnumbered(source), 0) for source in new.sources}
    if 0 in numbers.values():
        return new
    sources = [msgspec.structs.replace(source, number=numbers[source.number]) for source in new.sources]
    citations = [msgspec.structs.replace(row, source=numbers[row.source]) for row in new.citations]
    order = {citation: place for place, citation in enumerate(map(_bytes, old.citations))}
    return msgspec.structs.replace(
        new,
        sources=sorted(sources, key=lambda source: source.number),
        citations=sorted(citations, key=lambda row: order.get(_bytes(row), len(order))),
    )


def _unnumbered(source: Source) -> bytes:
    return _bytes(msgspec.structs.replace(source, number=0))


def _bytes(part: msgspec.Struct) -> bytes:
    return msgspec.json.encode(part)


def paths(document: Profile) -> frozenset[str]:
    """Return the path of every fact of a document that a citation or a mark may name.

    "status" for a field, "story/<id>" for a row, "episodes/<id>/events/<id>" for a row within one.
    """
    return frozenset(_paths(document, ""))


def tied(citations: Iterable[Citation], facts: frozenset[str]) -> list[Citation]:
    """Return the citations whose fact is told."""
    return [citation for citation in citations if citation.fact in facts]


def _untreated(old: Profile) -> list[Episode]:
    return [
        msgspec.structs.replace(
            episode, events=[event for event in episode.events if event.type not in TREATMENT_EVENTS]
        )
        for episode in old.episodes
    ]


def _paths(part: msgspec.Struct, base: str) -> Iterator[str]:
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if not value:
            continue
        yield base + field
        for row in value if isinstance(value, list) else ():
            if isinstance(row, msgspec.Struct) and hasattr(row, "id"):
                yield f"{base}{field}/{row.id}"
                yield from _paths(row, f"{base}{field}/{row.id}/")


def following(old: Profile, changed: dict[str, object], *, salt: str, at: datetime.datetime) -> Profile:
    """Return the next version of a document with some fields as they are given, and the evidence of what is left."""
    bare = msgspec.structs.replace(
        old,
        **changed,
        version=old.version + 1,
        salt=salt,
        published_at=at,
        change=Change(kind="narrowing", note=""),
    )
    facts = paths(bare)
    citations = tied(bare.citations, facts)
    used = {citation.source for citation in citations}
    # Sources keep their numbers: a footnote that a reader wrote down still means the same source.
    sources = [source for source in bare.sources if source.number in used]
    our_view = [path for path in bare.our_view if path in facts]
    return with_words(msgspec.structs.replace(bare, citations=citations, sources=sources, our_view=our_view))


def _is_part(new: object, old: object) -> bool:
    if new == old or new in (None, "", [], {}):
        return True
    if isinstance(new, dict) and isinstance(old, dict):
        if new.get("code") in old.get("within", ()):
            return new["facility"] in ("", old["facility"])  # a place that is told as what it lies in
        is_same_place = "within" in new and new["code"] == old.get("code")
        if not _is_qualified_alike(new, old):
            return False
        return all(
            key in old and _is_part(value, old[key])
            for key, value in new.items()
            if not (is_same_place and key == "names")
        )
    if isinstance(new, list) and isinstance(old, list):
        rest = iter(old)
        return all(any(_is_part(element, candidate) for candidate in rest) for element in new)
    return False


def _is_qualified_alike(new: dict[str, Any], old: dict[str, Any]) -> bool:
    """Whether a row is as doubtful as before; one that tells nothing any more may be, and no kind of place is none."""
    if not any(value for name, value in new.items() if name not in QUALIFIERS | {"id"}):
        return True
    names = [name for name in QUALIFIERS & old.keys() if name != "kinds_of_place" or new[name]]
    return all(new[name] == old[name] for name in names)
