"""What of a page a person reads or hears, and which of it is still English."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from babel import Locale

UNREAD = {"script", "style", "pre", "code"}  # examples of /data are commands, the same in every language
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = {"title", "alt", "aria-label", "placeholder", "aria-description"}
TOLD = {"description", "og:title", "og:description", "og:image:alt", "og:site_name"}
ENGLISH = re.compile(r"[A-Za-z]+")


class Reader(HTMLParser):
    """Gathers the texts of a page: those between tags, and those of attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag == "meta" and {said.get("name"), said.get("property")} & TOLD:
            self.texts.append(said.get("content") or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not UNREAD & set(self.open):
            self.texts.append(" ".join(data.split()))


def texts(page: str) -> list[str]:
    """Return what is read of a page, in order."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.texts


def english(found: Iterable[str], data: Iterable[str], code: str) -> Iterator[str]:
    """Yield the texts in which words are left when what the profile holds and what CLDR says are taken out."""
    locale = Locale.parse(code)
    cldr = [str(name) for width in ("wide", "abbreviated") for name in locale.months["format"][width].values()]
    cldr += [words.strip() for pattern in locale.list_patterns["standard"].values() for words in pattern.split("{0}")]
    cldr = [words.removesuffix("{1}").strip(", ") for words in [*cldr, str(locale.territories.get("CN", ""))]]
    known = re.compile(
        "|".join(re.escape(words) for words in sorted({*data, *filter(None, cldr)}, key=len, reverse=True))
    )
    for text in found:
        if ENGLISH.search(known.sub(" ", text)):
            yield text
