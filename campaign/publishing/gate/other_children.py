"""Children of the family in a text: of somebody under 18 who is not the detained person, nothing leaves but a number.

A clause that speaks of a son, a niece, a grandchild and, in it, of an age below 18, a birth or a school is a finding:
the reviewer says that it is nobody under 18. How many children there are may be told.
"""

import re
from collections.abc import Iterator

from campaign.cases.wording import said
from campaign.ledger.documents import Profile
from campaign.publishing.gate.findings import Finding
from campaign.publishing.gate.known_names import prose

WHAT = "the age, birth or school of a child of the family"
CLAUSE = re.compile(r"[^.!?;:。！？；\n]+(?:(?:\.(?=\w)|(?<=\(b)\.)[^.!?;:。！？；\n]*)*")
FIGURE = r"(?<![\d.,/-])(?:1[0-7]|[1-9])"
SPELT = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eine?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
)
AGE = re.compile(
    rf"{FIGURE}[ -]?(?:years?|months?|weeks?)[ -]old|\b(?:{SPELT})[ -](?:years?|months?)[ -]old"
    rf"|\b(?:aged?|now|only|just|then)\s(?:{FIGURE}|{SPELT})(?![\w-]|\s?(?:years?|months?|of|per|in)\b)"
    rf"|[,(]\s?(?:{FIGURE}|{SPELT})\s?(?=[,)]|$)"
    rf"|{FIGURE}[ -]?(?:летн|лет\b|года?\b|месяц|岁|歲|жаста|жастағы|жашта|yaşında|yaşındaki|yoshli|ياش|سنوات|عام|ساله)"
    rf"|{FIGURE}\s(?:ans|años|Jahre)\b|[一二三四五六七八九十两]{{1,2}}[岁歲]"
    r"|(?:одно|двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|\w+надцати)летн",
    re.IGNORECASE,
)
BIRTH = re.compile(
    r"\bborn\b|\(b\.|родил(?:ся|ась|ись)|出生|生于|生於|туған|туулган|tug['‘ʻ]?ilgan|doğumlu|doğdu|\bnée?s?\s(?:en|le)\b"
    r"|geboren|nacid[oa]|تۇغۇلغان|مواليد|ولد(?:ت)?\b|(?:first|second|third|fourth|fifth|sixth|\d)(?:th|st|nd|rd)?\sgrade\b"
    r"|年级|年級|orphanage|детдом|孤儿院|孤兒院|\b(?:goes|go|went) to (?:\w+ )?(?:school|kindergarten)|\battends?\b"
    r"|ходит в (?:школу|сад)|上学|上學|上幼儿园|okula gid|мектепке барады|مەكتەپكە بار",
    re.IGNORECASE,
)


def findings(document: Profile) -> Iterator[Finding]:
    """Yield where a document tells of a child of the family more than that there is one."""
    for field, text in prose(document):
        if field not in {"names", "sources", "citations", "terms"}:
            yield from (Finding(field, word, WHAT, text, is_for_officer=False) for word in dict.fromkeys(_told(text)))


def _told(text: str) -> Iterator[str]:
    if not said(text, "young_kin"):
        return
    for clause in CLAUSE.findall(text):
        if said(clause, "young_kin"):
            yield from (found[0].casefold().strip(" ,(") for mark in (AGE, BIRTH) for found in mark.finditer(clause))
