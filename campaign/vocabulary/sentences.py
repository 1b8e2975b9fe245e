"""The sentences that the public reads, whole, so that they can be translated and tested as such.

They take public facts only: codes, places as published, dates in the words of `dates.public_words`. None says he or
she. What is told of a situation stands in status_lines.
"""

import re

from campaign.languages import gettext, gettext_noop, ngettext, number
from campaign.languages import listed as joined

# Said with `gettext` where they are used.
NO_REASON_GIVEN = gettext_noop("The authorities have given no reason that we know of.")
NOT_PUBLIC = gettext_noop(
    "This profile is not public at present. Please take down posters and copies of it and do not share them."
)
NOT_A_SAMPLE = gettext_noop("The people we profile: not a sample of all who are held.")

# What a statement is known from, by the kind of source: of one, and of several.
KNOWN_FROM = {
    "own_word": (gettext_noop("the person’s own word"), gettext_noop("the person’s own word")),
    "testimony": (gettext_noop("a testimony"), gettext_noop("testimonies")),
    "relative": (gettext_noop("a relative"), gettext_noop("relatives")),
    "released_detainee": (gettext_noop("a released detainee"), gettext_noop("released detainees")),
    "media": (gettext_noop("the press"), gettext_noop("the press")),
    "ngo_report": (gettext_noop("a report of an organisation"), gettext_noop("reports of organisations")),
    "un_document": (gettext_noop("a document of the United Nations"), gettext_noop("documents of the United Nations")),
    "court_document": (gettext_noop("a court document"), gettext_noop("court documents")),
    "official_statement": (
        gettext_noop("a statement of the authorities"), gettext_noop("statements of the authorities"),
    ),
    "official_database": (gettext_noop("a database of the authorities"), gettext_noop("databases of the authorities")),
    "leaked_document": (gettext_noop("a leaked document"), gettext_noop("leaked documents")),
    "satellite_image": (gettext_noop("a satellite picture"), gettext_noop("satellite pictures")),
    "photo_or_video": (gettext_noop("a photo or video"), gettext_noop("photos or videos")),
    "social_media": (gettext_noop("social media"), gettext_noop("social media")),
    "letter": (gettext_noop("a letter"), gettext_noop("letters")),
    "other": (gettext_noop("another source"), gettext_noop("other sources")),
    "person_with_knowledge": (
        gettext_noop("a person with knowledge of the case"), gettext_noop("people with knowledge of the case"),
    ),
    "document_seen": (gettext_noop("a document seen by the campaign"), gettext_noop("documents seen by the campaign")),
    "organisation": (
        gettext_noop("an organisation that works on such cases"), gettext_noop("organisations that work on such cases"),
    ),
    "not_public": (gettext_noop("a source that is not public"), gettext_noop("sources that are not public")),
}  # fmt: skip


def two_dates(
    latest: str, checked: str, *, means: str = "", found_news: bool = False, is_reported_dead: bool = False
) -> str:
    """Return the line under the status: "Latest information: January 2021. Last checked by us: May 2026, nothing new."

    Both in public words; a date that is not known ("") leaves its part out. `means` is the list, or "press", in which
    we looked, where the public may know it. A death that is only reported is news that we could not confirm: the line
    stands under it, and says what else is known.
    """
    apart = gettext("Latest information, apart from that report: {date}.")
    news = apart if is_reported_dead else gettext("Latest information: {date}.")
    parts = [news.format(date=latest)] if latest else []
    if checked and means:
        seen = gettext("in the press") if means == "press" else means
        plain = gettext("Last checked by us: {date}, {means}.")
        nothing = gettext("Last checked by us: {date}, {means}, nothing new.")
        parts.append((plain if found_news else nothing).format(date=checked, means=seen))
    elif checked and found_news:
        parts.append(gettext("Last checked by us: {date}.").format(date=checked))
    elif checked:
        parts.append(gettext("Last checked by us: {date}, nothing new.").format(date=checked))
    return " ".join(parts)


# What closes each quotation mark that may open words.
PAIRS = {
    **dict.fromkeys(("'", '"', "＂"), ""),
    "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›",
    "「": "」", "『": "』", "《": "》",
}  # fmt: skip
PAIRS |= {mark: mark for mark, closing in PAIRS.items() if not closing}


