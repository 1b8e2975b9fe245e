"""The words of ages: units, bounds, decades, childhood, the time at which an age held. Data, by language.

Patterns are in the form that `shapes.plain` gives ("未满十八岁" is "未满18岁"); {n} stands for the number and its unit.
"""

import re

from campaign.dates.lexicon import word

OLDEST = 120
_UNIT = (
    r"(?:\s*-?\s*(?:years?(?:[ -]old)?(?: of age)?|y\.?[\s/]?o\.?|yrs?\.?(?: old)?|ish|y|лет|л|года?|летн\w+|летие"
    r"|ans|anos(?: de edad)?|jahre?(?: alt)?|jahrig\w*|سال|ساله|anni"
    r"|yas(?:inda(?:ki)?|lik)?|жас(?:та(?:ғы)?|ар)?|ياش(?:تا|ليق)?|yash(?:ta|liq)?|عاما|عام|سنه|سنوات|ربيعا)(?!\w)|\s*[周週]?[岁歲歳세])?"
)
_N = rf"(?P<n>[0-9]{{1,3}}){_UNIT}"
_AGE = r"(?:the age of |age |возраста? |سن |年龄)?"


def _patterns(*shapes: str) -> list[re.Pattern[str]]:
    return [
        re.compile(shape.replace("{n}", _N).replace("{n2}", _N.replace("<n>", "<n2>")).replace("{age}", _AGE))
        for shape in shapes
    ]


NUMBER = re.compile(rf"{_N}(?P<doubt>\??)")
RANGE = re.compile(
    rf"(?:(?:between|between the ages of|между|entre|zwischen|от|de|von|from)\s+)?"
    rf"(?P<low>[0-9]{{1,3}})\s*(?:-|to|or|/|and|и|до|a|y|et|ou|und|oder|bis|تا|يا|или|ve(?:ya)?|немесе|او|ياكي|至|到|或)\s*{_N}"
)
BESIDE = re.compile(rf"(?:\b(?:of|aged|عمره|عمرها)\s+)?(?<![0-9]){_N}(?![0-9])\s*的?")
# Words before an age that say no more than that it is one.
FRAME = re.compile(
    r"^(?:aged?|in (?:his|her|their)|the|is|was|just|just turned|turned|в возрасте|возраст|ему|еи|исполнилось|yasi|жасы"
    r"|ياشي"
    r"|yeshi|عمره|عمرها|العمر|في|年龄|年齡|现年|現年|年)[\s:]+|^(?:现年|現年|年龄|年齡)"
)
UNDER = _patterns(
    r"(?:under|below|younger than|less than|not yet|not even|has not turned|(?<!\w)<)[\s-]*{age}{n}s?",
    r"(?:до|младше|моложе|менее|меньше|не достиг\w*|нет|еще нет) {age}{n}",
    r"(?:不满|不滿|未满|未滿|不足|不到|低于|低於|小于|小於)\s*{n}",
    r"{n}(?:in)? (?:alti|altinda|altindaki)|(?P<n2>[0-9]{1,3}) yas(?:in|indan|ini)? (?:kucuk|genc|alti\w*|doldurmamis)",
    r"(?P<n>[0-9]{1,3}) ?-?(?:жас)?(?:қа|ке|ға|ге) толмаған|(?P<n2>[0-9]{1,3}) жастан (?:кіші|төмен|жас)",
    r"(?P<n>[0-9]{1,3}) ?-?ياشقا توشميغان|(?P<n2>[0-9]{1,3}) ?-?ياشتين (?:تۆۋهن|كيچيك)",
    r"(?P<n>[0-9]{1,3}) ?-?yashqa toshmighan|(?P<n2>[0-9]{1,3}) ?-?yashtin (?:towen|kichik)",
    r"(?:دون|تحت|اقل(?: من)?|اصغر(?: من)?|لم يبلغ|لم تبلغ) {age}{n}",
)
UP_TO = _patterns(
    r"(?:up to|at most|no older than|not older than|не старше) {n}",
    r"{n} (?:or|and) (?:under|younger|less|below)",
    r"{n}\s*(?:及)?以下",
)
OVER = _patterns(
    r"(?:over|above|older than|more than|at least|past|no younger than|not younger than|not under)\s*{age}{n}|>\s*{n2}",
    r"{n}\s*(?:\+|plus|(?:or|and) (?:over|older|above|more))",
    r"(?:старше|более|больше|свыше|за|не моложе|не младше|не менее) {age}{n}|{n2} и старше",
    r"(?:超过|超過|大于|大於|年满|年滿|已满|已滿)\s*{n}|{n2}\s*(?:及)?以上",
    r"{n}(?:in)? (?:ustu|ustunde|uzerinde|uzeri)|(?P<n2>[0-9]{1,3}) yas(?:in|indan) (?:ust\w+|uzer\w+|buyuk|yasli)",
    r"(?P<n>[0-9]{1,3}) жастан (?:асқан|үлкен|жоғары)",
    r"(?P<n>[0-9]{1,3}) ?-?ياشتين (?:يۇقيري|اشقان|چوڭ)",
    r"(?P<n>[0-9]{1,3}) ?-?yashtin (?:yuqiri|ashqan|chong)",
    r"(?:فوق|اكثر(?: من)?|اكبر(?: من)?|تجاوز|تجاوزت) {age}{n}",
)
UNDER += _patterns(
    r"(?:menos de|menor de|moins de|unter|junger als|زير|كمتر از) {age}{n}", r"<\s*{n}",
)  # fmt: skip
UP_TO += _patterns(r"(?:≤|<=)\s*{n}", r"(?:hasta|jusqu'a|bis) {n}")
OVER += _patterns(r"(?:mas de|mayor de|plus de|uber|alter als|بالاي|بيش از) {age}{n}", r"(?:≥|>=)\s*{n}")
# A part of a year says nothing of completed years: "35.0", "16,5".
FRACTION = re.compile(r"(?<![0-9.,])([0-9]{1,3})(?:\.[0-9]+|,[0-9])(?![0-9.,])")
# Nearly that old, and so not that old yet.
NEARLY = _patterns(
    r"(?:nearly|almost|not quite|going on|approaching|почти|скоро|под|близко к|neredeyse|将近|將近|近|接近) {n}",
    r"(?:将近|將近|接近|近){n}",
    r"(?P<n>[0-9]{1,3}) ?-?(?:жас)?(?:қа|ке|ға|ге) жуық",
)
# "лет 60" is about sixty; "60来岁" too.
ABOUT = _patterns(r"(?:лет|годов) (?P<n>[0-9]{1,3})", r"(?P<n>[0-9]{1,3})[来來][岁歲]")
# By the Chinese count somebody is a year older, and two before the birthday.
BY_CHINESE_COUNT = _patterns(r"虚[岁歲]?\s*{n}|虛[岁歲]?\s*{n2}", r"(?P<n>[0-9]{1,3})\s*[虚虛][岁歲]")
DECADE = re.compile(
    r"(?:(?P<part>early|mid|late)[\s-]+)?"
    r"(?:(?P<ten>[1-9])0(?:'?s|'?l[iu] yas\w+|'?l[ae]r\w*|[多余餘几幾][岁歲])|(?P<word>\w+))"
)
_EIGHT = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
_EIGHT_ARABIC = ["عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"]
TENS = {"teens": 10} | {name: ten for ten, name in zip(range(20, 100, 10), _EIGHT, strict=True)}
TENS |= {
    f"{article}{stem}{plural}": ten
    for ten, stem in zip(range(20, 100, 10), _EIGHT_ARABIC, strict=True)
    for article in ("", "ال")
    for plural in ("ات", "يات")
}
DECADE_PARTS = {"": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}
INFANCY = re.compile(
    r"(?:(?P<years>[0-9]{1,2})\s*(?:y|yrs?|years?|ans?|anos?|jahre?|г|года?|лет|岁|سال|yas)[\s,]*"
    r"(?:and |et |und |y |и )?)?(?P<n>[0-9]{1,3})[\s-]*"
    r"(?:(?P<months>m|mths?|meses|mois|monate?|ماه|months?|mos?\.?|месяц\w*|мес\.?|个月|個月|aylik|аи(?:лық)?"
    r"|ايليق|ayliq|شهرا|شهور|اشهر|شهر)"
    r"|weeks?|days?|недел\w+|дне[ий]|день|[周天]大?|haftalik|gunluk|апталық|күндік|اسبوع\w*|اسابيع|يوما?|ايام)(?:[\s-]+old)?"
)

