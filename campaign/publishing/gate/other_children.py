"""Children of the family in a text: of somebody under 18 who is not the detained person, nothing leaves but a number.

A clause that speaks of a son, a niece, a grandchild and, in it, of an age below 18, a birth or a school is a finding,
and so is one that says that a brother or a cousin is so old: the reviewer says that it is nobody under 18. How many
children there are may be told. Texts are read folded, with numbers in words written in digits.
"""

import re
import unicodedata
from collections.abc import Iterator

from campaign.cases.wording import said
from campaign.dates.number_words import numbers_in_digits
from campaign.ledger.documents import Profile
from campaign.publishing.gate.findings import Finding
from campaign.publishing.gate.known_names import prose
from campaign.text import folded_for_search

WHAT = "the age, birth or school of a child of the family"
CLAUSE = re.compile(r"[^.!?;:。！？；\n]+(?:(?:\.(?=\w)|(?<=\bb)\.|(?<=\bг)\.)[^.!?;:。！？；\n]*)*")
N = r"(?<![\d.,/-])(?:1[0-7]|[1-9])"
MONTHS = r"(?<![\d.,/-])(?:[12]\d|[1-9])"
# Numbers that `numbers_in_digits` leaves alone, because they are other words too; before a unit of age they are none.
UNREAD = {"one": 1, "un": 1, "une": 1, "uno": 1, "ein": 1, "eine": 1, "bir": 1, "бир": 1, "одного": 1, "двух": 2,
          "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10,
          "ikki": 2, "uch": 3, "to'rt": 4, "besh": 5, "olti": 6, "alti": 6, "yetti": 7, "sakkiz": 8, "to'qqiz": 9,
          "ست": 6, "ثلاث": 3, "اربع": 4, "خمس": 5, "سبع": 7, "ثماني": 8, "تسع": 9, "عشر": 10, "ستة": 6, "السته": 6,
          "эки": 2, "беш": 5, "жети": 7, "여섯": 6, "일곱": 7, "여덟": 8, "다섯": 5, "네": 4, "세": 3}  # fmt: skip
