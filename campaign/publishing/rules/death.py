"""Rule 9: a death leaves after the family knows; a release known from the authorities alone is their claim."""

from campaign.cases.claims import AUTHORITIES, claimed_ends, claimed_releases
from campaign.cases.status import status
from campaign.publishing.rules.question import Answer, Question, holds, lacks, not_applicable, without
from campaign.publishing.standing import is_confirmed_dead, is_death_known, may_tell_death
from campaign.vocabulary import SITUATION_OF
from campaign.vocabulary.events import RELEASES
from campaign.vocabulary.sentences import DEATH_NOT_CONFIRMED

LINK = "#death"


def death_and_release(question: Question) -> Answer:
    """Ask whether a death or a release may be told, and as what."""
    file = question.file
    # What is public can be corrected meanwhile: the document tells no death before the family knows.
    if not question.is_correction and is_death_known(file) and not may_tell_death(file):
        return lacks("The file speaks of a death. Nothing leaves before the next of kin know.", LINK)
    if _releases_by_their_word_alone(question):
        sentence = "A release is known from the authorities alone: record it as their answer, not as an event."
        return lacks(sentence, "#state_responses")
    if file.death.is_reported and not is_confirmed_dead(file):
        return without(f"It leaves as: {DEATH_NOT_CONFIRMED} Two independent sources would confirm it.", LINK)
    if file.death.is_reported:
        return holds("The next of kin know, and two independent sources agree.", LINK)
    return not_applicable("No death is reported.", LINK)


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
