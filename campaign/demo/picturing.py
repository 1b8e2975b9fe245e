"""Drawn portraits, through the same path as every other picture: drawn anew in three sizes, the original sealed."""

import io
import itertools
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from campaign.cases.file import Image
from campaign.dates import read
from campaign.demo.portrait_sitter import sitter
from campaign.demo.portraits import portrait
from campaign.demo.reading import Person
from campaign.media.decode import Reencoded, reencode
from campaign.media.stores import Vault, public_store
from campaign.web import keyring, settings

BARE = "bare"
YOUNG, MIDDLING, OLD = 0, 1, 2
MENS_HAIR = frozenset({"short", "side", "receding", "bald"})
ALT = "A drawing, in place of a photograph. Invented for the demonstration."


@dataclass(frozen=True)
class Drawn:
    """A portrait: the PNG as it would be uploaded, and what is made of it."""

    content: bytes
    copies: Reencoded


def portraits_of(folk: Iterable[Person]) -> dict[str, Drawn]:
    """Return the drawn portraits, by the keys of those who have one; in parallel, as most of it is Pillow's work."""
    with_portrait = [person for person in folk if person.portrait]
    with ThreadPoolExecutor() as pool:
        return dict(zip((person.key for person in with_portrait), pool.map(_drawn, with_portrait), strict=True))


def _drawn(person: Person) -> Drawn:
    headdress = None if person.portrait == BARE else person.portrait
    out = io.BytesIO()
    # Written to be read once: the smallest effort of compression is the quickest.
    portrait(_seed(person, headdress), headdress=headdress).save(out, "PNG", compress_level=1)
    return Drawn(out.getvalue(), reencode(out.getvalue()))


def kept(picture: Drawn) -> Image:
    """Return the row of a portrait whose copies and sealed original now lie in the stores."""
    original = Vault(settings().home / "media" / "vault", keyring().fernet).put(io.BytesIO(picture.content))
    copies = (picture.copies.for_list, picture.copies.for_page, picture.copies.for_print)
    names = [public_store().put(one.content, "jpg") for one in copies]
    small, page, large = (name.removesuffix(".jpg") for name in names)
    return Image(
        digest_list=small,
        digest_page=page,
        digest_print=large,
        vault_name=original.name,
        sha256=original.sha256,
        credit="A drawing, in place of a photograph",
        licence="Invented for the demonstration, free to use",
        provenance="campaign",
        likeness_confirmed_by="A relative",
        likeness_confirmed_on=read("2026-09"),
        others_cleared=True,
        alt=ALT,
        is_portrait=True,
    )


def _seed(person: Person, headdress: str | None) -> str:
    """Return the first seed of a person whose drawing fits what their file says of age and gender."""
    age = _drawn_age(person)
    for count in itertools.count():
        seed = f"{person.key}/{count}"
        drawn = sitter(seed, headdress)
        if drawn.age == age and (drawn.hair_style in MENS_HAIR) is (person.gender == "male"):
            return seed
    raise AssertionError("itertools.count() never ends")


def _drawn_age(person: Person) -> int:
    """Return the age to draw: by the year of birth, in the middle where nobody knows it."""
    if not person.birth:
        return MIDDLING
    year = int(person.birth[:4])
    return OLD if year < 1960 else MIDDLING if year < 1985 else YOUNG