def unquoted(words: str) -> str:
    """Return words without the quotation marks that stand around all of them, and only in pairs.

    `"separatism"` loses its marks; `Officials said "separatism"` and `"a" and "b"` keep theirs.
    """
    words = words.strip()
    while len(words) > 1 and words[-1] in PAIRS.get(words[0], ""):
        inner = words[1:-1]
        if any(mark in inner for mark in (words[0], words[-1])) and not _is_balanced(inner, words[0], words[-1]):
            return words
        words = inner.strip()
    return "" if words in PAIRS or words in "".join(PAIRS.values()) else words


def _is_balanced(inner: str, opening: str, closing: str) -> bool:
    """Say whether the marks within words close what they open: then those around them are a pair."""
    if opening == closing:
        return False
    depth = 0
    for letter in inner:
        depth += (letter == opening) - (letter == closing)
        if depth < 0:
            return False
    return depth == 0


# Words that say that there is no reason, in the languages of sheets: none of them is a reason. Each line is one thing
# said in English, Chinese, Russian, Turkish, Arabic, Uyghur and Kazakh.
_UNKNOWN_WORDS = """
unknown|not known|unclear|not clear|unsure|未知|不详|不明|不清楚|неизвестно|не известно|неизвестна|bilinmiyor|belirsiz
غير معروف|غير معلوم|مجهول|نامعلوم|نامەلۇم|белгісіз|белгисиз|noma’lum|noma'lum|nomaʼlum|notma'lum
none|nil|nothing|no|n/a|na|n.a.|none known|none given|none stated|none disclosed|none announced|无|沒有|没有|нет|yok|لا يوجد|يوق|يوقى|жоқ|жок
not stated|not given|not disclosed|not announced|not specified|not available|not applicable|unstated|undisclosed|unspecified|未公开|未公布|未说明|未告知|не указано|не указана|не сообщается|не объявлено|belirtilmedi|açıklanmadı|غير محدد|لم يعلن|айтылмаған|көрсөтүлгөн эмес
?|-|–|—|.|..|...|…|tbc|tbd|？
"""  # noqa: E501 - one meaning is one line
UNKNOWN_WORDS = frozenset(word.casefold() for line in _UNKNOWN_WORDS.split("\n") for word in line.split("|") if word)
_WHAT = (
    r"(charges?|reasons?|crimes?|accusations?|allegations?|grounds?|verdicts?|explanations?|information|details?"
    r"|trials?)"
)
_SAID = (
    r"(disclosed|given|stated|announced|known|available|provided|specified|made public|public|published|filed|brought"
    r"|revealed|reported)( (yet|so far|to us|to the family|by the authorities|to our knowledge))*"
)
_KIND = r"((formal|official|specific|exact|clear|known|stated) )*"
_NO_WHAT = re.compile(
    rf"(the )?(no|without( any)?|lack of|not any) {_KIND}{_WHAT}(( and| or|,) (no )?{_KIND}{_WHAT})*"
    rf"( (has|have) been| was| were| is| are)?( ever| yet)?( {_SAID})?"
    rf"|{_KIND}{_WHAT}( is| are| was| were| has| have)?( been)?( still)? ?(not( been)?|never( been)?) {_SAID}"
    rf"|{_KIND}{_WHAT}( is| are| was| were)?( still)? (un(known|clear|stated|disclosed|specified)|secret)"
    rf"|not (yet )?(charged|{_SAID})"
    r"|we (do not|don.t) know|(they )?(did not|didn.t|would not|have not|haven.t) sa(y|id)( why)?"
    r"|(原因|罪名|理由)(不明|未知|不详|不清楚|未公开)"
    r"|(причина|обвинени[ея]|основание) (не ?известн[аоы]|не указан[аоы]|не предъявлен[аоы]|не назван[аоы])"
    r"|(neden|gerekçe|suçlama)(si|sı)? (bilinmiyor|yok|açıklanmadı|belirtilmedi)"
    r"|(السبب|التهمة|الأسباب) (غير معروفة?|غير معلومة?)"
    r"|سەۋەبى نامەلۇم|себебі белгісіз|себеби белгисиз"
    rf"|unknown {_WHAT}|{_WHAT}: (none|no|unknown|not {_SAID})|(have |has |were |was )?(not|never)( been)? told"
    r"|(暂无|没有|无|未|尚未|从未)(被)?(正式)?(告知|公布|公开|说明|提供|宣布|透露)?(任何)?(正式)?"
    r"(罪名|理由|原因|指控|起诉|信息|消息)?|(情况|详情)(不明|不详|未知)"
    r"|(обвинени[ея] )?(ему |ей )?(официально )?не (предъявлен|объявлен|назван|сообщен|указан)[аоыи]?"
    r"|(нет|без)( предъявления)?( официальн\w+)? (данных|сведений|информации|обвинени[яй]|причины?)"
    r"|(hiçbir |herhangi bir |resm[iî] )*(neden|gerekçe|suçlama|sebep|bilgi)(si|sı|ler|lar)?"
    r" (yok|bilinmiyor|açıklanma\w+|belirtilme\w+|bildirilme\w+|yapılma\w+|gösterilme\w+|verilme\w+)"
    r"|(لم|لا) (تعلن|يعلن|تذكر|يذكر|توجد|يوجد|توجه|تعرف|يعرف)( له| لها| إليه| إليها)?( أي| اي)?"
    r" (تهمة|تهم|سبب|أسباب|معلومات)"
    r"|(بدون|بلا|دون) (أي )?(تهمة|سبب|محاكمة)"
    r"|(ھېچقانداق )?(سەۋەب|جىنايەت|ئەيىب)\w* (ئېلان قىلىنمىدى|ئېيتىلمىدى|يوق|مەلۇم ئەمەس)"
    r"|(ешқандай |эч кандай )?(айып|себеп|себебі)\w* (тағылмады|тағылған жоқ|айтылмады|көрсетілмеді"
    r"|жоқ|коюлган эмес|айтылган жок|жок)"
)


