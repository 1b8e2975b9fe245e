"""Contrast, measured on the tokens themselves: AAA for what is read, AA for labels, 3:1 for edges.

Source: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.
"""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "campaign" / "static" / "tokens.css").read_text()
LIGHT, _, REST = TOKENS.partition("@media (prefers-color-scheme: dark)")
DARK = REST.partition("@media (prefers-contrast")[0]

# foreground, ground, least ratio
PAIRS = [
    ("ink", "paper", 7.0),
    ("paper", "ink", 7.0),
    ("ink", "changed", 7.0),
    ("on-act", "act", 7.0),
    ("act", "on-act", 7.0),
    ("lapis", "paper", 7.0),
    ("quiet", "paper", 4.5),
    ("quiet", "changed", 4.5),
    ("signal", "paper", 4.5),
    ("signal", "changed", 4.5),
    ("lapis", "changed", 4.5),
    ("paper", "signal", 4.5),
    ("control", "paper", 3.0),
]


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-Fa-f]{6});", block))


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("foreground", "ground", "least"), PAIRS)
def test_every_pair_in_use_can_be_read(scheme: str, foreground: str, ground: str, least: float) -> None:
    colours = palette(scheme)
    assert contrast(colours[foreground], colours[ground]) >= least


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_both_schemes_name_the_same_colours() -> None:
    assert set(palette(LIGHT)) == set(palette(DARK))
