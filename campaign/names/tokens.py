"""The tokens of a name, with all that matching needs. Roles and weights: roles.tsv; equal names: name_forms.tsv."""

from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

import msgspec

from campaign.names.pieces import ARTICLES, Piece
from campaign.names.scripts import first_letter, word_script
from campaign.names.sounds import Reading, is_patronymic, latin_readings, looks_slavic, skeletons, squeeze
from campaign.names.tables import rows
from campaign.names.transliteration import arabic_readings, ascii_word, han_readings

Role = Literal["name", "initial", "patronymic", "honorific", "particle", "kinship", "suffix", "generic"]
INITIAL_WEIGHT, PATRONYMIC_WEIGHT = 0.5, 0.45
# One letter of these is a syllable, and may be a whole name: 이 (Yi), 吴.
OF_SYLLABLES = {"Hani", "Hang", "Hira", "Kana"}
ONE_ORTHOGRAPHY = {"Cyrl", "Arab"}  # scripts whose letters leave the orthography open to no doubt


class Token(msgspec.Struct, frozen=True, eq=False, array_like=True):
    """One word of a name; `weight` is beside a full name (1), `same_as` are its headings in name_forms.tsv."""

    text: str
    script: str
    roman: str
    folded: str
    role: Role
    weight: float
    readings: tuple[Reading, ...]
    skeletons: tuple[str, ...]
    same_as: frozenset[str]


class _RoleRow(NamedTuple):
    role: Role
    weight: float


def tokens_of(pieces: tuple[Piece, ...]) -> tuple[Token, ...]:
    """Return the tokens of one name, in order."""
    slavic = any(piece.script == "Cyrl" or looks_slavic(piece.ascii) for piece in pieces)
    tokens = _with_articles([_token(piece, slavic=slavic, crowd=min(len(pieces), 3)) for piece in pieces])
    if any(token.role in {"name", "patronymic", "initial"} for token in tokens):
        return tuple(tokens)
    # A name that is nothing but titles is taken at its word.
    return tuple(_as_name(token) for token in tokens)


def _with_articles(tokens: list[Token]) -> list[Token]:
    """Return the tokens; after an Arabic article also read together with it: Al Hosseini beside Alhosseini."""
    return [
        _with_article(tokens[place - 1], token) if place and tokens[place - 1].folded in ARTICLES else token
        for place, token in enumerate(tokens)
    ]


@lru_cache(maxsize=4096)
def _with_article(article: Token, token: Token) -> Token:
    whole = _joined_reading([article.readings[0], token.readings[0]])
    readings = (*token.readings, whole)
    text = article.text + token.text if token.script == "Arab" else token.text
    return msgspec.structs.replace(token, text=text, readings=readings, skeletons=_skeletons(readings))


def joined(tokens: tuple[Token, ...]) -> Token:
    """Return several tokens read as one word: Mohammad Reza beside Mohammadreza."""
    readings = [_joined_reading([token.readings[0] for token in tokens])]
    last = _joined_reading([token.readings[-1] for token in tokens])
    if last != readings[0]:
        readings.append(last)
    folded = squeeze("".join(token.folded for token in tokens))
    return Token(
        text=" ".join(token.text for token in tokens),
        script=tokens[0].script,
        roman="".join(token.roman for token in tokens),
        folded=folded,
        role="name",
        weight=sum(token.weight for token in tokens),
        readings=tuple(readings),
        skeletons=_skeletons(tuple(readings)),
        same_as=_same_as("".join(token.text for token in tokens), folded),
    )


def _joined_reading(parts: list[Reading]) -> Reading:
    kinds = {part.vowels for part in parts}
    vowels = parts[0].vowels if len(kinds) == 1 else "syllabic" if "syllabic" in kinds else "full"
    sounds = "".join(part.sounds for part in parts)
    # Between two consonants of an abjad lies a vowel that is not written: Imad al-Din is imad(e)din.
    return Reading(sounds if vowels == "abjad" else squeeze(sounds), vowels, parts[0].orthography)


@lru_cache(maxsize=4096)
def _token(piece: Piece, *, slavic: bool, crowd: int) -> Token:
    folded = squeeze(piece.ascii)
    readings = _readings(piece, slavic=slavic)
    role, weight = _role(piece, folded, crowd)
    same_as = _same_as(piece.text, folded) if role in {"name", "patronymic"} else frozenset()
    return Token(piece.text, piece.script, piece.ascii, folded, role, weight, readings, _skeletons(readings), same_as)


def _as_name(token: Token) -> Token:
    return Token(
        token.text, token.script, token.roman, token.folded, "name", 1.0, token.readings, token.skeletons, token.same_as
    )


def _readings(piece: Piece, *, slavic: bool) -> tuple[Reading, ...]:
    if piece.script == "Hani":
        return han_readings(piece.syllables)
    if piece.script == "Arab" and not piece.vowelled:
        return arabic_readings(piece.text)
    readings = latin_readings(piece.ascii, slavic=slavic)
    if piece.script in ONE_ORTHOGRAPHY:
        readings = tuple(one for one in readings if one.orthography in {"general", "belarusian"})
    if piece.script == "Hebr":
        return tuple(Reading(one.sounds, "abjad", "hebrew") for one in readings[:1])
    return readings


def _role(piece: Piece, folded: str, crowd: int) -> _RoleRow:
    known = _roles().get(piece.text.casefold()) or _roles().get("ascii " + folded if piece.script != "Hani" else "")
    # A capital alone is an initial: only a small e or u stands between two names.
    if known and crowd > 1 and not (len(piece.text) == 1 and piece.text.isupper()):
        return known
    if len(folded) == 1 and first_letter(piece.text) == piece.text.upper() and piece.script not in OF_SYLLABLES:
        return _RoleRow("initial", INITIAL_WEIGHT)
    if crowd > 2 and is_patronymic(folded):
        return _RoleRow("patronymic", PATRONYMIC_WEIGHT)
    return _RoleRow("name", 1.0)


def _skeletons(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for reading in readings for one in skeletons(reading.sounds)))


def _same_as(text: str, folded: str) -> frozenset[str]:
    none: frozenset[str] = frozenset()
    return _headings().get(text.casefold(), none) | _headings().get(folded, none)


@cache
def _roles() -> dict[str, _RoleRow]:
    found = {}
    for row in rows("roles.tsv"):
        entry = _RoleRow(cast(Role, row["role"]), float(row["weight"]))
        for form in row["forms"].split():
            found[form.casefold()] = entry
            letters = squeeze(ascii_word(form)) if word_script(form) in {"Latn", "Cyrl"} else ""
            # Squeezed to one letter, the third of a name (III) would be any Ilyar's initial.
            if len(letters) > 1 or letters == form:
                found["ascii " + letters] = entry
    return found


@cache
def _headings() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in rows("name_forms.tsv"):
        for form in [row["name"], *row["forms"].split()]:
            script = word_script(form)
            keys = {form.casefold()} if script in {"Hani", "Arab"} else {form.casefold(), squeeze(ascii_word(form))}
            for key in keys:
                found[key] = found.get(key, frozenset()) | {row["name"]}
    return found
