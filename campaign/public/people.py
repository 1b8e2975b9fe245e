"""A person as a page shows them: names in their scripts, a face, one sentence. Made of the published document alone."""

from dataclasses import dataclass
from functools import cached_property

from campaign import languages
from campaign.languages import pgettext
from campaign.ledger.browse import Card
from campaign.ledger.documents import Image, Name, Profile, Rendition
from campaign.names.scripts import first_letter
from campaign.public.facts import language_tag
from campaign.public.phrases import label, status_in_words, status_sentence
from campaign.vocabulary.people import NAME_KIND

RTL_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa"}
HAN_SCRIPTS = {"Hani", "Hans", "Hant"}
NATIVE_SCRIPTS = ("Arab", "Cyrl", "Tibt", "Mong")
SIZES = ("list", "page", "print")
LONG_NAME = 34  # letters of the longest word-group that the display size holds on a line at 1280 px


@dataclass(frozen=True)
class ShownName:
    """One spelling, with what a browser needs to set it right."""

    text: str
    language: str
    is_rtl: bool
    label: str = ""
    script: str = ""


def shown(name: Name) -> ShownName:
    """Return a name with its language tag (script included) and direction."""
    tag = language_tag(name.language, name.script)
    script = _script_in_words(name.script)
    kind = "" if name.kind in {"", "full", "primary"} else label(NAME_KIND, name.kind)
    return ShownName(name.text, tag, name.script in RTL_SCRIPTS, languages.listed((kind, script)), name.script)


def _script_in_words(script: str) -> str:
    if script == "Arab":
        return pgettext("beside a name", "Arabic script")
    if script == "Cyrl":
        return pgettext("beside a name", "Cyrillic")
    return pgettext("beside a name", "Chinese") if script in HAN_SCRIPTS else ""


def two_forms(spellings: list[Name]) -> tuple[Name, Name | None]:
    """Return the two spellings that stand equal: the person's own script, then the Latin one.

    A Chinese spelling of somebody whose preferred name is written in Latin letters is a transliteration made by the
    state that holds them, not the person's own form: it stands beneath.
    """
    preferred = next((name for name in spellings if name.is_preferred), spellings[0])
    latin = next((name for name in spellings if name.script == "Latn"), None)
    if preferred.script != "Latn":
        return preferred, latin
    native = next((name for script in NATIVE_SCRIPTS for name in spellings if name.script == script), None)
    return (native, preferred) if native else (preferred, None)


def portrait_of(document: Profile) -> Image | None:
    """Return the picture at the head of a page, None where there is none."""
    return next((image for image in document.images if image.is_portrait), None)


def copies(image: Image) -> dict[str, Rendition] | None:
    """Return a copy of a picture for each use, another where that one is not kept, None where there is none at all."""
    kept = {rendition.size: rendition for rendition in image.renditions}
    if not kept:
        return None
    # A list is better served by the page's copy than by the printer's, and the other way round.
    nearest = {"list": ("page", "print"), "page": ("print", "list"), "print": ("page", "list")}
    found = {size: next((kept[one] for one in (size, *nearest[size]) if one in kept), None) for size in SIZES}
    return {size: rendition or image.renditions[0] for size, rendition in found.items()}


class Person:
    """Who is shown in a list, on the wall, or at the head of a profile: made of a document, or of its card.

    Each part is made when it is asked for: a list of people shows a third of what their own pages do.
    """

    def __init__(self, document: Profile | Card) -> None:
        """Show the person of a published document, or of its card in the listing."""
        self.document = document
        self.ref, self.slug = document.ref, document.slug

    @cached_property
    def forms(self) -> tuple[Name, Name | None]:
        """The two spellings that stand equal."""
        return two_forms(self.document.names)

    @cached_property
    def first(self) -> ShownName:
        """The spelling that comes first."""
        return shown(self.forms[0])

    @cached_property
    def second(self) -> ShownName | None:
        """The one beside it, None where there is none."""
        return shown(self.forms[1]) if self.forms[1] else None

    @cached_property
    def others(self) -> tuple[ShownName, ...]:
        """Every other spelling."""
        return tuple(shown(name) for name in self.document.names if all(name is not form for form in self.forms))

    @property
    def pronunciation(self) -> str:
        """How the name is said, "" where nobody wrote it down."""
        return next((name.pronunciation for name in self.document.names if name.pronunciation), "")

    @property
    def letter(self) -> str:
        """The letter that stands for a face."""
        return first_letter(self.first.text)

    @cached_property
    def image(self) -> Image | None:
        """The portrait."""
        return self.document.portrait if isinstance(self.document, Card) else portrait_of(self.document)

    @cached_property
    def portrait(self) -> dict[str, Rendition] | None:
        """A copy of the portrait for each of SIZES, None where there is none."""
        return copies(self.image) if self.image else None

    @property
    def status(self) -> str:
        """The sentence about the situation."""
        return status_sentence(self.document, name=(self.second or self.first).text)

    @property
    def status_short(self) -> str:
        """The situation in about three words."""
        return status_in_words(self.document)

    @property
    def is_long(self) -> bool:
        """Whether a form of the name is longer than the display size holds on a line."""
        return max(len(name.text) for name in (self.first, self.second or self.first)) > LONG_NAME
