"""The portraits of invented people, re-encoded and sealed as every other picture.

The pictures in portraits/ are drawings; `python -m bench.assets.portraits` draws them anew.
"""

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from campaign.cases.file import Image
from campaign.dates.parse import read
from campaign.media.decode import Reencoded, reencode
from campaign.media.stores import Vault, public_store
from campaign.web.context import keyring, settings

FOLDER = Path(__file__).parent / "portraits"
ALT = "A drawing, in place of a photograph. Invented for the demonstration."


@dataclass(frozen=True)
class Portrait:
    """A portrait: the file as it would be uploaded, and what is made of it."""

    content: bytes
    copies: Reencoded


def portraits_of(keys: Iterable[str]) -> dict[str, Portrait]:
    """Return the portraits by the keys of those who have one; in parallel, as most of it is Pillow's work."""
    paths = [path for key in keys if (path := FOLDER / f"{key}.webp").exists()]
    with ThreadPoolExecutor() as pool:
        return dict(zip((path.stem for path in paths), pool.map(_read, paths), strict=True))


def _read(path: Path) -> Portrait:
    content = path.read_bytes()
    return Portrait(content, reencode(content))


def store(picture: Portrait) -> Image:
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
