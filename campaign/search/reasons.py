"""Match reasons: why a document was found, in whole sentences. Codes with parameters; their words in one table."""

from collections.abc import Collection, Iterator
from string import Formatter
from typing import NamedTuple

from sqlalchemy.orm import Session

from campaign.languages import current, gettext, gettext_noop
from campaign.names.reasons import quoted, why, words_of
from campaign.names.scripts import script_of
from campaign.places.current import gazetteer
from campaign.search.by_name import NameHit
from campaign.search.by_word import standing
from campaign.search.finding import NEAR, NUMBER_SAYS, Answer, uses_all
from campaign.search.index import Field, Tables, code_of

MOST_REASONS = 3
READ_ALIKE = {"sounds_like", "one_letter", "name_form", "near", "nothing"}  # less than that the very word is there
OTHER_NAMES = {"alias", "pen", "religious", "nickname", "birth", "married"}
FIELDS = {
    Field.NUMBER: "number_word",
    Field.NAME: "name_word",
    Field.ORIGIN: "origin",
    Field.HELD: "held",
    Field.WORK: "work",
    Field.SUMMARY: "summary",
    Field.STORY: "story",
    Field.QUOTE: "quote",
    Field.DETAILS: "details",
    Field.OTHER: "other",
}
LANGUAGES = {
    "ug": gettext_noop("Uyghur"),
    "kk": gettext_noop("Kazakh"),
    "ky": gettext_noop("Kyrgyz"),
    "uz": gettext_noop("Uzbek"),
    "tt": gettext_noop("Tatar"),
    "tg": gettext_noop("Tajik"),
    "ru": gettext_noop("Russian"),
    "be": gettext_noop("Belarusian"),
    "uk": gettext_noop("Ukrainian"),
    "zh": gettext_noop("Chinese"),
    "ar": gettext_noop("Arabic"),
    "fa": gettext_noop("Persian"),
    "tr": gettext_noop("Turkish"),
    "mn": gettext_noop("Mongolian"),
    "bo": gettext_noop("Tibetan"),
}
SCRIPTS = {
    "Latn": gettext_noop("Latin letters"),
    "Cyrl": gettext_noop("Cyrillic letters"),
    "Arab": gettext_noop("Arabic letters"),
    "Hani": gettext_noop("Chinese characters"),
    "Hebr": gettext_noop("Hebrew letters"),
    "Tibt": gettext_noop("Tibetan letters"),
    "Mong": gettext_noop("Mongolian letters"),
}
NO_SCRIPT = {"Zyyy", "Zzzz"}
ANOTHER_SCRIPT = gettext_noop("another script")
# Whole sentences, so that a translation may turn them round.
SENTENCES = {
    "same_name": gettext_noop("the same name"),
    "alias": gettext_noop("also known as {name}"),
    "spelt": gettext_noop("spelt {name} in {how}"),
    "one_letter": gettext_noop("one letter differs: {found}"),
    "name_form": gettext_noop("{found} is a form of {asked}"),
    "initials": gettext_noop("{asked} may stand for {found}"),
    "sounds_like": gettext_noop("sounds like {found}"),
    "part_of_name": gettext_noop("one of the names is {found}"),
    "other_order": gettext_noop("the same words in another order: {found}"),
    "near": gettext_noop("{found} is somewhat like {asked}"),
    "nothing": gettext_noop("a name somewhat like it"),
    "name_word": gettext_noop("{word} is in the name"),
    "number": gettext_noop("number {number}"),
    "number_word": gettext_noop("number {word}"),
    "origin": gettext_noop("from {word}"),
    "held": gettext_noop("held in {word}"),
    "work": gettext_noop("work: {word}"),
    "summary": gettext_noop("{word} is in the summary"),
    "story": gettext_noop("{word} is in the story"),
    "quote": gettext_noop("{word} is in a quotation"),
    "details": gettext_noop("{word} is among the details"),
    "other": gettext_noop("{word} is on the page"),
}


