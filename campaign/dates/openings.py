"""What stands around a date: about, perhaps, before, after, since, between. Data, by language.

A language that puts such a word behind the date marks the date with a case as well (2017'den önce, 2017 жылдан кейін):
the two are one ending here. Words are folded as `lexicon.word` does; patterns are written in that form.
"""

import re
from collections.abc import Iterator
from typing import Literal

from campaign.dates.lexicon import word

Opening = Literal["before", "until", "by", "after", "since"]
# What has lasted "since at least 2017" began by then; what lasted "at least until 2017" ended then or later.
AT_LEAST: dict[Opening, Opening] = {"since": "by", "until": "since", "by": "by"}
_AT_LEAST = re.compile(
    "at least|по меньшеи мере|по краинеи мере|как минимум|en azindan|en az|кемінде|кем дегенде|علي الاقل|كهم ديگهنده"
    "|kem degende|至少"
)
_ABOUT = """on or about|on or around|in or about|in or around|at or about|about|around|approximately|approx|circa|ca|c
    |roughly|около|примерно|приблизительно|ориентировочно|ок|где-то в|где-то
    |yaklaşık olarak|yaklaşık|takriben|tahminen|aşağı yukarı|шамамен|تەخمىنەن|texminen
    |حوالي|نحو|قرابة|تقريبا|大约|大約|大概|大致|约|約|در حدود|حدود|حدودا|تقریبا
    |hacia|alrededor de|aproximadamente|cerca de|vers|environ|autour de|um|etwa|ungefähr|gegen"""
_ABOUT_BEHIND = """or so|or thereabouts|approx|approximately|civarında|civarı|dolaylarında|sularında
    |шамасында|шамасы|маңында|ئەتراپىدا|چامىسىدا|etrapida|chamisida|تقريبا|примерно|приблизительно"""
_PERHAPS = """perhaps|possibly|maybe|probably|reportedly|likely|возможно|вероятно|предположительно|наверное
    |belki|muhtemelen|galiba|мүмкін|бәлкім|ықтимал|بەلكىم|مۇمكىن|belkim|mumkin|ربما|لعله|يحتمل|على الأرجح
    |可能|或许|或許|也许|也許|疑似|شاید|احتمالا|quizás|quizá|tal vez|posiblemente|probablemente|peut-être|probablement
    |vielleicht|wahrscheinlich|vermutlich|möglicherweise"""
_IN_FRONT: dict[Opening, str] = {
    "before": "before|prior to|earlier than|in or before|до|раньше|ранее|перед|قبل|پیش از|قبل از"
    "|antes de|antes del|avant|vor|vor dem",
    "until": "until|till|up to|по|حتى|لغاية|截至|تا|hasta|jusqu'en|jusqu'à|jusqu'au|bis|bis zu|bis zum",
    "by": """by|no later than|not later than|not after|on or before|at the latest|as early as|не позднее|не позже|к
        |في موعد أقصاه|en geç|不晚于|不迟于|最迟
        |a más tardar en|a más tardar|au plus tard en|au plus tard|spätestens""",
    "after": "after|later than|после|позже|позднее|بعد|پس از|بعد از|después de|tras|après|nach",
    "since": """since|from|not before|no earlier than|not earlier than|on or after|in or after|starting from|starting
        |с|со|начиная с|не ранее|не раньше|от|منذ|من|ابتداء من|اعتبارا من|不早于|自从|自|从|從|از|desde|a partir de
        |depuis|dès|à partir de|seit|ab""",
}
_BEHIND: dict[Opening, str] = {
    "before": r"'?n?[dt][ae]n (?:once|evvel)|\s*oncesi(?:nde)?|[днт][ае]н (?:бұрын|ерте)"
    r"|[دت]ين (?:بۇرۇن|يلگيري|اۋۋال)|[dt]in (?:burun|ilgiri|awwal)|\s*(?:之前|以前|前)",
    "until": r"'?[yn]?[ae] (?:kadar|dek|degin)|[ғгқкн][ае] (?:деиін|шеиін)|[غگقك][اه] قهدهر|[غگق]يچه"
    r"|(?:gh|q|g|k)[ae] qeder|(?:gh|q|g|k)iche|\s*(?:为止|為止)",
    "by": r"\s+(?:or|and) (?:earlier|before)|,? at the latest|\s+или (?:раньше|ранее)|\s+veya oncesi|\s+او قبل(?:ه|ها)"
    r"|\s*(?:或|及)(?:之前|以前|更早)",
    "after": r"'?n?[dt][ae]n sonra|\s*sonrasi(?:nda)?|[днт][ае]н (?:кеиін|соң)|[دت]ين (?:كييين|سۇڭ)|[dt]in keyin"
    r"|\s*(?:之后|之後|以后|以後|后|後)",
    "since": r"\s+(?:or|and) (?:later|after)|\s+on(?:wards?)?|\s+forwards?|\s+или (?:позже|позднее)|\s+veya sonrasi"
    r"|'?n?[dt][ae]n (?:beri|itibaren|bu yana|baslayarak)|[днт][ае]н (?:бері|бастап)"
    r"|[دت]ين (?:بيري|باشلاپ|تارتيپ|بۇيان)|[dt]in (?:beri|bashlap|tartip|buyan)|\s+(?:او|ف|و) ?ما بعد(?:ه|ها)?"
    r"|\s*(?:以来|以來|起|开始|開始|至今|到现在|(?:或|及)(?:之后|之後|以后|以後|更晚))"
    r"|(?:\s*-\s*|\s+(?:to|until|till|up to|по|до|حتي|الي)\s+)(?:the )?"
    r"(?:present|now|today|date|настоящее время|сегодня|н\.?\s?в|الان|اليوم|bugun)"
    r"|(?:\s*-\s*|\s+(?:a|hasta|bis|jusqu'a|تا)\s+)(?:la |el )?"
    r"(?:presente|actualidad|fecha|aujourd'hui|present|heute|كنون|اكنون)",
}
# "2017-" is 2017 and later. What breaks off in the notation of a day ("2017-05-") may have lost it: unread.
_OPEN_DASH = r"(?P<date>[0-9]{4}|.*[\s./][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|.+(?= )) ?-"

