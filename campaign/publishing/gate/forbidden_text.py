"""Text that may not leave: charges told as facts, and what leads to where somebody lives (contacts, addresses, health).

What the state says of a person stands in quotation marks after "The authorities say", or not at all; and in no title,
card, description, facet or group, which are made of the fields of `_cards`.
What looks like a contact or the number of a document is found in any spelling (gate.numbers); what the file itself
keeps as confidential is found word for word.
"""

import re
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile, Text
from campaign.publishing.gate import numbers
from campaign.publishing.gate.findings import Finding
from campaign.publishing.gate.known_names import prose
from campaign.text import folded_words

SHORTEST = 8  # letters: a shorter word of a charge is a word of every text
QUOTED = r"[“«„\"‘][^”»“\"’]*[”»“\"’]"
SAY = r"\bauthorities\s+(?:say|said|claim|claimed|state|stated)\b"
AS_THEIRS = re.compile(rf"{SAY}[^.“«„\"]{{0,40}}{QUOTED}", re.IGNORECASE)
IN_MARKS = re.compile(QUOTED)
KEPT = "a confidential field word for word"
HEALTH = "a detail of health"
SHORTEST_KEPT = 6
SHORTEST_HEALTH_WORD = 7
# Words of illness that tell nobody's own: "needs treatment" is what a public line says.
COMMON_OF_HEALTH = frozenset(
    {"chronic", "condition", "disease", "illness", "medical", "medication", "medicine", "problem", "problems"}
    | {"serious", "severe", "tablets", "treatment", "unknown", "health", "needs", "urgent", "hospital"}
)


def told_as_fact(file: CaseFile, document: Profile) -> set[str]:
    """Return the fields of a document in which a charge or a reason of the state is told as if it were so."""
    said = {folded_words(words) for words in _said(file) if len(folded_words(words)) >= SHORTEST}
    found = {field for field, text in _cards(document) if _holds(text, said)}
    for field, language, text in _told(document):
        # In other languages the words before the marks can't be checked; the marks can.
        rest = (AS_THEIRS if language == "en" else IN_MARKS).sub(" ", text)
        found |= {field} if _holds(rest, said) else set()
    return found


def _holds(text: str, said: set[str]) -> bool:
    return any(f" {words} " in f" {folded_words(text)} " for words in said)


def _said(file: CaseFile) -> Iterator[str]:
    for episode in file.episodes:
        yield episode.reason_stated.strip().rstrip(".")
        for charge in episode.charges:
            yield from (charge.text.strip().rstrip("."), charge.explanation.strip().rstrip("."))


def _cards(document: Profile) -> Iterator[tuple[str, str]]:
    yield from (("summary", text.text) for text in document.summary)
    yield from (("occupation", words) for words in (document.occupation, document.employer, document.health))
    yield from (("tags", tag) for tag in document.tags)
    yield from (("images", words) for image in document.images for words in (image.alt, image.caption))


def _told(document: Profile) -> Iterator[tuple[str, str, str]]:
    for field in ("story", "quote", "details"):
        texts: list[Text] = getattr(document, field)
        yield from ((field, text.language, text.text) for text in texts)
    for episode in document.episodes:
        yield from (("episodes", "en", event.account) for event in episode.events)
        yield "episodes", "en", episode.reason_suspected


def leading(file: CaseFile, document: Profile, *, is_own_word: bool, press_contact: str = "") -> Iterator[Finding]:
    """Yield each thing in a document that leads to somebody: a contact, an address, a number, a detail of health.

    `press_contact` is the campaign's own, which may stand anywhere.
    """
    ours = {_mark(word) for word, _ in numbers.found_in(press_contact)} - {""}
    kept = {folded_words(value) for value in _kept(file) if len(folded_words(value)) >= SHORTEST_KEPT}
    health = set() if is_own_word else set(health_words(file))
    for field, text in prose(document):
        found = [(word, what) for word, what in numbers.found_in(text) if _mark(word) not in ours]
        yield from (Finding(field, folded_words(word), what, text) for word, what in found)
        spaced = f" {folded_words(text)} "
        yield from (Finding(field, word, KEPT, text) for word in kept if f" {word} " in spaced)
        yield from (Finding(field, word, HEALTH, text) for word in health if f" {word} " in spaced)


def _mark(word: str) -> str:
    """Return what two spellings of one number or address have in common."""
    digits = numbers.digits_of(word)
    return digits if len(digits) >= numbers.FEWEST else folded_words(word)


def health_words(file: CaseFile) -> Iterator[str]:
    """Yield what the confidential fields on health name: each phrase, and each long word that is no common one."""
    for text in (file.health_condition, file.health_medication):
        for phrase in re.split(r"[,;.:\n]|\band\b", text):
            words = folded_words(phrase).split()
            yield from (word for word in words if len(word) >= SHORTEST_HEALTH_WORD and word not in COMMON_OF_HEALTH)
            if len(words) > 1 or (words and len(words[0]) >= SHORTEST_KEPT and words[0] not in COMMON_OF_HEALTH):
                yield " ".join(words)


def _kept(file: CaseFile) -> Iterator[str]:
    yield file.last_address
    yield from (contact.channel for contact in file.contacts)
    yield from (row.case_number for episode in file.episodes for row in episode.proceedings)
