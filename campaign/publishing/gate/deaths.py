"""Rule 9: a death leaves after the family knows, in whatever field or words; a release by their word alone is a claim.

A death is told as a fact once two independent sources agree and are cited; until then it is reported, not confirmed.
Words of a death in a text, in any language, are a finding: the reviewer says that they are not about the person.
"""

import re
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.cases.status import claimed_ends, claimed_releases, is_claimed_override
from campaign.cases.wording import said
from campaign.ledger.documents import Profile
from campaign.publishing.gate.findings import Finding, unanswered
from campaign.publishing.gate.known_names import prose
from campaign.publishing.gate.question import Answer, Question, holds, lacks, named, not_applicable, without
from campaign.publishing.projection.detention import claims_death
from campaign.publishing.projection.independence import cited_at, independent
from campaign.publishing.projection.values import DEATH_EVENTS, is_confirmed_dead, is_death_known, may_tell_death
from campaign.vocabulary.events import RELEASES
from campaign.vocabulary.status_lines import DEATH_NOT_CONFIRMED

LINK = "#death"
DECISIONS = "#decisions"
WORDS = "words of a death"
# Codes are looked at in their fields, and what is told of a death or claimed of one in its own place.
NO_WORDS = frozenset(
    {"type", "kind", "confidence", "basis", "form", "reliability", "facility", "end_reason", "precision", "language"}
    | {"script", "translation_state", "scheme", "stage", "relation", "legal_basis", "media_type"}
)
ELSEWHERE = frozenset({"death", "state_responses", "names", "legal_basis", "status"})
# "Sentenced to death", and what we say ourselves of a death that is not confirmed.
NO_DEATH = re.compile(
    r"sentence[ds]? (?:\w+ )?to death|sentences? of death|death (?:sentence|penalt(?:y|ies)|row)"
    r"|death,? with (?:an? )?(?:[\w-]+ )?reprieve|execution of (?:the )?(?:sentence|judge?ment)"
    r"|reported to have died\.? not confirmed|死刑|死缓|死緩|смертн\w+ (?:казн|пригов)\w+|өлім жазасы|ўлим жазоси"
    r"|ölüm cezası|idam cezası|o['‘]lim jazosi|ئۆلۈم جازاسى|عقوبة الإعدام|حكم الإعدام|بالإعدام|todesstrafe"
    r"|peine de mort|pena de muerte",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"pass(?:ed|es) away|(?:lost|lose|gave) (?:his|her|their) lif|no longer alive|not alive|[†✝☦]\s?\d|\bR\.?I\.?P\b",
    re.IGNORECASE,
)


def death_and_release(question: Question) -> Answer:
    """Ask whether a death or a release may be told, and as what."""
    file = question.file
    # What is public can be corrected meanwhile: the document tells no death before the family knows.
    if not question.is_correction and (fault := _unknown_to_the_family(file)):
        return lacks(fault, LINK)
    if told_by_their_word_alone(file) and not _is_told_already(question):
        sentence = "A release is known from the authorities alone: record it as their answer, not as an event."
        return lacks(sentence, "#state_responses")
    if words := _open_words(question):
        return lacks(_of_words(file, words), DECISIONS)
    return _told(file)


def told_by_their_word_alone(file: CaseFile) -> bool:
    """Whether a release that would be told is cited by sources of the authorities alone, whatever basis was chosen."""
    told = any(event.is_public for _, event in claimed_releases(file))
    return told or any(True for _ in claimed_ends(file)) or is_claimed_override(file)


def _is_told_already(question: Question) -> bool:
    """Whether a correction tells no release that is not public already: an error does not wait for another one."""
    new, old = question.document, question.public
    if not question.is_correction or new is None or old is None:
        return False
    return new.status.code == old.status.code and set(_releases(new)) <= set(_releases(old))


def _releases(document: Profile) -> Iterator[tuple[str, str]]:
    for episode in document.episodes:
        yield episode.id, episode.end_reason
        yield from ((event.id, event.type) for event in episode.events if event.type in RELEASES)


def findings(question: Question, document: Profile) -> Iterator[Finding]:
    """Yield the words of a document that tell a death which is not recorded and confirmed."""
    if is_confirmed_dead(question.file):
        return
    for field, text in prose(document, without=NO_WORDS):
        if field not in ELSEWHERE:
            bare = NO_DEATH.sub(" ", text)
            found = [*said(bare, "deaths"), *(phrase[0].casefold() for phrase in PHRASES.finditer(bare))]
            yield from (Finding(field, word, WORDS, text, is_for_officer=False) for word in found)


def _unknown_to_the_family(file: CaseFile) -> str:
    if is_death_known(file) and not may_tell_death(file):
        return "The case tells of a death. Nothing is published before the next of kin know."
    if any(map(claims_death, file.state_responses)) and not file.death.next_of_kin_know:
        return "The authorities claim that the person died. Nothing is published before the next of kin know of it."
    return ""


def _open_words(question: Question) -> list[Finding]:
    if question.document is None:
        return []
    found = set(unanswered(question.file, findings(question, question.document)))
    if question.is_correction and question.public is not None:
        public = {(one.field, one.word) for one in findings(question, question.public)}
        found = {one for one in found if (one.field, one.word) not in public}
    return sorted(found, key=lambda one: (one.field, one.word))


def _of_words(file: CaseFile, words: list[Finding]) -> str:
    where = named(sorted({one.field.replace("_", " ") for one in words}))
    if may_tell_death(file):
        return f"A death that is not confirmed is told as a fact ({where}). Say: {DEATH_NOT_CONFIRMED}"
    return (
        f"Words of a death stand in what would be published ({where}). If the person died, enter it under Death, and "
        "whether the next of kin know; if not, the reviewer answers so."
    )


def _told(file: CaseFile) -> Answer:
    if not file.death.is_reported:
        return not_applicable("No death is reported.", LINK)
    if not is_confirmed_dead(file):
        return without(f"It is published as: {DEATH_NOT_CONFIRMED} Two independent sources would confirm it.", LINK)
    events = [
        f"episodes/{episode.id}/events/{event.id}"
        for episode in file.episodes
        for event in episode.events
        if event.type in DEATH_EVENTS
    ]
    if len(independent(file, cited_at(file, "death", *events))) < 2:
        return lacks("Two independent sources are named for the death: cite both of them for it.", LINK)
    return holds("The next of kin know, and two independent sources agree.", LINK)
