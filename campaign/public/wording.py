"""How a stored word is put before a reader. One rule: what was once published stays readable for ever.

The desk refuses a code that its vocabulary does not know; a page shows it, because the document is older than the page.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from campaign import languages
from campaign.languages import gettext, gettext_noop, pgettext
from campaign.public import blueprint
from campaign.vocabulary import Vocabulary

# What XML 1.0 has no character for, and the controls that turn the direction of everything after them.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CLAUSES = gettext_noop("{one}; {other}")
CLOSED = (".", "!", "?", "。", "؟", "…", ".”", "!”", "?”")


def label(vocabulary: Vocabulary, code: str) -> str:
    """Return the label of a code; of one that its vocabulary never had the code itself as words, "" for none."""
    if code in vocabulary:
        return pgettext(vocabulary.name, vocabulary.label(code))
    return code.replace("_", " ").strip().capitalize()


def stored(vocabulary: Vocabulary, words: str) -> str:
    """Return words that a document holds where they were a label of a vocabulary; any other words as they are."""
    return pgettext(vocabulary.name, words) if words else ""


def listed(labels: Iterable[str]) -> str:
    """Return labels as one phrase: "Art or literature; teaching"."""
    first, *rest = [word for word in labels if word] or [""]
    return clauses([first, *(lowered(word) for word in rest)])


def clauses(parts: Iterable[str]) -> str:
    """Return parts that may hold commas themselves as one phrase: "Court of Aksu; closed to the public"."""
    return languages.listed(parts, gettext(CLAUSES))


def lowered(words: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless it is an abbreviation.

    In another language it stays as its catalogue has it: which words may be small, no program knows.
    """
    if not languages.current().is_english:
        return words
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@blueprint.app_template_filter("sentence")
def sentence(words: str) -> str:
    """Return words with the mark that closes a sentence; "" stays ""."""
    words = words.strip()
    if not words or words.endswith(CLOSED):
        return words
    # Translators: words that become a sentence by the mark at their end.
    return gettext("{words}.").format(words=words)


def capitalised(words: str) -> str:
    """Return words as a sentence begins with them."""
    return words[:1].upper() + words[1:]


@blueprint.app_template_filter("isolated")
def isolated(message: str, **places: str) -> Markup:
    """Return a message with its places filled, each of them isolated: a name may run the other way."""
    return escape(message).format(**{name: Markup("<bdi>{}</bdi>").format(words) for name, words in places.items()})


@blueprint.app_template_filter("unquoted")
def bare(words: str) -> str:
    """Return words without the quotation marks that somebody typed around them."""
    return words.strip().strip("\"'“”„«»").strip()


@blueprint.app_template_filter("plain")
def plain(text: str) -> str:
    """Return a text that may stand where nothing isolates it: a title, a feed, an attribute that others read aloud."""
    return UNFIT.sub("", text)
