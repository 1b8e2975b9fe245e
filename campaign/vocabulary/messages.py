"""The labels and sentences that stand in tables, for `make messages`: a table is no call that Babel would find."""

from collections.abc import Iterator
from typing import Any

from campaign.vocabulary import VOCABULARIES
from campaign.vocabulary.status import OF_MANY, SHORT_LABELS
from campaign.vocabulary.status_lines import KINDS, LINES, SENTENCED

Found = tuple[int, str, str | tuple[str, str], list[str]]


def messages() -> Iterator[tuple[str, str]]:
    """Yield each label with its vocabulary, which tells apart words that are one in English; "" for a sentence."""
    for name, vocabulary in VOCABULARIES.items():
        yield from ((name, term.label) for term in vocabulary.terms)
    yield from (("short status", label) for label in SHORT_LABELS.values())
    yield from (("people", words) for words in OF_MANY.values())
    yield from (("where somebody is held", words) for words in KINDS.values())
    yield from (("", words) for lines in LINES.values() for pair in lines.values() for words in pair)
    yield from (("", words) for words in SENTENCED.values())


def extract(_file: object, _keywords: object, _tags: object, options: dict[str, Any]) -> Iterator[Found]:
    """Yield the messages as a Babel extractor does: line, the function that looks them up, arguments, comments."""
    for context, message in messages():
        yield (0, "pgettext", (context, message), []) if context else (0, "gettext", message, [])