def says_nothing(words: str) -> bool:
    """Return whether words given as a reason say that there is none, or that nobody knows it: "No charge disclosed"."""
    plain = " ".join(unquoted(words).casefold().split()).strip(" .!;:،。()[]")
    if plain in UNKNOWN_WORDS or not plain or _NO_WHAT.fullmatch(plain):
        return True
    parts = [part for part in re.split(r"[;,/()（），；]", plain) if part.strip()]
    return len(parts) > 1 and all(says_nothing(part) for part in parts)


def authorities_say(words: str) -> str:
    """Return the state's own words as theirs: in quotation marks after "The authorities say"."""
    plain = unquoted(words)
    return gettext("The authorities say: “{words}”").format(words=plain) if plain else gettext(NO_REASON_GIVEN)


def authorities_said_to_say(words: str) -> str:
    """Return what others report that the state says: as its claim, and without quotation marks."""
    return gettext("As reported, the authorities say: {words}").format(words=words.strip())


def age_when_last_heard_of(low: int, high: int) -> str:
    """Return "51 or 52 when last heard of", or "30 to 35 when last heard of"."""
    if low == high:
        return gettext("{age} when last heard of").format(age=low)
    if high == low + 1:
        return gettext("{low} or {high} when last heard of").format(low=low, high=high)
    return gettext("{low} to {high} when last heard of").format(low=low, high=high)


def age_when_detained(low: int, high: int) -> str:
    """Return "51 or 52 when detained", or "30 to 35 when detained"."""
    if low == high:
        return gettext("{age} when detained").format(age=low)
    if high == low + 1:
        return gettext("{low} or {high} when detained").format(low=low, high=high)
    return gettext("{low} to {high} when detained").format(low=low, high=high)


_RESTRICTED = gettext_noop("{count} were at home or abroad and not free to move when last heard of")


def home_count(total: int, counts: dict[str, int], long_ago: int, profiled: int) -> list[str]:
    """Return the count of the home page, as lines: the parts of the first add up to all who have a page.

    `counts` are by situation: held, free, dead, restricted, unknown. `long_ago` are those of the held who were last
    heard of more than a year ago; `profiled` is everyone who was ever public.
    """
    here = ngettext("{count} person has a page here", "{count} people have a page here", total)
    held = counts.get("held", 0)
    old = ngettext("{count} of them more than a year ago", "{count} of them more than a year ago", long_ago)
    clauses = (
        (held, ngettext("{count} was held when last heard of", "{count} were held when last heard of", held)),
        (counts.get("free", 0), gettext("{count} came out")),
        (counts.get("dead", 0), gettext("{count} died or are reported dead")),
        (
            counts.get("restricted", 0),
            gettext(_RESTRICTED),
        ),
        (counts.get("unknown", 0), gettext("of {count} we do not know whether they are still held")),
    )
    said = [words.format(count=number(count)) for count, words in clauses if count]
    if held and long_ago:
        said[0] = joined((said[0], old.format(count=number(long_ago))))
    first = gettext("{here}.") if not said else gettext("{here}: {parts}.")
    lines = [first.format(here=here.format(count=number(total)), parts="; ".join(said))]
    if profiled > total:
        more = ngettext(
            "{count} person has been profiled; some are not shown.",
            "{count} people have been profiled; some are not shown.",
            profiled,
        )
        lines.append(more.format(count=number(profiled)))
    return lines