class Reason(NamedTuple):
    """Why a document was found: a code of SENTENCES and what its sentence is about, all strings."""

    code: str
    parameters: dict[str, str]

    @property
    def sentence(self) -> str:
        """The reason in the language that is spoken."""
        return gettext(SENTENCES[self.code]).format_map(self.parameters)

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The sentence in pieces, each with whether it is somebody's word: it may run the other way."""
        found: list[tuple[str, bool]] = []
        for words, name, *_ in Formatter().parse(gettext(SENTENCES[self.code])):
            found += [(words, False)] if words else []
            found += [(self.parameters[name], True)] if name else []
        return tuple(found)


def reasons(tables: Tables, answer: Answer, docids: Collection[int], session: Session) -> dict[int, tuple[Reason, ...]]:
    """Return why each of a few documents of an answer was found, the strongest reason first, at most three each."""
    stands = standing(tables, answer.asked.words, docids, session)
    return {docid: _different(_told(answer, docid, stands.get(docid, {}))) for docid in docids}


def _different(told: Iterator[Reason]) -> tuple[Reason, ...]:
    # Two words may name one place: "Aksu prefecture".
    return tuple({reason.sentence: reason for reason in told}.values())[:MOST_REASONS]


def _told(answer: Answer, docid: int, stands: dict[str, tuple[Field, str]]) -> Iterator[Reason]:
    said, hit = answer.said.get(docid, 0.0), answer.hits.get(docid)
    if said >= NUMBER_SAYS:
        yield Reason("number", {"number": answer.asked.text})
        return
    # A word that is in the name as it was typed is better told by the name.
    is_named = all(field is Field.NAME for field, _ in stands.values())
    if hit is not None and (hit.words or hit.score >= said or (is_named and hit.score >= NEAR)):
        reason = _of_name(hit)
        is_typed = is_named and len(stands) == len(answer.asked.words) == 1
        if not (is_typed and reason.code in READ_ALIKE):
            yield reason
            # What the name leaves open may be met elsewhere: where they are from, what they do.
            stands = {text: where for text, where in stands.items() if where[0] is not Field.NAME}
            if not hit.words and uses_all(hit.match):
                return
    named = hit.words if hit is not None else frozenset()
    for word in answer.asked.words:
        if word.text in stands and word.text not in named:
            yield _of_word(word.typed, *stands[word.text])


def _of_name(hit: NameHit) -> Reason:
    reason = why(hit.match, hit.asked, hit.found)
    if reason.code == "nothing" and hit.match.pairs:
        pair = max(hit.match.pairs, key=lambda pair: pair.nearness * pair.weight)
        words = words_of(hit.match, [pair], hit.asked, hit.found)
        is_same = words["asked"].casefold() == words["found"].casefold()
        return Reason("part_of_name", {"found": words["found"]}) if is_same else Reason("near", words)
    found = quoted(hit.found, hit.match.right) if hit.match.right else ""
    if reason.code == "spelt" or (reason.code == "same_name" and script_of(found) != "Latn"):
        return Reason("spelt", {"name": found, "how": _how_spelt(found, hit.language)})
    if reason.code == "same_name" and hit.kind in OTHER_NAMES:
        return Reason("alias", {"name": found})
    return Reason(reason.code, dict(reason.parameters))


def _how_spelt(text: str, language: str) -> str:
    script, tongue, spoken = script_of(text), language.split("-")[0], current().locale
    # A Latin spelling of a Uyghur name is not yet Uyghur to who reads it: its letters say more.
    by_language = script != "Latn" and tongue != "und"
    if known := (LANGUAGES.get(tongue) if by_language else None):
        return gettext(known)
    if by_language and tongue in spoken.languages:
        return str(spoken.languages[tongue])
    if script in SCRIPTS or script in NO_SCRIPT:
        return gettext(SCRIPTS.get(script, ANOTHER_SCRIPT))
    return str(spoken.scripts.get(script) or gettext(ANOTHER_SCRIPT))


def _of_word(text: str, field: Field, place: str) -> Reason:
    code = code_of(place)
    label = gazetteer().label(code, current().code) if place and code in gazetteer() else text
    return Reason(FIELDS[field], {"word": label})
