"""Addresses of houses and flats, and points on a map, in a text: by how each language writes them.

The name of a place, a road or a prison is none; a number of a house beside a street is.
"""

import re

STREETS = r"Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Alley|Boulevard|Blvd"
NAMED = r"(?:[A-Z\u00c0-\u00de][\w'’-]*\s+)"
PLACES = (
    re.compile(rf"(?<![\w/])(?:[Nn]o\.?\s?)?\d{{1,5}}[a-z]?,?\s+{NAMED}{{1,3}}(?i:{STREETS})(?!\w)"),
    re.compile(rf"{NAMED}(?:{STREETS}),?\s+(?:[Nn]o\.?\s?)?\d{{1,3}}(?!\w)"),
    re.compile(r"(?<!\w)(?:flat|apartment|apt\.?|house)\s+(?:no\.?\s?)?\d{1,5}[a-z]?(?!\w)", re.IGNORECASE),
    re.compile(
        r"(?<!\w)(?:ул|улица|пр|просп|проспект|пер|переулок)\.?\s[^.,\n]{2,40},?\s*(?:д\.?\s?)?\d{1,3}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"[^\s.,]{2,40}\s(?:көшесі|көчөсү|кўчаси|ko['‘ʻ]chasi|كوچىسى|kochisi),?\s\d{1,3}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:кв|дом)\.?\s?\d{1,4}(?!\w)", re.IGNORECASE),
    re.compile(r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|胡同|大道)[\d〇零一二三四五六七八九十百]{1,6}号"),
    re.compile(r"[\d一二三四五六七八九十]{1,4}(?:单元|栋|幢|号楼|室)(?![\u4e00-\u9fff])"),
    re.compile(r"(?<!\w)(?:sok(?:ak|ağı)|cad(?:desi)?|mah(?:allesi)?)\.?,?\s*no\.?\s?:?\s?\d{1,4}", re.IGNORECASE),
    re.compile(r"\d{1,3}\s?°\s?\d{1,2}\s?[′'’]\s?(?:\d{1,2}(?:\.\d+)?\s?[″\"”]\s?)?[NSEW]"),
    re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"),
    re.compile(r"(?<!\w)///[^\W\d_]{1,30}\.[^\W\d_]{1,30}\.[^\W\d_]{1,30}"),
)
