"""A row's file laid over a case's own: what is the same row in both goes by the case's id, so that they can be merged.

A case that somebody opened by hand has ids of its own for its names, its numbers and its episode.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from campaign.cases.classification import default_of
from campaign.cases.describing import outside_key
from campaign.cases.file import CaseFile, OutsideId
from campaign.intake.stating import STATUS_FIELDS
from campaign.text import folded


def laid_over(file: CaseFile, theirs: CaseFile) -> CaseFile:
    """Return a row's file with the case's ids, citations too; a number that the case has already is the case's row."""
    ids = dict(_same_rows(file, theirs))
    preferred = {name.id: name.is_preferred for name in theirs.names}
    names = [
        msgspec.structs.replace(name, id=ids[name.id], is_preferred=preferred[ids[name.id]]) if name.id in ids else name
        for name in file.names
    ]
    numbers = {row.id: row for row in theirs.outside_ids}
    return msgspec.structs.replace(
        file,
        names=names,
        outside_ids=[numbers[ids[row.id]] if row.id in ids else row for row in file.outside_ids],
        episodes=[msgspec.structs.replace(row, id=ids.get(row.id, row.id)) for row in file.episodes],
        citations=[msgspec.structs.replace(row, fact=_renamed(row.fact, ids)) for row in file.citations],
    )


def added_to(file: CaseFile, theirs: CaseFile) -> tuple[CaseFile, CaseFile]:
    """Return what a row adds to a case that was never read from a sheet, and the file that both are compared with.

    The case's preferred name, its situation and its tags stay; of several episodes nobody can tell which one is meant.
    """
    mine = laid_over(file, theirs)
    known = {name.id for name in theirs.names}
    changes: dict[str, Any] = {field: default_of(CaseFile, field) for field in STATUS_FIELDS.values()}
    if any(name.is_preferred for name in theirs.names):
        changes["names"] = [
            name if name.id in known else msgspec.structs.replace(name, is_preferred=False) for name in mine.names
        ]
    uncited = ["status"]
    if is_open_which(file, theirs):
        changes["episodes"] = []
        uncited += [f"episodes/{row.id}" for row in mine.episodes]
    changes["citations"] = [row for row in mine.citations if not row.fact.startswith(tuple(uncited))]
    changes["tags"] = [*theirs.tags, *(tag for tag in mine.tags if tag not in theirs.tags)]
    return msgspec.structs.replace(mine, **changes), CaseFile(tags=list(theirs.tags))


def is_open_which(file: CaseFile, theirs: CaseFile) -> bool:
    """Whether a row tells of an episode and the case has several."""
    return bool(file.episodes) and len(theirs.episodes) > 1


def _same_rows(file: CaseFile, theirs: CaseFile) -> Iterator[tuple[str, str]]:
    names = {folded(name.text): name.id for name in reversed(theirs.names)}
    known = {name.id for name in theirs.names}
    yield from (
        (name.id, names[folded(name.text)])
        for name in file.names
        if name.id not in known and folded(name.text) in names
    )
    numbers = {_number(row): row.id for row in reversed(theirs.outside_ids)}
    yield from ((row.id, numbers[_number(row)]) for row in file.outside_ids if _number(row) in numbers)
    if len(file.episodes) == len(theirs.episodes) == 1:
        yield file.episodes[0].id, theirs.episodes[0].id


def _number(row: OutsideId) -> tuple[str, str]:
    return row.scheme, outside_key(row.value)


def _renamed(path: str, ids: dict[str, str]) -> str:
    return "/".join(ids.get(step, step) for step in path.split("/"))
