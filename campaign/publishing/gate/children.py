"""What is never told of a person who may be under 18, looked for in the texts: birth, school, work, exact places.

The fields are left out by the projection; words in a text are findings, which the reviewer answers.
"""

import re
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.cases.wording import said
from campaign.ledger.documents import Profile
from campaign.places.current import gazetteer
from campaign.publishing.gate import other_children
from campaign.publishing.gate.findings import Finding
from campaign.publishing.gate.known_names import prose
from campaign.publishing.gate.numbers import digits_of
from campaign.publishing.gate.question import Question
from campaign.publishing.gate.words import UNSPACED, words_of
from campaign.publishing.projection.values import LANGUAGES, may_be_minor
from campaign.text import folded_words, visible

BIRTH = "the birth of somebody who may be under 18"
SCHOOL = "the school of somebody who may be under 18"
WORK = "the school or work of somebody who may be under 18"
PLACE = "an exact place of somebody who may be under 18"
SHORTEST = 4
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
SMALL_WORDS = frozenset({"with", "from", "near", "worker", "person", "number", "people"})


def findings(question: Question, document: Profile) -> Iterator[Finding]:
    """Yield what a document tells of somebody who may be under 18, the person or a child of the family."""
    yield from other_children.findings(document)
    file = question.file
    if not may_be_minor(file, question.day):
        return
    years, work, places = _years(file), set(_words(file)), set(_places(file))
    for field, text in prose(document):
        if field in {"names", "sources", "citations"}:
            continue
        found = [(year, BIRTH) for year in years if year in YEAR.findall(_plain(text))]
        found += [(word, BIRTH) for word in other_children.births(text)]
        found += [(word, SCHOOL) for word in (*said(text, "schools"), *other_children.schools(text))]
        keys = {word.key for word in words_of(visible(text))}
        found += [(word, WORK) for word in work if word in keys or (UNSPACED.match(word) and word in text)]
        spaced = f" {folded_words(text)} "
        found += [(name, PLACE) for name in places if f" {name} " in spaced or (UNSPACED.match(name) and name in text)]
        yield from (Finding(field, word, what, text, is_for_officer=False) for word, what in found)


def _plain(text: str) -> str:
    return " ".join(digits_of(word) for word in re.split(r"[^\w]+", visible(text)))


def _years(file: CaseFile) -> set[str]:
    first, last = file.birth.earliest, file.birth.latest
    return {f"{year.year:04}" for year in (first, last) if year is not None}


def _words(file: CaseFile) -> Iterator[str]:
    """Yield the words of employer, occupation and address by which somebody would be found."""
    for text in (file.employer, file.occupation, file.last_address):
        for word in words_of(visible(text)):
            if len(word.key) >= SHORTEST and word.key not in SMALL_WORDS:
                yield word.key
        yield from (run[0] for run in UNSPACED.finditer(text) if len(run[0]) > 1)


def _places(file: CaseFile) -> Iterator[str]:
    """Yield the names, in each language, of the places of a file that are finer than a prefecture."""
    known = gazetteer()
    codes = {file.origin_place, file.birth_place, file.death.place}
    for episode in file.episodes:
        codes |= {episode.held_place, episode.last_contact_place}
        codes |= {event.place for event in episode.events} | {stay.place for stay in episode.stays}
    for code in codes - {""}:
        if code in known and known.public(code).level == "county":
            for place in {known.by_code(code).code, known.public(code).code}:
                told = {known.name(place, language) for language in LANGUAGES} | set(known.by_code(place).names())
                yield from {bare for name in told for bare in _bare(name)} - {""}


def _bare(name: str) -> tuple[str, ...]:
    """Return the name of a place folded, and a Chinese one without the word for its kind: 疏附县, 疏附."""
    is_unit = len(name) > 2 and name[-1] in "县縣市区區镇鎮乡鄉" and UNSPACED.fullmatch(name)
    return (folded_words(name), name[:-1]) if is_unit else (folded_words(name),)
