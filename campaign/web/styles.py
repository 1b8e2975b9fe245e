"""Style sheets, one file for each audience, at an address that names its content: a browser asks for it once."""

import hashlib
from functools import cache
from typing import NamedTuple

from campaign.web.context import STATIC_FOLDER

# In the order of the cascade. The desk's forms stand before the desk; the pages of accounts have nothing of the lists.
SHEETS = {
    "public": ("fonts.css", "tokens.css", "forms.css", "site.css", "search.css"),
    "accounts": ("fonts.css", "tokens.css", "site.css", "desk.css", "forms.css"),
    "staff": ("fonts.css", "tokens.css", "site.css", "forms.css", "desk.css"),
}
PRINT = "print.css"


class StyleSheet(NamedTuple):
    """The sheets of one audience in one file: its name under /static, which holds a digest, and its bytes."""

    name: str
    body: bytes


@cache
def style_sheet(audience: str) -> StyleSheet:
    """Return the styles of an audience of SHEETS, those for paper last."""
    screens = (_read(name) for name in SHEETS[audience])
    body = "\n".join((*screens, f"@media print {{\n{_read(PRINT)}}}\n")).encode()
    return StyleSheet(f"{audience}.{hashlib.sha256(body).hexdigest()[:10]}.css", body)


def by_name(name: str) -> StyleSheet | None:
    """Return the style sheet of a name, None where it is not one of today's."""
    audience = name.partition(".")[0]
    sheet = style_sheet(audience) if audience in SHEETS else None
    return sheet if sheet and sheet.name == name else None


def _read(name: str) -> str:
    return (STATIC_FOLDER / name).read_text("utf-8")
