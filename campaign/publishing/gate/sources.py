"""Rules 3, 4, 5, 9 and 10: sources, basis of the status, pictures, deaths and releases, translations.

3 and 4: what is told has a source or is marked as ours; the status says what it rests on and since when. 5 and 10: a
picture or a translation that lacks something stays behind; the rest may go. 9: a death leaves after the family knows;
a release known from the authorities alone is their claim.
"""

import re
from collections.abc import Iterator

from campaign.cases.file import TEXT_KINDS, CaseFile, Text
from campaign.cases.status import claimed_ends, claimed_releases, status
from campaign.publishing.gate.question import Answer, Question, holds, lacks, named, not_applicable, without
from campaign.publishing.projection.evidence import public_path
from campaign.publishing.projection.profile import STAYS, missing_of
from campaign.publishing.projection.values import is_confirmed_dead, is_death_known, may_be_minor, may_tell_death
from campaign.vocabulary.events import ENDED_FREE, RELEASES
from campaign.vocabulary.protection import AUTHORITIES
from campaign.vocabulary.status import SITUATION_OF
from campaign.vocabulary.status_lines import DEATH_NOT_CONFIRMED

SOURCES_LINK = "#sources"
ROW_ID = re.compile(r"[0-9a-f]{8}")
TAKEN = frozenset({"arrest", "abduction", "disappearance", "incommunicado", "re_arrest"})
DIED = frozenset({"death"})
DEATH_LINK = "#death"


def sources(question: Question) -> Answer:
    """Ask whether the detention, a sentence, a release and a death are cited, and other facts cited or marked."""
    file = question.file
    cited = cited_facts(file)
    if not question.file.episodes:
        return lacks("There is no episode of detention. Add one, with what is known about it.", "#episodes")
    uncited = [label for label, paths in grave_facts(file) if not cited & set(paths)]
    if uncited:
        return lacks(f"These need a citation: {named(uncited)}.", SOURCES_LINK)
    # Our own reasons carry sourced facts alone: there the mark stands for nothing.
    marked = set() if question.clearance.is_own_reason else set(file.our_view) | _marked(file)
    open_facts = [path for path in facts(file) if path not in cited and path not in marked]
    if open_facts:
        labels = [_label(file, path) for path in open_facts]
        if question.clearance.is_own_reason:
            return lacks(
                f"Our own reason carries sourced facts alone. These have no citation: {named(labels)}.", SOURCES_LINK
            )
        return lacks(f"These have neither a citation nor the mark 'our view': {named(labels)}.", SOURCES_LINK)
    return holds("Every fact has a source or is marked as our view.", SOURCES_LINK)


def status_basis(question: Question) -> Answer:
    """Ask whether the status has a basis and a date."""
    if question.file.status_basis in {"", "not_stated"}:
        return lacks("The status does not say what it is based on. Choose a basis.", "#status")
    told = question.document.status if question.document else None
    if told is not None and told.as_of is None:
        return lacks("The status has no date. Say on which date it was known.", "#status")
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


def death_and_release(question: Question) -> Answer:
    """Ask whether a death or a release may be told, and as what."""
    file = question.file
    # What is public can be corrected meanwhile: the document tells no death before the family knows.
    if not question.is_correction and is_death_known(file) and not may_tell_death(file):
        return lacks("The case tells of a death. Nothing is published before the next of kin know.", DEATH_LINK)
    if _releases_by_their_word_alone(question):
        sentence = "A release is known from the authorities alone: record it as their answer, not as an event."
        return lacks(sentence, "#state_responses")
    if file.death.is_reported and not is_confirmed_dead(file):
        return without(
            f"It is published as: {DEATH_NOT_CONFIRMED} Two independent sources would confirm it.", DEATH_LINK
        )
    if file.death.is_reported:
        return holds("The next of kin know, and two independent sources agree.", DEATH_LINK)
    return not_applicable("No death is reported.", DEATH_LINK)


def _releases_by_their_word_alone(question: Question) -> bool:
    file = question.file
    told = any(event.is_public for _, event in claimed_releases(file))
    return told or any(True for _ in claimed_ends(file)) or _stated_by_their_word_alone(question)


def _stated_by_their_word_alone(question: Question) -> bool:
    """Whether the situation is set to free by hand, and a notice or a source of the authorities is all behind it."""
    file = question.file
    if SITUATION_OF[status(file, question.day).code] != "free" or not file.status_override:
        return False
    kinds = {source.id: source.type for source in file.sources}
    paths = {"status", "status_override"} | {
        f"episodes/{episode.id}/events/{event.id}"
        for episode in file.episodes
        for event in episode.events
        if event.type in RELEASES
    }
    cited = {kinds.get(row.source_id, "") for row in file.citations if row.fact in paths}
    return file.status_basis == "official_notice" and cited <= AUTHORITIES
