"""Spelling: whether a change is one of letter case, punctuation or misspelt words alone, and makes nobody a writer.

At most two letters inside a word of five or more, in running text; never in a name, figure, date, place, quotation or
negation. What can't be told is a change: in doubt somebody is a writer. Source: domain.md, gate 6.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator

import msgspec

from campaign.cases.file import CaseFile, Text
from campaign.places.current import gazetteer
from campaign.text import folded

# Running text: what the campaign tells in its own words. A quote and the words of the authorities are somebody's.
RUNNING = frozenset({"summary", "story", "details"})
SHORTEST, MOST_LETTERS = 5, 2
QUOTES = frozenset("\"'«»‹›“”„‟‘’‚‛「」『』〈〉《》")
DOUBTS = frozenset("?؟？")
# Words that say no, or are a number or a part of a date, and have five letters or more.
_SAYS_MORE = """
never without nobody nothing neither nowhere cannot denied refused hardly unless except none three seven eight eleven
twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million thirteen fourteen fifteen sixteen
seventeen eighteen nineteen first second third fourth fifth sixth seventh eighth ninth tenth once twice dozen single
double january february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday spring summer autumn winter
никогда никто ничего нигде нельзя кроме отказ четыре шесть восемь девять десять одиннадцать двенадцать тринадцать
четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят
семьдесят восемьдесят девяносто двести триста тысяча первый второй третий января февраля марта апреля июня июля августа
сентября октября ноября декабря январь февраль апрель август сентябрь октябрь ноябрь декабрь весной летом осенью зимой
değil hiçbir asla kimse yoktur altmış yetmiş seksen doksan yirmi kırk ocak şubat mart nisan mayıs haziran temmuz ağustos
eylül ekim kasım aralık
ешқашан ешкім емес жиырма елу алпыс жетпіс сексен тоқсан қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек
қазан қараша желтоқсан
jamais personne aucun aucune trente quarante cinquante soixante janvier février avril juillet août septembre octobre
novembre décembre niemals nichts niemand keine kein dreißig dreizehn vierzig vierzehn fünfzig fünfzehn sechzig sechzehn
siebzig siebzehn januar februar april august september oktober november dezember
"""
SAYS_MORE = frozenset(_SAYS_MORE.split())
# Syllables by which a verb of a Turkic language is denied, put inside the word.
DENYING = frozenset({"ma", "me", "ba", "be", "pa", "pe", "mı", "mi", "mu", "mü", "ма", "ме", "ба", "бе", "па", "пе"})


def is_spelling(before: CaseFile, after: CaseFile) -> bool:
    """Whether a file differs from an earlier one in the spelling of running text alone, and does differ."""
    if len(before.texts) != len(after.texts):
        return False
    pairs = list(zip(before.texts, after.texts, strict=True))
    emptied = [msgspec.structs.replace(file, texts=[]) for file in (before, after)]
    changed = [(old, new) for old, new in pairs if old != new]
    if emptied[0] != emptied[1] or not changed:
        return False
    known = _known_words(after) | _known_words(before)
    return all(_is_same_but(old, new) and _is_respelt(old.text, new.text, known) for old, new in changed)


def _is_same_but(old: Text, new: Text) -> bool:
    bare = {"text": "", "written_by": None, "read_by": None}
    is_same = msgspec.structs.replace(old, **bare) == msgspec.structs.replace(new, **bare)
    return is_same and new.kind in RUNNING and not new.translation_state


def _known_words(file: CaseFile) -> frozenset[str]:
    """Return the folded words of every name that the file knows: of the person, others, facilities, offices."""
    names = [name.text for name in file.names] + [name.pronunciation for name in file.names]
    names += [row.name for row in file.relatives] + [row.witness for row in file.testimonies]
    names += [row.giver for row in file.consents] + [row.name for row in file.contacts]
    names += [row.name for row in file.perpetrators] + [file.employer]
    names += [event.facility_name for episode in file.episodes for event in episode.events]
    names += [stay.facility_name for episode in file.episodes for stay in episode.stays]
    return frozenset(folded(word) for name in names for word in _letters(name).split())


def _letters(text: str) -> str:
    return "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)


def _is_respelt(before: str, after: str, known: frozenset[str]) -> bool:
    marks = [Counter(char for char in text if char in QUOTES | DOUBTS) for text in (before, after)]
    old, new = before.split(), after.split()
    if marks[0] != marks[1] or len(old) != len(new):
        return False
    return all(
        one == other or (not is_quoted and _is_same_word(one, other, known, is_first=is_first))
        for one, other, is_quoted, is_first in zip(old, new, _quoted(old), _firsts(old), strict=True)
    )


def _quoted(words: list[str]) -> Iterator[bool]:
    """Yield of each word whether it stands within quotation marks."""
    is_open = False
    for word in words:
        count = sum(char in QUOTES and char not in "'’" for char in word)
        yield is_open or count > 0
        is_open = is_open != (count % 2 == 1)


def _firsts(words: list[str]) -> Iterator[bool]:
    is_first = True
    for word in words:
        yield is_first
        is_first = word[-1] in ".!?…。！？"


def _is_same_word(before: str, after: str, known: frozenset[str], *, is_first: bool) -> bool:
    if any(char.isdigit() for char in before + after):
        return False
    one, other = _bare(before), _bare(after)
    if one == other:
        return True
    if any(_says_more(word, known) for word in (one, other)):
        return False
    if one.casefold() == other.casefold():
        # A capital in the middle of a sentence makes a name of a word, and its loss takes one away.
        return is_first or not (_is_capital(one) or _is_capital(other))
    return _is_misspelt(one, other)


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalpha() or unicodedata.category(char)[0] == "M")


def _says_more(word: str, known: frozenset[str]) -> bool:
    return word.casefold() in SAYS_MORE or folded(word) in known or bool(gazetteer().find(word))


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())


def _is_misspelt(one: str, other: str) -> bool:
    """Whether two words in small letters of a script that has capitals differ by two letters at most, inside."""
    if min(len(one), len(other)) < SHORTEST or not (one.islower() and other.islower()):
        return False
    has_capitals = all(char.lower() != char.upper() for char in one + other)
    if not has_capitals or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    longer, shorter = sorted((one, other), key=len, reverse=True)
    cut = ((longer[:at] + longer[at + 2 :], longer[at : at + 2]) for at in range(len(longer) - 1))
    is_denied = any(rest == shorter and syllable in DENYING for rest, syllable in cut)
    return not is_denied and _distance(one, other) <= MOST_LETTERS


def _distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or changed to make one word of another."""
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        above, row[0] = row[0], number
        for at, letter in enumerate(other, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (char != letter))
    return row[-1]
