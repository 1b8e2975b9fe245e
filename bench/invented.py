"""Invented names to fill an index with: syllables of several languages put together by chance, nobody's."""

import random
from collections.abc import Sequence

# The last of the middles is none.
GIVEN_STARTS, MIDDLES, GIVEN_ENDS, FAMILY_STARTS, FAMILY_ENDS = (
    syllables.split(",")
    for syllables in (
        "Al,Bar,Dil,Er,Gul,Hay,Ish,Kur,Mah,Nur,Ol,Par,Qa,Ra,Shir,Ta,Va,Yul,Zi,Chen,Li,Mi,Se",
        "a,ba,da,de,fi,gi,ha,ki,la,li,ma,mi,na,ra,ri,sa,shi,ta,ti,va,ya,zo,",
        "bek,dar,dil,far,gul,han,id,im,jan,kin,lan,mat,nir,qi,rim,sun,tai,van,yar,zat",
        "Abl,Bor,Dav,Ekb,Gal,Hos,Ist,Jum,Kar,Luk,Mem,Naz,Osm,Pet,Qad,Roz,Sem,Tur,Um,Vol,Wal,Yak,Zun,Zhao,Sun",
        "adi,aev,al,ani,ashvili,atov,enko,er,idi,ik,in,ing,ip,ov,ova,pour,sky,uly,un,zadeh",
    )
)


def invented_names(count: int, *, seed: int = 1) -> list[str]:
    """Return `count` names of two or three words, the same for the same seed; a few occur twice, as real ones do."""
    chance = random.Random(seed)
    return [_name(chance) for _ in range(count)]


def _name(chance: random.Random) -> str:
    words = [_word(chance, GIVEN_STARTS, GIVEN_ENDS), _word(chance, FAMILY_STARTS, FAMILY_ENDS)]
    if chance.random() < 0.2:
        words.insert(1, _word(chance, GIVEN_STARTS, GIVEN_ENDS))
    return " ".join(words)


def _word(chance: random.Random, starts: Sequence[str], ends: Sequence[str]) -> str:
    return chance.choice(starts) + chance.choice(MIDDLES) + chance.choice(ends)
