"""Rules 3, 4, 5 and 10: sources, basis of the status, pictures, translations.

3 and 4: what is told has a source or is marked as ours; what is called sure has two that are independent; dates can be;
the status says what it rests on and since when. 5 and 10: a picture or a translation that lacks something stays behind;
the rest may go.
"""

import re
from collections.abc import Iterator

from campaign.cases.dates import RULES as DATE_RULES
from campaign.cases.dates import Problem, doubts
from campaign.cases.file import TEXT_KINDS, CaseFile, Episode, Text
from campaign.publishing.gate.findings import Finding, unanswered
from campaign.publishing.gate.question import Answer, Question, holds, lacks, named, not_applicable, without
from campaign.publishing.narrowing import paths as paths_of
from campaign.publishing.projection.evidence import public_path
from campaign.publishing.projection.independence import cited_at, independent
from campaign.publishing.projection.profile import STAYS, missing_of
from campaign.publishing.projection.values import may_be_minor
from campaign.vocabulary.events import ENDED_FREE, RELEASES
from campaign.vocabulary.protection import BASIS_OF
from campaign.vocabulary.status import SITUATION_OF, STATUS_BASIS

SOURCES_LINK = "#sources"
ROW_ID = re.compile(r"[0-9a-f]{8}")
TAKEN = frozenset({"arrest", "abduction", "disappearance", "incommunicado", "re_arrest"})
DIED = frozenset({"death"})
DECISIONS = "#decisions"
CONFIDENTIAL = frozenset({"consents", "risks", "decisions", "contacts"})
SURE = frozenset({"confirmed", "corroborated"})


def sources(question: Question) -> Answer:
    """Ask whether every fact is cited or marked, and whether what is cited can bear it."""
    file = question.file
    if not file.episodes:
        return lacks("There is no episode of detention. Add one, with what is known about it.", "#episodes")
    if fault := _uncited(question):
        return lacks(fault, SOURCES_LINK)
    if impossible := list(_impossible(file)):
        return lacks(f"{_at(impossible[0])}: {impossible[0].sentence}", f"#{impossible[0].path.split('/')[0]}")
    if alone := [_label(file, path) for path, ids in surely(file) if len(independent(file, ids)) < 2]:
        return lacks(
            f"These are called corroborated or confirmed, and do not cite two independent sources that are relied on: "
            f"{named(alone)}. Cite a second one, or say 'one source'.",
            SOURCES_LINK,
        )
    if doubtful := unanswered(file, findings(question)):
        return lacks(f"{doubtful[0].what} Correct it, or let the reviewer answer for it.", DECISIONS)
    return holds("Every fact has a source or is marked as our view.", SOURCES_LINK)


def _uncited(question: Question) -> str:
    file = question.file
    cited = cited_facts(file)
    if uncited := [label for label, paths in grave_facts(file) if not cited & set(paths)]:
        return f"These need a citation: {named(uncited)}."
    # Our own reasons carry sourced facts alone: there the mark stands for nothing.
    marked = set() if question.clearance.is_own_reason else set(file.our_view) | _marked(file)
    told = frozenset(paths_of(question.document)) if question.document else None
    labels = [
        _label(file, path)
        for path in facts(file)
        if not ways(file, path) & (cited | marked) and (told is None or _is_told(file, path, told))
    ]
    if labels and question.clearance.is_own_reason:
        return f"Our own reason carries sourced facts alone. These have no citation: {named(labels)}."
    return f"These have neither a citation nor the mark 'our view': {named(labels)}." if labels else ""


def _is_told(file: CaseFile, path: str, told: frozenset[str]) -> bool:
    """Whether the document tells a fact: what stays behind needs no source yet."""
    public = public_path(file, path)
    return public in told or any(one.startswith(f"{public}/") for one in told)


