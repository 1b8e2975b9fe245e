"""Genders and peoples as lists write them, in the languages of the field: the words of each code, as data.

A word stands for its code alone, or beside a word for people ("uyghur people", "维吾尔族"); no part of a word does.
"""

import re
from functools import cache
from typing import NamedTuple

from campaign.text import folded_words
from campaign.vocabulary.people import ETHNICITY, GENDER

_GENDERS = {
    "female": """f|fem|female|woman|women|girl|lady|mrs|ms|ж|жен|женский|женщина|женского|жінка|девочка|девушка
        |әйел|әйелдер|қыз|аял|ә|kadın|kadin|k|bayan|mme|mlle|sra
        |kız|dişi|女|女性|女子|女人|أنثى|انثى|امرأة|إمرأة|بنت|نساء|مؤنث|زن|مونث|دختر|خانم|ئايال|ئايالچە|قىز|ayal
        |ayalche|qiz|mujer|femenino
        |femenina|hembra|niña|femme|féminin|féminine|fille|frau|weiblich|w|mädchen|xotin|ayol|zhensky|zhenskiy
        |nü|nv""",
    "male": """m|male|man|men|boy|mr|м|муж|мужской|мужчина|мужского|чоловік|мальчик|юноша|еркек|ер|ұл|эркек|е
        |erkek|e|bay|erkek çocuk|男|男性
        |男子|男人|ذكر|رجل|رجال|ولد|مذكر|مرد|مذکر|پسر|آقا|ئەر|ئەركەك|ئوغۇل|er|erkek|oghul|hombre|masculino|varón
        |macho|niño|h|homme|masculin
        |garçon|mann|männlich|junge|erkak|muzhskoy|muzhskoi|nan""",
}  # fmt: skip
_NOT_STATED = """unknown|not known|not stated|not given|n/a|na|none|null|u|x|?|неизвестно|не указан|не указано
        |белгісіз|bilinmiyor|belirtilmemiş
    |不详|未知|不明|غير معروف|غير محدد|نامشخص|نامعلوم|نامەلۇم|desconocido|no consta|inconnu|non précisé
        |unbekannt|k a"""
_PEOPLES = {
    "uyghur": """uyghur|uighur|uygur|uigur|uighor|uyghurs|uighurs|uygurs|ouïghour|ouighour|ouïgour|ouigour
        |ouïghoure|ouïgoure|oughour|uigure|uiguren|uigurin|uigurisch
        |uigures|uiguro|uigura|weiwuer|weiwu'er|уйгур|уйгуры|уйгурка|уйгурский|уйгурская|уйгурец|уйғур|ұйғыр
        |уйгурлар|维吾尔|維吾爾|维族|維族|维|維
        |维吾尔人|أويغور|اويغور|أويغوري|أويغورية|ايغور|إيغور|إيغوري|الأويغور|الإيغور|اویغور|ایغور|ئۇيغۇر|uyğur
        |uygurlar|uygur türkü|uighurian""",
    "kazakh": """kazakh|kazak|kazakhs|qazaq|qazaqs|kasach|kasachin|kasachen|kasachisch|kazajo|kazaja|kazaj
        |kazakhe|kazake|казах|казахи|казашка
        |казахский|казахская|қазақ|қазақтар|哈萨克|哈薩克|哈萨克人|哈族|قازاق|كازاخ|كازاخي|كازاخية|كازاخستاني
        |قازاخ|قزاق|قازاقلار|qazax|hasake""",
    "kyrgyz": """kyrgyz|kirghiz|kirgiz|kyrghyz|qirghiz|kirguís|kirguis|kirgise|kirgisin|kirgisisch|kirghize
        |кыргыз|киргиз|киргизы|киргизка|қырғыз
        |кыргызы|柯尔克孜|柯爾克孜|吉尔吉斯|قىرغىز|قيرغيز|قيرغيزي|قرغيز|قرقیز|kırgız|keerkezi""",
    "uzbek": """uzbek|uzbeks|ozbek|o'zbek|özbek|uzbeko|uzbeka|usbeke|usbekin|usbekisch|ouzbek|ouzbèke|ouzbeke
        |узбек|узбеки|узбечка|өзбек|乌孜别克|烏孜別克
        |乌兹别克|ئۆزبېك|أوزبكي|أوزبك|اوزبك|ازبک|ўзбек|wuzibieke""",
    "tatar": """tatar|tatars|tartar|tártaro|tártara|tatare|tatarin|tatarisch|tatare|татар|татарин|татарка|татары
        |塔塔尔|塔塔爾|تاتار|تتار|تتاري|تتري|tataer""",
    "tajik": """tajik|tajiks|tadjik|tadzhik|tayiko|tayika|tadschike|tadschikin|tadschikisch|таджик|таджики
        |таджичка|тәжік|тажик|塔吉克|تاجىك|طاجيك|طاجيكي
        |تاجیک|tacik|tajike|sarikoli|wakhi|тоҷик""",
    "hui": """hui|huizu|dungan|dungans|tungan|tunggan|дунган|дунганин|дунганка|дүнген|дунгане|хуэй|хуэйцзу|回
        |回民|回族人|خۇيزۇ|تۇڭگان|هوي|الهوي|dongan
        |döngen|chinese muslim|hui muslim""",
    "mongol": """mongol|mongols|mongolian|mongolians|mongole|mongolin|mongolisch|mongoles|mongola|монгол|монголы
        |монголка|моңғол|蒙古|蒙|موڭغۇل|مغولي|مغول
        |مغول|moğol|menggu""",
    "xibe": "xibe|sibe|xibo|sibo|сибо|сибинец|сібе|шибэ|锡伯|錫伯|شىبە|سيبو|şibe",
    "tibetan": """tibetan|tibetans|tibetano|tibetana|tibeter|tibeterin|tibetisch|tibétain|tibétaine|тибетец
        |тибетка|тибетцы|тибет|тибеттік|藏|西藏
        |تىبەت|تبتي|تبتية|تبتی|tibetli|zang|བོད་|བོད་པ""",
    "han": """han|han chinese|hanzu|chinese han|ханец|хань|ханьцы|ханька|хан|汉|漢|汉人|漢人|خەنزۇ|هان|الهان
        |hançu|han çinlisi|chino han|chinois han|han-chinesisch
        |han-chinese|han-chinesin""",
    "other": """other|others|другой|другая|другие|其他|其它|أخرى|اخرى|دیگر|diğer|басқа|باشقا|otro|otra|autre
        |andere""",
    "unknown": """unknown|not known|n/a|na|none|неизвестно|не указано|белгісіз|不详|未知|不明|غير معروف|نامشخص
        |نامعلوم|نامەلۇم|bilinmiyor|desconocido|inconnu
        |unbekannt""",
}  # fmt: skip
# What stands beside the name of a people and says no more than that it is one.
_BESIDE = re.compile(
    r"^(?:ethnic|ethnically|an?|the|этнический|этническая|по национальности|من|قوم)\s+"
    r"|\s+(?:people|ethnic|ethnicity|ethnic group|minority|nationality|turks?|muslim|man|woman|male|female|ulti"
    r"|ұлты|millet|milliti|миллити|مىللىتى|تۈركى|türkü|türk|halkı|халқы)$"
)
_HAN = re.compile(r"(?<=[\u3400-\u9fff])(?:族人|族|人|民族)$")
# Words of a part, of which one alone makes nobody of that people, and words of doubt or denial.
_PART = re.compile(
    r"^(?:half|part|partly|mixed|mix of|semi|полу|наполовину|半|نصف|yarı|yarım|жартылай)[\s-]*", re.IGNORECASE
)
_NOT_SO = re.compile(r"[?？]|^(?:non|not|no|не|非|不是|غير)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\s+(?=half\s)|\s*[/,;+&|\n،؛、，；·-]\s*|\s+(?:and|or|и|или|ve|veya|және|мен|ۋە|و|y|o|et|ou|und|oder)\s+|[和与與及]"
)


