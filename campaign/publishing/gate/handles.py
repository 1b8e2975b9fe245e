"""Addresses for messages and names on networks in a text, in any spelling: name@place, "at", "dot", t.me/name.

The name of a network alone ("for using WhatsApp in 2016") is none; what stands behind it as a name is.
"""

import re
from collections.abc import Iterator

MAIL = "an address for messages"
HANDLE = "a messenger's name"
MESSENGERS = (
    r"we-?chat|weixin|wx|微信|telegram|tg|телеграм\w*|телега|тг|whats-?app|ватсап|вотсап|واتساب|تلگرام|تیلیگرام|signal"
    r"|viber|вайбер|skype|скайп|imo|line|kakao(?:talk)?|qq|instagram|insta|ig|инстаграм\w*|facebook|fb|фейсбук|vk|вк"
    r"|twitter|weibo|微博|tiktok|抖音|douyin|snapchat|snap|discord|threema|session|zoom|bluesky|bsky|matrix|linkedin"
)
HOSTS = (
    r"t\.me|wa\.me|telegram\.me|vk\.com|ok\.ru|instagram\.com|facebook\.com|fb\.com|fb\.me|m\.me|x\.com|twitter\.com"
    r"|tiktok\.com|weibo\.com|line\.me|threads\.net|linkedin\.com/in|youtube\.com/@|bsky\.app/profile|zoom\.us/j"
    r"|meet\.google\.com|join\.skype\.com|signal\.me|discord\.gg|bit\.ly|goo\.gl|tinyurl\.com|maps\.app\.goo\.gl"
    r"|maps\.google\.[a-z.]+|google\.[a-z.]+/maps|yandex\.[a-z]+/maps|2gis\.[a-z]+|map\.baidu\.com|amap\.com"
)
NAME = r"[A-Za-z][\w-]*(?:[._-][\w-]+)+|[A-Za-z][\w-]*\d[\w.-]*"  # polat.s, polat_s, polat77
HANDLES = (
    re.compile(r"(?<![\w./@])@[\w.]*\w(?:@[\w.-]+\w)?"),
    re.compile(rf"(?<![\w.])(?:www\.)?(?:{HOSTS})/?\S+", re.IGNORECASE),
    re.compile(r"(?<!\w)tg://\S+", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{MESSENGERS})\s*(?:id|号|號|name|username|account)?\s*[:：=]\s*[^\s:]\S+", re.IGNORECASE),
    re.compile(
        rf"(?<!\w)(?:{MESSENGERS})\s*(?:id|号|號|username|name)?\s+(?:me\s+(?:at|on)\s+)?(?:{NAME})", re.IGNORECASE
    ),
    re.compile(rf"(?<!\w)(?:{MESSENGERS})\s*(?:id|号|號)?\s+\d{{6,}}", re.IGNORECASE),
    re.compile(r"(?:微信|微博|抖音|QQ)\s?(?:id|号|號)?\s?[A-Za-z0-9][\w-]{4,}", re.IGNORECASE),
    re.compile(r"(?<!\w)live:[\w.-]+", re.IGNORECASE),
    re.compile(r"(?<!\w)[a-z0-9-]{2,}\.bsky\.social\b", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:t|wa|telegram)\s?\.\s?me\s?/\s?\w+", re.IGNORECASE),
)
MAILERS = (
    r"gmail|googlemail|hotmail|outlook|yahoo|proton(?:mail)?|yandex|mail\.ru|icloud|qq\.com|163\.com|gmx|tuta(?:nota)?"
)
BETWEEN = r"(?:\s+|[_-])"
AT_AND_DOT = (("at", "dot"), ("собака", "точка"), ("arroba", "punto"), ("chez", "point"), ("kuyruklu a", "nokta"))
MAILS = (
    re.compile(
        r"[\w.+-]+\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?[\w-]+(?:\s?(?:\.|[(\[{]\s?dot\s?[)\]}])\s?[^\W\d_]\w+)+", re.I
    ),
    *(
        re.compile(rf"[\w.+]+?{BETWEEN}{at}{BETWEEN}\w+?{BETWEEN}{dot}{BETWEEN}\w{{2,}}", re.IGNORECASE)
        for at, dot in AT_AND_DOT
    ),
    re.compile(r"[A-Za-z0-9._+-]+艾特[A-Za-z0-9-]+(?:点|點|\.)[a-z]{2,}", re.IGNORECASE),
    re.compile(
        rf"[\w.+-]+{BETWEEN}(?:{'|'.join(at for at, _ in AT_AND_DOT)}){BETWEEN}(?:{MAILERS})(?![^\W_])", re.IGNORECASE
    ),
    re.compile(rf"[\w.+-]+\s?[@#]\s?(?:{MAILERS})(?![^\W_])\S*", re.IGNORECASE),
    re.compile(r"(?<![\w.])[\w.+-]+@\[?[\w.-]+\]?"),
    re.compile(r"(?<!\w)\w(?:\s\w){1,40}\s@(?:\s[\w.])+"),
    re.compile(r"(?<!\w)mailto:\S+", re.IGNORECASE),
)


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each address for messages and each name on a network, as it is written, with what it is."""
    yield from ((found[0], MAIL) for pattern in MAILS for found in pattern.finditer(text))
    rest = MAILS[0].sub(" ", text)
    yield from ((found[0], HANDLE) for pattern in HANDLES for found in pattern.finditer(rest))


def without(text: str) -> str:
    """Return a text without the addresses for messages, in which digits lead nowhere else."""
    return MAILS[0].sub(" ", text)