_UNDER_18 = """minor|minors|children|pupils|underage
    |under age|under-age|not of age|juvenile|child|small child|young child|kid
    |schoolboy|schoolgirl|schoolchild|school child|school boy|school girl|school pupil|pupil|pre-schooler|preschooler
    |primary school pupil|primary school student|elementary school student|middle school pupil|middle school student
    |secondary school pupil|secondary school student|high school pupil|high school student|high schooler|adolescent
    |несовершеннолетний|несовершеннолетняя|несовершеннолетние|несовершеннолетнего|несовершеннолетней|малолетний
    |малолетняя|ребёнок|дитя|дети|школьник|школьница|ученик|ученица|ученик школы|ученица школы|подросток|дошкольник
    |старшеклассник|старшеклассница|мальчик|девочка
    |未成年|未成年人|未成年者|儿童|兒童|孩子|小孩|小孩子|孩童|少年|少女|青少年|小学生|小學生|中学生|中學生|初中生|高中生
    |初中学生|高中学生|学童|學童|幼儿|幼兒|男孩|女孩|小学学生|中学学生
    |قاصر|قاصرة|قاصرون|قصر|حدث|طفل|طفلة|أطفال|مراهق|مراهقة|تلميذ|تلميذة|صبي|غير بالغ|غير راشد|دون السن القانونية
    |دون سن الرشد|تحت السن القانونية|طالب مدرسة|طالبة مدرسة|طالب ثانوي|طالبة ثانوية
    |reşit olmayan|reşit değil|reşit olmamış|çocuk|küçük çocuk|ergen|ergenlik çağında|yaşı küçük|yaşı tutmuyor
    |ilkokul öğrencisi|ortaokul öğrencisi|lise öğrencisi|ilkokullu|ortaokullu|liseli|erkek çocuk|kız çocuk|kız çocuğu
    |кәмелетке толмаған|кәмелет жасына толмаған|кәмелеттік жасқа толмаған|кәмелетке жетпеген|бала|жасөспірім|оқушы
    |мектеп оқушысы|бүлдіршін
    |قۇرامىغا يەتمىگەن|ياشقا توشمىغان|نارەسىدە|بالا|كىچىك بالا|ئۆسمۈر|مەكتەپ ئوقۇغۇچىسى|باشلانغۇچ مەكتەپ ئوقۇغۇچىسى
    |ئوتتۇرا مەكتەپ ئوقۇغۇچىسى
    |boy|girl|school age|school-age|preteen|pre-teen|tween|of school age|мальчик|девочка|ребенок
    |menor|menor de edad|menores|niño|niña|niños|adolescente|alumno|alumna|escolar|colegial
    |mineur|mineure|mineurs|enfant|enfants|adolescent|adolescente|élève|écolier|écolière|collégien|collégienne|lycéen
    |lycéenne
    |minderjährig|minderjähriger|minderjährige|kind|kinder|jugendlicher|jugendliche|schüler|schülerin
    |unmündig|teenie
    |کودک|کودکان|نوجوان|خردسال|صغیر|دانش‌آموز|بچه|زیر سن قانونی
    |quramigha yetmigen|yashqa toshmighan|nareside|bala|kichik bala|ösmür|mektep oqughuchisi"""