UNIT = (
    r"year|month|лет|год|месяц|ans?\b|mois|ano|mes|jahr|monat|yas|ay\b|ayl|жас|жаш|аил|ياش|ايل|yosh|oy|سنوات|اعوام|سنين"
    r"|شهور|اشهر|سال|ماه|살"
)
UNREAD_NUMBER = re.compile(rf"(?<!\w)({'|'.join(UNREAD)})(?=[ -]?(?:{UNIT}))")
# Words that tell an age of nobody but a person, and those that measure other times as well.
OLD = (
    r"years?[ -]olds?|y/?o\b|-?летн"
    r"|岁|歲|жасар|жаста|жасынд|жасқа|жашар|жашта|yasin|yasli|yaslar|yosh|yash|ياش|سال(?:ه|گي)|jahrig|歳|살"
    r"|jahre alt|tuoi|वर्ष|ay(?:lik|li)|months?[ -]old|weeks?[ -]old|аилык|аилық|ايلىق|个月大|個月大|месячн|monatig"
)
STRICT = re.compile(
    rf"(?:{MONTHS}[ -]?(?:months?|weeks?)[ -]old|{N}[ -]?(?:{OLD}))|[一二三四五六七八九十两]{{1,2}}(?:[岁歲歳]|个月大)"
    rf"|\baged?\s{N}(?![\w-]|\s?(?:years?|months?)\s(?:in|of|per))|[,(]\s?{N}\s?(?=[,)])"
    rf"|\b(?:is|was)\s(?:only\s|just\s)?{N}(?=\s*(?:[,)]|$|when\b))|(?:брату|сестре|брат|сестра),?\s{N}\s(?:лет|года?)\b"
    rf"|(?:اخو|اخت|اخي)\w{{1,3}}\s{N}\s(?:سنه|عاما)"
    r"|(?:\w+надцати|одно|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти)летн"
    r"|(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|\w+zehn)jahrig"
)
SINGLE = rf"{N}(?:,\s{N})*(?:,?\s(?:and|or)\s{N})?(?=\s*(?:[,)]|$|when\b|and\b|now\b|then\b|in\s[a-z]))"
LOOSE = re.compile(
    rf"\b(?:now|only|just|then|turn(?:ed|s)?|is|was|are|were|about|nearly|almost)\s(?:only\s|just\s|now\s)?{SINGLE}"
    rf"|\b(?:sons?|daughters?|child|boys?|girls?|bab(?:y|ies)|twins?)\sof\s{N}(?!\d)|[,(]\s?{N}\s?$"
    rf"|{N}[ -]?(?:лет\b|года?\b|месяц|سنوات|سنين|اعوام|عاما?\b|سنه|سال\b|ans\b|anos\b|jahre\b|ay\b)"
    rf"|(?:сыну|дочери|дочке|внуку|внучке|детям|исполнилось|عمره|عمرها)\s(?:уже\s|всего\s)?{N}(?!\d)"
    r"|(?:السادسه|السابعه|الثامنه|التاسعه|العاشره|الخامسه|الرابعه|الثالثه) من عمر"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)) birthday"
    r"|\bteen(?:age|ager)?\b|\binfant|\bnewborn|\btoddler|\bunborn|\bminor (?:son|daughter|child)|грудн|новорожд|младен"
    r"|подрост|малолет|несовершеннолет|刚满月|剛滿月|رضيع|نوزاد|bebegi|bebek"
)
BIRTH = re.compile(
    r"\bborn\b|\bb\.\s?(?:\d|in\b)|родил(?:ся|ась|ись)|года рождения|г\.\s?р\b|出生|生于|生於|туган|туылган|туулган"
    r"|tug['‘ʻ]?ilgan"
    r"|dogumlu|dogdu|\bnee?s?\s(?:en|le)\b|geboren|nacid[oa]|تۇغۇلغان|مواليد|متولد|ولد(?:ت)?\b|туған|生まれ"
    r"|birthday|день рождения|дня рождения|生日|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|туган кун|туылган кун|dogum gunu|عيد ميلاد"
    r"|تولد|geburtstag|jahrgang|anniversaire|cumplea|year of the (?:rat|ox|tiger|rabbit|dragon|snake|horse|goat|monkey)"
    r"|\bturn(?:s|ed|ing)? (?:1[0-7]|\d)\b|\b2 thousand (?:and )?\d|\b20 (?:10|1[0-9])\b"
)
SCHOOL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:th|st|nd|rd)?)[ -]grade"
    r"|\bform teacher|\bsecondary\b|сади[кч]"
    r"|\bgrade \d|\bclass \d|\d{1,2}-?\s?(?:класс|сынып|sinif|sinf|син)|классни[кц]"
    r"|\b\w+ классе?\b|年级|年級|[初高][一二三]|同学|同學|班主任|ساۋاقداش"
    r"|الصف|کلاس|كلاس|\bc(?:e[12]|m[12]|p)\b|klasse|orphanage|детдом"
    r"|детск\w+ дом|приют|孤儿院|孤兒院|балалар үи|балдар үи"
    r"|يتيم|ايتام|پرورشگاه|يېتىمخانا|waisenhaus|orphelinat|orfanato|yetimhane"
    r"|\b(?:goes|go|went) to (?:\w+ )?(?:school|kindergarten)|\battends?\b|ходит в (?:школу|сад)|上学|上學|上幼儿园"
    r"|okula gid|мектепке барады|мектепте|مەكتەپ|مكته?پ"
)
# Somebody's own children, not those whom a teacher taught.
OF_ANYBODY = frozenset(
    {
        "پسر",
        "دختر",
        "ұл",
        "мальчик",
        "girls",
        "boys",
        "子供",
        "아이",
        "child",
        "children",
        "boy",
        "girl",
        "baby",
        "дети",
        "детеи",
        "ребен",
        "ребенок",
        "孩子",
    }
)
OWN = re.compile(
    r"\b(?:her|his|their|my|our|whose|ее|его|их|мои\w?|свои\w?)\s(?:[\w-]+\s){0,2}(?:child|boy|girl|bab|дет|ребен)|她的孩子|他的孩子"
)


def findings(document: Profile) -> Iterator[Finding]:
    """Yield where a document tells of a child of the family more than that there is one."""
    for field, text in prose(document):
        if field not in {"names", "sources", "citations", "terms"}:
            yield from (Finding(field, word, WHAT, text, is_for_officer=False) for word in dict.fromkeys(_told(text)))


def births(text: str) -> list[str]:
    """Return what a text says of a birth or a birthday, whosever it is, folded."""
    return [found[0].strip() for found in BIRTH.finditer(_in_digits(text))]


def schools(text: str) -> list[str]:
    """Return what a text says of a class, a grade or an institution for children, folded."""
    return [found[0].strip() for found in SCHOOL.finditer(_in_digits(text))]


def _told(text: str) -> Iterator[str]:
    if not (said(text, "young_kin") or said(text, "kinship")):
        return
    for clause in CLAUSE.findall(text):
        young = said(clause, "young_kin")
        is_own = bool(OWN.search(clause.casefold()) or set(young) - OF_ANYBODY)
        marks = [STRICT, LOOSE, BIRTH, *([SCHOOL] if is_own else [])] if young else []
        folded = _in_digits(clause)
        for mark in marks or ([STRICT] if said(clause, "kinship") else []):
            yield from (found[0].strip(" ,(") for found in mark.finditer(folded))
        yield from said(clause, "schools") if young and is_own else ()


def _in_digits(text: str) -> str:
    """Return a text folded, its numbers in words as digits: "a six-year-old" gives "a 6-year-old"."""
    ascii_digits = "".join(str(unicodedata.decimal(char, char)) for char in folded_for_search(text))
    folded = numbers_in_digits(unicodedata.normalize("NFC", ascii_digits).replace("ı", "i"))
    return UNREAD_NUMBER.sub(lambda found: str(UNREAD[found[1]]), folded)
