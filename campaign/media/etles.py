"""The placeholder pattern: a cloth of etles, the ikat silk of the region, as SVG drawn from the reference.

It stands for who has no picture, without a letter. In ikat the threads are dyed before they are woven, so every edge is
feathered along the warp. Here too: a thread is one stroke, each a little off the next, by the same amount at every
repeat, as on the loom. The drawing is plain paths with presentation attributes, so that it shows under
`Content-Security-Policy: default-src 'none'; sandbox`.
"""

import hashlib
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path
from typing import Final, NamedTuple

WIDTH: Final = 480
HEIGHT: Final = 600
THREAD: Final = 5  # units of the drawing a warp thread is wide
HALF: Final = WIDTH // 2 // THREAD  # the loom folds the warp: the other half is the mirror of this one
BAND_WIDTH: Final = 120
BAND_HEIGHT: Final = 24
HATCH_SIDE: Final = 48

_INK: Final = "#17130F"
_RED: Final = "#B3261E"
_LAPIS: Final = "#1F4E79"
_SAFFRON: Final = "#CF8F2C"
_LEAF: Final = "#4A6338"
_SILK: Final = "#F1E6D2"


class Dyes(NamedTuple):
    """Four colours, each standing off the next one, so that the motif still reads 40 pixels high."""

    ground: str
    outline: str
    body: str
    heart: str


_CLOTHS: Final = (
    Dyes(_SILK, _INK, _RED, _SAFFRON),
    Dyes(_SILK, _LAPIS, _SAFFRON, _RED),
    Dyes(_INK, _SAFFRON, _RED, _SILK),
    Dyes(_RED, _SILK, _INK, _SAFFRON),
    Dyes(_LAPIS, _SILK, _RED, _SAFFRON),
    Dyes(_SILK, _LEAF, _RED, _SILK),
    Dyes(_SAFFRON, _INK, _LAPIS, _SILK),
    Dyes(_LEAF, _SILK, _INK, _SAFFRON),
)
# Threads of each stripe from the selvedge to the fold; every row adds up to HALF.
_WARPS: Final = ((20, 16, 12), (16, 20, 12), (24, 8, 16), (12, 24, 12), (28, 20), (8, 24, 16))
_DYED: Final = (1.0, 0.68, 0.3)  # how much of the motif the outline, the body and the heart cover

# A motif gives, for a thread `u` of the way from its middle (0) to its edge (1), how far it reaches up and down.
Motif = Callable[[float], tuple[float, float]]


def _almond(u: float) -> tuple[float, float]:
    return (1 - u) ** 1.6, sqrt(1 - u * u) * 0.62


def _lozenge(u: float) -> tuple[float, float]:
    return 1 - u, 1 - u


def _pomegranate(u: float) -> tuple[float, float]:
    crown = 0.28 if u < 0.16 else 0.16 if 0.3 < u < 0.46 else 0.0
    return sqrt(1 - u * u) * 0.72 + crown, sqrt(1 - u * u) * 0.72


def _comb(u: float) -> tuple[float, float]:
    return (0.42 if int(u * 5.99) % 2 else 0.95), 0.3


def _hourglass(u: float) -> tuple[float, float]:
    return 0.25 + 0.7 * u, 0.25 + 0.7 * u


_MOTIFS: Final[tuple[Motif, ...]] = (_almond, _lozenge, _pomegranate, _comb, _hourglass)
_BROAD: Final = 3  # of these, the first three bear being large


class _Stripe(NamedTuple):
    left: int
    threads: int
    motif: Motif
    dyes: Dyes
    period: int
    phase: int