_BETWEEN_IN_FRONT = "between|между|بين|ما بين|فيما بين|介于|介於|entre|zwischen|بین"
_BETWEEN_BEHIND = "arasında|arası|аралығында|арасында|ئارىسىدا|ئارىلىقىدا|arisida|ariliqida|之间|之間|期间"
_AND = re.compile(
    r"\s*-\s*|\s+(?:and|и|ve|ile|және|мен|бен|пен|ۋه|بيلهن|we|bilen|y|et|und)\s+|\s+و\s?|\s*[和与與跟至到]\s*"
)
_TO = re.compile(
    r"\s*-to-\s*|\s*[-/]\s*|\s+(?:to|or|until|till|through|по|до|или|الي|حتي|او|veya|немесе|ياكي|yaki|a|al|hasta|o|au|ou|bis|oder|تا|يا)\s+|\s*[至到或]\s*"
)
_FROM = re.compile(r"(?:(?:from|during|с|со|от|من|في الفترة من|de|del|desde|du|von|vom|از)\s+|[自从從])")
_FROM_TO = [
    re.compile(pattern)
    for pattern in (
        r"(.+)n?[dt][ae]n (.+?)'?[yn]?[ae] (?:kadar|dek|degin)",
        r"(.+)[днт][ае]н (.+)[ғгқкн][ае] (?:деиін|шеиін)",
        r"(.+)[دت]ين (.+)(?:[غگقك][اه] قهدهر|[غگق]يچه)",
        r"(.+)[dt]in (.+)(?:(?:gh|q|g|k)[ae] qeder|(?:gh|q|g|k)iche)",
    )
]


def _any(table: str) -> str:
    return "|".join(re.escape(each) for each in sorted(map(word, table.split("|")), key=len, reverse=True))


# After a Chinese word there is no space, and a numeral may follow "c." at once.
_GAP = r"(?:\s+|(?<=[\u4e00-\u9fff]))"
MARK_BEFORE = re.compile(
    rf"(?:(?P<about>(?:{_any(_ABOUT)})(?:\.?\s+|\.?(?=[0-9])|(?<=[\u4e00-\u9fff]))|~\s*)|(?:{_any(_PERHAPS)}){_GAP})"
)
MARK_AFTER = re.compile(
    rf"(?:\s*(?P<about>~|\((?:{_any(_ABOUT)})\.?\)|(?<=\s)(?:{_any(_ABOUT_BEHIND)})|左右|前后|前後|上下)"
    r"|\s*(?:\?|\(\?\)|\(uncertain\)))$"
)
_OPENINGS: list[tuple[re.Pattern[str], Opening]] = [
    *((re.compile(rf"(?P<date>.+?)(?:{endings})"), opening) for opening, endings in _BEHIND.items()),
    *((re.compile(rf"(?P<date>.+)(?:{endings})"), opening) for opening, endings in _BEHIND.items()),
    *((re.compile(rf"(?:{_any(words)}){_GAP}(?P<date>.+)"), opening) for opening, words in _IN_FRONT.items()),
    (re.compile(_OPEN_DASH), "since"),
]
_BETWEEN = re.compile(rf"(?:{_any(_BETWEEN_IN_FRONT)}){_GAP}(.+)|(.+?)\s*(?:{_any(_BETWEEN_BEHIND)})")


def openings(text: str) -> Iterator[tuple[str, Opening]]:
    """Yield each way to part `text` into a date and an opening: "before 2017" gives ("2017", "before")."""
    rest, at_least = _AT_LEAST.subn("", text)
    rest = " ".join(rest.split())
    for pattern, opening in _OPENINGS:
        found = pattern.fullmatch(rest)
        if found and not at_least:
            yield found["date"], opening
        elif found and opening in AT_LEAST:
            yield found["date"], AT_LEAST[opening]


def sides(text: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part `text` into the two ends of one span: "from May to June" gives ("May", "June").

    "And" joins the ends of a span after "between" alone: elsewhere it stands between two dates, which are no span.
    """
    between = _BETWEEN.fullmatch(text)
    inner = (between[1] or between[2]) if between else _FROM.sub("", text, count=1) if _FROM.match(text) else text
    for joint in (_AND if between else _TO).finditer(inner):
        yield inner[: joint.start()], inner[joint.end() :]
    for pattern in _FROM_TO:
        found = pattern.fullmatch(text)
        if found:
            yield found[1].rstrip("'"), found[2]


def dates_apart(text: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part `text` into two dates that are no span: "3 May and 5 June" gives ("3 May", "5 June")."""
    for joint in re.finditer(rf"(?:{_AND.pattern})|\s*[,،;؛&+、]\s*", text):
        yield text[: joint.start()], text[joint.end() :]
