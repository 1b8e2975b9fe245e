"""A person as a page shows them: names in their scripts, a face, one sentence. Made of the published document alone."""

from dataclasses import dataclass, field

from campaign.ledger.cards import Card
from campaign.ledger.documents import Image, Name, Profile, Rendition
from campaign.names.scripts import first_letter
from campaign.public.languages import language_tag
from campaign.public.telling import status_in_words, status_sentence
from campaign.public.wording import label
from campaign.vocabulary import NAME_KIND

RTL_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa"}
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


@dataclass(frozen=True)
class Person:
    """Who is shown in a list, on the wall, or at the head of a profile; `portrait` has a copy for each of SIZES."""

    ref: str
    slug: str
    first: ShownName
    second: ShownName | None
    others: tuple[ShownName, ...]
    pronunciation: str
    letter: str
    portrait: dict[str, Rendition] | None
    image: Image | None
    status: str
    status_short: str
    status_code: str
    is_long: bool = field(default=False)


def shown(name: Name) -> ShownName:
    """Return a name with its language tag (script included) and direction."""
    tag = language_tag(name.language, name.script)
    script = SCRIPT_LABELS.get(name.script, "")
    kind = "" if name.kind in {"", "full", "primary"} else label(NAME_KIND, name.kind)
    return ShownName(
        name.text, tag, name.script in RTL_SCRIPTS, f"{kind}, {script}" if kind and script else kind or script
    )


SCRIPT_LABELS = {"Arab": "Arabic script", "Cyrl": "Cyrillic", "Hans": "Chinese", "Hant": "Chinese", "Hani": "Chinese"}


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


def person(document: Profile | Card) -> Person:
    """Return the person of a published document, or of its card in the listing, as pages show them."""
    spellings = list(document.names)
    first, second = two_forms(spellings)
    image = document.portrait if isinstance(document, Card) else portrait_of(document)
    return Person(
        ref=document.ref,
        slug=document.slug,
        first=shown(first),
        second=shown(second) if second else None,
        others=tuple(shown(name) for name in spellings if name is not first and name is not second),
        pronunciation=next((name.pronunciation for name in spellings if name.pronunciation), ""),
        letter=first_letter(first.text),
        portrait=copies(image) if image else None,
        image=image,
        status=status_sentence(document),
        status_short=status_in_words(document),
        status_code=document.status.code,
        is_long=max(len(name.text) for name in (first, second or first)) > LONG_NAME,
    )
