"""The numbered list of sources, the citations of each fact, and the short notes beside the lines they support."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from campaign import languages
from campaign.dates import phrases
from campaign.languages import gettext, gettext_noop
from campaign.ledger.documents import Citation, Profile, Source
from campaign.ledger.situation import group_of, situation_of
from campaign.public.phrases import label, sentence, stored, sure_in_words, when_in_words
from campaign.vocabulary.people import LANGUAGE
from campaign.vocabulary.protection import PROVES, PUBLIC_SOURCE_LINE, RELIABILITY, SOURCE_TYPE, are_of_the_authorities
from campaign.vocabulary.sentences import KNOWN_FROM

DOCUMENT = PUBLIC_SOURCE_LINE.label("document_seen")


@dataclass(frozen=True)
class Support:
    """What a statement rests on: the numbers of its sources, or our own word."""

    numbers: tuple[int, ...] = ()
    is_ours: bool = False

    def __add__(self, other: "Support") -> "Support":
        """Return both supports as one, each source once."""
        numbers = tuple(dict.fromkeys((*self.numbers, *other.numbers)))
        return Support(numbers, self.is_ours or other.is_ours)


NONE = Support()


class Evidence:
    """The citations of a document by the path of the fact that they support."""

    def __init__(self, document: Profile) -> None:
        """Read the citations and the marks of a document once: a page asks for some fifty facts."""
        self._exact: dict[str, dict[int, None]] = {}
        self._beneath: dict[str, dict[int, None]] = {}
        self._sources = {source.number: source for source in document.sources}
        self._ours = {step for fact in document.our_view for step in _steps(fact)}
        for citation in document.citations:
            self._exact.setdefault(citation.fact, {})[citation.source] = None
            for step in _steps(citation.fact):
                self._beneath.setdefault(step, {})[citation.source] = None

    def of(self, *facts: str) -> Support:
        """Return what supports these facts or any part of them."""
        numbers = dict.fromkeys(number for fact in facts for number in self._beneath.get(fact, ()))
        return Support(tuple(numbers), any(fact in self._ours for fact in facts))

    def exactly(self, fact: str) -> Support:
        """Return what supports a fact itself: of an episode, not of all that happened in it."""
        return Support(tuple(self._exact.get(fact, ())))

    def sure(self, confidence: str, support: Support) -> str:
        """Return how sure we are of what this supports, in words that its sources carry."""
        cited = [self._sources[number] for number in support.numbers if number in self._sources]
        return sure_in_words(
            confidence,
            cited=len(support.numbers),
            independent=len(independent(cited)),
            is_proved=any(source.type in PROVES or source.public_line == DOCUMENT for source in cited),
        )

    def in_words(self, support: Support, *, own_names: Collection[str]) -> str:
        """Return what sources these are, as a sentence takes it: "the press and a person with knowledge of the case".

        Never more than the numbered list tells of them; `own_names` tells the person's own word from a testimony.
        """
        kinds: dict[str, int] = {}
        for source in (self._sources[number] for number in support.numbers if number in self._sources):
            kind = "own_word" if source.author in own_names else _kind(source)
            kinds[kind] = kinds.get(kind, 0) + 1
        return languages.together([gettext(KNOWN_FROM[kind][count > 1]) for kind, count in kinds.items()])


def independent(sources: Iterable[Source]) -> list[Source]:
    """Return those of some sources that depend on none before them, without those that nobody relies on.

    Of one author, of one publisher or on one site two are one; so are those of the authorities, what the press says
    beside them, and those of which nothing is told.
    """
    found: list[Source] = []
    for source in sources:
        if source.reliability not in {"doubtful", "unreliable"} and not any(_is_one(source, other) for other in found):
            found.append(source)
    return found


def _is_one(source: Source, other: Source) -> bool:
    marks, others = _marks(source), _marks(other)
    is_one_voice = are_of_the_authorities(source.type, other.type)
    return is_one_voice or bool(marks & others) or not (marks or others)


def _kind(source: Source) -> str:
    """Return which row of KNOWN_FROM tells of a source; of a confidential one its public line."""
    if source.public_line:
        codes = {PUBLIC_SOURCE_LINE.label(code): code for code in PUBLIC_SOURCE_LINE.codes}
        return codes.get(source.public_line, "person_with_knowledge")
    return source.type if source.type in KNOWN_FROM else "other"


def _marks(source: Source) -> set[str]:
    """Return by what a source is told from others; nothing for a confidential one."""
    if source.public_line:
        return set()
    told = (source.author, source.publisher, urlsplit(source.url).netloc.removeprefix("www."))
    return {words.strip().casefold() for words in told if words.strip()}


def _steps(fact: str) -> list[str]:
    """Return a path and the paths above it: a/b/c, a/b, a."""
    parts = fact.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


@dataclass(frozen=True)
class Asked:
    """The messages of the band: its heading, with a place for the name, and what to write, with one for to whom."""

    heading: str
    write: str


HELD = Asked(
    gettext_noop("Say the name of {name} where it will be heard."),
    gettext_noop("Write to {to}: ask where this person is, on what ground, and in what health."),
)
RESTRICTED = Asked(
    gettext_noop("Say the name of {name} where it will be heard."),
    gettext_noop("Write to {to}: ask on what ground this person is not free, and when that will end."),
)
FREE = Asked(
    gettext_noop("Keep asking how {name} is."),
    gettext_noop(
        "A release can be taken back. Write to {to}: ask whether this person may live, speak and travel freely."
    ),
)
EXILE = Asked(
    gettext_noop("Keep asking how {name} is."),
    gettext_noop("Write to {to}: ask whether this person may return, and whether the family is left in peace."),
)
DEAD = Asked(
    gettext_noop("Say the name of {name}, and ask for the truth."),
    gettext_noop("Write to {to}: ask how this person died, who answers for it, and that the family may mourn."),
)
# To whom a consent lets anybody write, as a sentence takes it.
ADDRESSED = {
    "write_home": gettext_noop("your member of parliament and your government"),
    "write_embassy": gettext_noop("the embassy"),
    "write_authorities": gettext_noop("the authorities there"),
    "write_person": gettext_noop("the person"),
}


def asked_of(document: Profile) -> Asked:
    """Return what is asked for a person. A death or a release that is not confirmed is no reason to stop asking."""
    facts = situation_of(document)
    if facts.death:
        return DEAD if facts.death == "confirmed" else HELD
    if group_of(facts) == "free":
        return EXILE if facts.code == "in_exile" else FREE
    return RESTRICTED if group_of(facts) == "restricted" else HELD


def write_in_words(document: Profile) -> str:
    """Return to whom to write and what: those alone whom the consents name, "" where they name nobody."""
    to = languages.together([gettext(ADDRESSED[one]) for one in document.write_to if one in ADDRESSED])
    return gettext(asked_of(document).write).format(to=to) if to else ""


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
