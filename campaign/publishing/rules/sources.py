"""Rules 3 and 4: what is told has a source or is marked as ours; the status says what it rests on and since when."""

import re
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.publishing.project_evidence import public_path
from campaign.publishing.rules.question import Answer, Question, holds, lacks, named
from campaign.vocabulary.events import ENDED_FREE, RELEASES

LINK = "#sources"
ROW_ID = re.compile(r"[0-9a-f]{8}")
TAKEN = frozenset({"arrest", "abduction", "disappearance", "incommunicado", "re_arrest"})
DIED = frozenset({"death"})


def sources(question: Question) -> Answer:
    """Ask whether the detention, a sentence, a release and a death are cited, and other facts cited or marked."""
    file = question.file
    cited = cited_facts(file)
    if not question.file.episodes:
        return lacks("There is no episode of detention. Add one, with what is known of it.", "#episodes")
    uncited = [label for label, paths in grave_facts(file) if not cited & set(paths)]
    if uncited:
        return lacks(f"These need a citation: {named(uncited)}.", LINK)
    # Our own reasons carry sourced facts alone: there the mark stands for nothing.
    marked = set() if question.clearance.is_own_reason else set(file.our_view) | _marked(file)
    open_facts = [path for path in facts(file) if path not in cited and path not in marked]
    if open_facts:
        labels = [_label(file, path) for path in open_facts]
        if question.clearance.is_own_reason:
            return lacks(f"Our own reason carries sourced facts alone. These have no citation: {named(labels)}.", LINK)
        return lacks(f"These have neither a citation nor the mark 'our view': {named(labels)}.", LINK)
    return holds("Every fact has a source or is marked as our view.", LINK)


def status(question: Question) -> Answer:
    """Ask whether the status has a basis and a date."""
    if question.file.status_basis in {"", "not_stated"}:
        return lacks("The status does not say what it rests on. Choose a basis.", "#status")
    told = question.document.status if question.document else None
    if told is not None and told.as_of is None:
        return lacks("The status has no date. Say as of when it is known.", "#status")
    return holds("The status has a basis and a date.", "#status")


def cited_facts(file: CaseFile) -> set[str]:
    """Return the paths of the facts for which a source of this case is cited; citing a part cites its whole."""
    known = {source.id for source in file.sources}
    cited = {citation.fact for citation in file.citations if citation.source_id in known}
    return cited | {fact.rpartition("/")[0] for fact in cited if not ROW_ID.fullmatch(fact.rpartition("/")[2])}


def facts(file: CaseFile) -> Iterator[str]:
    """Yield the path of every fact that needs a source: events, charges, sentences, status, reasons, texts."""
    yield "status"
    for text in file.texts:
        if text.text and text.translation_state in {"", "reviewed", "unread"}:
            yield f"texts/{text.id}"
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        yield from (f"{base}/events/{event.id}" for event in episode.events if event.is_public)
        yield from (f"{base}/charges/{charge.id}" for charge in episode.charges)
        yield from ((f"{base}/sentence",) if episode.sentence.kind else ())
        yield from (f"{base}/{field}" for field in ("reason_stated", "reason_suspected") if getattr(episode, field))


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
        if episode.end_reason in ENDED_FREE and not any(event.type in RELEASES for event in episode.events):
            yield "the release", [f"{base}/end", f"{base}/end_reason", "status"]
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
    return f"event {kinds[head[-1]]}" if head[-1] in kinds else (head[-1] if head[0] == "episodes" else head[0])