def status_basis(question: Question) -> Answer:
    """Ask whether the status has a basis that is a kind among its cited sources, and a date."""
    file = question.file
    if file.status_basis in {"", "not_stated"}:
        return lacks("The status does not say what it is based on. Choose a basis.", "#status")
    told = question.document.status if question.document else None
    if told is not None and told.as_of is None:
        return lacks("The status has no date. Say on which date it was known.", "#status")
    types = {source.type for source in file.sources if source.id in _status_sources(file)}
    if types and not types & BASIS_OF.get(file.status_basis, types):
        label = STATUS_BASIS.label(file.status_basis).lower()
        return lacks(
            f"The status is said to rest on this: {label}. None of the sources cited for it is of that kind. Choose "
            "another basis, or cite the source.",
            "#status",
        )
    return holds("The status has a basis and a date.", "#status")


def _status_sources(file: CaseFile) -> set[str]:
    """Return the sources cited for the status: at the status itself, or at the last episode and its events."""
    own = cited_at(file, "status", "status_override", "status_as_of")
    last = file.episodes[-1:]
    rest = [f"episodes/{row.id}" for row in last] if last else []
    return own | cited_at(file, *rest)


def surely(file: CaseFile) -> Iterator[tuple[str, set[str]]]:
    """Yield what is called corroborated or confirmed, with the ids of the sources cited for it."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        around = cited_at_exactly(file, base, f"{base}/start")
        for event in episode.events:
            if event.is_public and event.confidence in SURE:
                path = f"{base}/events/{event.id}"
                yield path, cited_at(file, path) | (around if event.type in TAKEN else set())
    if file.status_override and file.status_confidence in SURE:
        yield "status", cited_at(file, "status", "status_override", "status_confidence")


def findings(question: Question) -> Iterator[Finding]:
    """Yield what is doubtful about the dates, for the reviewer to answer."""
    for one in doubts(question.file):
        yield Finding(one.path.split("/")[0], one.path, one.sentence, one.basis, is_for_officer=False)


def _impossible(file: CaseFile) -> Iterator[Problem]:
    """Yield the dates that can't be, of what the gate's readers may all see."""
    found = (problem for rule in DATE_RULES for problem in rule(file))
    return (problem for problem in found if problem.path.split("/")[0] not in CONFIDENTIAL)


def _at(problem: Problem) -> str:
    head = problem.path.split("/")
    return f"{head[0].replace('_', ' ')}, {head[-1].replace('_', ' ')}".capitalize()


def cited_facts(file: CaseFile) -> set[str]:
    """Return the paths of the facts for which a source of this case is cited; citing a part cites its whole."""
    known = {source.id for source in file.sources}
    cited = {citation.fact for citation in file.citations if citation.source_id in known}
    return cited | {fact.rpartition("/")[0] for fact in cited if not ROW_ID.fullmatch(fact.rpartition("/")[2])}


def cited_at_exactly(file: CaseFile, *paths: str) -> set[str]:
    """Return the ids of the sources cited at one of the paths itself."""
    known = {source.id for source in file.sources}
    return {row.source_id for row in file.citations if row.fact in paths and row.source_id in known}


def facts(file: CaseFile) -> Iterator[str]:
    """Yield the path of every fact that needs a source.

    Events, ends, charges, sentences, status, reasons, violations, health, answers, whereabouts, appeals, texts.
    """
    yield "status"
    for text in file.texts:
        if text.text and text.translation_state in {"", "reviewed", "unread"}:
            yield f"texts/{text.id}"
    for episode in file.episodes:
        yield from (f"episodes/{episode.id}/{path}" for path in _of_episode(episode))
    yield from (f"violations/{row.id}" for row in file.violations)
    yield from (f"state_responses/{row.id}" for row in file.state_responses)
    yield from ("health_line",) if file.health_line else ()


def _of_episode(episode: Episode) -> Iterator[str]:
    yield from (f"events/{event.id}" for event in episode.events if event.is_public)
    yield from (f"charges/{charge.id}" for charge in episode.charges)
    yield from ("end",) if episode.end_reason or episode.end.edtf else ()
    yield from ("sentence",) if episode.sentence.kind else ()
    yield from ("sentence/appeal",) if episode.sentence.appeal else ()
    is_asked = any(getattr(episode.whereabouts, name) for name in episode.whereabouts.__struct_fields__)
    yield from ("whereabouts",) if is_asked else ()
    yield from (name for name in ("reason_stated", "reason_suspected") if getattr(episode, name))


def ways(file: CaseFile, path: str) -> set[str]:
    """Return the paths at which a citation, or the mark of our view, may stand for a fact."""
    head, _, name = path.rpartition("/")
    bearing = {"end": RELEASES | DIED, "appeal": frozenset({"appeal"})}.get(name, frozenset())
    base = head.removesuffix("/sentence")
    events = [event for episode in file.episodes if base == f"episodes/{episode.id}" for event in episode.events]
    others = {"end": {f"{base}/end_reason"}, "status": {"status_override"}}.get(name, set())
    return {path, *others, *(f"{base}/events/{event.id}" for event in events if event.type in bearing)}


def grave_facts(file: CaseFile) -> Iterator[tuple[str, list[str]]]:
    """Yield what may never stand on our word alone, with the paths at which a citation may support it."""
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        taken = [f"{base}/events/{event.id}" for event in episode.events if event.type in TAKEN]
        yield "the detention", [base, f"{base}/start", f"{base}/last_contact", *taken, "status"]
        if episode.sentence.kind:
            passed = [f"{base}/events/{event.id}" for event in episode.events if event.type == "sentence"]
            yield "the sentence", [f"{base}/sentence", *passed]
        for event in episode.events:
            if event.is_public and event.type in RELEASES | DIED:
                yield f"the {event.type}", [f"{base}/events/{event.id}", f"{base}/end", "death"]
        if episode.end_reason in ENDED_FREE:
            freed = [f"{base}/events/{event.id}" for event in episode.events if event.type in RELEASES]
            yield "the release", [f"{base}/end", f"{base}/end_reason", *freed]
    if SITUATION_OF.get(file.status_override) == "free":
        yield "the release", ["status", "status_override", *_of_type(file, RELEASES)]
    if file.death.is_reported:
        yield "the death", ["death", *_of_type(file, DIED)]


def _of_type(file: CaseFile, types: frozenset[str]) -> list[str]:
    told = ((episode, event) for episode in file.episodes for event in episode.events if event.type in types)
    return [f"episodes/{episode.id}/events/{event.id}" for episode, event in told]


def _marked(file: CaseFile) -> set[str]:
    texts = {f"texts/{text.id}" for text in file.texts if text.our_view}
    return texts | {
        f"episodes/{episode.id}/events/{event.id}"
        for episode in file.episodes
        for event in episode.events
        if event.our_view
    }


def _label(file: CaseFile, path: str) -> str:
    head = public_path(file, path).split("/")
    kinds = {event.id: event.type for episode in file.episodes for event in episode.events}
    if head[-1] in kinds:
        return f"event {kinds[head[-1]]}".replace("_", " ")
    words = path.rpartition("/")[2] if head[0] == "episodes" else head[0]
    return words.replace("_", " ")


def images(question: Question) -> Answer:
    """Ask whether every picture has provenance, likeness, credit, description and a clean copy."""
    if not question.file.images:
        return not_applicable("There is no picture.", "#images")
    is_minor = may_be_minor(question.file, question.day)
    faults = [fault for image in question.file.images if (fault := missing_of(image, is_minor=is_minor))]
    if faults:
        return without(f"{len(faults)} of the pictures stay behind. {faults[0]}", "#images")
    return holds("Every picture has what it needs.", "#images")


def languages(question: Question) -> Answer:
    """Ask whether a machine's draft or a translation out of date stays behind, and what has no second reader."""
    behind = [text.language for text in question.file.texts if _stays(text, question)]
    unread = [text.language for text in question.file.texts if text.translation_state == "unread"]
    if behind:
        return without(
            f"Translations are left out: {named(behind)}. Have them written, or read by a second reader.", "#texts"
        )
    if unread:
        return holds(f"Published with a mark that no second reader has read it yet: {named(unread)}.", "#texts")
    return holds("No unread machine translation is among the texts.", "#texts")


def _stays(text: Text, question: Question) -> bool:
    """Whether a translation stays behind: by its state, or because a correction of its original left it behind."""
    if text.translation_state in STAYS:
        return True
    if not text.translation_state or question.document is None or text.kind not in TEXT_KINDS:
        return False
    if not question.clearance.clears(text.kind):
        return False
    told = getattr(question.document, text.kind)
    return bool(text.text) and text.id not in {row.id for row in told}
