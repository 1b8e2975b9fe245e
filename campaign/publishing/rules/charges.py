"""What the state says of a person is never told as a fact.

It stands in quotation marks after "The authorities say", or not at all; and in no title, card, description, facet or
group, which are made of the fields of `_cards`.
"""

import re
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile, Text
from campaign.text import folded_words

SHORTEST = 8  # letters: a shorter word of a charge is a word of every text
QUOTED = r"[“«„\"‘][^”»“\"’]*[”»“\"’]"
SAY = r"\bauthorities\s+(?:say|said|claim|claimed|state|stated)\b"
AS_THEIRS = re.compile(rf"{SAY}[^.“«„\"]{{0,40}}{QUOTED}", re.IGNORECASE)
IN_MARKS = re.compile(QUOTED)


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