_INFANT = """infant|baby|newborn|new-born|toddler|младенец|грудной ребёнок|новорожденный|новорожденная|婴儿|嬰兒|新生儿
    |bebé|recién nacido|recién nacida|nourrisson|bébé|säugling|neugeborenes|baby|نوزاد|شیرخوار|طفل شیرخوار
    |رضيع|رضيعة|مولود|bebek|сәби|нәресте|бөпе|بوۋاق|bowaq"""
_TEENAGER = (
    "teenager|teenagers|teen|teenage|teenaged|a teen|teenage boy|teenage girl|тинейджер|10几岁|10幾歲|10多岁|10来岁"
)
# What each word of childhood says, in completed years. Words for adults are left out: where childhood ends differs.
CHILDHOOD: dict[str, tuple[int, int]] = {
    word(each): ages
    for words, ages in ((_UNDER_18, (0, 17)), (_INFANT, (0, 3)), (_TEENAGER, (10, 19)))
    for each in words.split("|")
}
ARTICLES = re.compile(r"^(?:(?:an?|the|still|only|just|legally|is|was|bir|henuz|еще|все еще|还是|還是|仍|هو|هي)\s+)+")
# The time at which an age held; an age without a day holds as if said today.
WHEN = re.compile(
    r"\s*(?:"
    r"at (?:the )?(?:time(?: of (?:\w+ )?(?:arrest|detention|abduction|disappearance|sentencing|trial|death"
    r"|conviction))?|arrest|detention|sentencing)|when (?:\w+ )?(?:was )?(?:last )?(?:arrested|detained|taken|seen"
    r"|abducted|sentenced|disappeared|heard of)|then|now|at present|currently"
    r"|на момент \w+|во время \w+|при \w*(?:аресте|задержании)|сеичас"
    r"|(?:被捕|被拘|被拘留|失踪|被抓|被判刑|案发|当|當)[时時]|目前|现在"
    r"|عند (?:ال)?اعتقال\w*|وقت (?:ال)?اعتقال\w*|حين (?:ال)?اعتقال\w*|الان|حاليا"
    r"|(?:tutukla|gozaltina al|yakala)\w+ (?:sirada|zaman)|(?:tutuklan|gozaltina alin|yakalan)diginda|su anda"
    r"|(?:тұтқындал|ұстал|қамал)\w+ (?:кезде|сәтте|кезінде)|қазір"
    r"|(?:تۇتۇلغان|قولغا اليلغان)(?:دا| ۋاقيتتا| چاغدا)|هازير"
    r"|(?:tutulghan|qolgha elinghan)(?:da| waqitta| chaghda)|hazir"
    r")\s*"
)
# "七八岁" is seven or eight, "十七八岁" seventeen or eighteen: no number of two digits.
_HAN = "一二三四五六七八九"
_HAN_PAIR = re.compile(rf"([{_HAN}]?十)?([{_HAN}])([{_HAN}])(?=[岁歲])")


def without_pairs(text: str) -> str:
    """Return `text` with each Chinese pair of neighbouring numerals as a range: "十七八岁" gives "17-18岁"."""

    def ranged(found: re.Match[str]) -> str:
        tens = (_HAN.find(found[1][0]) + 1 or 1) * 10 if found[1] else 0
        low, high = (_HAN.find(found[number]) + 1 for number in (2, 3))
        return f"{tens + low}-{tens + high}" if high == low + 1 else found[0]

    return _HAN_PAIR.sub(ranged, text)
