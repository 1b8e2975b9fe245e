"""Rules of the style sheets: nothing from elsewhere, nothing that knows left from right."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "campaign" / "static"
SHEETS = sorted(STATIC.glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:max|min)-(?:width|height)):|(?:text-align|float): (?:left|right))"
)


def rules(text: str) -> str:
    """Return the sheet without comments and without the conditions of media queries."""
    return re.sub(r"@media[^{]+|/\*.*?\*/", "", text, flags=re.DOTALL)


def foreign(text: str) -> list[str]:
    """Return addresses that are not ours: with a scheme, a host, or data."""
    return [url for url in re.findall(r'url\("?([^")]+)', text) if re.match(r"[a-z]+:|//", url)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_serves_both_directions(sheet: Path) -> None:
    assert PHYSICAL.findall(rules(sheet.read_text())) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_asks_nobody_else(sheet: Path) -> None:
    text = sheet.read_text()
    assert foreign(text) == []
    for name in re.findall(r'url\("([^"/]+)"\)', text):
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_is_short_and_its_braces_close(sheet: Path) -> None:
    text = sheet.read_text()
    assert len(text.splitlines()) <= 250
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_that_is_used_exists(sheet: Path) -> None:
    known = set(re.findall(r"(--[a-z0-9-]+):", "".join(one.read_text() for one in SHEETS)))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text())) <= known


def test_the_walkers_see_a_planted_offender() -> None:
    assert PHYSICAL.findall(rules("a { margin-left: 1px } b { width: 2px }"))
    assert PHYSICAL.findall(rules("a { float: left }"))
    assert foreign('a { background: url("//elsewhere.example/a.png") } b { src: url(data:font/x) }')
