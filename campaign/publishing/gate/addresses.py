"""Addresses of houses and flats, and points on a map, in a text: by how each language writes them.

The name of a place, a road or a prison is none; a number of a house beside a street is.
"""

import re

STREETS = r"Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Alley|Boulevard|Blvd|Lu|Jie|Xiang|Hutong|Square|Drive|Court"
NO_YEAR = r"(?!1[89]\d\d|20\d\d)"
NAMED = r"(?:[A-Z\u00c0-\u00de][\w'’-]*\s+)"
PLACES = (
    re.compile(rf"(?<![\w/])(?:[Nn]o\.?\s?)?\d{{1,5}}[a-z]?,?\s+{NAMED}{{1,3}}(?i:{STREETS})(?!\w)"),
    re.compile(rf"{NAMED}(?:{STREETS}),?\s+(?:[Nn]o\.?\s?)?\d{{1,3}}(?!\w)"),
    re.compile(
        rf"(?<!\w)(?:flat|apartment|apt\.?|house)\s+(?:(?:number|no\.?|#)\s?)?{NO_YEAR}\d{{1,5}}[a-z]?(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)(?:p\.?\s?o\.?\s?box|postfach|а/я|邮政信箱)\s?\d+", re.IGNORECASE),
    re.compile(
        r"(?<!\w)(?:post\s?code|postal code|zip(?: code)?|индекс|邮编|郵編|posta kodu|код почты)[\s:：]*\d{4,7}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)room\s\d{1,4},?\s(?:of\s)?(?:in\s)?building\s\d|building\s\d{1,3},\s(?:unit|room|flat)\s\d",
        re.IGNORECASE,
    ),
    # French, Spanish, Italian; German and Dutch, where the kind of street is the end of its name.
    re.compile(
        r"(?<!\w)\d{1,4}(?:\s?bis)?,?\s(?:rue|avenue|boulevard|place|allée|impasse|chemin)\s[^.,\n]{2,30}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?:calle|avenida|via|viale|corso|piazza|plaza|rua)\s[^\d.,\n]{2,30},?\s\d{1,4}(?!\d)", re.IGNORECASE
    ),
    re.compile(
        rf"[A-Z\u00c0-\u00de][\w-]*(?:straße|strasse|str\.|gasse|weg|platz|allee|straat|laan|gracht|plein|\s(?:Gasse|Straße|Weg|Platz))"
        rf"\s{NO_YEAR}\d{{1,4}}[a-z]?(?!\w)"
    ),
    re.compile(
        r"(?:شارع|حي|زقاق)\s[^\d.,،\n]{0,30}(?:رقم|منزل|بناية)?\s?\d{1,4}(?!\d)|خیابان\s[^.,،\n]{2,40}(?:پلاک|کوچه)\s?\d{1,4}"
    ),
    re.compile(r"كوچ(?:ا|ىسى)\s?\d{1,4}\s?-?\s?نومۇر"),
    re.compile(r"(?<!\w)(?:мкр|микрорайон)\.?\s[^.,\n]{1,30},\s?\d{1,4}(?!\d)", re.IGNORECASE),
    re.compile(
        r"(?<!\w)(?:ул|улица|пр|просп|проспект|пер|переулок)\.?\s[^.,\n]{2,40},?\s*(?:д\.?\s?)?\d{1,3}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"[^\s.,]{2,40}\s(?:көшесі|көчөсү|кўчаси|ko['‘ʻ]chasi|كوچىسى|kochisi),?\s\d{1,3}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:кв|дом)\.?\s?\d{1,4}(?!\w)", re.IGNORECASE),
    re.compile(
        r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|胡同|大道|组|組|村|小区|社区)[\d〇零一二三四五六七八九十百]{1,6}[号號]"
    ),
    re.compile(r"[\d一二三四五六七八九十]{1,4}(?:单元|栋|幢|号楼|室)(?![\u4e00-\u9fff])"),
    re.compile(
        r"(?<!\w)(?:sok(?:ak|ağı)?|cad(?:desi)?|mah(?:allesi)?)\.?,?\s*(?:no\.?\s?:?\s?)?\d{1,4}", re.IGNORECASE
    ),
    re.compile(r"\d{1,3}\s?°\s?\d{1,2}\s?[′'’]\s?(?:\d{1,2}(?:\.\d+)?\s?[″\"”]\s?)?[NSEW]"),
    re.compile(r"(?<!\w)[NS]\s?\d{1,2}\s?°?\s?\d{1,2}(?:\.\d+)?['′]?[,\s]+[EW]\s?\d{1,3}\s?°?\s?\d{1,2}(?:\.\d+)?"),
    re.compile(r"\d{1,2}\s\d{1,2}\s\d{1,2}(?:\.\d+)?\s?[NS],?\s+\d{1,3}\s\d{1,2}\s\d{1,2}(?:\.\d+)?\s?[EW]"),
    re.compile(
        r"(?<!\w)lat(?:itude)?[\s:=]*-?\d{1,2}\.\d+[,;\s]+lon(?:g(?:itude)?)?[\s:=]*-?\d{1,3}\.\d+", re.IGNORECASE
    ),
    re.compile(r"(?<!\w)(?:what3words|w3w)[\s:]+\w+\.\w+\.\w+", re.IGNORECASE),
    re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"),
    re.compile(r"(?<!\w)///[^\W\d_]{1,30}\.[^\W\d_]{1,30}\.[^\W\d_]{1,30}"),
)
