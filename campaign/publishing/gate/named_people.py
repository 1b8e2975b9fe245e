"""Rule 7: nobody is named or recognisable who is not cleared by their own consent, and a child least of all.

Names are found in texts as they are written, and as they sound in any other script or spelling. As written a name is
found in any case. By its sound it is found where a word begins with a capital letter, or its script has none; the
endings that languages put on names are cut off. What is found wrongly, two people say so.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from campaign.cases.file import CaseFile, Consent
from campaign.ledger.documents import Profile
from campaign.names.matching import score
from campaign.names.reading import NameForms, forms
from campaign.names.scripts import word_script
from campaign.publishing.consent import signatures
from campaign.publishing.consent.scopes import speaks
from campaign.publishing.gate import forbidden_text, known_names
from campaign.publishing.gate.known_names import generic_words, told_texts
from campaign.publishing.gate.question import Answer, Question, holds, lacks, waits
from campaign.publishing.projection.values import may_be_minor
from campaign.text import folded_words
from campaign.vocabulary.protection import GIVES

SHORTEST = 4  # letters: a shorter part of a name is found in every other word
SOUNDS_ALIKE = 0.92
SOUNDS_ALIKE_UNCASED = 0.95  # where no capital says that a word is a name
SOUNDS_ALIKE_TOGETHER = 0.8  # two words in a row: one of them alone reaches about 0.5
SOUNDS_ALIKE_IN_HAN = 0.88  # characters render the sounds of another language roughly
LONGEST_ENDING = 6
SHORTEST_WITH_ENDING = 5
CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
HAN = re.compile(r"[\u3400-\u9fff]+")
HAN_NAME = range(2, 6)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
LINK = "#relatives"
NEIGHBOUR = "#review"


@dataclass(frozen=True)
class Needle:
    """What is looked for: words as written, a run of characters, single words by their sound, and the whole name.

    Short words, and characters one by one, are in every text: they name somebody only as a whole.
    """

    written: tuple[str, ...]
    characters: tuple[str, ...]
    sounds: tuple[str, ...]
    whole: str


def needle(name: str, own: frozenset[str]) -> Needle | None:
    """Return what gives a name away, None where only words are left that name nobody. `own` are the person's words."""
    words = folded_words(name).split()
    common = own | generic_words()
    if not set(words) - common:
        return None
    telling = [word for word in words if word not in common and len(word) >= SHORTEST]
    written = [*telling, *([" ".join(words)] if len(words) > 1 else [])]
    parts = [part for part in WORD.findall(name) if folded_words(part) not in common]
    sounds = [part for part in parts if len(part) >= SHORTEST and not HAN.fullmatch(part)]
    characters = [part for part in parts if HAN.fullmatch(part) and len(part) > 1]
    whole = name if len(parts) > 1 or characters else ""
    return Needle(tuple(written), tuple(characters), tuple(sounds), whole)


def found_in(text: str, wanted: Needle, own: frozenset[str]) -> Iterator[str]:
    """Yield the words of a text that name whom a needle looks for, folded."""
    parted = HAN.sub(r" \g<0> ", text)
    spaced = f" {folded_words(parted)} "
    yield from (word for word in wanted.written if f" {word} " in spaced)
    yield from (characters for characters in wanted.characters if characters in text)
    for part in wanted.sounds:
        sought = forms(part)
        yield from (
            folded_words(word)
            for word in _words(parted)
            if folded_words(word) not in own and _sounds(word, part, sought)
        )
        yield from (window for window in _windows(text) if _score(window, sought) >= SOUNDS_ALIKE_IN_HAN)
    if wanted.whole:
        sought = forms(wanted.whole)
        pairs = {pair for pair in _pairs(parted) if set(folded_words(pair).split()) - own}
        yield from (folded_words(pair) for pair in pairs if _score(pair, sought) >= SOUNDS_ALIKE_TOGETHER)
        yield from (window for window in _windows(text) if _score(window, sought) >= SOUNDS_ALIKE_UNCASED)


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text) if len(word) >= SHORTEST - 1 and _may_be_name(word)}


def _pairs(text: str) -> set[str]:
    """Return each two words in a row that may both be names."""
    words = WORD.findall(text)
    return {f"{one} {other}" for one, other in pairwise(words) if _may_be_name(one) and _may_be_name(other)}


def _may_be_name(word: str) -> bool:
    return not HAN.search(word) and (word[0].isupper() or word_script(word) not in CASED)


