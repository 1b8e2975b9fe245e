"""The numbered list of sources, and the short notes beside the lines they support."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaign import languages
from campaign.dates import phrases
from campaign.languages import gettext, gettext_noop
from campaign.ledger.documents import Citation, Profile, Source
from campaign.public.phrases import label, sentence, stored, when_in_words
from campaign.vocabulary.people import LANGUAGE
from campaign.vocabulary.protection import PUBLIC_SOURCE_LINE, RELIABILITY, SOURCE_TYPE

UNNAMED = gettext_noop("Known to the campaign; not named here, for safety.")


@dataclass(frozen=True)
class ShownSource:
    """A source as the numbered list shows it; `places` are the pages and words in it that are cited."""

    number: int
    words: str
    aside: str
    url: str
    archive_url: str
    sha256: str
    places: tuple[str, ...]


def sources(document: Profile) -> list[ShownSource]:
    """Return the numbered list of sources."""
    return [
        ShownSource(
            number=source.number,
            words=sentence(source_in_words(source)),
            aside=source_aside(source),
            url=safe(source.url),
            archive_url=safe(source.archive_url),
            sha256=source.sha256,
            places=_places(citation for citation in document.citations if citation.source == source.number),
        )
        for source in document.sources
    ]


def notes(document: Profile) -> dict[int, str]:
    """Return, by number, the short note that stands in the margin of a wide page."""
    return {source.number: source_in_words(source) for source in document.sources}


def source_in_words(source: Source) -> str:
    """Return a source as a reader cites it; of a confidential one its public line alone."""
    if source.public_line:
        return stored(PUBLIC_SOURCE_LINE, source.public_line)
    title = gettext("“{words}”").format(words=source.title) if source.title else ""
    parts = [source.author, title, source.publisher, when_in_words(source.date)]
    return languages.listed(parts) or label(SOURCE_TYPE, source.type)


def source_aside(source: Source) -> str:
    """Return the quiet line under a source: its kind, language and reliability, and when we took it."""
    if source.public_line:
        return gettext(UNNAMED)
    kind = "" if source.type == "other" else label(SOURCE_TYPE, source.type)
    reliability = "" if source.reliability in {"", "not_known"} else label(RELIABILITY, source.reliability)
    tongue = label(LANGUAGE, source.language.split("-")[0])
    language = gettext("In {language}").format(language=tongue) if tongue else ""
    day = phrases.public_words(source.retrieved_on.isoformat()) if source.retrieved_on else ""
    taken = gettext("Retrieved {date}").format(date=day) if day else ""
    return " ".join(sentence(part) for part in (kind, language, reliability, taken) if part)


def safe(url: str) -> str:
    """Return an address that a reader may follow, "" for anything but the web (javascript:, data:)."""
    return url if url.startswith(("https://", "http://")) else ""


def _places(citations: Iterable[Citation]) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for citation in citations:
        is_number = citation.page[:1].isdigit()
        page = gettext("p. {number}").format(number=citation.page) if is_number else citation.page
        quote = gettext("“{words}”").format(words=citation.quote) if citation.quote else ""
        told[gettext("{page}: {quote}").format(page=page, quote=quote) if page and quote else page or quote] = None
    return tuple(place for place in told if place)
