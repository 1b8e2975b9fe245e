"""What a row comes to: a new case, nothing, a change of what staff left alone, or a conflict for the desk.

A three-way merge of the file that the last reading of the row made, the one that this reading makes, and the case as
staff left it. A row's file is first laid over the case's own: what is the same row in both goes by the case's id. A
case that somebody opened by hand has ids of its own for its names, its numbers and its episode.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from campaign.cases import revisions
from campaign.cases.checks import new_problems
from campaign.cases.classification import Visibility, default_of
from campaign.cases.file import CaseFile, Name, OutsideId, display_name, encode
from campaign.cases.index import outside_key
from campaign.cases.merge import Conflict, merge
from campaign.cases.models import Case
from campaign.duplicates.search import Warned
from campaign.imports.facts.consent import tell_of_consent
from campaign.imports.mapping import STATUS_FIELDS
from campaign.imports.steps import Step
from campaign.text import folded


def laid_over(file: CaseFile, theirs: CaseFile) -> CaseFile:
    """Return a row's file with the case's ids, citations too; a number that the case has already is the case's row."""
    ids = dict(_same_rows(file, theirs))
    numbers = {row.id: row for row in theirs.outside_ids}
    return msgspec.structs.replace(
        file,
        names=list(_names(file, theirs, ids)),
        outside_ids=[numbers[ids[row.id]] if row.id in ids else row for row in file.outside_ids],
        episodes=[msgspec.structs.replace(row, id=ids.get(row.id, row.id)) for row in file.episodes],
        citations=[msgspec.structs.replace(row, fact=_renamed(row.fact, ids)) for row in file.citations],
    )


def _names(file: CaseFile, theirs: CaseFile, ids: dict[str, str]) -> Iterator[Name]:
    """Yield a row's names with the case's ids; a name that the case has not yet is not its preferred one, if it has."""
    preferred = {name.id: name.is_preferred for name in theirs.names}
    has_one = any(preferred.values())
    for name in file.names:
        if name.id in ids:
            yield msgspec.structs.replace(name, id=ids[name.id], is_preferred=preferred[ids[name.id]])
        elif name.id in preferred:
            yield name
        else:
            yield msgspec.structs.replace(name, is_preferred=name.is_preferred and not has_one)


def added_to(file: CaseFile, theirs: CaseFile) -> tuple[CaseFile, CaseFile]:
    """Return what a row adds to a case that was never read from a sheet, and the file that both are compared with.

    The case's preferred name, its situation and its tags stay; of several episodes nobody can tell which one is meant.
    """
    mine = laid_over(file, theirs)
    changes: dict[str, Any] = {field: default_of(CaseFile, field) for field in STATUS_FIELDS.values()}
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


def compare(step: Step, case: Case) -> None:
    """Write on a step what its cells come to on a case: those that changed, or all where the case is read first.

    Consents and risks are never touched by what is not the reading that opened the case, and stay with the name that
    they were given for: where a case has some, another name waits at the desk.
    """
    step.case_id, step.outcome, step.merged, step.conflicts, step.version = case.id, "unchanged", None, [], case.version
    theirs = revisions.head(case)
    tell_of_consent(step.draft, step.before)
    mine, before = _of_row(step, theirs)
    if encode(mine) == encode(before):
        return
    merged = merge(before, theirs, mine)
    file, kept = _with_names_of_consents(merged.file, theirs)
    conflicts = [*merged.conflicts, *kept]
    disputed = {one.path for one in conflicts}
    known = {row.id for row in theirs.citations}
    cited = [row for row in file.citations if row.id in known or row.fact not in disputed]
    file = msgspec.structs.replace(file, citations=cited)
    if problems := new_problems(theirs, file):
        step.outcome = "refused"
        step.draft.warnings += [Warned(step.draft.number, one.path, "", one.sentence) for one in problems]
        return
    step.conflicts = conflicts
    if kept:
        step.draft.warn("", kept[0].mine, f"{case.ref} has consents or risks of “{display_name(theirs)}”: they stay.")
    if encode(file) != encode(theirs):
        step.outcome, step.merged = "updated", file


def _with_names_of_consents(file: CaseFile, theirs: CaseFile) -> tuple[CaseFile, list[Conflict]]:
    """Return a file in which no name of a case with consents or risks is another, and the names that wait instead."""
    known = {name.id: name for name in theirs.names}
    if not (theirs.consents or theirs.risks):
        return file, []
    names, waiting = list[Name](), list[Conflict]()
    for name in file.names:
        before = known.get(name.id, name)
        if folded(before.text) != folded(name.text):
            path, label = f"names/{name.id}/text", "Names, Name"
            waiting.append(Conflict(path, label, before.text, before.text, name.text, Visibility.PUBLIC))
            name = before
        names.append(name)
    return msgspec.structs.replace(file, names=names), waiting


def _of_row(step: Step, theirs: CaseFile) -> tuple[CaseFile, CaseFile]:
    """Return the row's file now and before, as they lie over the case's."""
    file = msgspec.structs.replace(step.draft.file, consents=[], risks=[])
    if step.before is None:
        return added_to(file, theirs)
    before = msgspec.structs.replace(step.before, consents=[], risks=[])
    file = msgspec.structs.replace(file, notes=_notes(file, before))
    return laid_over(file, theirs), laid_over(before, theirs)


def _notes(file: CaseFile, before: CaseFile) -> list[Any]:
    """Return the notes of a file; those of columns that this sheet leaves out stay."""
    kept = {note.id for note in file.notes}
    return [*file.notes, *(note for note in before.notes if note.id not in kept)]