class Peoples(NamedTuple):
    """The codes of the peoples in a cell, in order and each once, and the words that are none of the list."""

    codes: tuple[str, ...]
    others: tuple[str, ...]


def gender_of(text: str, letters: frozenset[str] = frozenset()) -> str:
    """Return the code of a gender as a list writes it ("F", "мужской", "أنثى", "HOMBRE"); "" for any other word.

    `letters` are those that its column holds: an M beside H and no F may be "mujer", and stays open.
    """
    words = folded_words(text)
    if words == "m" and "h" in letters and "f" not in letters:
        return ""
    return _genders().get(words) or (words if words in GENDER else "")


def says_no_gender(text: str) -> bool:
    """Say whether a cell says that the gender is not known, or holds neither letter nor figure."""
    words = folded_words(text)
    return not any(map(str.isalnum, words)) or words in _split(_NOT_STATED)


def peoples_of(text: str) -> Peoples:
    """Return the peoples that a cell names: "Uighur", "维吾尔族", "Kyrgyz/Uzbek", "half Kazak, half Dungan".

    Of "half Kazak" alone, "non-Uyghur" and "Uyghur?" it names none: these are words of none of the list.
    """
    if _NOT_SO.search(text.strip()):
        return Peoples((), (text.strip(),))
    whole = _people(text)
    parts = [text] if whole else [part for part in _JOINT.split(text) if part.strip()]
    found = [(part.strip(), whole or _people(_PART.sub("", part.strip()))) for part in parts]
    codes = tuple(dict.fromkeys(code for _, code in found if code))
    if len(codes) < 2 and any(_PART.match(part) for part, _ in found):
        return Peoples((), (text.strip(),))
    return Peoples(codes, tuple(dict.fromkeys(part for part, code in found if not code)))


def _people(text: str) -> str:
    words = folded_words(text)
    for bare in (words, _BESIDE.sub("", words), _HAN.sub("", words)):
        code = _words_of_peoples().get(bare) or (bare if bare in ETHNICITY else "")
        if code:
            return code
    return ""


def _split(words: str) -> frozenset[str]:
    return frozenset(folded_words(word) for word in words.split("|")) - {""}


@cache
def _genders() -> dict[str, str]:
    return {word: code for code, words in _GENDERS.items() for word in _split(words)}


@cache
def _words_of_peoples() -> dict[str, str]:
    return {word: code for code, words in _PEOPLES.items() for word in _split(words)}
