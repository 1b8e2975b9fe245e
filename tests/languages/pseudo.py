"""Made-up languages: every sentence of the template catalogue in letters of its own, so that English gives itself away.

eo has accents on everything and is about 40 % longer; dv is written from right to left, in Thaana. Both are codes that
Babel knows and no campaign uses. Places ({name}, %(name)s), tags and entities stay as they are.
"""

import io
import re
import string
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from campaign.languages import SHIPPED, catalogue_path

CODES = ("eo", "dv")
KEPT = re.compile(r"(\{\w*\}|%\(\w+\)s|%%|<[^>]*>|&#?\w+;)")
ACCENTED = "åƀçđéƒǧĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑǦĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
THAANA = "".join(chr(0x780 + place) for place in range(26)) * 2
LETTERS = {"eo": str.maketrans(string.ascii_letters, ACCENTED), "dv": str.maketrans(string.ascii_letters, THAANA)}


def said(message: str, code: str) -> str:
    """Return a message in a made-up language."""
    parts = KEPT.split(message)
    return "".join(part if place % 2 else _said(part, code) for place, part in enumerate(parts))


def _said(words: str, code: str) -> str:
    longer = re.sub("([aeiounst])", r"\1\1", words) if code == "eo" else words
    return longer.translate(LETTERS[code])


def catalogues(folder: Path) -> Path:
    """Write the catalogues of both languages into a folder, as a campaign would have them, and return it."""
    with (SHIPPED / "messages.pot").open("rb") as file:
        template = read_po(file)
    for code in CODES:
        path = catalogue_path(folder, Locale.parse(code))
        path.parent.mkdir(parents=True)
        path.write_bytes(_catalogue(template, code))
    return folder


def _catalogue(template: Catalog, code: str) -> bytes:
    made, out = Catalog(locale=code), io.BytesIO()
    for message in template:
        if isinstance(message.id, tuple):
            forms = [said(message.id[min(form, 1)], code) for form in range(made.num_plurals)]
            made.add(message.id, tuple(forms), context=message.context)
        elif message.id:
            made.add(message.id, said(message.id, code), context=message.context)
    write_po(out, made)
    return out.getvalue()
