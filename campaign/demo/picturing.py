"""Drawn portraits, through the same path as every other picture: drawn anew in three sizes, the original sealed."""

import io
import itertools

from campaign.cases.file import Image
from campaign.dates import read
from campaign.demo.portrait_sitter import sitter
from campaign.demo.portraits import portrait
from campaign.demo.reading import Person
from campaign.media.decode import reencode
from campaign.media.stores import Vault
from campaign.publishing.picturing import store
from campaign.web import keyring, settings

BARE = "bare"
OLD = 2
MENS_HAIR = frozenset({"short", "side", "receding", "bald"})
ALT = "A drawing, in place of a photograph. Invented for the demonstration."


def portrait_of(person: Person) -> Image:
    """Return the row of a person's portrait, whose copies and sealed original lie in the stores."""
    out = io.BytesIO()
    headdress = None if person.portrait == BARE else person.portrait
    portrait(_seed(person, headdress), headdress=headdress).save(out, "PNG")
    content = out.getvalue()
    drawn = reencode(content, max_bytes=settings().max_photo_bytes)
    original = Vault(settings().home / "media" / "vault", keyring().fernet).put(io.BytesIO(content))
    names = [store().put(one.content, "jpg") for one in (drawn.for_list, drawn.for_page, drawn.for_print)]
    small, page, large = (name.removesuffix(".jpg") for name in names)
    return Image(
        digest_list=small,
        digest_page=page,
        digest_print=large,
        vault_name=original.name,
        sha256=original.sha256,
        credit="Drawn for the demonstration",
        licence="Free to use",
        provenance="family",
        likeness_confirmed_by="A relative",
        likeness_confirmed_on=read("2026-09"),
        others_cleared=True,
        alt=ALT,
        is_portrait=True,
    )


def _seed(person: Person, headdress: str | None) -> str:
    """Return the first seed of a person whose drawing fits what their file says of age and gender."""
    is_old = "older_people" in person.groups
    for count in itertools.count():
        seed = f"{person.key}/{count}"
        drawn = sitter(seed, headdress)
        if (drawn.age == OLD) is is_old and (drawn.hair_style in MENS_HAIR) is (person.gender == "man"):
            return seed
    raise AssertionError("itertools.count() never ends")
