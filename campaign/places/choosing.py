"""What somebody means who types a place into a form: one place, several to choose from, or none that is known.

Stricter than the reading of a sheet's cell (campaign.places.reading): a form can ask, so nothing is taken that the
words do not say, and what stands beside the place (a street, a prison) is no part of it.
"""

import msgspec

from campaign.places.current import gazetteer
from campaign.places.folding import fold
from campaign.places.gazetteer import Gazetteer
from campaign.places.reading import parse
from campaign.places.scanning import segments

_PLACE_WORDS = {"place", "level", "link"}
LONGEST = 200
MOST = 8


class Choice(msgspec.Struct, frozen=True):
    """What the words mean.

    `code` is the one place they name, "" where there is none or more than one; `candidates` are the codes to choose
    from, the likeliest first: places that bear the name (`is_named`), or only come near it.
    """

    code: str = ""
    candidates: tuple[str, ...] = ()
    is_named: bool = False


def choose(text: str, places: Gazetteer | None = None) -> Choice:
    """Return what `text` means: a code, a name in any spelling or script, or the words of Gazetteer.words."""
    known = places if places is not None else gazetteer()
    text = text.strip()
    if not text:
        return Choice()
    if text in known:
        return Choice(text)
    if code := known.by_words(text):
        return Choice(code)
    if len(text) > LONGEST:
        return Choice()
    return _of_name(text, known)


def suggest(text: str, places: Gazetteer | None = None, limit: int = MOST) -> tuple[str, ...]:
    """Return the codes of places that somebody who is still typing may be about to name."""
    known = places if places is not None else gazetteer()
    key = fold(text[:LONGEST])
    if not key:
        return ()
    choice = choose(text, known)
    found = (choice.code, *choice.candidates) if choice.code else choice.candidates if choice.is_named else ()
    begun = known.index.beginning(fold(text[:LONGEST].replace("،", ",").split(",")[0]))
    likely = tuple(dict.fromkeys((*found, *begun)))
    return (likely or choice.candidates)[:limit]


def _of_name(text: str, known: Gazetteer) -> Choice:
    senses = {sense for segment in segments(text, known.index.exact) for sense in segment.senses()}
    reading = parse(text, known)
    is_all_known = not reading.finer or bool(reading.town)  # "Awat town", where only a county of the name is known
    if "place" in senses and senses <= _PLACE_WORDS and is_all_known:
        one = reading.meant[0] if len(reading.meant) == 1 else ""
        return Choice(one) if one else Choice("", reading.meant[:MOST], is_named=True)
    hits = known.find(text, MOST)
    if len(hits) == 1 and hits[0].how == "sounds" and not known.index.beginning(fold(text)):
        return Choice(hits[0].place.code)
    near = (*reading.meant, *(hit.place.code for hit in hits), *reading.suggestions, *_nearest(text, known))
    return Choice("", tuple(dict.fromkeys(near))[:MOST])


def _nearest(text: str, known: Gazetteer) -> tuple[str, ...]:
    """Names that look alike: of the whole, and of each part between separators."""
    keys = dict.fromkeys(fold(segment.text) for segment in segments(text, known.index.exact))
    return tuple(code for key in keys for code in (*known.index.beginning(key)[:3], *known.index.nearest(key)))