class _Chance:
    """Numbers that only the seed decides, without end: SHA-256 over the seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._bytes = self._run(seed)

    @staticmethod
    def _run(seed: str) -> Iterator[int]:
        count = 0
        while True:
            yield from reversed(hashlib.sha256(f"{seed}/{count}".encode()).digest())
            count += 1

    def below(self, bound: int) -> int:
        return next(self._bytes) * bound // 256


def cloth(ref: str) -> bytes:
    """Return the cloth of `ref` as SVG, 480 x 600, at most some 8 KB: the same reference, the same bytes, for ever."""
    chance = _Chance(ref)
    stripes = "".join(_woven(stripe, chance) for stripe in _warp(chance))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' preserveAspectRatio="xMidYMid slice">'
        # Moved by half a thread, so that threads stand on whole numbers: a tenth of the bytes.
        f'<g id="h" fill="none" stroke-width="{THREAD + 0.3}" transform="translate({THREAD / 2})">{stripes}</g>'
        f'<use href="#h" transform="matrix(-1 0 0 1 {WIDTH} 0)"/></svg>\n'
    ).encode()


def _warp(chance: _Chance) -> Iterator[_Stripe]:
    """Yield the stripes of one half. A generator: each stripe takes its chances after the one before is woven."""
    first = chance.below(len(_CLOTHS))
    second = (first + 1 + chance.below(len(_CLOTHS) - 1)) % len(_CLOTHS)
    left = 0
    for place, threads in enumerate(_WARPS[chance.below(len(_WARPS))]):
        is_broad = threads >= 20
        motif = _MOTIFS[chance.below(_BROAD if is_broad else len(_MOTIFS))]
        repeats = ((2, 3) if is_broad else (4, 6))[chance.below(2)]
        period = HEIGHT // repeats
        phase = chance.below(4) * period // 4
        yield _Stripe(left, threads, motif, _CLOTHS[second if place % 2 else first], period, phase)
        left += threads * THREAD


def _woven(stripe: _Stripe, chance: _Chance) -> str:
    width = stripe.threads * THREAD
    slips = [chance.below(15) - 7 for _ in range(stripe.threads)]
    ground = f'<path fill="{stripe.dyes.ground}" d="M{stripe.left - THREAD / 2} 0h{width}v{HEIGHT}h-{width}z"/>'
    dyed = (
        f'<path stroke="{dye}" d="{"".join(_strokes(stripe, share, slips, chance))}"/>'
        for share, dye in zip(_DYED, stripe.dyes[1:], strict=True)
    )
    return ground + "".join(dyed)


def _strokes(stripe: _Stripe, share: float, slips: list[int], chance: _Chance) -> Iterator[str]:
    middle = (stripe.threads - 1) / 2
    for thread, slipped in enumerate(slips):
        u = abs(thread - middle) / (stripe.threads / 2) / (0.4 + 0.6 * share)
        if u >= 1:
            continue
        up, down = (reach * stripe.period * 0.47 * share for reach in stripe.motif(u))
        slip = slipped + chance.below(7) - 3
        if up + down >= 6:
            x = stripe.left + THREAD * thread
            yield from _repeats(x, slip - up, slip + down, stripe)


def _repeats(x: int, top: float, bottom: float, stripe: _Stripe) -> Iterator[str]:
    """Yield one thread's strokes down the cloth, at every repeat, cut at the edges."""
    y = stripe.phase - stripe.period
    while y + top < HEIGHT:
        start, end = max(0, round(y + top)), min(HEIGHT, round(y + bottom))
        if end > start:
            yield f"M{x} {start}V{end}"
        y += stripe.period


def band(ref: str) -> bytes:
    """Return the narrow band that closes a page: SVG, 120 x 24, which tiles sideways. Here the threads lie."""
    chance = _Chance(ref)
    dyed = []
    for share, dye in zip(_DYED, (_RED, _SAFFRON, _LAPIS), strict=True):
        line = []
        for y in range(1, BAND_HEIGHT, 2):
            u = abs(y - BAND_HEIGHT / 2) / (BAND_HEIGHT / 2)
            reach = round((1 - u) * BAND_WIDTH * 0.46 * share + chance.below(7) - 3)
            if u < 0.3 + 0.7 * share and reach > 2:
                line.append(f"M{BAND_WIDTH // 2 - reach} {y}h{2 * reach}")
        dyed.append(f'<path stroke="{dye}" d="{"".join(line)}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BAND_WIDTH}" height="{BAND_HEIGHT}">'
        f'<path fill="{_INK}" d="M0 0h{BAND_WIDTH}v{BAND_HEIGHT}H0z"/>'
        f'<g fill="none" stroke-width="2.1">{"".join(dyed)}</g></svg>\n'
    ).encode()


def hatch() -> bytes:
    """Return the lozenge that is woven faint behind confidential fields: SVG, 48 x 48, black where it shows; a mask."""
    chance = _Chance("hatch")
    line = []
    for x in range(1, HATCH_SIDE, 3):
        u = abs(x + 0.5 - HATCH_SIDE / 2) / (HATCH_SIDE / 2)
        reach = round((1 - u) * HATCH_SIDE * 0.42 + chance.below(5) - 2)
        if reach > 1:
            line.append(f"M{x + 0.5} {HATCH_SIDE // 2 - reach}v{2 * reach}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{HATCH_SIDE}" height="{HATCH_SIDE}">'
        f'<path stroke="#000" stroke-width="1.5" d="{"".join(line)}"/></svg>\n'
    ).encode()


def write_static(folder: Path) -> None:
    """Write the two drawings that the style sheets name into `folder`; run it when a drawing changes, and commit."""
    for name, content in STATIC.items():
        (folder / name).write_bytes(content)


STATIC: Final = {"band.svg": band("byname"), "hatch.svg": hatch()}
