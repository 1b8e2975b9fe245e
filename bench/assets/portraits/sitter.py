"""Who sits for a demonstration portrait: everything about a face that a seed decides."""

import hashlib
from dataclasses import dataclass
from typing import Final, TypeVar

from bench.assets.portraits.pen import Colour

HEADDRESSES: Final = ("scarf", "shawl", "kerchief", "doppa", "tumaq")
COVERS_HAIR: Final = frozenset({"scarf"})

INK: Final[Colour] = (27, 22, 19)
SILK: Final[Colour] = (240, 229, 209)
MADDER: Final[Colour] = (124, 42, 34)
LAPIS: Final[Colour] = (38, 66, 98)
SAFFRON: Final[Colour] = (196, 138, 48)
LEAF: Final[Colour] = (60, 82, 56)
PLUM: Final[Colour] = (84, 48, 66)

_GROUNDS: Final[tuple[Colour, ...]] = (
    (201, 183, 154), (158, 167, 154), (142, 153, 166), (187, 165, 140), (176, 176, 160),
    (196, 158, 140), (150, 160, 166), (204, 178, 120), (170, 150, 140), (186, 192, 186),
)  # fmt: skip
# Lit, in shade, lips.
_SKINS: Final[tuple[tuple[Colour, Colour, Colour], ...]] = (
    ((236, 214, 186), (190, 148, 112), (132, 68, 56)),
    ((230, 203, 168), (182, 136, 98), (126, 63, 52)),
    ((222, 190, 150), (168, 122, 84), (116, 58, 46)),
    ((206, 168, 126), (150, 104, 70), (104, 50, 42)),
    ((240, 220, 198), (200, 160, 130), (150, 78, 70)),
)
_DARK_HAIR: Final[tuple[Colour, ...]] = ((27, 22, 19), (44, 32, 26), (62, 42, 30), (34, 30, 34))
_GREY_HAIR: Final[tuple[Colour, ...]] = ((222, 214, 200), (150, 143, 135), (112, 106, 100))
_CLOTH: Final[tuple[Colour, ...]] = (INK, LAPIS, MADDER, LEAF, PLUM, (70, 62, 56), (92, 84, 74), (48, 66, 70))
_BRIGHT: Final[tuple[Colour, ...]] = (MADDER, LAPIS, SILK, SAFFRON, LEAF, PLUM, (128, 146, 150), (186, 112, 84))

Choice = TypeVar("Choice")


class Chance:
    """Numbers from a seed, without end."""

    def __init__(self, seed: str) -> None:
        self._seed, self._count, self._left = seed, 0, b""

    def below(self, bound: int) -> int:
        """Return a number from 0 to bound - 1; bound at most 256."""
        if not self._left:
            self._left = hashlib.sha256(f"portrait/{self._seed}/{self._count}".encode()).digest()
            self._count += 1
        value, self._left = self._left[0], self._left[1:]
        return value * bound // 256

    def of(self, choices: tuple[Choice, ...]) -> Choice:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def between(self, least: float, most: float) -> float:
        """Return a number from least to most, in 32 steps."""
        return least + (most - least) * self.below(32) / 31


@dataclass(frozen=True, slots=True)
class Sitter:
    """Sizes are factors of the middling face; ages are 0 (young), 1 and 2 (old)."""

    ground: Colour
    lit: Colour
    shade: Colour
    lip: Colour
    hair: Colour
    hair_style: str
    headdress: str | None
    dress: Colour
    trim: Colour
    coat: Colour
    collar: str
    beard: str
    glasses: str
    age: int
    width: float
    jaw: float
    eyes: float
    brows: float
    nose: float
    smile: float
    has_earrings: bool
    looks_left: bool


def sitter(seed: str, headdress: str | None) -> Sitter:
    """Return who sits for `seed`. Raises ValueError for a headdress that nobody can draw."""
    if headdress is not None and headdress not in HEADDRESSES:
        raise ValueError(f"no such headdress: {headdress!r}; there are {', '.join(HEADDRESSES)}")
    chance = Chance(seed)
    age = chance.of((0, 0, 1, 1, 2))
    lit, shade, lip = chance.of(_SKINS)
    hair = chance.of(_GREY_HAIR if age == 2 else (*_DARK_HAIR, _GREY_HAIR[2]) if age == 1 else _DARK_HAIR)
    hair_style = chance.of(_hair_styles(headdress, age))
    is_short = hair_style in {"short", "side", "receding", "bald"}
    beards = ("", "", "moustache", "stubble", "short", "long") if age else ("", "", "", "moustache", "stubble")
    dress = chance.of(_BRIGHT)
    return Sitter(
        ground=chance.of(_GROUNDS),
        lit=lit,
        shade=shade,
        lip=lip,
        hair=hair,
        hair_style=hair_style,
        headdress=headdress,
        dress=dress,
        trim=SILK if dress != SILK else MADDER,
        coat=chance.of(tuple(colour for colour in _CLOTH if colour != dress)),
        collar=chance.of(("crew", "v", "stand", "shirt", "waistcoat", "etles")),
        beard=chance.of(beards) if is_short and headdress in {None, "doppa", "tumaq"} else "",
        glasses=chance.of(("", "", "", "round", "square")),
        age=age,
        width=chance.between(0.93, 1.06),
        jaw=chance.between(0.86, 1.12),
        eyes=chance.between(0.9, 1.12),
        brows=chance.between(0.8, 1.35),
        nose=chance.between(0.9, 1.12),
        smile=chance.between(0.5, 5),
        has_earrings=not is_short and chance.below(2) == 0,
        looks_left=chance.below(2) == 0,
    )


def _hair_styles(headdress: str | None, age: int) -> tuple[str, ...]:
    if headdress in {"scarf", "shawl", "kerchief"}:
        return ("parted",)
    if headdress in {"doppa", "tumaq"}:
        return ("short", "short", "braids")
    styles = ("short", "side", "long", "bob", "bun", "braids")
    return (*styles, "receding", "bald") if age else styles
