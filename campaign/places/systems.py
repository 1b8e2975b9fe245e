"""Chinese names of places as other systems than pinyin write them.

Wade and Giles (1892) is on English maps before 1979, Palladius and Popov (1888) on Russian ones until today. Each is
exact, so both are made from the pinyin that the gazetteer holds: data/pinyin_systems.tsv has every syllable.
"""

import csv
from functools import cache
from importlib import resources

from campaign.names.latin import pinyin_syllables
from campaign.places.folding import fold


def in_other_systems(pinyin: str) -> tuple[str, ...]:
    """Return a name in pinyin as each other system writes it, folded; () for one syllable, and for no pinyin."""
    syllables = pinyin_syllables(fold(pinyin))
    if len(syllables) < 2 or not _systems().keys() >= set(syllables):
        return ()
    return tuple(fold("".join(written)) for written in zip(*map(_systems().__getitem__, syllables), strict=True))


@cache
def _systems() -> dict[str, tuple[str, str]]:
    sheet = (resources.files(__package__) / "data" / "pinyin_systems.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(sheet.splitlines(), delimiter="\t")
    return {row["pinyin"]: (row["wade_giles"], row["palladius"]) for row in rows}
