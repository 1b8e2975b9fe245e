"""Rule 9: a death leaves after the family knows; a release known from the authorities alone is their claim."""

from campaign.publishing.rules.question import Answer, Question, holds, lacks, not_applicable, without
from campaign.publishing.rules.sources import AUTHORITIES, RELEASED
from campaign.publishing.standing import is_confirmed_dead, is_death_known, may_tell_death

LINK = "#death"


def death_and_release(question: Question) -> Answer:
    """Ask whether a death or a release may be told, and as what."""
    if is_death_known(question.file) and not may_tell_death(question.file):
        return lacks("The file speaks of a death. Nothing leaves before the next of kin know.", LINK)
    if _releases_by_their_word_alone(question):
        sentence = "A release is known from the authorities alone: record it as their answer, not as an event."
        return lacks(sentence, "#state_responses")
    if question.file.death.is_reported and not is_confirmed_dead(question.file):
        return without(
            "It leaves as: Reported to have died. Not confirmed. Two independent sources would confirm it.", LINK
        )
    if question.file.death.is_reported:
        return holds("The next of kin know, and two independent sources agree.", LINK)
    return not_applicable("No death is reported.", LINK)


def _releases_by_their_word_alone(question: Question) -> bool:
    kinds = {source.id: source.type for source in question.file.sources}
    for episode in question.file.episodes:
        for event in episode.events:
            if event.type not in RELEASED or not event.is_public:
                continue
            fact = f"episodes/{episode.id}/events/{event.id}"
            cited = {kinds.get(row.source_id, "") for row in question.file.citations if row.fact == fact}
            if cited and cited <= AUTHORITIES:
                return True
    return False
