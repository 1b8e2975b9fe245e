"""Rules 5 and 10: a picture or a translation that lacks something stays behind; the rest may go."""

from campaign.cases.file import TEXT_KINDS, Text
from campaign.publishing.project_person import STAYS, missing_of
from campaign.publishing.rules.question import Answer, Question, holds, named, not_applicable, without
from campaign.publishing.standing import may_be_minor


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
        return without(f"Translations stay behind: {named(behind)}. Have them written or read.", "#texts")
    if unread:
        return holds(f"Leaves marked as not yet read by a second reader: {named(unread)}.", "#texts")
    return holds("No unread draft of a machine is among the texts.", "#texts")


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