def _sounds(word: str, part: str, sought: NameForms) -> bool:
    least = SOUNDS_ALIKE if word[0].isupper() else SOUNDS_ALIKE_UNCASED
    if _score(word, sought) >= least:
        return True
    ending = len(word) - len(part)
    if len(part) < SHORTEST_WITH_ENDING or not 0 < ending <= LONGEST_ENDING:
        return False
    return any(_score(word[:length], sought) >= SOUNDS_ALIKE_UNCASED for length in (len(part), len(part) + 1))


def _windows(text: str) -> set[str]:
    runs = HAN.findall(text)
    return {run[at : at + length] for run in runs for length in HAN_NAME for at in range(len(run) - length + 1)}


def _score(word: str, sought: NameForms) -> float:
    return score(_read(word), sought).score


@lru_cache(maxsize=65536)
def _read(word: str) -> NameForms:
    return forms.__wrapped__(word)


def people(question: Question) -> Answer:
    """Ask whether somebody known to the case is named in what would leave, and who answered for the witnesses."""
    document = question.document
    if question.cannot_project or document is None:
        return lacks(question.cannot_project, "#names")
    if may_be_minor(question.file, question.day) and not is_guarded(question.file, question.day):
        sentence = (
            "The person may be under 18: a guardian's consent from outside the state's reach is needed, and a note on "
            "the child's best interests, signed by two and not older than 3 months."
        )
        return lacks(sentence, "#decisions")
    if fault := _in_texts(question, document):
        return fault
    return _recognisable(question, document)


def is_guarded(file: CaseFile, day: datetime.date) -> bool:
    """Whether a guardian whom the state does not reach agreed, and two signed why it is in the child's interest."""
    guardians = [row for row in file.consents if _is_guardian(row) and speaks(row, day)]
    return bool(guardians) and signatures.best_interests(file, day)


def was_guarded(file: CaseFile) -> bool:
    """Whether a guardian and a note signed by two are there at all, grown old or not."""
    notes = any(True for _ in signatures.in_force(file, "best_interests"))
    return notes and any(_is_guardian(row) and row.confirmed_by for row in file.consents)


def names_in(file: CaseFile, document: Profile, names: Iterable[str]) -> set[tuple[str, str]]:
    """Return (field, word, folded) wherever a document holds one of the names, what two called harmless aside."""
    own, harmless = known_names.own_words(file), signatures.harmless_words(file)
    needles = [found for name in names if (found := needle(name, own)) is not None]
    return {
        (field, word)
        for field, text in told_texts(document)
        for wanted in needles
        for word in found_in(text, wanted, own)
        if word not in harmless
    }


def leads_in(question: Question, document: Profile) -> set[tuple[str, str, str]]:
    """Return (field, word, what it is) of what leads to where somebody lives, what two people called harmless aside."""
    harmless = signatures.harmless_words(question.file)
    found = forbidden_text.leading(question.file, document, is_own_word=question.clearance.is_own_word)
    return {row for row in found if row[1] not in harmless}


def _in_texts(question: Question, document: Profile) -> Answer | None:
    names = known_names.unnamed(question.file, question.day)
    named, led = names_in(question.file, document, names), leads_in(question, document)
    stated = forbidden_text.told_as_fact(question.file, document)
    if question.is_correction and question.public is not None:
        # What is public already is no reason to keep an error: only what the correction would add counts.
        named -= names_in(question.file, question.public, names)
        led -= leads_in(question, question.public)
        stated -= forbidden_text.told_as_fact(question.file, question.public)
    if named:
        return lacks(
            f"Somebody known to the case is named in what would be published ({_fields(row[0] for row in named)}). "
            "Take the name out, or record their own consent.",
            LINK,
        )
    if led:
        what = sorted({row[2] for row in led})[0]
        return lacks(
            f"{what[:1].upper()}{what[1:]} is in what would be published ({_fields(row[0] for row in led)}).", LINK
        )
    if stated:
        return lacks(
            f"What the authorities say is told as a fact ({_fields(stated)}). Put it in quotation marks after “The "
            "authorities say”, and never in the summary or a caption.",
            "#texts",
        )
    return None


def _recognisable(question: Question, document: Profile) -> Answer:
    if question.would_neighbour_know:
        return lacks("The reviewer says that a neighbour would know who spoke. Take out what gives it away.", NEIGHBOUR)
    speaks_there = document.testimonies or document.quote or any(source.public_line for source in document.sources)
    if speaks_there and question.would_neighbour_know is None:
        return waits("A reviewer has to answer: would a neighbour know who spoke?", NEIGHBOUR)
    return holds("Nobody else known to the case is named in what would be published.", LINK)


def _is_guardian(row: Consent) -> bool:
    return row.basis == "family" and row.outside_reach and row.state in GIVES and not row.about


def _fields(fields: Iterable[str]) -> str:
    names = sorted({field.replace("_", " ") for field in fields})
    return ", ".join(names[:3])
