"""How a stored word is put before a reader. One rule: what was once published stays readable for ever.

The desk refuses a code that its vocabulary does not know; a page shows it, because the document is older than the page.
"""

import re
from collections.abc import Iterable

from campaign.public import blueprint
from campaign.vocabulary import Vocabulary

# What XML 1.0 has no character for, and the controls that turn the direction of everything after them.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CLOSED = (".", "!", "?", "。", "؟", "…", ".”", "!”", "?”")


def label(vocabulary: Vocabulary, code: str) -> str:
    """Return the label of a code; of one that its vocabulary never had the code itself as words, "" for none."""
    return vocabulary.label(code) if code in vocabulary else code.replace("_", " ").strip().capitalize()


def listed(labels: Iterable[str]) -> str:
    """Return labels as one phrase: "Art or literature; teaching"."""
    first, *rest = [word for word in labels if word] or [""]
    return "; ".join([first, *(lowered(word) for word in rest)])


def lowered(words: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless it is an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Return words with the mark that closes a sentence; "" stays ""."""
    words = words.strip()
    return words if not words or words.endswith(CLOSED) else f"{words}."


@blueprint.app_template_filter("unquoted")
def bare(words: str) -> str:
    """Return words without the quotation marks that somebody typed around them."""
    return words.strip().strip("\"'“”„«»").strip()


@blueprint.app_template_filter("plain")
def plain(text: str) -> str:
    """Return a text that may stand where nothing isolates it: a title, a feed, an attribute that others read aloud."""
    return UNFIT.sub("", text)
