"""The words people write in dates: what each one is, by language. Data, readable without programming.

English, Russian, Turkish, Kazakh, Arabic (months as in Egypt, the Levant and the Maghreb), Uyghur in both scripts,
Persian (as in Iran and Afghanistan), Spanish, French and German;
names of months and weekdays come from CLDR where it has them. Chinese and everything that is a shape rather than a word
is turned into these words by `shapes` first. All words are kept as `folded_for_search` writes them.
"""

import re
from functools import cache, lru_cache
from typing import Literal

from babel import Locale

from campaign.dates.edtf import UnknownKind
from campaign.text import folded_for_search

Kind = Literal["day", "year", "month", "season", "part", "half", "decade", "filler"]
Told = tuple[Kind, str]

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# The locales of CLDR whose months are a language's; "uy" stands for Uyghur in Latin letters, which CLDR lacks.
_LOCALES: dict[str, tuple[str, ...]] = {
    "en": ("en",), "ru": ("ru",), "tr": ("tr",), "kk": ("kk",), "ug": ("ug",),
    "ar": ("ar", "ar_LB", "ar_DZ", "ar_MA", "ar_MR"), "fa": ("fa", "fa_AF"),
    "es": ("es",), "fr": ("fr",), "de": ("de",),
}  # fmt: skip
_UYGHUR_IN_LATIN = "yanwar fewral mart aprel may iyun iyul awghust sentebir oktebir noyabir dekabir"
_OTHER_MONTHS = {
    "en": {9: "sept"},
    "ru": {2: "фев", 9: "сен", 11: "ноя"},
    "uy": dict(enumerate(_UYGHUR_IN_LATIN.split(), 1)),
    "fa": {5: "می", 7: "جولای", 8: "آگوست"},
    "es": {9: "setiembre"},
    "de": {1: "jänner", 3: "maerz"},
}
# Each language's words for the other kinds, as stems: what may follow one is in ENDINGS.
_STEMS: dict[str, dict[Kind, dict[str, str]]] = {
    "en": {
        "season": {"21": "spring", "22": "summer", "23": "autumn fall", "24": "winter"},
        "part": {"early": "early", "mid": "mid middle", "late": "late", "beginning": "beginning start", "end": "end"},
        "filler": {"": "the of in on at during within year month day sometime"},
    },
    "ru": {
        "season": {"21": "весн", "22": "лето лета лете летом", "23": "осен", "24": "зим"},
        "part": {"early": "ранняя ранней", "mid": "середин", "late": "поздняя поздней",
                 "beginning": "начал", "end": "конец конц"},
        "filler": {"": "в во на г гг год годы годов годах месяц месяца месяце течение"},
    },
    "tr": {
        "season": {"21": "ilkbahar bahar", "22": "yaz", "23": "sonbahar güz", "24": "kış"},
        "part": {"early": "başlar", "mid": "orta", "late": "sonlar", "beginning": "baş başlangıc", "end": "son"},
        "filler": {"": "yıl sene ay gün tarih"},
    },
    "kk": {
        "season": {"21": "көктем", "22": "жаз", "23": "күз", "24": "қыс"},
        "part": {"mid": "орта", "beginning": "бас", "end": "соң аяғ аяқ"},
        "filler": {"": "ж жж жыл ай күн"},
    },
    "ug": {
        "season": {"21": "ئەتىياز باھار", "22": "ياز", "23": "كۈز", "24": "قىش"},
        "part": {"mid": "ئوتتۇرا ئوتتۇرى", "beginning": "باش بېش", "end": "ئاخىر"},
        "filler": {"": "يىل ئاي ئېي كۈن"},
    },
    "uy": {
        "season": {"21": "etiyaz bahar", "22": "yaz", "23": "küz", "24": "qish"},
        "part": {"mid": "ottura otturi", "beginning": "bash besh", "end": "axir"},
        "filler": {"": "yil ay ey kün"},
    },
    "ar": {
        "season": {"21": "ربيع الربيع", "22": "صيف الصيف", "23": "خريف الخريف", "24": "شتاء الشتاء"},
        "part": {
            "early": "أوائل", "mid": "منتصف أواسط وسط", "late": "أواخر", "beginning": "بداية مطلع مستهل",
            "end": "نهاية آخر ختام",
        },
        "filler": {"": "في عام العام سنة السنة شهر يوم خلال م ميلادي ميلادية للميلاد"},
    },
    "fa": {
        "season": {"21": "بهار", "22": "تابستان", "23": "پاییز", "24": "زمستان"},
        "part": {"early": "اوایل", "mid": "اواسط نیمه", "late": "اواخر",
                 "beginning": "ابتدای آغاز", "end": "پایان انتهای"},
        "filler": {"": "سال ماه روز در به تاریخ میلادی"},
    },
    "es": {
        "season": {"21": "primavera", "22": "verano", "23": "otoño", "24": "invierno"},
        "part": {"early": "principios comienzos inicios", "mid": "mediados", "late": "finales fines",
                 "beginning": "principio comienzo inicio", "end": "fin final"},
        "filler": {"": "de del la el los en a año mes día durante"},
    },
    "fr": {
        "season": {"21": "printemps", "22": "été", "23": "automne", "24": "hiver"},
        "part": {"mid": "mi milieu", "beginning": "début", "end": "fin"},
        "filler": {"": "du le les l'année l'an au an année mois jour"},
    },
    "de": {
        "season": {"21": "frühling frühlings frühjahr frühjahrs", "22": "sommer sommers", "23": "herbst herbsts",
                   "24": "winter winters"},
        "part": {"early": "früh", "mid": "mitte", "late": "spät", "beginning": "anfang beginn", "end": "ende"},
        "filler": {"": "im am der den dem des jahr jahre jahres jahren monat monats tag tages"},
    },
}  # fmt: skip
# Cases that leave a date as it is (genitive, locative, possessive), folded. The ablative and the dative are not here:
# they say since, before, after or until, see `openings`.
ENDINGS = {
    "en": "",
    "ru": "(?:ь|и|я|е|ю|ем|а|у|ы|о|ом|ои|ью)?",
    "tr": "(?:l[ae]r)?(?:s?[iu])?(?:n?[iu]n|n?[dt][ae](?:ki)?)?",
    "kk": "(?:с?[ыі])?(?:[ндт][ыі]ң|н?[дт][ае](?:ғы|гі)?|[ғг][ыі])?",
    "ug": "(?:ل[اهي]ر)?(?:س?ي)?(?:نيڭ|[دت][اه](?:كي)?)?",
    "uy": "(?:l[aei]r)?(?:s?i)?(?:ning|[dt][ae](?:ki)?)?",
    "ar": "",
    "fa": "",
    "es": "",
    "fr": "",
    "de": "",
}
# "Unknown" in a sheet means not known to us; the other two are said only in so many words.
_UNKNOWN_WORDS: dict[UnknownKind, str] = {
    "not_known": """unknown|not known|n/a|na|n.a|none known|no information|no data|unclear|?|??|-|--
        |not available|date unknown|don't know|do not know|they do not know|they don't know|not sure
        |неизвестно|неизвестна|нет данных|белгісіз|мәлімсіз|bilinmiyor|bilinmeyen|غير معروف|غير معلوم|مجهول
        |不详|不詳|未知|不明|不知道|نامەلۇم|namelum|null|nil|nan|nat|#n/a|tbc|tbd|unk|n.d.|s.d.|нет|нет сведений
        |desconocido|desconocida|se desconoce|sin datos|sin fecha|inconnu|inconnue|sans date|unbekannt|keine angabe|k.a.
        |ohne datum        |نامعلوم|نامشخص|ندارد|لا يوجد|无|無|yok|жоқ""",
    "not_asked": "not asked|never asked|not yet asked|not asked yet|have not asked",
    "not_said": """will not say|won't say|would not say|they will not say|refused to say|declined
        |declined to say|prefer not to say|prefers not to say""",
}
UNKNOWN = {folded_for_search(word.strip()): kind for kind, words in _UNKNOWN_WORDS.items() for word in words.split("|")}


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names in all languages, names of two words among them."""
    return {name: number for language in ENDINGS for name, number in _months_of(language).items()}


@cache
def _months_of(language: str) -> dict[str, int]:
    tables = [_OTHER_MONTHS.get(language, {})]
    for code in _LOCALES.get(language, ()):
        names = Locale.parse(code).months
        tables += [names[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    found = {word(name): number for table in tables for number, name in table.items()}
    # The nominative without its last letter is the stem that the cases are put to.
    return found | {name.rstrip("ьи"): number for name, number in found.items()} if language == "ru" else found


# What is said of a birth beside its date; a shape that `shapes.plain` gives. A date of anything else says none of it.
_BORN_BEFORE = (
    r"\*|b(?:orn)?|d\.?o\.?b|born (?:in|on)|род(?:ил(?:ся|ась))?|р|г\.?р|дата рождения|год рождения"
    r"|ту[гғ]ан(?: жылы)?|dogum(?: tarihi)?"
    r"|(?:出?生[于於]?|出生(?:年月|日期)?)|(?:من )?مواليد|(?:ولدت?|المولود|المولوده)|متولد"
    r"|nacid[oa]|nac|nacio|nee?|naissance|geb(?:oren)?|tughulghan(?: yili)?"
)
_BORN_BEHIND = (
    r"г\.?\s?р|(?:года?|г)\.? рожд\w*|рождения|ж\.?\s?т|ту[гғ]ан|dogumlu|dogmus\w*"
    r"|出?生|出生|تۇغۇلغان|tughulghan|متولد|مواليد|تولد"
)
BORN = re.compile(
    rf"^(?:{_BORN_BEFORE})(?:[.:]\s*|\s+|(?=[0-9]))(?:le |el |am |in |on |en |в )?|\s*(?:{_BORN_BEHIND})\.?$"
)


def word(text: str) -> str:
    """Return a word as all tables keep it: without case, marks and a full stop; a dotless i is an i."""
    return folded_for_search(text).replace("ı", "i").strip(" .")


@cache
def _table(language: str) -> tuple[re.Pattern[str], dict[str, Told]]:
    """Return what matches a word of `language` with one of its endings, and what each stem is."""
    stems: dict[str, Told] = {}
    for kind, values in _STEMS.get(language, {}).items():
        stems |= {word(stem): (kind, value) for value, words in values.items() for stem in words.split()}
    for code in _LOCALES.get(language, ()):
        days = Locale.parse(code).days["format"]
        names = [*days["wide"].values(), *(days["abbreviated"].values() if code == "en" else ())]
        stems |= {word(name): ("filler", "") for name in names}
    stems |= {name: ("month", str(number)) for name, number in _months_of(language).items()}
    longest_first = sorted(stems, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))}){ENDINGS[language]}"), stems


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Told | None:
    """Return what a word is in a date and its value as text, or None for any other word."""
    if text.isdecimal():
        return ("year", text) if len(text) == 4 else ("day", text) if len(text) < 3 else None
    if re.fullmatch(r"[0-9]{3}0'?s", text):
        return "decade", text[:4]
    if re.fullmatch("half[12]|q[1-4]", text):
        return "half", text
    for language in ENDINGS:
        pattern, stems = _table(language)
        found = pattern.fullmatch(text)
        if found:
            return stems[found[1]]
    return None
