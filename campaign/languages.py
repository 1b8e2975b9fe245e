"""Internationalisation: the current language, its message catalogue (gettext), and formats of numbers and lists (CLDR).

One rule: a sentence is looked up whole, with named places for what changes (`gettext("Known from {basis}.")`, then
`.format(basis=...)`); no sentence is put together from pieces, and no name is inflected. The source is English: it
needs no catalogue, and what a catalogue lacks is said in it.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, reduce
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SHIPPED = Path(__file__).parent / "locale"
# {name} in sentences of Python, %(name)s in those of templates.
PLACE = re.compile(r"\{(\w+)\}|%\((\w+)\)s")


class NoSuchLanguage(ValueError):
    """A language that CLDR does not know, without a catalogue, or with a broken one; says what to do."""


@dataclass(frozen=True)
class Language:
    """A language with its catalogue. `prefix` is what the addresses of its pages begin with: "" or "/ug"."""

    code: str
    locale: Locale
    catalogue: NullTranslations = field(default_factory=NullTranslations, compare=False)
    prefix: str = ""

    @cached_property
    def direction(self) -> str:
        """Return "ltr" or "rtl"."""
        return self.locale.text_direction

    @cached_property
    def autonym(self) -> str:
        """Return the name of the language in itself."""
        name = self.locale.get_display_name() if self.locale.script else self.locale.get_language_name()
        return name or self.code

    @cached_property
    def script(self) -> str:
        """Return the ISO 15924 code of the script that the language is usually written in, "" where nobody knows."""
        likely = get_global("likely_subtags").get(str(self.locale), "")
        return self.locale.script or next((part for part in likely.split("_") if len(part) == 4), "")

    @cached_property
    def pair(self) -> str:
        """Return how the language joins two parts that are counted up: "{0} and {1}"."""
        return str(self.locale.list_patterns["standard"]["2"])

    @property
    def is_english(self) -> bool:
        """Whether this is the language that the messages are written in."""
        return self.locale is SOURCE.locale


# English as this program writes it: the day before the month.
SOURCE = Language("en", Locale("en", "GB"))
_current: ContextVar[Language] = ContextVar("language", default=SOURCE)


def current() -> Language:
    """Return the current language: the page's where a page is made, otherwise English."""
    return _current.get()


def speak(language: Language) -> None:
    """Make a language the current one from here on, in this thread."""
    _current.set(language)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Make a language the current one within a block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def gettext(message: str) -> str:
    """Return a message in the language that is spoken."""
    return _current.get().catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a message that the language has for a number; the number itself is not put in."""
    return _current.get().catalogue.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Return a message that means one thing in this context and may mean another elsewhere."""
    return _current.get().catalogue.pgettext(context, message)


def gettext_noop(message: str) -> str:
    """Return a message as it is: marks it in a table for extraction; `gettext` says it when it is used."""
    return message


def number(count: int) -> str:
    """Return a number as the language writes it: "12,345"."""
    return format_decimal(count, locale=_current.get().locale)


def listed(parts: Iterable[str], pattern: str = "") -> str:
    """Return facts that stand side by side as one phrase, without those that are empty: "Prison, Ghulja".

    `pattern` says how two of them stand together, by default with a comma.
    """
    said = [part for part in parts if part]
    if len(said) < 2:
        return "".join(said)
    # Translators: two facts of a row, beside each other. Usually only the comma differs.
    two = pattern or gettext("{one}, {other}")
    return reduce(lambda one, other: two.format(one=one, other=other), said)


def together(parts: list[str]) -> str:
    """Return parts that are counted up: "1 year, 6 months and 1 day"."""
    if len(parts) < 2:
        return "".join(parts)
    language = _current.get()
    # Babel reads the patterns of a language anew each time.
    return language.pair.format(*parts) if len(parts) == 2 else format_list(parts, locale=language.locale)


def locale_of(code: str) -> Locale:
    """Return what CLDR knows of a language by its BCP 47 code. Raises NoSuchLanguage."""
    if code == SOURCE.code:
        return SOURCE.locale
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise NoSuchLanguage(f"{code!r} is no language; it must be a code of BCP 47 such as ug or zh-Hans.") from error


def load(code: str, *folders: Path, prefix: str = "") -> Language:
    """Return a language with the catalogue of the first folder that has one. Raises NoSuchLanguage.

    Catalogues lie where gettext's tools put them, <folder>/<locale>/LC_MESSAGES/messages.po, and are read as they are.
    """
    locale = locale_of(code)
    path = next((found for folder in folders if (found := catalogue_path(folder, locale)).is_file()), None)
    if path is not None:
        return Language(code, locale, _read(path, locale), prefix)
    if code == SOURCE.code:
        return Language(code, locale, prefix=prefix) if prefix else SOURCE
    raise NoSuchLanguage(f"{code!r} has no catalogue; docs/languages.md says how one is made.")


def catalogue_path(folder: Path, locale: Locale) -> Path:
    """Return where the catalogue of a language lies."""
    return folder / str(locale) / "LC_MESSAGES" / "messages.po"


def _read(path: Path, locale: Locale) -> NullTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    for message in catalogue:
        _refuse_unknown_places(path, message.id, message.string)
    packed = io.BytesIO()
    write_mo(packed, catalogue)
    packed.seek(0)
    return GNUTranslations(packed)


def _refuse_unknown_places(path: Path, source: str | tuple[str, ...] | list[str], said: object) -> None:
    """Raise NoSuchLanguage for a translation with a place that its message does not fill: it would break a page."""
    known = {name for text in ([source] if isinstance(source, str) else source) for name in PLACE.findall(text)}
    for text in [said] if isinstance(said, str) else list(said) if isinstance(said, (tuple, list)) else []:
        strange = set(PLACE.findall(text)) - known
        if source and strange:
            raise NoSuchLanguage(f"{path}: the translation of {source!r} has a place that it must not have: {text!r}.")
