"""The name that a language itself has for a place: a Russian name is no Kazakh one, though both are in Cyrillic.

The sheets of the gazetteer say which script a name is in, not which language. A name is taken for a language's own
where only that language has its letters, or where the sheet gives it in another script of the same language.
"""

import re
from collections.abc import Iterator

from babel import Locale
from babel.core import UnknownLocaleError

from campaign.names.transliteration import uyghur_cyrillic
from campaign.places.index import Place

# The whole alphabets, so that Arabic and Kazakh names in Arabic letters are no Uyghur ones.
UYGHUR = re.compile("[ئابپتجچخدرزژسشغفقكگلمنھەوۇۆۈۋېىيڭ\u200c -]+")
RUSSIAN = re.compile("[а-яё -]+", re.IGNORECASE)
# The Kazakh alphabet, with a letter that Uyghur, Kyrgyz and Russian lack.
KAZAKH = re.compile("(?=.*[ұі])[а-яёәғқңөұүһі -]+", re.IGNORECASE)


def own_name(place: Place, language: str) -> str:
    """Return the name of a place in a language (BCP 47), "" where none is known to be of that language."""
    if language == "zh-Latn":
        return place.pinyin or next(iter(place.latin), "")
    if language.split("-")[0] == "zh":
        return next(iter(place.chinese), "")
    return next(_of(place, language), "") or (_country(place.code, language) if place.level == "country" else "")


def _of(place: Place, language: str) -> Iterator[str]:
    if language == "en":
        yield from place.latin
    elif language == "ug":
        yield from filter(UYGHUR.fullmatch, place.uyghur)
    elif language == "ru":
        yield from filter(RUSSIAN.fullmatch, place.cyrillic)
    elif language == "kk":
        yield from filter(KAZAKH.fullmatch, place.cyrillic)
    elif language == "ug-Cyrl":
        same = {uyghur_cyrillic(name).casefold() for name in place.uyghur}
        yield from (name for name in place.cyrillic if name.casefold() in same)


def _country(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language, sep="-").territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
