"""Parsing of a place: a cell of a sheet, and what somebody types into a form.

Of a cell: what may be said in public, what only the desk may know, what is no place. The public part is never finer
than a county; a prison is a kind of place and never a sentence; a story told in a place column is a note for the desk.

A form is stricter (`choose`): it can ask, so nothing is taken that the words do not say, and what stands beside the
place (a street, a prison) is no part of it.
"""

import msgspec
from msgspec.structs import replace

from campaign.places.current import gazetteer
from campaign.places.gazetteer import Gazetteer
from campaign.places.scanning import Segment, fold, lexicon, segments
from campaign.places.segments import Gleaned, Named, Part, Resolved, glean, narrowed, resolve, unit_alone

_LONGEST_PLACE = 600
_MOST_WORDS_WITHOUT_A_COMMA = 12
_LEAST_WORDS_OF_PROSE = 3
_MOST_NAMES = 8
_SILENT = {"unknown", "link", "doubt"}
_PLACE_WORDS = {"place", "level", "link"}
LONGEST = 200
MOST = 8


class PlaceReading(msgspec.Struct, frozen=True):
    """What a cell says, and its words as `written`.

    `code` is the county or coarser place that may be public, "" for none; `precision` one of county,
    prefecture, region. `finer` are the words for the confidential address, `town` the code of the town among
    them if it is known; `facility_name` is as confidential as they are until the desk ties it to a facility.
    `alternatives` are other public places that the words may as well mean; in a sentence,
    those it mentions. `suggestions` are places one letter away from a word that means nothing: to be asked, not
    taken. Two facility types mean that the cell does not say which. `parts` hold each word once. `meant` are the
    places that the words may mean at their own depth, towns included; `certain` is the smallest public place that
    holds them all.
    """

    written: str
    code: str = ""
    precision: str = ""
    finer: str = ""
    town: str = ""
    alternatives: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    facility_types: tuple[str, ...] = ()
    facility_name: str = ""
    is_unknown: bool = False
    is_sentence: bool = False
    is_near: bool = False
    is_doubtful: bool = False
    parts: tuple[Part, ...] = ()
    meant: tuple[str, ...] = ()
    certain: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether the words may as well mean another public place."""
        return bool(self.alternatives) and not self.is_sentence


def parse(text: str, places: Gazetteer | None = None) -> PlaceReading:
    """Return what the cell says, whatever it holds; never an error.

    `places` is the gazetteer to read by, the shipped one if None.
    """
    known = places if places is not None else gazetteer()
    if len(text) > _LONGEST_PLACE:
        return PlaceReading(text, is_sentence=True, parts=(Part(text, 0, "note"),))
    if _is_a_word_for_unknown(text):
        return PlaceReading(text, is_unknown=True, parts=(Part(text, 0, "unknown"),))
    cut = segments(text, known.index.exact)
    if _is_prose(cut):
        return _sentence(text, cut, known)
    cut = [_without_verbs(segment) for segment in cut]
    gleaned = _gleaned(known, cut)
    if all(part.sense in _SILENT for one in gleaned for part in one.parts):
        return PlaceReading(text, is_unknown=True, parts=_parts(gleaned))
    return _place(text, cut, gleaned, known)


def _is_a_word_for_unknown(text: str) -> bool:
    """Tell it of the whole cell first: "N/A" falls apart where it is cut."""
    word = lexicon().get(fold(text))
    return word is not None and word.sense == "unknown"


def _is_prose(cut: list[Segment]) -> bool:
    pieces = [piece for segment in cut for piece in segment.pieces]
    counts = [sum(1 for p in segment.pieces if p.text.isascii()) for segment in cut]
    # A Chinese character is part of a word: two of them are counted as one.
    words = sum(len(p.text.split()) if p.text.isascii() else (len(p.text) + 1) // 2 for p in pieces)
    tells = any(piece.sense == "prose" for piece in pieces)
    is_long = max(counts, default=0) > _MOST_WORDS_WITHOUT_A_COMMA
    names = sum(piece.sense == "place" for piece in pieces)
    return (tells and words >= _LEAST_WORDS_OF_PROSE) or is_long or names > _MOST_NAMES


def _without_verbs(segment: Segment) -> Segment:
    """In what is no sentence, "her" is a word like any other: "her home" leads to the family."""
    pieces = (replace(piece, sense="other") if piece.sense == "prose" else piece for piece in segment.pieces)
    return replace(segment, pieces=tuple(pieces))


def _sentence(text: str, cut: list[Segment], known: Gazetteer) -> PlaceReading:
    named = [p.codes[0] for segment in cut for p in segment.pieces if p.sense == "place"]
    mentioned = dict.fromkeys(known.public(code).code for code in named)
    return PlaceReading(text, is_sentence=True, alternatives=tuple(mentioned), parts=(Part(text, 0, "note"),))


def _gleaned(known: Gazetteer, cut: list[Segment]) -> list[Gleaned]:
    """Read each segment; a bracket says again what stands before it, and so does a unit after the bracket."""
    found: list[Gleaned] = []
    for segment in cut:
        one = glean(known, segment)
        if found and (unit := unit_alone(segment)):
            found[-1] = _with(found[-1], [narrowed(known, named, unit) for named in found[-1].named])
            if found[-1].named:
                one = Gleaned((Part(segment.text, segment.start, "place"),))
        if segment.is_bracketed and found and len(found[-1].named) >= 1 and len(one.named) == 1:
            one = _with(one, [_same(found[-1].named[-1], one.named[0])])
        found.append(one)
    return found


def _with(gleaned: Gleaned, named: list[Named]) -> Gleaned:
    return replace(gleaned, named=tuple(named))


def _same(before: Named, bracketed: Named) -> Named:
    """Of a name in brackets, the meanings it shares with the name before; its own if it shares none."""
    shared = tuple(code for code in before.codes if code in bracketed.codes)
    return replace(bracketed, codes=shared or bracketed.codes)


def _place(text: str, cut: list[Segment], gleaned: list[Gleaned], known: Gazetteer) -> PlaceReading:
    named = [name for one in gleaned for name in one.named]
    named = [name for name in named if name.is_sure] or named
    resolved = resolve(known, [name.codes for name in named]) if named else Resolved("", "", (), (), (), "")
    parts = _with_towns(_parts(gleaned), named, resolved, known)
    senses = set().union(*(segment.senses() for segment in cut))
    return PlaceReading(
        text,
        code=resolved.code,
        precision=_precision(resolved.code, known),
        finer=", ".join(part.text for part in parts if part.sense == "address"),
        town=resolved.town,
        alternatives=resolved.alternatives,
        suggestions=tuple(code for one in gleaned for code in one.suggestions),
        facility_types=tuple(dict.fromkeys(kind for one in gleaned for kind in one.facility_types)),
        facility_name=", ".join(one.facility_name for one in gleaned if one.facility_name),
        is_near="near" in senses,
        is_doubtful="doubt" in senses or "?" in text,
        parts=parts,
        meant=resolved.meant,
        certain=resolved.certain,
    )


def _parts(gleaned: list[Gleaned]) -> tuple[Part, ...]:
    return tuple(part for one in gleaned for part in one.parts)


def _with_towns(parts: tuple[Part, ...], named: list[Named], resolved: Resolved, known: Gazetteer) -> tuple[Part, ...]:
    """Mark the words of a town as address: they are finer than what may be public."""
    towns = [n for n, kept in zip(named, resolved.kept, strict=True) if known.by_code(kept[0]).level == "town"]
    spans = [(name.start, name.start + len(name.text)) for name in towns]
    found: list[Part] = []
    for part in parts:
        is_town = part.sense == "place" and any(start <= part.start < end for start, end in spans)
        found.append(replace(part, sense="address") if is_town else part)
    return tuple(found)


def _precision(code: str, known: Gazetteer) -> str:
    if not code:
        return ""
    level = known.by_code(code).level
    return "region" if level == "country" else level


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
