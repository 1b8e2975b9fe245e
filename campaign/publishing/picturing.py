"""The re-encoded copies of a picture, measured on the very file that the world would be served."""

import io
from pathlib import Path

from flask import current_app
from PIL import Image as Picture

from campaign.cases.file import Image
from campaign.ledger.documents import Rendition
from campaign.media.stores import PublicStore, Vault

MEDIA_TYPE = "image/jpeg"


def store() -> PublicStore:
    """Return the store of what the world may see."""
    home: Path = current_app.extensions["settings"].home
    return PublicStore(home / "media" / "public")


def vault() -> Vault:
    """Return the store of sealed originals."""
    extensions = current_app.extensions
    home: Path = extensions["settings"].home
    return Vault(home / "media" / "vault", extensions["keyring"].fernet)


def renditions_of(image: Image) -> list[Rendition]:
    """Return the copies of a picture for a list, a page and print, those left out that are not kept."""
    wanted = (("list", image.digest_list), ("page", image.digest_page), ("print", image.digest_print))
    return [found for size, digest in wanted if digest and (found := _rendition(size, digest.removesuffix(".jpg")))]


def _rendition(size: str, digest: str) -> Rendition | None:
    if not store().exists(f"{digest}.jpg"):
        return None
    with store().open(f"{digest}.jpg") as file, Picture.open(io.BytesIO(file.read()), formats=("JPEG",)) as picture:
        width, height = picture.size
    return Rendition(size=size, digest=digest, width=width, height=height, media_type=MEDIA_TYPE)
